import { oneLine } from '../wording.ts';
import { loginOf, type SayingEntry } from './family.ts';
import type { Account, Payload } from './payloads.ts';

/** What happens to issues and to pull requests alike; `a` is how one of them is called: `an issue`. */
export function threadEvents(family: 'issues' | 'pull_request', a: string): Readonly<Record<string, SayingEntry>> {
  const A = `A${a.slice(1)}`;
  const entries: Readonly<Record<string, SayingEntry>> = {
    opened: {
      means: `${A} was opened.`,
      emoji: '🟢',
      tone: 'good',
      body: true,
      card: true,
      says: (thing) => `opened ${thing}`,
    },
    reopened: {
      means: `Closed before, ${a} was opened again.`,
      emoji: '🟢',
      tone: 'good',
      card: true,
      says: (thing) => `reopened ${thing}`,
    },
    edited: {
      means: `The title, the description or the branch of ${a} changed.`,
      emoji: '📝',
      tone: 'neutral',
      says: (thing, { changes }) => {
        if (changes?.title !== undefined) return `renamed ${thing}`;
        if (changes?.ref === undefined) return `edited ${thing}`;
        return `changed the ${family === 'issues' ? 'branch' : 'target branch'} of ${thing}`;
      },
    },
    assigned: {
      means: `${A} was given to somebody.`,
      emoji: '👤',
      says: (thing, payload) => `assigned ${thing} to ${peopleLine(threadOf(payload)?.assignees) || 'somebody'}`,
    },
    unassigned: {
      means: `Somebody is no longer assigned to ${a}; the payload does not say who.`,
      emoji: '👤',
      tone: 'neutral',
      says: (thing) => `removed an assignee from ${thing}`,
    },
    label_updated: {
      means: `Labels were put on ${a} or taken off; the message lists those it has now.`,
      emoji: '🔖',
      tone: 'neutral',
      says: (thing, payload) =>
        `${threadOf(payload)?.labels.length === 0 ? 'took the last label off' : 'changed the labels of'} ${thing}`,
    },
    label_cleared: {
      means: `All labels were taken off ${a}.`,
      emoji: '🔖',
      tone: 'neutral',
      says: (thing) => `cleared the labels of ${thing}`,
    },
    milestoned: {
      means: `${A} was put into a milestone.`,
      emoji: '🎯',
      tone: 'neutral',
      says: (thing, payload) => `added ${thing} to ${milestoneOf(payload) ?? 'a milestone'}`,
    },
    demilestoned: {
      means: `${A} was taken out of a milestone.`,
      emoji: '🎯',
      tone: 'neutral',
      says: (thing, payload) => `removed ${thing} from ${milestoneOf(payload) ?? 'its milestone'}`,
    },
  };
  return Object.fromEntries(Object.entries(entries).map(([action, entry]) => [`${family}.${action}`, entry]));
}

/** The issue or the pull request that it is about. */
const threadOf = ({ pull_request, issue }: Payload): Payload['pull_request'] | Payload['issue'] =>
  pull_request ?? issue;

/** `milestone 2.0` */
function milestoneOf(payload: Payload): string | undefined {
  const title = oneLine(threadOf(payload)?.milestone?.title, 80);
  return title === '' ? undefined : `milestone ${title}`;
}

export const labelLine = (labels: readonly { readonly name?: string | undefined }[] | undefined): string =>
  onOneLine((labels ?? []).map(({ name }) => name));

export const peopleLine = (people: readonly NonNullable<Account>[] | undefined): string =>
  onOneLine((people ?? []).map(loginOf));

/** The first five of them. */
const onOneLine = (names: readonly (string | undefined)[]): string =>
  names
    .map((name) => oneLine(name, 50))
    .filter(Boolean)
    .slice(0, 5)
    .join(', ');
