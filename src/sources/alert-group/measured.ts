import { numberText } from '../number-text.ts';
import { oneLine } from '../one-line.ts';
import type { Alert } from './payloads.ts';

/** One number of an alert's rule, under the name that the rule gives it. */
export interface Measure {
  readonly name: string;
  readonly value: number;
}

/** `2.31`, or `p99 = 2.31, errors = 12`: what the rule measured, without what it concluded from it. */
export function measuredText(alert: Alert): string | undefined {
  const measures = withoutVerdicts(measuresOf(alert));
  const once = measures.filter(({ value }, at) => measures.findIndex((other) => other.value === value) === at);
  return measuresText(once);
}

export function measuresText(measures: readonly Measure[]): string | undefined {
  const [only, ...more] = measures;
  if (only === undefined) return undefined;
  if (more.length === 0 && isUnnamed(only)) return numberText(only.value);
  const shown = measures.slice(0, MOST).map(({ name, value }) => `${oneLine(name, 60)} = ${numberText(value)}`);
  return `${shown.join(', ')}${measures.length > MOST ? ` and ${measures.length - MOST} more` : ''}`;
}

const MOST = 3;

/** Grafana calls queries and expressions `A`, `B`, and of classic conditions `B0`, `B1`, unless somebody names them. */
const isUnnamed = ({ name }: Measure): boolean => /^([A-Z]\d{0,2})?$/.test(name);

interface Evaluation extends Measure {
  /** `query`, `reduce`, `math`, `threshold`; undefined where Grafana is too old to say. */
  readonly kind: string | undefined;
}

function measuresOf({ values, valueString = '' }: Alert): readonly Evaluation[] {
  const written = valueString
    .slice(0, 10_000)
    .split(/\], ?\[/)
    .flatMap((part): readonly Evaluation[] => {
      const value = Number(/ value=(\S{1,40})/.exec(part)?.[1] ?? Number.NaN);
      if (!Number.isFinite(value)) return [];
      const name = /\bvar='([^']{1,60})'/.exec(part)?.[1] ?? /\bmetric='([^']{1,60})'/.exec(part)?.[1] ?? '';
      return [{ name, value, kind: / type='(\w{1,40})'/.exec(part)?.[1] }];
    });
  const named = Object.entries(values);
  if (named.length === 0) return written;
  return named.map(([name, value]) => ({ name, value, kind: written.find((one) => one.name === name)?.kind }));
}

/** A threshold comes to 0 or 1; where nothing says which expression is one, a number that looks so is taken for it. */
function withoutVerdicts(evaluations: readonly Evaluation[]): readonly Measure[] {
  const rest = evaluations.filter(({ kind }) => kind !== 'threshold');
  const telling = rest.filter(
    (one) => !(isUnnamed(one) && (one.value === 0 || one.value === 1) && (one.kind ?? 'math') === 'math'),
  );
  return telling.length === 0 && rest.length === 1 && evaluations.length > 1 ? rest : telling;
}
