import { type Happening, hash, keyOf } from '../happening.ts';
import { colon, excerpt, oneLine, refName, spoken } from '../wording.ts';
import { type Context, type Family, loginOf, type SayingEntry } from './family.ts';
import { labelLine, peopleLine, threadEvents } from './thread.ts';

const EVENTS: Readonly<Record<string, SayingEntry>> = {
  ...threadEvents('issues', 'an issue'),
  'issues.closed': {
    means: 'An issue was closed.',
    emoji: '🟣',
    tone: 'good',
    card: true,
    says: (thing) => `closed ${thing}`,
  },
  'issues.deleted': {
    means: 'An issue was deleted.',
    emoji: '🗑️',
    tone: 'neutral',
    says: (thing) => `deleted ${thing}`,
  },
};

export const issues: Family = {
  events: EVENTS,
  read(context) {
    const { payload, actor, name } = context;
    const { issue, changes, repository } = payload;
    const entry = EVENTS[name];
    const about = aboutIssue(context);
    const said = entry?.says(about.thing, payload) ?? `${spoken(context.action) || 'changed'} ${about.thing}`;
    const deleted = name === 'issues.deleted';
    return {
      title: colon(`${actor} ${said}`, about.title),
      url: deleted ? repository?.html_url : issue?.html_url,
      key: about.key,
      state: deleted ? 'deleted' : about.state,
      closes: deleted || name === 'issues.closed',
      emoji: entry?.emoji,
      tone: entry?.tone,
      labels: about.labels,
      facts: {
        ...about.facts,
        card: entry?.card === true,
        labelsToo: entry?.card === true || name === 'issues.label_updated',
        deleted,
        ...(entry?.body === true ? { body: excerpt(issue?.body) } : {}),
        formerTitle: oneLine(changes?.title?.from),
        formerBranch: refName(changes?.ref?.from),
      },
      at: issue?.updated_at ?? issue?.created_at,
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
  readonly isPull: boolean;
  readonly labels: NonNullable<Happening['labels']>;
  readonly facts: NonNullable<Happening['facts']>;
}

export function aboutIssue({ payload, repo, place }: Context): AboutIssue {
  const { issue } = payload;
  const number = hash(issue?.number ?? payload.number);
  const isPull = payload.is_pull === true || issue?.pull_request !== undefined;
  const opener = loginOf(issue?.user);
  const unnumbered = isPull ? 'a pull request' : 'an issue';
  return {
    thing: `${number === undefined ? unnumbered : `${isPull ? 'PR' : 'issue'} ${number}`}${place}`,
    title: oneLine(issue?.title),
    key: keyOf(isPull ? 'pr' : 'issue', repo, number),
    state: issue?.state === 'closed' ? 'closed' : 'open',
    isPull,
    labels: {
      label: issue?.labels.map(({ name }) => name ?? ''),
      opener,
      assignee: issue?.assignees.map((assignee) => loginOf(assignee) ?? ''),
      milestone: issue?.milestone?.title,
    },
    facts: {
      number: issue?.number,
      issue: oneLine(issue?.title),
      opener,
      labels: labelLine(issue?.labels),
      assignees: peopleLine(issue?.assignees),
      milestone: oneLine(issue?.milestone?.title),
    },
  };
}
