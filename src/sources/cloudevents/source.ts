import type { Reading, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import { safeWebUrl } from '../../core/url.ts';
import { defineSource } from '../define-source.ts';
import { deliveryIdOf } from '../delivery-id.ts';
import { toEventName } from '../event-name.ts';
import { guessEvent } from '../guess.ts';
import { cloudevents as handshake } from '../handshakes/cloudevents.ts';
import type { Detail } from '../leaf-details.ts';
import { nameLeaf, sentenceLeaf } from '../leaf-roles.ts';
import { leavesOf } from '../leaves.ts';
import { oneLine } from '../one-line.ts';
import { sayOnce } from '../say-once.ts';
import { type Part, partsOf } from './parts.ts';
import { attributes } from './payloads.ts';

export const cloudevents = defineSource({
  type: 'cloudevents',
  title: 'CloudEvents',
  docs: 'https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/http-protocol-binding.md',
  verifier: { scheme: 'anyOf', of: [{ scheme: 'bearer' }, { scheme: 'queryToken', name: 'access_token' }] },
  setUp:
    'For every sender that speaks CloudEvents over HTTP (Knative, Azure Event Grid with the CloudEvents schema, Google Eventarc): enter the address as its sink or webhook, and the secret as its bearer token (or put `?access_token=<secret>` at the end of the address), or say in `auth` how it proves itself. Structured, binary and batched events are read. Where it asks for permission first (`OPTIONS`), it gets it.',
  events: {},
  ignores: {},
  handshake,
  read,
  dedupeKey: deliveryIdOf,
});

/** More in one batch than anybody wants as single messages. */
const MAX_EVENTS = 100;

function read(hook: Hook): Reading {
  const reading = partsOf(hook);
  if (reading.kind === 'unreadable') return reading;
  const events = reading.parts.slice(0, MAX_EVENTS).flatMap((part) => toEvent(part, hook));
  if (events.length > 0) return { kind: 'events', events };
  const reason = 'The body is no CloudEvent: neither it nor its headers (ce-…) name a type and a source.';
  return { kind: 'unreadable', reason };
}

/** None for an element without the attributes that every event must have; the others of its batch are not lost for it. */
function toEvent(part: Part, hook: Hook): readonly SourceEvent[] {
  const parsed = attributes.safeParse(part.attributes);
  if (!parsed.success) return [];
  const { type, source, id, subject, time } = parsed.data;
  const event = toEventName(type) ?? 'event';
  const about = typeof part.data === 'string' ? { text: part.data } : part.data;
  const guessed = guessEvent(about ?? {}, hook, event);
  const what = whatOf(about ?? {}, subject);
  const url = guessed.url ?? safeWebUrl(subject ?? '');
  const told = sayOnce({
    ...guessed,
    event,
    ...(subject !== undefined && { key: `${source} ${subject}`.slice(0, MAX_KEY) }),
    title: oneLine(`${spoken(event)}: ${what ?? source}`),
    ...(url !== undefined && { url }),
    labels: { ...guessed.labels, origin: source, ...(subject !== undefined && { subject }) },
    facts: { ...guessed.facts, ...(id !== undefined && { deliveryId: `${source} ${id}` }) },
    payload: part.document,
    at: time ?? hook.at,
  });
  const said = (text: string | undefined) => (text === undefined || told.title.includes(text) ? undefined : text);
  const shown = { subject: said(subject), origin: said(shortened(source)), details: readable(told.facts.details) };
  return [{ ...told, facts: { ...told.facts, ...shown } }];
}

/** What its data reads like; the bare name of something says less than the subject does. */
function whatOf(about: unknown, subject: string | undefined): string | undefined {
  const leaves = leavesOf(about);
  const titled = sentenceLeaf(leaves) ?? (subject === undefined ? nameLeaf(leaves) : undefined);
  if (titled === undefined) return subject;
  return oneLine(
    titled.text
      .trimStart()
      .slice(0, 2_000)
      .split(/[\r\n]/, 1)[0] ?? '',
  );
}

/** Of the long addresses that clouds give their things, the end says which. */
const shortened = (source: string): string =>
  source.length <= 60 ? source : (source.split('/').findLast((part) => part !== '') ?? source).slice(-60);

/** Without tags and counters of forty digits. */
const readable = (details: unknown): readonly Detail[] =>
  (Array.isArray(details) ? (details as readonly Detail[]) : []).filter(
    ({ value }) => !/^"?(0x)?[0-9a-f]{14,}"?$/i.test(value),
  );

const MAX_KEY = 1_000;

/** `com.acme.order.paid` is `order.paid` to whoever reads it. */
const spoken = (event: string): string => event.replace(/^(com|org|net|io|dev|app)\.[\w-]+\.(?=\w)/, '');
