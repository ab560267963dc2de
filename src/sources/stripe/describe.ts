import { day } from '../human-time.ts';
import type { KnownEvent } from '../known-event.ts';
import { formatMoney } from '../money.ts';
import type { Mood } from '../mood.ts';
import { oneLine } from '../one-line.ts';
import type { StripeEvent, StripeObject } from './payloads.ts';

/** What is worth telling about an event's object; all of it optional, because Stripe leaves fields out and empty. */
export interface Description {
  /** Where it differs from the event's usual one. */
  readonly says?: string;
  readonly amount?: string | undefined;
  readonly customer?: string | undefined;
  /** Where the customer can be written to. */
  readonly contact?: string | undefined;
  /** `Visa ending 4242` */
  readonly card?: string | undefined;
  /** The number or name people know it by. */
  readonly name?: string | undefined;
  readonly reason?: string | undefined;
  /** `paid`, `unpaid`: a checkout can be complete before its money is there. */
  readonly payment?: string | undefined;
  /** What happens next and when. */
  readonly next?: string | undefined;
  readonly state?: string | undefined;
  /** Where it differs from the event's usual one. */
  readonly mood?: Mood;
  /** Where it differs from the event's usual one. */
  readonly closes?: boolean;
}

/** Describes by the object's own sort; `known` is undefined for events that Bellhop does not list. */
export function describe(event: StripeEvent, object: StripeObject, known: KnownEvent | undefined): Description {
  const usual: Description = {
    amount: formatMoney(object.amount ?? object.amount_total, object.currency),
    customer: customerOf(object),
    contact: contactOf(object),
    card: cardOf(object),
    reason: words(object.failure_code ?? object.failure_message ?? object.reason),
    name: shortText(object.description ?? object.name ?? object.number),
    state: object.status,
  };
  switch (object.object) {
    case 'payment_intent':
      return { ...usual, ...paymentIntent(event, object) };
    case 'charge':
      return { ...usual, ...charge(event, object) };
    case 'dispute':
      return { ...usual, ...dispute(event, object) };
    case 'refund':
      return { ...usual, reason: words(object.failure_reason ?? object.reason) };
    case 'invoice':
      return { ...usual, ...invoice(object, known) };
    case 'subscription':
      return { ...usual, ...subscription(event, object) };
    case 'payout':
      return {
        ...usual,
        name: undefined,
        next: UNDER_WAY.has(object.status) ? on('arrives', object.arrival_date) : undefined,
      };
    case 'checkout.session':
      return { ...usual, ...checkout(event, object) };
    default:
      return usual;
  }
}

const UNDER_WAY = new Set<string | undefined>(['pending', 'in_transit']);

function paymentIntent(event: StripeEvent, object: StripeObject): Description {
  const error = object.last_payment_error;
  const failed = event.type === 'payment_intent.payment_failed';
  const held = event.type === 'payment_intent.amount_capturable_updated' ? object.amount_capturable : undefined;
  return {
    amount: formatMoney(held ?? object.amount, object.currency),
    reason: failed ? words(error?.decline_code ?? error?.message ?? error?.code) : words(object.cancellation_reason),
  };
}

function charge(event: StripeEvent, object: StripeObject): Description {
  if (event.type !== 'charge.refunded') return {};
  const partly = object.refunded === false;
  return {
    amount: formatMoney(object.amount_refunded ?? object.amount, object.currency),
    next: partly ? `of ${formatMoney(object.amount, object.currency) ?? 'the charge'}` : undefined,
    state: partly ? 'partially_refunded' : 'refunded',
    closes: !partly,
  };
}

function dispute(event: StripeEvent, object: StripeObject): Description {
  const open = event.type !== 'charge.dispute.closed';
  const ended = open ? {} : object.status === 'won' ? WON : object.status === 'lost' ? LOST : {};
  return {
    ...ended,
    reason: words(object.reason),
    next: AWAITED.has(object.status) ? on('evidence due', object.evidence_details?.due_by) : undefined,
  };
}

/** The states in which evidence changes something: https://docs.stripe.com/api/disputes/object#dispute_object-status */
const AWAITED = new Set<string | undefined>(['needs_response', 'warning_needs_response']);

const WON: Description = { says: 'Dispute won', mood: 'good' };
const LOST: Description = { says: 'Dispute lost', mood: 'bad' };

