import type { Reading, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import { defineSource } from '../define-source.ts';
import { readDocument } from '../document.ts';
import { toEventName } from '../event-name.ts';
import { EMOJI_OF_MOOD, SEVERITY_OF_MOOD } from '../mood.ts';
import { oneLine } from '../one-line.ts';
import { dashboardUrl } from './dashboard.ts';
import { type Description, describe, words } from './describe.ts';
import { EVENTS } from './events.ts';
import { type StripeEvent, stripeEvent } from './payloads.ts';

export const stripe = defineSource({
  type: 'stripe',
  title: 'Stripe',
  docs: 'https://docs.stripe.com/webhooks',
  verifier: {
    scheme: 'hmac',
    headers: ['stripe-signature'],
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: 'v1=',
    separator: ',',
    signed: '{timestamp}.{body}',
    timestamp: { field: 't', toleranceMs: 300_000 },
    // Stripe's secrets start with `whsec_` too, and are signed with as they are written.
    key: 'utf8',
  },
  setUp:
    'In the Stripe dashboard, under **Developers → Webhooks**, add an endpoint with the address, choose the events, and enter its signing secret (`whsec_…`) as the source’s `secret`. Test mode has an endpoint and a secret of its own; its messages are marked `test`.',
  events: Object.fromEntries(Object.entries(EVENTS).map(([type, { means }]) => [type, means])),
  ignores: {},
  read,
  dedupeKey: (_hook, event) => (typeof event.facts.id === 'string' ? event.facts.id : undefined),
});

function read(hook: Hook): Reading {
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const parsed = stripeEvent.safeParse(reading.document);
  if (!parsed.success) return { kind: 'unreadable', reason: 'The body is no Stripe event: it has no `type`.' };
  return { kind: 'events', events: [toEvent(parsed.data, reading.document, hook)] };
}

function toEvent(event: StripeEvent, payload: unknown, hook: Hook): SourceEvent {
  const known = Object.hasOwn(EVENTS, event.type) ? EVENTS[event.type] : undefined;
  const object = event.data?.object;
  const described = object === undefined ? {} : describe(event, object, known);
  const mood = described.mood ?? known?.mood ?? (event.type.endsWith('failed') ? 'bad' : 'info');
  const id = object?.id ?? event.related_object?.id;
  const url = dashboardUrl(event, object);
  const mode = event.livemode === false ? 'test' : 'live';
  const title = titleOf(event, { ...described, says: described.says ?? known?.says ?? sentence(event.type), id });
  return {
    event: toEventName(event.type) ?? 'event',
    ...(id !== undefined && { key: `${object?.object ?? event.related_object?.type ?? 'object'}:${id}`.slice(0, 500) }),
    ...(described.state && { state: described.state }),
    ...((described.closes ?? known?.closes === true) && { closes: true }),
    severity: SEVERITY_OF_MOOD[mood],
    title,
    ...(url !== undefined && { url }),
    labels: {
      mode,
      ...(object?.currency && { currency: object.currency }),
      ...(object?.customer && { customer: object.customer }),
      ...(event.account && { account: event.account }),
    },
    facts: {
      ...described,
      mode,
      testMode: mode === 'test',
      tone: mood,
      emoji: EMOJI_OF_MOOD[mood],
      // Fields show what the title does not say.
      stateText: unsaid(title, words(described.state)),
      planName: unsaid(title, described.name),
      thenNext: unsaid(title, described.next),
      contact: unsaid(title, described.contact),
      objectId: unsaid(title, id),
      ...(event.id !== undefined && { id: event.id }),
    },
    payload,
    at: timeOf(event) ?? hook.at,
    ...(known === undefined && { unlisted: true }),
  };
}

interface Titled extends Description {
  readonly says: string;
  readonly id: string | undefined;
}

/** `[test] Payment failed: $1,234.50 from Acme (insufficient funds)`. */
function titleOf(event: StripeEvent, { says, amount, name, customer, reason, next, id }: Titled): string {
  const isInvoice = event.type.startsWith('invoice.');
  const what = [isInvoice ? name : undefined, amount].filter(Boolean).join(', ') || name;
  const from = customer === undefined ? '' : `${what === undefined ? '' : ' '}${preposition(event.type)} ${customer}`;
  const about = `${what ?? ''}${from}`.trim() || id;
  const extra = reason ?? next;
  const mark = event.livemode === false ? '[test] ' : '';
  return oneLine(`${mark}${says}${about ? `: ${about}` : ''}${extra ? ` (${extra})` : ''}`, 180);
}

const unsaid = (title: string, text: string | undefined): string | undefined =>
  text === undefined || title.toLowerCase().includes(text.toLowerCase()) ? undefined : text;

function preposition(type: string): string {
  if (type.includes('refund')) return 'to';
  return /^(payment_intent|charge|invoice|checkout)\./.test(type) ? 'from' : 'for';
}

/** `customer.tax_id.created` as `Customer tax id created`. */
function sentence(type: string): string {
  const said = oneLine(type.replace(/^v\d+\./, '').replace(/[._]+/g, ' '), 80);
  return said.charAt(0).toUpperCase() + said.slice(1);
}

function timeOf({ created }: StripeEvent): Date | undefined {
  const at = new Date(typeof created === 'number' ? created * 1_000 : (created ?? Number.NaN));
  return at.getTime() > 0 ? at : undefined;
}
