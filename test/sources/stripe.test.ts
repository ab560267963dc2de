import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { SourceEvent } from '../../src/core/event.ts';
import { formatMoney } from '../../src/sources/money.ts';
import { stripe } from '../../src/sources/stripe/source.ts';
import { aHook, NOON } from '../builders.ts';
import { sampleHooks } from './sample-hooks.ts';

const wrap = (type: string, object: unknown, over: object = {}) => ({
  id: 'evt_1',
  object: 'event',
  type,
  created: 1_795_262_400,
  livemode: true,
  data: { object },
  ...over,
});

function readOne(body: unknown): SourceEvent {
  const reading = stripe.read(aHook({ source: 'stripe', body }), {});
  const [event] = reading.kind === 'events' ? reading.events : [];
  if (event === undefined) throw new Error(JSON.stringify(reading));
  return event;
}

const titleOf = (sample: string): string => {
  const found = sampleHooks('stripe').find(({ file }) => file === `${sample}.json`);
  return found === undefined ? '' : readOne(JSON.parse(found.hook.body.toString())).title;
};

describe('money', () => {
  test.each([
    [123_450, 'usd', '$1,234.50'],
    [500, 'jpy', '¥500'],
    [1_500, 'kwd', 'KWD 1.500'],
    [1_000_000, 'krw', '₩1,000,000'],
    [5_000, 'mga', 'MGA 5,000'],
    [500, 'isk', 'ISK 5'],
    [500, 'ugx', 'UGX 5'],
    [1_000, 'huf', 'HUF 10.00'],
    [-250, 'eur', '-€2.50'],
    [0, 'usd', '$0.00'],
    [99, 'xyz', 'XYZ 0.99'],
  ])('%d %s is %s', (amount, currency, written) => {
    expect(formatMoney(amount, currency)).toBe(written);
  });

  test('nothing to write without an amount or a currency', () => {
    for (const [amount, currency] of [
      [undefined, 'usd'],
      [1, undefined],
      [1, ''],
      [1, 'dollars'],
      [1, '€€€'],
    ] as const)
      expect(formatMoney(amount, currency)).toBeUndefined();
  });
});

describe('titles', () => {
  test.each([
    ['payment_intent.succeeded', 'Payment succeeded: $1,234.50 from ada@example.com'],
    ['payment_intent.payment_failed', 'Payment failed: $1,234.50 from ada@example.com (insufficient funds)'],
    ['payment_intent.succeeded~test', '[test] Payment succeeded: $20.00 from ada@example.com'],
    ['payment_intent.succeeded~jpy', 'Payment succeeded: ¥500 from ada@example.com'],
    ['charge.refunded~partial', 'Charge refunded: €15.00 to Ada Example (of €49.00)'],
    ['charge.dispute.created', 'Dispute opened: $199.00 (fraudulent)'],
    ['charge.dispute.closed~lost', 'Dispute lost: $199.00 (fraudulent)'],
    ['invoice.payment_failed', 'Invoice payment failed: ACME-0042, $99.00 from Example GmbH (attempt 2)'],
    ['invoice.overdue', 'Invoice overdue: ACME-0042, $99.00 from Example GmbH (due 18 Nov 2026)'],
    ['customer.subscription.created', 'Subscription started: $100.00/month for cus_SampleAcme'],
    ['customer.subscription.updated~past_due', 'Subscription past due: $100.00/month for cus_SampleAcme (was active)'],
    ['payout.failed', 'Payout failed: €12,345.67 (account closed)'],
    ['checkout.session.completed~unpaid', 'Checkout completed: $59.00 from Ada Example (not paid yet)'],
    ['customer.created~unlisted', 'Customer created: Example GmbH'],
    [
      'v1.billing.meter.error_report_triggered~thin',
      '[test] Billing meter error report triggered: mtr_test_SampleAcme',
    ],
  ])('%s: %s', (sample, title) => {
    expect(titleOf(sample)).toBe(title);
  });
});

