import type { Severity } from '../../core/severity.ts';
import { type Happening, hash, keyOf } from '../happening.ts';
import { day } from '../human-time.ts';
import { severityOf } from '../severity-of.ts';
import { colon, excerpt, inBrackets, oneLine, spoken } from '../wording.ts';
import { changedFields, changeSaid } from './changes.ts';
import { type Context, type Family, nameOf, numberedPage, onOneLine, peopleLine, type SayingEntry } from './family.ts';
import type { Thing } from './payloads.ts';

const EVENTS: Readonly<Record<string, SayingEntry>> = {
  'issue.open': {
    means: 'An issue, an incident or a task was opened; the label `kind` says which.',
    emoji: '🟢',
    tone: 'good',
    card: true,
    body: true,
    says: (thing) => `opened ${thing}`,
  },
  'issue.close': {
    means: 'An issue, an incident or a task was closed.',
    emoji: '🟣',
    tone: 'good',
    card: true,
    says: (thing) => `closed ${thing}`,
  },
  'issue.reopen': {
    means: 'A closed issue, incident or task was opened again.',
    emoji: '🟢',
    tone: 'good',
    card: true,
    says: (thing) => `reopened ${thing}`,
  },
  'issue.update': {
    means: 'Something about an issue, an incident or a task changed; the label `changed` says what.',
    emoji: '📝',
    tone: 'neutral',
    says: changeSaid,
  },
};

export const issue: Family = {
  events: EVENTS,
  action: ({ object_attributes: object }) => object?.action ?? 'update',
  read(context) {
    const { payload, actor, name, action, home } = context;
    const { object_attributes: object, changes } = payload;
    const entry = EVENTS[name];
    const about = aboutIssue(context, object);
    const said = entry?.says(about.thing, payload) ?? `changed ${about.thing}${inBrackets(spoken(action))}`;
    const open = action !== 'close' && about.state === 'open';
    // That somebody labels a critical incident is no alarm.
    const isNews = action === 'open' || action === 'reopen' || changes?.severity !== undefined;
    const severity = about.kind === 'incident' && open && isNews ? incidentSeverity(object) : 'info';
    const alarms = severity !== 'info';
    return {
      title: colon(`${actor} ${said}`, about.title),
      url: object?.url ?? numberedPage(home, 'issues', object?.iid),
      key: about.key,
      state: open ? 'open' : 'closed',
      closes: action === 'close',
      severity,
      emoji: alarms ? '🚨' : entry?.emoji,
      tone: alarms ? undefined : entry?.tone,
      labels: {
        ...about.labels,
        assignee: payload.assignees.map((person) => nameOf(person) ?? ''),
        changed: action === 'update' ? changedFields(payload) : undefined,
      },
      facts: {
        ...about.facts,
        card: entry?.card === true,
        assignees: peopleLine(payload.assignees),
        due: open ? dueDay(object?.due_date) : undefined,
        level: alarms && changes?.severity === undefined ? level(object) : undefined,
        body: entry?.body === true ? excerpt(object?.description) : undefined,
        formerTitle: oneLine(changes?.title?.previous),
      },
      at: object?.updated_at ?? object?.created_at,
    };
  },
};

/** What a comment needs to know about the issue it is on. */
export interface AboutIssue {
  /** `issue #7 in acme/api`, `incident #9 in acme/api` */
  readonly thing: string;
  readonly title: string;
  readonly kind: string;
  readonly key: string | undefined;
  readonly state: 'open' | 'closed';
  readonly labels: NonNullable<Happening['labels']>;
  readonly facts: NonNullable<Happening['facts']>;
}

export function aboutIssue({ payload, place, scope }: Context, object: Thing): AboutIssue {
  const number = hash(object?.iid);
  const kind = kindOf(object?.type);
  const title = oneLine(object?.title);
  const labels = (payload.labels.length > 0 ? payload.labels : (object?.labels ?? [])).map(
    (label) => label.title ?? '',
  );
  const unnumbered = /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
  return {
    thing: `${number === undefined ? unnumbered : `${kind} ${number}`}${place}`,
    title,
    kind,
    // Whatever its kind is, and even when that changes: the numbers are the project's.
    key: keyOf('issue', scope, number),
    state: object?.state === 'closed' ? 'closed' : 'open',
    labels: { kind, level: kind === 'incident' ? level(object) : undefined, label: labels },
    facts: { number: object?.iid, issue: title, kind, labels: onOneLine(labels) },
  };
}

/** `Incident`, `Task`, `Test Case` in lower case; comments have a type of their own, which is none of these. */
function kindOf(type: string | undefined): string {
  const kind = oneLine(type, 30).toLowerCase();
  return /^[a-z]+(?: [a-z]+)?$/.test(kind) ? kind : 'issue';
}

/** GitLab's word for how bad an incident is; new ones are `unknown`. */
const level = (object: Thing): string | undefined => {
  const word = oneLine(object?.severity, 30).toLowerCase();
  return word === '' || word === 'unknown' ? undefined : word;
};

const incidentSeverity = (object: Thing): Severity => severityOf(level(object)) ?? 'warning';

const dueDay = (date: string | undefined): string | undefined =>
  date === undefined ? undefined : day(new Date(date.slice(0, 40)));
