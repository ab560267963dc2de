import { isRecord } from '../../core/record.ts';
import { type Entry, hash, keyOf } from '../happening.ts';
import { plainText } from '../plain-text.ts';
import { colon, excerpt, oneLine, spoken, words } from '../wording.ts';
import { type Context, type Family, placeOf } from './family.ts';
import { linkIn } from './message-text.ts';
import { nameOf } from './payloads.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'workitem.created': { means: 'A work item (a bug, a task, a story) was created.', emoji: '🟢', tone: 'good' },
  'workitem.updated': {
    means: 'A work item changed: its state, its title, to whom it is given, or another of its fields.',
    emoji: '📝',
    tone: 'neutral',
  },
};

/** The last states of the four processes that Azure DevOps comes with. */
const CLOSED: ReadonlySet<string> = new Set(['closed', 'done', 'resolved', 'removed', 'completed']);

export const workItem: Family = {
  events: EVENTS,
  read(context) {
    const { name, payload, resource, project } = context;
    const isNew = name === 'workitem.created';
    const now = (isNew ? resource.fields : (resource.revision?.fields ?? resource.fields)) ?? {};
    const number = hash(isNew ? resource.id : (resource.workItemId ?? resource.id));
    const kind = oneLine(textOf(now['System.WorkItemType']), 40) || 'Work item';
    const thing = `${words(kind, number)}${placeOf(project)}`;
    const who = oneLine(
      (isNew ? nameOf(now['System.CreatedBy']) : undefined) ?? resource.revisedBy ?? nameOf(now['System.ChangedBy']),
      60,
    );
    const state = oneLine(textOf(now['System.State']), 40).toLowerCase() || undefined;
    const moved = isNew ? undefined : changeOf(context, 'System.State');
    const closed = moved !== undefined && CLOSED.has(state ?? '');
    const assignee = oneLine(nameOf(now['System.AssignedTo']), 60);
    return {
      title: colon(
        `${who || 'Somebody'} ${isNew ? `created ${thing}` : said(context, thing)}`,
        oneLine(textOf(now['System.Title'])),
      ),
      url: resource._links?.html?.href ?? resource.revision?._links?.html?.href ?? linkIn(payload),
      key: keyOf('workitem', project, number),
      state,
      closes: closed,
      emoji: closed ? '🟣' : EVENTS[name]?.emoji,
      tone: closed ? 'good' : EVENTS[name]?.tone,
      labels: {
        author: who,
        kind,
        assignee,
        area: textOf(now['System.AreaPath']),
        label: (textOf(now['System.Tags']) ?? '').split(';').map((tag) => tag.trim()),
      },
      facts: {
        assignee: isNew ? assignee : undefined,
        priority: isNew ? oneLine(textOf(now['Microsoft.VSTS.Common.Priority']), 20) : undefined,
        formerTitle: isNew ? undefined : oneLine(changeOf(context, 'System.Title')?.before),
        text: isNew ? excerpt(plainText(textOf(now['System.Description']) ?? '', 1_000)) : undefined,
      },
      at: undefined,
    };
  },
};

interface Change {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What the update did to a field; undefined where it left it alone. */
function changeOf({ resource }: Context, field: string): Change | undefined {
  const change =
    resource.fields !== undefined && Object.hasOwn(resource.fields, field) ? resource.fields[field] : undefined;
  if (!isRecord(change)) return undefined;
  const [before, after] = [shownOf(change.oldValue), shownOf(change.newValue)];
  return before === after ? undefined : { before, after };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;

const shownOf = (value: unknown): string | undefined => (typeof value === 'number' ? String(value) : nameOf(value));

/** The most telling of what changed. */
function said(context: Context, thing: string): string {
  const state = changeOf(context, 'System.State');
  if (state?.after !== undefined) return `set ${thing} to ${oneLine(state.after, 40)}`;
  const assignee = changeOf(context, 'System.AssignedTo');
  if (assignee?.after !== undefined) return `assigned ${thing} to ${oneLine(assignee.after, 60)}`;
  if (assignee !== undefined) return `unassigned ${thing}`;
  if (changeOf(context, 'System.Title') !== undefined) return `renamed ${thing}`;
  const fields = Object.keys(context.resource.fields ?? {})
    .filter((field) => !KEPT_BY_ITSELF.test(field) && changeOf(context, field) !== undefined)
    .map((field) => spoken(oneLine(field.split('.').at(-1), 40).replace(/([a-z])([A-Z])/g, '$1 $2')).toLowerCase());
  return fields.length === 1 ? `changed the ${fields[0]} of ${thing}` : `updated ${thing}`;
}

/** Fields that change with every change. */
const KEPT_BY_ITSELF =
  /^System\.(Rev|RevisedDate|AuthorizedDate|AuthorizedAs|ChangedDate|ChangedBy|PersonId|Watermark|CommentCount|BoardColumn(Done)?|Reason)$|Date$/;