test('a failed payment as the routes and the lane see it', () => {
  const object = {
    id: 'pi_1',
    object: 'payment_intent',
    amount: 100,
    currency: 'eur',
    customer: { id: 'cus_1' },
    status: 'requires_payment_method',
  };
  const { facts, payload, ...event } = readOne(wrap('payment_intent.payment_failed', object, { livemode: false }));
  expect(event).toEqual({
    event: 'payment_intent.payment_failed',
    key: 'payment_intent:pi_1',
    state: 'requires_payment_method',
    severity: 'error',
    title: '[test] Payment failed: €1.00 from cus_1',
    url: 'https://dashboard.stripe.com/test/payments/pi_1',
    labels: { mode: 'test', currency: 'eur', customer: 'cus_1' },
    at: new Date('2026-11-21T12:00:00Z'),
  });
  expect(facts).toMatchObject({ mode: 'test', testMode: true, tone: 'bad', amount: '€1.00' });
  expect(payload).toMatchObject({ data: { object } });
});

test('duplicates are told by the event’s id', () => {
  const hook = aHook({ body: {} });
  expect(stripe.dedupeKey(hook, readOne(wrap('payout.paid', { id: 'po_1', object: 'payout' })))).toBe('evt_1');
  expect(stripe.dedupeKey(hook, readOne({ type: 'payout.paid' }))).toBeUndefined();
});

test.each([
  ['payment_intent.succeeded', { object: 'payment_intent', status: 'succeeded' }, true],
  ['payment_intent.payment_failed', { object: 'payment_intent' }, undefined],
  ['charge.refunded', { object: 'charge', refunded: true }, true],
  ['charge.refunded', { object: 'charge', refunded: false }, undefined],
  ['checkout.session.completed', { object: 'checkout.session', payment_status: 'paid' }, true],
  ['checkout.session.completed', { object: 'checkout.session', payment_status: 'unpaid' }, undefined],
])('%s with %j ends its story: %s', (type, object, closes) => {
  expect(readOne(wrap(type, { id: 'x_1', ...object })).closes).toBe(closes);
});

test('odd values never show and never throw', () => {
  for (const created of ['never', -1, 1e300, null, {}])
    expect(readOne(wrap('payout.paid', { id: 'po_1', object: 'payout' }, { created })).at).toEqual(NOON);
  for (const object of [
    null,
    [],
    'text',
    7,
    { amount: '12', currency: 5, status: {}, items: { data: [null, { price: 1 }] } },
  ])
    expect(readOne(wrap('invoice.paid', object)).title).toMatch(/^Invoice paid/);
  expect(readOne(wrap('payout.paid', { id: '../../evil?x', object: 'payout' })).url).toBeUndefined();
  expect(readOne(wrap('../../etc/passwd', {})).event).toBe('etc_passwd');
  expect(readOne(wrap('__proto__', {})).unlisted).toBe(true);
});

test.each(['[]', '{}', '{"type":7}', 'null', '"text"', '{"type":""}'])('%s is no event of Stripe’s', (body) => {
  expect(stripe.read(aHook({ body }), {}).kind).toBe('unreadable');
});

const fixtures = new URL('../../../shared/corpora/stripe-openapi/fixtures3.json', import.meta.url);
if (existsSync(fixtures)) {
  const { resources } = JSON.parse(readFileSync(fixtures, 'utf8')) as { readonly resources: Record<string, object> };
  const types = Object.keys(stripe.events);
  describe.each(Object.entries(resources))('Stripe’s own %s', (name, object) => {
    test('reads under its own event and under every listed one', () => {
      for (const type of [`${name}.updated`, ...types]) {
        const event = readOne(wrap(type, object, { livemode: false }));
        expect(event.title, type).toMatch(/^\[test\] \S.{3,175}$/);
        expect(JSON.stringify({ ...event, payload: '' }), type).not.toMatch(
          /undefined|\[object Object\]|NaN|Invalid Date/,
        );
      }
    });
  });
} else {
  test.skip('Stripe’s own objects: ../shared/corpora/stripe-openapi/fixtures3.json is not on this machine', () => {});
}
