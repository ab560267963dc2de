import type { Labels, SourceEvent } from '../core/event.ts';
import type { Hook } from '../core/hook.ts';
import type { Severity } from '../core/severity.ts';
import { safeWebUrl } from '../core/url.ts';
import { toEventName } from './event-name.ts';
import { detailsOf } from './leaf-details.ts';
import { type Leaf, leavesOf, levelLeaf, stateLeaf, titleLeaf, urlLeaf } from './leaves.ts';
import { oneLine } from './one-line.ts';
import { severityOf, signOf, worst } from './severity-of.ts';

/**
 * What a document of unknown shape seems to say, by the names of its fields; `named` is its event where the sender says
 * so elsewhere. No `key`: a wrong one would merge strangers.
 */
export function guessEvent(payload: unknown, hook: Hook, named?: string): SourceEvent {
  const leaves = leavesOf(payload);
  const titled = titleLeaf(leaves);
  const stated = stateLeaf(leaves);
  const linked = urlLeaf(leaves);
  const event = named ?? eventName(leaves, hook);
  const state = stated?.text.toLowerCase();
  const url = safeWebUrl(linked?.text ?? '');
  const levelled = levelLeaf(leaves);
  const title = titleOf({ titled, event, state, payload, source: hook.source });
  const severity =
    severityOf(levelled?.text) ?? worst(severityOfState(state), severityOfEvent(event), severityOfSign(title));
  const id = deliveryId(hook);
  const text = restOf(titled);
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
      details: detailsOf(
        leaves.filter((leaf) => ![titled, stated, linked, levelled].includes(leaf) && leaf.text !== event),
        hook.at,
      ),
    },
    payload,
    at: hook.at,
  };
}

/** The event of a hook that does not say what it is. */
const UNNAMED = 'hook';

const EVENT_FIELDS = [
  ...['event', 'event_type', 'eventtype', 'event_name', 'eventname', 'eventkey', 'object_kind'],
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

function eventName(leaves: readonly Leaf[], hook: Hook): string | undefined {
  const fields = EVENT_FIELDS.map((field) =>
    leaves.find(({ name, path, text }) => path.length === 1 && text.length <= 80 && name.toLowerCase() === field),
  );
  const theirs = Object.keys(hook.headers).find((header) => /^x-[a-z0-9]{1,40}-event$/.test(header));
  const words = [
    ...EVENT_HEADERS.map((header) => hook.headers[header]),
    ...fields.map((leaf) => leaf?.text),
    hook.headers[theirs ?? ''],
  ];
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

/** `job.failed`, `deploy_failed`. Only words that cannot mean anything else: a `landing.page` is no page. */
function severityOfEvent(event: string | undefined): Severity {
  const last =
    (event ?? '')
      .toLowerCase()
      .split(/[._:-]/)
      .at(-1) ?? '';
  if (BAD_STATES.has(last)) return 'error';
  return POOR_STATES.has(last) ? 'warning' : 'info';
}

/** What monitors write into their own titles: `[Shop] [🔴 Down] connection refused`. */
const severityOfSign = (title: string): Severity => (/🔴|❌|🚨/u.test(title) ? 'error' : 'info');

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

/**
 * The first line of what reads like a title. That of something within the document does not say what happened to it, and
 * takes the event along; a bare name says even less, and takes its state along too.
 */
function titleOf({ titled, event, state, payload, source }: Titled): string {
  const inState = state === undefined ? '' : ` (${state})`;
  if (titled !== undefined) {
    const line = firstLine(titled.text);
    if (titled.name.toLowerCase() === 'name') return oneLine(`${event ?? source}: ${line}${inState}`);
    return titled.path.length > 1 && event !== undefined ? oneLine(`${event}: ${line}`) : line;
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

const MOST_LINES = 12;

/** The text as a message shows it, line by line. */
function linesOf(text: string | undefined): readonly string[] {
  const lines = (text ?? '')
    .split('\n')
    .map((line) => oneLine(line, 300))
    .filter((line) => line !== '');
  return lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES), '…'];
}

const LABELS = new Set(
  'env environment service app application project team region cluster host repo branch author user'.split(' '),
);

function labelsOf(leaves: readonly Leaf[]): Labels {
  const labels = leaves.filter(({ name, path, text }) => path.length === 1 && LABELS.has(name) && text.length <= 200);
  return Object.fromEntries(labels.map(({ name, text }) => [name, text]));
}
