import type { Labels, SourceEvent } from '../core/event.ts';
import type { Hook } from '../core/hook.ts';
import type { Severity } from '../core/severity.ts';
import { safeWebUrl } from '../core/url.ts';
import { toEventName } from './event-name.ts';
import { type Leaf, leavesOf, levelLeaf, stateLeaf, titleLeaf, urlLeaf } from './leaves.ts';
import { oneLine } from './one-line.ts';
import { SEVERITY_EMOJI, severityOf } from './severity-of.ts';

/** What a document of unknown shape seems to say, by the names of its fields. No `key`: a wrong one would merge strangers. */
export function guessEvent(payload: unknown, hook: Hook): SourceEvent {
  const leaves = leavesOf(payload);
  const titled = titleLeaf(leaves);
  const stated = stateLeaf(leaves);
  const linked = urlLeaf(leaves);
  const event = eventName(leaves, hook);
  const state = stated?.text.toLowerCase();
  const url = safeWebUrl(linked?.text ?? '');
  const severity = severityOf(levelLeaf(leaves)?.text) ?? severityOfState(state);
  const id = deliveryId(hook);
  return {
    event: event ?? UNNAMED,
    ...(state !== undefined && { state }),
    severity,
    title: titleOf({ titled, event, state, payload, source: hook.source }),
    ...(url !== undefined && { url }),
    labels: labelsOf(leaves),
    facts: {
      ...(id !== undefined && { id }),
      emoji: SEVERITY_EMOJI[severity],
      text: restOf(titled),
      details: detailsOf(
        leaves.filter((leaf) => leaf !== titled && leaf !== stated && leaf !== linked && leaf.text !== event),
      ),
    },
    payload,
    at: hook.at,
  };
}

/** The event of a hook that does not say what it is. */
const UNNAMED = 'hook';

const EVENT_FIELDS = ['event', 'event_type', 'eventtype', 'event_name', 'eventname', 'type', 'topic', 'action', 'kind'];
const EVENT_HEADERS = [
  'x-event-type',
  'x-event-name',
  'x-event-key',
  'x-event',
  'x-webhook-event',
  'x-topic',
  'ce-type',
];

function eventName(leaves: readonly Leaf[], hook: Hook): string | undefined {
  const fields = EVENT_FIELDS.map((field) =>
    leaves.find(({ name, path, text }) => path.length === 1 && text.length <= 80 && name.toLowerCase() === field),
  );
  const words = [...EVENT_HEADERS.map((header) => hook.headers[header]), ...fields.map((leaf) => leaf?.text)];
  return words.map(toEventName).find((name) => name !== undefined);
}

const BAD_STATES = new Set(
  'failed failure failing error errored down offline firing unhealthy undelivered bounced rejected'.split(' '),
);
const POOR_STATES = new Set(['warning', 'warn', 'degraded', 'unstable', 'timeout', 'timed_out']);

function severityOfState(state: string | undefined): Severity {
  if (state === undefined) return 'info';
  if (BAD_STATES.has(state)) return 'error';
  return POOR_STATES.has(state) ? 'warning' : (severityOf(state) ?? 'info');
}

/** Ids that senders give to a delivery. One in the body may as well be the order's: two of its updates are no duplicates. */
const ID_HEADERS = ['idempotency-key', 'webhook-id', 'svix-id', 'x-webhook-id', 'x-delivery-id', 'x-event-id', 'ce-id'];

const deliveryId = (hook: Hook): string | undefined =>
  ID_HEADERS.map((header) => hook.headers[header])
    .find((id) => id !== undefined && id !== '')
    ?.slice(0, 200);

interface Titled {
  readonly titled: Leaf | undefined;
  readonly event: string | undefined;
  readonly state: string | undefined;
  readonly payload: unknown;
  readonly source: string;
}

/** The first line of what reads like a title; a bare name says too little, and takes its event and state along. */
function titleOf({ titled, event, state, payload, source }: Titled): string {
  const inState = state === undefined ? '' : ` (${state})`;
  if (titled !== undefined) {
    const line = firstLine(titled.text);
    return titled.name.toLowerCase() === 'name' ? oneLine(`${event ?? source}: ${line}${inState}`) : line;
  }
  if (typeof payload !== 'object') return oneLine(`${source}: ${String(payload)}`);
  const what = Array.isArray(payload) ? `${payload.length} items` : (event ?? 'a hook without a title');
  return oneLine(`${source}: ${what}${inState}`);
}

const LINE = /\S[^\r\n]*/;

const firstLine = (text: string): string => oneLine(LINE.exec(text.slice(0, 4_000))?.[0] ?? text);

const MAX_TEXT = 4_000;

/** What follows the title's line; the whole, where the title had to be cut. */
function restOf(titled: Leaf | undefined): string | undefined {
  if (titled === undefined) return undefined;
  const text = titled.text.slice(0, MAX_TEXT).trim();
  if (firstLine(text).endsWith('…')) return text;
  const end = text.indexOf('\n');
  return end === -1 ? undefined : text.slice(end).trim();
}

const LABELS = new Set(
  'env environment service app application project team region cluster host repo branch author user'.split(' '),
);

function labelsOf(leaves: readonly Leaf[]): Labels {
  const labels = leaves.filter(({ name, path, text }) => path.length === 1 && LABELS.has(name) && text.length <= 200);
  return Object.fromEntries(labels.map(({ name, text }) => [name, text]));
}

const MAX_DETAILS = 8;

/** The first short values as name and text, for a reader who knows the sender. */
function detailsOf(leaves: readonly Leaf[]): readonly { readonly name: string; readonly value: string }[] {
  return leaves
    .filter(({ name, path, text }) => name !== '' && path.length <= 2 && text.length <= 120)
    .slice(0, MAX_DETAILS)
    .map(({ path, text }) => ({ name: oneLine(path.join('.'), 60), value: oneLine(text, 120) }));
}
