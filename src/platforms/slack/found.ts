import { isRecord } from '../../core/record.ts';

/** Says what is wrong at a JSON pointer; the sentence goes on from the pointer. */
export type Report = (pointer: string, sentence: string) => void;

/** A JSON object and where it stands. */
export interface Found {
  readonly value: Readonly<Record<string, unknown>>;
  readonly pointer: string;
}

interface Rule {
  readonly report: Report;
  readonly max: number;
  readonly min?: number;
  readonly optional?: boolean;
}

/** The string under a key, held to its length; undefined, and reported, where it is none. */
export function textAt(
  { value, pointer }: Found,
  key: string,
  { report, max, min = 0, optional = false }: Rule,
): string | undefined {
  const text = value[key];
  const at = `${pointer}/${key}`;
  if (text === undefined && optional) return undefined;
  if (typeof text !== 'string') report(at, text === undefined ? 'is missing' : 'must be a string');
  else if (text.length < min) report(at, 'must not be empty');
  else if (text.length > max) report(at, `has ${text.length} characters; at most ${max}`);
  else return text;
  return undefined;
}

/** The objects in the list under a key, held to its length. */
export function recordsAt(
  { value, pointer }: Found,
  key: string,
  { report, max, min = 0, optional = false }: Rule,
): readonly Found[] {
  const list = value[key];
  const at = `${pointer}/${key}`;
  if (list === undefined && optional) return [];
  if (!Array.isArray(list)) {
    report(at, list === undefined ? 'is missing' : 'must be a list');
    return [];
  }
  if (list.length < min) report(at, 'must not be empty');
  if (list.length > max) report(at, `has ${list.length} entries; at most ${max}`);
  return list.flatMap((child: unknown, index): readonly Found[] => {
    if (isRecord(child)) return [{ value: child, pointer: `${at}/${index}` }];
    report(`${at}/${index}`, 'must be an object');
    return [];
  });
}

/** The object under a key; undefined, and reported unless it may be absent, where it is none. */
export function recordAt(
  { value, pointer }: Found,
  key: string,
  { report, optional = false }: Pick<Rule, 'report' | 'optional'>,
): Found | undefined {
  const child = value[key];
  if (isRecord(child)) return { value: child, pointer: `${pointer}/${key}` };
  if (child !== undefined) report(`${pointer}/${key}`, 'must be an object');
  else if (!optional) report(`${pointer}/${key}`, 'is missing');
  return undefined;
}
