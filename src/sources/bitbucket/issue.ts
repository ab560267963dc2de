import { type Entry, type Happening, hash, keyOf } from '../happening.ts';
import { colon, excerpt, oneLine, spoken } from '../wording.ts';
import type { Context, Family } from './family.ts';
import type { Edit } from './report.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'issue.created': { means: 'An issue was opened.', emoji: '🟢', tone: 'good' },
  'issue.updated': {
    means: 'An issue changed: its state, title, priority, or to whom it is given.',
    emoji: '📝',
    tone: 'neutral',
  },
};

/** What comes after nothing more is to be done. */
const CLOSED: ReadonlySet<string> = new Set(['resolved', 'closed', 'duplicate', 'invalid', 'wontfix']);

export const issue: Family = {
  events: EVENTS,
  read(context) {
    const { name, actor, report } = context;
    const about = aboutIssue(context);
    const entry = EVENTS[name];
    const isNew = name === 'issue.created';
    const moved = report.edits.find(({ field }) => ['status', 'state'].includes(field));
    const state = stateWord(moved?.after) ?? about.state;
    const closed = !isNew && moved !== undefined && CLOSED.has(state ?? '');
    const renamed = report.edits.find(({ field, before }) => field === 'title' && before !== undefined);
    const comment = isNew ? undefined : excerpt(report.comment?.text);
    return {
      title: colon(`${actor} ${isNew ? `opened ${about.thing}` : said(about.thing, report.edits)}`, about.title),
      url: report.issue?.url,
      key: about.key,
      state,
      closes: closed,
      emoji: closed ? '🟣' : entry?.emoji,
      tone: closed ? 'good' : entry?.tone,
      labels: about.labels,
      facts: {
        kind: isNew ? oneLine(report.issue?.kind, 40) : undefined,
        priority: isNew ? oneLine(report.issue?.priority, 40) : undefined,
        assignee: isNew ? oneLine(report.issue?.assignee, 60) : undefined,
        formerTitle: oneLine(renamed?.before),
        body: isNew ? excerpt(report.issue?.text) : comment,
      },
      at: report.issue?.updated,
    };
  },
};

/** What a comment needs to know about the issue it is on. */
export function aboutIssue({ report: { issue: found }, repo, place }: Context): {
  /** `issue #7 in acme/api` */
  readonly thing: string;
  readonly title: string;
  readonly key: string | undefined;
  readonly state: string | undefined;
  readonly labels: NonNullable<Happening['labels']>;
} {
  const number = hash(found?.number);
  return {
    thing: `${number === undefined ? 'an issue' : `issue ${number}`}${place}`,
    title: oneLine(found?.title),
    key: keyOf('issue', repo, number),
    state: stateWord(found?.state),
    labels: { kind: found?.kind, priority: found?.priority, assignee: found?.assignee },
  };
}

/** `new` is open, too. */
function stateWord(state: string | undefined): string | undefined {
  const word = oneLine(state, 40).toLowerCase();
  return word === 'new' ? 'open' : word || undefined;
}

/** The most telling of what changed. */
function said(thing: string, edits: readonly Edit[]): string {
  const after = (...fields: readonly string[]): string =>
    oneLine(edits.find(({ field }) => fields.includes(field))?.after, 60);
  const state = after('status', 'state');
  if (state !== '') return `set ${thing} to ${state}`;
  const assignee = after('assignee', 'responsible');
  if (assignee !== '') return `assigned ${thing} to ${assignee}`;
  if (after('title') !== '') return `renamed ${thing}`;
  const priority = after('priority');
  if (priority !== '') return `set the priority of ${thing} to ${priority}`;
  const [only] = edits;
  return edits.length === 1 && only !== undefined
    ? `changed the ${spoken(oneLine(only.field, 40)) || 'details'} of ${thing}`
    : `updated ${thing}`;
}
