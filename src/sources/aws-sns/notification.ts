import type { Labels, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import { safeWebUrl } from '../../core/url.ts';
import { guessEvent } from '../guess.ts';
import type { Detail } from '../leaf-details.ts';
import { oneLine } from '../one-line.ts';
import { sayOnce } from '../say-once.ts';
import { signOf } from '../severity-of.ts';
import { budgetDetails, spentOf } from './budget.ts';
import { bridged } from './payloads.ts';
import type { Arn } from './topic.ts';

export interface Published {
  readonly content: unknown;
  readonly subject: string | undefined;
  readonly topic: Arn | undefined;
  readonly at: Date;
  readonly payload: unknown;
}

/** What somebody published: a text, or a document whose fields are guessed by their names. */
export function notificationEvent(published: Published, hook: Hook): SourceEvent {
  const { content, topic, at, payload } = published;
  const letter = typeof content === 'string' ? content : undefined;
  const passed = bridged.safeParse(content).data;
  const guessed = guessEvent(passed?.detail ?? (letter === undefined ? content : { text: letter }), hook);
  const budget = letter === undefined ? undefined : budgetDetails(letter);
  const severity = budget === undefined ? guessed.severity : 'warning';
  const url = guessed.url ?? (letter === undefined ? undefined : linkIn(letter));
  const labels = {
    topic: topic?.name,
    account: passed?.account ?? topic?.account,
    region: passed?.region ?? topic?.region,
  };
  const title = titleOf(published, { guessed: guessed.title, kind: passed?.['detail-type'], budget });
  return sayOnce({
    ...guessed,
    event: 'notification',
    severity,
    title,
    ...(url !== undefined && { url }),
    labels: { ...guessed.labels, ...present(labels) },
    facts: {
      ...guessed.facts,
      ...signOf(severity, guessed.state),
      lines:
        letter === undefined ? unsaid(guessed.title, title) : budget === undefined ? linesOf(published, letter) : [],
      details: budget ?? detailsOf(guessed),
    },
    payload,
    at,
  });
}

interface Known {
  readonly guessed: string;
  /** What EventBridge calls it: `RDS DB Instance Event`. */
  readonly kind: string | undefined;
  readonly budget: readonly Detail[] | undefined;
}

function titleOf({ subject }: Published, { guessed, kind, budget }: Known): string {
  const spent = budget && spentOf(budget);
  if (subject !== undefined) return oneLine(spent === undefined ? subject : `${subject} (${spent})`, 180);
  return oneLine(kind === undefined ? guessed : `${kind}: ${guessed}`, 180);
}

/** Below a subject: what the document itself says happened. */
const unsaid = (guessed: string, title: string): readonly string[] =>
  title.toLowerCase().includes(guessed.toLowerCase()) ? [] : [guessed];

const detailsOf = ({ facts: { details } }: SourceEvent): readonly Detail[] =>
  Array.isArray(details) ? details.filter(({ value }: Detail) => !value.startsWith('arn:')).slice(0, 5) : [];

const present = (labels: Readonly<Record<string, string | undefined>>): Labels =>
  Object.fromEntries(Object.entries(labels).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

const MOST_LINES = 12;

/** The text line by line; without a subject its first line is the title. */
function linesOf({ subject }: Published, text: string): readonly string[] {
  const lines = text
    .slice(0, 8_000)
    .split('\n')
    .map((line) => oneLine(line, 300))
    .filter((line) => line !== '');
  const rest = subject === undefined && lines[0]?.endsWith('…') !== true ? lines.slice(1) : lines;
  return rest.length <= MOST_LINES ? rest : [...rest.slice(0, MOST_LINES), '…'];
}

/** The first address in a text. */
const linkIn = (text: string): string | undefined => safeWebUrl(/https:\/\/[^\s<>"]{4,1900}/.exec(text)?.[0] ?? '');
