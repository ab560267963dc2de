import { assigneeOf, labelLine, labelOf, milestoneOf } from './details.ts';
import { type Context, type Entry, type Family, type Happening, hash, keyOf } from './family.ts';
import type { Payload } from './payloads.ts';
import { colon, excerpt, inBrackets, oneLine, spoken } from './wording.ts';

interface IssueEntry extends Entry {
  /** `opened issue #7 in acme/api`, of `issue #7 in acme/api`. */
  says(thing: string, payload: Payload): string;
  /** The issue itself is news, not only what happened to it: labels and milestone are worth showing. */
  readonly card?: boolean;
  /** So is its description. */
  readonly body?: boolean;
}

const EVENTS: Readonly<Record<string, IssueEntry>> = {
  'issues.opened': {
    means: 'An issue was opened.',
    emoji: '🟢',
    tone: 'good',
    body: true,
    card: true,
    says: (thing) => `opened ${thing}`,
  },
  'issues.closed': {
    means: 'An issue was closed: as completed, not planned or a duplicate.',
    emoji: '🟣',
    tone: 'good',
    card: true,
    says: (thing, { issue }) => `closed ${thing}${inBrackets(closedAs(issue?.state_reason))}`,
  },
  'issues.reopened': {
    means: 'A closed issue was opened again.',
    emoji: '🟢',
    tone: 'good',
    card: true,
    says: (thing) => `reopened ${thing}`,
  },
  'issues.edited': {
    means: 'The title or the description of an issue changed.',
    emoji: '📝',
    tone: 'neutral',
    says: (thing, { changes }) => `${changes?.title === undefined ? 'edited' : 'renamed'} ${thing}`,
  },
  'issues.assigned': {
    means: 'An issue was given to somebody.',
    emoji: '👤',
    says: (thing, payload) => `assigned ${thing} to ${assigneeOf(payload)}`,
  },
  'issues.unassigned': {
    means: 'Somebody is no longer assigned to an issue.',
    emoji: '👤',
    tone: 'neutral',
    says: (thing, payload) => `unassigned ${assigneeOf(payload)} from ${thing}`,
  },
  'issues.labeled': {
    means: 'A label was put on an issue.',
    emoji: '🔖',
    tone: 'neutral',
    says: (thing, payload) => `added ${labelOf(payload)} to ${thing}`,
  },
  'issues.unlabeled': {
    means: 'A label was taken off an issue.',
    emoji: '🔖',
    tone: 'neutral',
    says: (thing, payload) => `removed ${labelOf(payload)} from ${thing}`,
  },
  'issues.milestoned': {
    means: 'An issue was put into a milestone.',
    emoji: '🎯',
    tone: 'neutral',
    says: (thing, payload) => `added ${thing} to ${milestoneOf(payload)}`,
  },
  'issues.demilestoned': {
    means: 'An issue was taken out of a milestone.',
    emoji: '🎯',
    tone: 'neutral',
    says: (thing, payload) => `removed ${thing} from ${milestoneOf(payload)}`,
  },
  'issues.transferred': {
    means: 'An issue moved to another repository, where it gets a new number.',
    emoji: '📦',
    tone: 'neutral',
    says: (thing, { changes }) => {
      const target = oneLine(changes?.new_repository?.full_name);
      return `moved ${thing}${target === '' ? '' : ` to ${target}`}`;
    },
  },
  'issues.deleted': {
    means: 'An issue was deleted.',
    emoji: '🗑️',
    tone: 'neutral',
    says: (thing) => `deleted ${thing}`,
  },
  'issues.pinned': {
    means: 'An issue was pinned to its repository.',
    emoji: '📌',
    tone: 'neutral',
    says: (thing) => `pinned ${thing}`,
  },
  'issues.unpinned': {
    means: 'An issue is no longer pinned.',
    emoji: '📌',
    tone: 'neutral',
    says: (thing) => `unpinned ${thing}`,
  },
  'issues.locked': {
    means: 'The conversation of an issue was locked.',
    emoji: '🔒',
    tone: 'neutral',
    says: (thing) => `locked ${thing}`,
  },
  'issues.unlocked': {
    means: 'The conversation of an issue was unlocked.',
    emoji: '🔓',
    tone: 'neutral',
    says: (thing) => `unlocked ${thing}`,
  },
};

const CLOSING: ReadonlySet<string> = new Set(['issues.closed', 'issues.deleted', 'issues.transferred']);

export const issues: Family = {
  events: EVENTS,
  read(context) {
    const { payload, actor, name } = context;
    const entry = EVENTS[name];
    const about = aboutIssue(context);
    const said = entry?.says(about.thing, payload) ?? `${spoken(context.action) || 'changed'} ${about.thing}`;
    const notDone = closedAs(payload.issue?.state_reason) !== undefined;
    return {
      title: colon(`${actor} ${said}`, about.title),
      url: payload.issue?.html_url,
      key: about.key,
      state: name === 'issues.deleted' || name === 'issues.transferred' ? context.action : about.state,
      closes: CLOSING.has(name),
      emoji: name === 'issues.closed' && notDone ? '⚪' : entry?.emoji,
      tone: name === 'issues.closed' && notDone ? 'neutral' : entry?.tone,
      labels: { ...about.labels, assignee: payload.assignee?.login ?? about.labels.assignee },
      facts: {
        ...about.facts,
        card: entry?.card === true,
        ...(entry?.body === true ? { body: excerpt(payload.issue?.body) } : {}),
        formerTitle: oneLine(payload.changes?.title?.from),
      },
      at: payload.issue?.updated_at ?? payload.issue?.created_at,
    };
  },
};

/** What a comment needs to know about the issue, or the pull request, it is on. */
export interface AboutIssue {
  /** `issue #7 in acme/api`, or `PR #12 in acme/api` */
  readonly thing: string;
  readonly title: string;
  readonly key: string | undefined;
  readonly state: 'open' | 'closed';
  readonly labels: NonNullable<Happening['labels']>;
  readonly facts: NonNullable<Happening['facts']>;
}

export function aboutIssue({ payload, repo, place }: Context): AboutIssue {
  const issue = payload.issue;
  const number = hash(issue?.number);
  const isPull = issue?.pull_request !== undefined;
  const kind = isPull ? 'PR' : 'issue';
  return {
    thing: `${number === undefined ? (isPull ? 'a pull request' : 'an issue') : `${kind} ${number}`}${place}`,
    title: oneLine(issue?.title),
    key: keyOf(isPull ? 'pr' : 'issue', repo, number),
    state: issue?.state === 'closed' ? 'closed' : 'open',
    labels: {
      label: issue?.labels.map(({ name }) => name ?? ''),
      opener: issue?.user?.login,
      assignee: issue?.assignees.map(({ login }) => login ?? ''),
      milestone: issue?.milestone?.title ?? payload.milestone?.title,
    },
    facts: {
      number: issue?.number,
      issue: oneLine(issue?.title),
      kind,
      opener: oneLine(issue?.user?.login),
      labels: labelLine(issue?.labels),
      assignees: labelLine(issue?.assignees.map(({ login }) => ({ name: login }))),
      milestone: oneLine(issue?.milestone?.title),
    },
  };
}

/** How it was closed, unless it was simply done. */
function closedAs(reason: string | undefined): string | undefined {
  if (reason === 'not_planned') return 'not planned';
  return reason === 'duplicate' ? 'duplicate' : undefined;
}