function invoice(object: StripeObject, known: KnownEvent | undefined): Description {
  const paid = known?.mood === 'good';
  const failed = known?.mood === 'bad';
  const tries = object.attempt_count ?? 0;
  return {
    amount: formatMoney(paid ? object.amount_paid : (object.amount_due ?? object.amount_remaining), object.currency),
    name: object.number,
    reason: failed && tries > 0 ? `attempt ${tries}` : words(object.last_finalization_error?.message),
    next: paid
      ? undefined
      : (on(tries > 0 ? 'charged again' : 'charged', object.next_payment_attempt) ?? on('due', object.due_date)),
  };
}

function subscription(event: StripeEvent, object: StripeObject): Description {
  const before = event.data?.previous_attributes?.status;
  const changed = before === undefined || before === object.status ? undefined : `was ${words(before)}`;
  const trouble = event.type === 'customer.subscription.updated' ? TROUBLES.get(object.status) : undefined;
  return {
    ...planOf(object),
    reason: changed ?? words(object.cancellation_details?.reason),
    ...trouble,
    next:
      (event.type === 'customer.subscription.trial_will_end' ? on('ends', object.trial_end) : undefined) ??
      (object.status === 'canceled' ? undefined : on('ends', object.cancel_at)),
  };
}

const TROUBLES: ReadonlyMap<string | undefined, Description> = new Map([
  ['past_due', { says: 'Subscription past due', mood: 'warning' }],
  ['unpaid', { says: 'Subscription unpaid', mood: 'bad' }],
  ['incomplete_expired', { says: 'Subscription never paid', mood: 'warning' }],
]);

/** `$20.00/month`; nothing for plans that cannot be added up. */
function planOf(object: StripeObject): Description {
  const items = object.items?.data ?? [];
  const [first] = items;
  const price = first?.price ?? first?.plan;
  const name = shortText(price?.nickname);
  const currency = price?.currency ?? object.currency;
  const every = (item: (typeof items)[number]) => {
    const { interval, interval_count: count } = item.price?.recurring ?? item.plan ?? {};
    return interval === undefined ? '' : (count ?? 1) > 1 ? `every ${count} ${interval}s` : `/${interval}`;
  };
  const amounts = items.map((item) => {
    const unit = item.price?.unit_amount ?? item.plan?.amount;
    return unit === undefined ? Number.NaN : unit * (item.quantity ?? 1);
  });
  const alike = first !== undefined && items.every((item) => every(item) === every(first));
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  const money = alike && Number.isFinite(total) ? formatMoney(total, currency) : undefined;
  if (money === undefined || first === undefined) return { amount: undefined, name };
  const rhythm = every(first);
  return { amount: rhythm.startsWith('/') ? `${money}${rhythm}` : `${money} ${rhythm}`.trim(), name };
}

function checkout(event: StripeEvent, object: StripeObject): Description {
  const paid = object.payment_status === 'paid' || object.payment_status === 'no_payment_required';
  const completed = event.type === 'checkout.session.completed';
  return {
    amount: formatMoney(object.amount_total, object.currency),
    payment: words(object.payment_status),
    next: completed && !paid ? 'not paid yet' : undefined,
    ...(completed && { closes: paid }),
    ...(completed && !paid && { mood: 'info' }),
  };
}

function customerOf(object: StripeObject): string | undefined {
  const details = object.customer_details ?? object.billing_details;
  const names = [object.customer_name, details?.name, object.customer_email, details?.email, object.receipt_email];
  return shortText([...names, object.customer].find((name) => name !== undefined && name.trim() !== ''));
}

function contactOf(object: StripeObject): string | undefined {
  const details = object.customer_details ?? object.billing_details;
  return shortText(object.customer_email ?? details?.email ?? object.receipt_email ?? object.email);
}

function cardOf({ payment_method_details: method }: StripeObject): string | undefined {
  const { brand, last4 } = method?.card ?? {};
  if (brand === undefined || last4 === undefined) return undefined;
  return shortText(`${brand.charAt(0).toUpperCase()}${brand.slice(1)} ending ${last4}`);
}

/** A code as words: `insufficient_funds` and `Your card was declined.` as words inside a sentence. */
export function words(code: string | undefined): string | undefined {
  if (code === undefined || code.trim() === '') return undefined;
  return oneLine(/^[a-z0-9_]+$/.test(code) ? code.replaceAll('_', ' ') : code, 100).replace(/\.$/, '');
}

function shortText(text: string | undefined): string | undefined {
  const line = text === undefined ? '' : oneLine(text, 60);
  return line === '' ? undefined : line;
}

function on(what: string, seconds: number | undefined): string | undefined {
  const written = seconds === undefined ? undefined : day(new Date(seconds * 1_000));
  return written === undefined ? undefined : `${what} ${written}`;
}
