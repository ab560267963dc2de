import type { Labels, SourceEvent } from '../core/event.ts';
import type { Hook } from '../core/hook.ts';
import { isRecord } from '../core/record.ts';
import { safeWebUrl } from '../core/url.ts';
import { toEventName } from './event-name.ts';
import { guessSeverity } from './guess-severity.ts';
import { linesOf, wordsOf } from './guess-words.ts';
import { detailsOf } from './leaf-details.ts';
import { isBeside, levelLeaf, stateLeaf, urlLeaf } from './leaf-roles.ts';
import { type Leaf, leavesOf, pairsIn, snakeCase } from './leaves.ts';
import { severityOf, signOf } from './severity-of.ts';

/**
 * What a document of unknown shape seems to say, by the names of its fields; `named` is its event where the sender says
 * so elsewhere. No `key`: a wrong one would merge strangers.
 */
export function guessEvent(payload: unknown, hook: Hook, named?: string): SourceEvent {
  const leaves = guessedLeaves(payload);
  const stated = stateLeaf(leaves);
  const event = named ?? eventName(leaves, payload, hook);
  const state = stated?.text.toLowerCase();
  const { title, text, titled, said } = wordsOf({ leaves, event, state, payload, source: hook.source });
  const linked = urlLeaf(leaves, titled);
  const levelled = levelLeaf(leaves);
  const url = safeWebUrl(linked?.text ?? '');
  const severity = severityOf(levelled?.text) ?? guessSeverity({ state, event, title, leaves });
  const id = deliveryId(hook);
  const shown = new Set([...said, stated, linked, levelled]);
  const isNew = (leaf: Leaf): boolean =>
    !shown.has(leaf) &&
    ![event, stated?.text].includes(leaf.text) &&
    (leaf.text.length < 4 || text?.includes(leaf.text) !== true);
  return {
    event: event ?? UNNAMED,
    ...(state !== undefined && { state }),
    severity,
    title,
    ...(url !== undefined && { url }),
    labels: labelsOf(leaves),
    facts: {
      ...(id !== undefined && { id }),
      ...signOf(severity, state),
      text,
      lines: linesOf(text),
      // What a text says of itself stands in the text.
      details: isText(payload) ? [] : detailsOf(besidesFirst(leaves, titled).filter(isNew), hook.at),
    },
    payload,
    at: hook.at,
  };
}

/** What stands beside the title says more of it than what stands elsewhere. */
export function besidesFirst(leaves: readonly Leaf[], titled: Leaf | undefined): readonly Leaf[] {
  if (titled === undefined || titled.path.length < 2) return leaves;
  const beside = leaves.filter((leaf) => isBeside(leaf, titled.path.slice(0, -1)));
  return [...beside, ...leaves.filter((leaf) => !beside.includes(leaf))];
}

/** The event of a hook that does not say what it is. */
export const UNNAMED = 'hook';

/** The leaves of a document, and what its text says in pairs where it is nothing but text. */
export const guessedLeaves = (payload: unknown): readonly Leaf[] => [...leavesOf(payload), ...pairsOf(payload)];

const isText = (payload: unknown): payload is { readonly text: string } =>
  isRecord(payload) && typeof payload.text === 'string' && Object.keys(payload).length === 1;

const pairsOf = (payload: unknown): readonly Leaf[] => (isText(payload) ? pairsIn(payload.text) : []);

const EVENT_FIELDS = [
  ...['event', 'event_type', 'event_name', 'event_key', 'eventtype', 'eventname', 'eventkey', 'object_kind'],
  ...['type', 'topic', 'action', 'kind'],
];
const EVENT_HEADERS = [
  'x-event-type',
  'x-event-name',
  'x-event-key',
  'x-event',
  'x-webhook-event',
  'x-topic',
  'ce-type',
];

function eventName(leaves: readonly Leaf[], payload: unknown, hook: Hook): string | undefined {
  const depth = rootDepth(payload);
  const own = leaves.filter(({ path, text }) => path.length === depth && text.length <= 80);
  const fields = EVENT_FIELDS.map((field) => own.find(({ name }) => snakeCase(name) === field));
  const theirs = Object.keys(hook.headers).find((header) => /^x-[a-z0-9]{1,40}-event$/.test(header));
  const words = [
    ...EVENT_HEADERS.map((header) => hook.headers[header]),
    ...fields.map((leaf) => leaf?.text),
    hook.headers[theirs ?? ''],
    resourceType(payload),
  ];
  return words.map(toEventName).find((name) => name !== undefined);
}

/** An XML document says under its root what JSON says at the top. */
const rootDepth = (payload: unknown): number => {
  const [only, ...more] = isRecord(payload) ? Object.values(payload) : [];
  return more.length === 0 && isRecord(only) ? 2 : 1;
};

/** What a JSON:API document is about. */
function resourceType(payload: unknown): string | undefined {
  const { data } = isRecord(payload) ? payload : {};
  return isRecord(data) && isRecord(data.attributes) && typeof data.type === 'string' ? data.type : undefined;
}

/** Ids that senders give to a delivery. One in the body may as well be the order's: two of its updates are no duplicates. */
const ID_HEADERS = ['idempotency-key', 'webhook-id', 'svix-id', 'x-webhook-id', 'x-delivery-id', 'x-event-id', 'ce-id'];

const deliveryId = (hook: Hook): string | undefined =>
  ID_HEADERS.map((header) => hook.headers[header])
    .find((id) => id !== undefined && id !== '')
    ?.slice(0, 200);

const LABELS = new Set(
  'env environment service app application project team region cluster host repo branch author user'.split(' '),
);

function labelsOf(leaves: readonly Leaf[]): Labels {
  const labels = leaves.filter(
    ({ name, path, text }) => path.length === 1 && LABELS.has(name.toLowerCase()) && text.length <= 200,
  );
  return Object.fromEntries(labels.map(({ name, text }) => [name.toLowerCase(), text]));
}
