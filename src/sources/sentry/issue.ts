import type { Happening } from '../happening.ts';
import { count, inBrackets, oneLine, words } from '../wording.ts';
import { levelOf, severityOfLevel } from './level.ts';
import { issueLink } from './links.ts';
import type { IntegrationHook, Issue } from './payloads.ts';

/** What became of an issue: `Resolved by Mona Lisa: ReferenceError: total is not defined (checkout)`. */
export function readIssue(action: string, { data, actor }: IntegrationHook): Happening | undefined {
  const issue = data?.issue;
  if (issue?.id === undefined) return undefined;
  const person = actor?.type === 'user' ? oneLine(actor.name, 60) : '';
  const by = person === '' ? '' : `by ${person}`;
  const assignee = oneLine(issue.assignedTo?.name ?? issue.assignedTo?.email, 60);
  const how = leadOf(action, { issue, by, assignee, resolution: data?.resolution_type });
  const closes = CLOSING.has(action);
  return {
    title: `${how}: ${issueTitle(issue)}${inBrackets(issue.project?.slug)}`,
    url: issueLink(issue),
    key: `issue:${issue.id}`,
    state: STATES[action],
    ...(closes && { closes }),
    severity: action === 'assigned' ? 'info' : severityOfLevel(issue.level),
    emoji: EMOJIS[action],
    tone: action === 'resolved' ? 'good' : closes ? 'neutral' : undefined,
    labels: { project: issue.project?.slug, level: levelOf(issue.level), author: person, assignee },
    facts: {
      issue: issue.shortId,
      culprit: oneLine(issue.culprit, 120),
      seen: ALARMING.has(action) ? seenText(issue) : undefined,
      assignee: action === 'assigned' ? undefined : assignee,
    },
  };
}

const issueTitle = ({ title, metadata, shortId }: Issue): string =>
  oneLine(title ?? metadata?.value ?? shortId ?? 'an issue without a title', 120);

const ALARMING: ReadonlySet<string> = new Set(['created', 'unresolved']);
const CLOSING: ReadonlySet<string> = new Set(['resolved', 'archived']);
const STATES: Readonly<Record<string, string>> = {
  created: 'unresolved',
  unresolved: 'unresolved',
  resolved: 'resolved',
  archived: 'archived',
};
const EMOJIS: Readonly<Record<string, string>> = { resolved: '✅', archived: '🗄️', assigned: '👤' };

/** https://docs.sentry.io/product/issues/states-triage/ */
const COMEBACKS: ReadonlyMap<string | undefined, string> = new Map([
  ['regressed', 'Back after it was resolved'],
  ['escalating', 'Escalating'],
]);

const UNTIL: ReadonlyMap<string | undefined, string> = new Map([
  ['archived_until_escalating', 'until it escalates'],
  ['archived_until_condition_met', 'for now'],
  ['archived_forever', 'for good'],
]);

interface Leading {
  readonly issue: Issue;
  /** `by Mona Lisa`, or nothing. */
  readonly by: string;
  readonly assignee: string;
  readonly resolution: string | undefined;
}

function leadOf(action: string, { issue, by, assignee, resolution }: Leading): string {
  switch (action) {
    case 'created':
      return 'New issue';
    case 'resolved':
      return words('Resolved', by, resolvedIn(issue, resolution));
    case 'assigned':
      return words('Assigned', assignee && `to ${assignee}`);
    case 'archived':
      return words('Archived', by, UNTIL.get(issue.substatus));
    default:
      return COMEBACKS.get(issue.substatus) ?? words('Reopened', by);
  }
}

function resolvedIn({ statusDetails }: Issue, resolution: string | undefined): string {
  if (statusDetails?.inNextRelease === true || resolution === 'in_next_release') return 'in the next release';
  const commit = statusDetails?.inCommit?.commit;
  if (commit !== undefined) return `in commit ${oneLine(commit).slice(0, 7)}`;
  const release = statusDetails?.inRelease;
  return release === undefined || release === 'latest' ? '' : `in release ${oneLine(release, 40)}`;
}

/** `12 events, 3 users`. A single event of a new issue is no news. */
function seenText({ count: events, userCount }: Issue): string | undefined {
  const parts = [
    [events, 'event'],
    [userCount, 'user'],
  ] as const;
  const told = parts.flatMap(([amount, noun]) => (Number(amount) > 0 ? [count(Number(amount), noun)] : []));
  return Number(events) > 1 ? told.join(', ') : undefined;
}
