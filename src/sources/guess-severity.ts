import type { Severity } from '../core/severity.ts';
import { type Leaf, snakeCase } from './leaves.ts';
import { severityOf, worst } from './severity-of.ts';

const BAD_WORDS = new Set(
  'failed failure failing fail error errored down offline firing unhealthy undelivered bounced rejected problem alarm alerting crashed aborted unavailable breached missed'.split(
    ' ',
  ),
);
const POOR_WORDS = new Set(['warning', 'warn', 'degraded', 'unstable', 'timeout', 'timed_out']);

/** How bad it is, by the state, the event's name and the names of kinds, each by its last word, and by the signs in the title. */
export function guessSeverity(said: {
  readonly state: string | undefined;
  readonly event: string | undefined;
  readonly title: string;
  readonly leaves: readonly Leaf[];
}): Severity {
  const kinds = said.leaves.filter(
    ({ name, path, text }) => path.length <= 3 && text.length <= 60 && KIND.test(snakeCase(name)),
  );
  return worst(
    severityOfState(said.state),
    severityOfName(said.event),
    severityOfSign(said.title),
    ...kinds.map(({ text }) => severityOfName(text)),
  );
}

const KIND = /^(category|kind|action|transition)$|^(alert|notification|event|message)_type$/;

function severityOfState(state: string | undefined): Severity {
  if (state === undefined) return 'info';
  const last = lastWord(state);
  if (BAD_WORDS.has(state) || BAD_WORDS.has(last)) return 'error';
  return POOR_WORDS.has(state) || POOR_WORDS.has(last) ? 'warning' : (severityOf(state) ?? 'info');
}

/** `job.failed`, `DeploymentFailed`. Only words that cannot mean anything else: a `landing.page` is no page. */
function severityOfName(name: string | undefined): Severity {
  const last = lastWord(name ?? '');
  if (BAD_WORDS.has(last)) return 'error';
  return POOR_WORDS.has(last) ? 'warning' : 'info';
}

const lastWord = (name: string): string =>
  snakeCase(name)
    .split(/[._:-]/)
    .at(-1) ?? '';

/** What monitors write into their own titles: `[Shop] [🔴 Down] connection refused`. */
const severityOfSign = (title: string): Severity => (/🔴|❌|🚨/u.test(title) ? 'error' : 'info');
