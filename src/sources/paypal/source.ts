import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';
import type { KnownEvent } from '../known-event.ts';
import { EMOJI_OF_MOOD, SEVERITY_OF_MOOD } from '../mood.ts';
import { createPaypalVerifier } from '../verifiers/paypal.ts';
import { EVENTS, IGNORES } from './events.ts';
import { REASONS } from './reasons.ts';

const TYPE = '{{payload.event_type}}';
const RESOURCE = 'payload.resource';

/** PayPal writes its events in capitals. */
const EVENT: Value = {
  from: TYPE,
  map: Object.fromEntries([...Object.keys(EVENTS), ...Object.keys(IGNORES)].map((event) => [event, event])),
  otherwise: TYPE,
};

const byEvent = (value: (event: string, known: KnownEvent) => Value): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(EVENTS).map(([event, known]) => [event, value(event, known)]));

/** No event says so itself: its links and its certificate are where it was made. */
const IS_SANDBOX: Value = {
  from: [{ origin: '{{headers.paypal-cert-url}}' }, { origin: '{{payload.links.0.href}}' }],
  map: { 'https://api.sandbox.paypal.com': 'sandbox', 'https://api-m.sandbox.paypal.com': 'sandbox' },
};
const SITE: Value = {
  from: IS_SANDBOX,
  map: { sandbox: 'https://www.sandbox.paypal.com' },
  otherwise: 'https://www.paypal.com',
};

const money = (path: string): Value => ({
  // What goes back is less than nothing there; the words say which way it went.
  money: [{ part: [`{{${path}.value}}`, `{{${path}.total}}`], after: '-' }, `{{${path}.value}}`, `{{${path}.total}}`],
  currency: [`{{${path}.currency_code}}`, `{{${path}.currency}}`],
});
/** The amount stands in another place for each kind of resource. */
const AMOUNT: Value = [
  money(`${RESOURCE}.dispute_amount`),
  money(`${RESOURCE}.payout_item.amount`),
  money(`${RESOURCE}.batch_header.amount`),
  money(`${RESOURCE}.invoice.amount`),
  money(`${RESOURCE}.invoice.total_amount`),
  money(`${RESOURCE}.total_amount`),
  money(`${RESOURCE}.billing_info.last_failed_payment.amount`),
  money(`${RESOURCE}.billing_info.last_payment.amount`),
  money(`${RESOURCE}.purchase_units.0.amount`),
  money(`${RESOURCE}.amount`),
];

const WHO: Value = [
  `{{${RESOURCE}.disputed_transactions.0.buyer.name}}`,
  `{{${RESOURCE}.subscriber.name.given_name}} {{${RESOURCE}.subscriber.name.surname}}`,
  `{{${RESOURCE}.subscriber.email_address}}`,
  `{{${RESOURCE}.payer.name.given_name}} {{${RESOURCE}.payer.name.surname}}`,
  `{{${RESOURCE}.payer.email_address}}`,
  `{{${RESOURCE}.payout_item.receiver}}`,
  `{{${RESOURCE}.invoice.primary_recipients.0.billing_info.email_address}}`,
];

const OUTCOME = `{{${RESOURCE}.dispute_outcome.outcome_code}}`;
const LOST = { RESOLVED_BUYER_FAVOUR: 'lost', ACCEPTED: 'lost' } as const;
const WON = { RESOLVED_SELLER_FAVOUR: 'won', RESOLVED_WITH_PAYOUT: 'won', DENIED: 'won' } as const;
const ENDED: Value = { from: OUTCOME, map: { ...LOST, ...WON, CANCELED_BY_BUYER: 'withdrawn' } };

/** `[sandbox] Payment completed: €25.00 (Mona Lisa)`. */
const title = (says: string, more: Value = WHO): Value => ({
  say: `{{#sandbox}}[sandbox] {{/sandbox}}${says}{{#amount}}: {{amount}}{{/amount}}{{#more}} ({{more}}){{/more}}`,
  with: { sandbox: IS_SANDBOX, amount: AMOUNT, more },
});
/** Of a dispute, what the buyer says is worth more than the buyer's name. */
const dispute = (says: string): Value => title(`Dispute ${says}`, REASONS);

const idOf = (kind: string, path: string): string => `{{#${path}}}${kind}:{{${path}}}{{/${path}}}`;
const DISPUTE = idOf('dispute', `${RESOURCE}.dispute_id`);
const SUBSCRIPTION = idOf('subscription', `${RESOURCE}.id`);
const page = (path: string, id: string): Value => ({
  say: `{{#${RESOURCE}.${id}}}{{{site}}}/${path}/{{${RESOURCE}.${id}}}{{/${RESOURCE}.${id}}}`,
  with: { site: SITE },
});

export const paypal: Declaration = {
  type: 'paypal',
  title: 'PayPal',
  docs: 'https://developer.paypal.com/api/rest/webhooks/event-names/',
  setUp:
    'On developer.paypal.com, open the app under “Apps & Credentials”, add a webhook with the address (which has to be https), and choose the events. The source’s secret is the webhook’s id, which stands in the list afterwards. Sandbox and live have a webhook and an id each; messages of the sandbox are marked so.',
  verifier: createPaypalVerifier(),
  events: Object.fromEntries(Object.entries(EVENTS).map(([event, { means }]) => [event, means])),
  ignores: IGNORES,
  requires: TYPE,
  event: EVENT,
  id: '{{payload.id}}',
  key: {
    from: EVENT,
    map: byEvent((event) => {
      if (event.startsWith('customer.dispute.')) return DISPUTE;
      if (event.startsWith('billing.subscription.')) return SUBSCRIPTION;
      if (event.startsWith('checkout.'))
        return [idOf('order', `${RESOURCE}.order_id`), idOf('order', `${RESOURCE}.id`)];
      if (event.startsWith('invoicing.'))
        return [idOf('invoice', `${RESOURCE}.invoice.id`), idOf('invoice', `${RESOURCE}.id`)];
      if (event.startsWith('payment.payoutsbatch.')) return idOf('payouts', `${RESOURCE}.batch_header.payout_batch_id`);
      if (event.startsWith('payment.payouts-item.')) return idOf('payout', `${RESOURCE}.payout_item_id`);
      if (event.startsWith('payment.authorization.')) return idOf('authorization', `${RESOURCE}.id`);
      // A refund has an id of its own, and sometimes says which payment it is of.
      const refund = event.endsWith('.refunded') || event.endsWith('.reversed');
      const ofCapture = idOf('payment', `${RESOURCE}.supplementary_data.related_ids.capture_id`);
      return [idOf('payment', `${RESOURCE}.sale_id`), ofCapture, idOf(refund ? 'refund' : 'payment', `${RESOURCE}.id`)];
    }),
  },
  state: {
    from: EVENT,
    map: byEvent((event) => {
      if (event === 'customer.dispute.resolved') return [ENDED, 'resolved'];
      if (event.startsWith('customer.dispute.')) return [`{{${RESOURCE}.status}}`, 'open'];
      if (event === 'billing.subscription.payment.failed') return 'past_due';
      return event.split('.').at(-1) ?? '';
    }),
  },
  closes: Object.entries(EVENTS).flatMap(([event, { closes }]) => (closes === true ? [event] : [])),
  severity: {
    from: EVENT,
    map: {
      ...byEvent((_event, { mood }) => SEVERITY_OF_MOOD[mood]),
      'customer.dispute.resolved': { from: ENDED, map: { lost: 'warning' } },
    },
  },
  titles: {
    ...byEvent((_event, { says }) => title(says)),
    'customer.dispute.created': dispute('opened'),
    'customer.dispute.resolved': {
      from: ENDED,
      map: {
        won: dispute('won'),
        lost: dispute('lost'),
        withdrawn: dispute('withdrawn by the buyer'),
      },
      otherwise: dispute('closed'),
    },
    'customer.dispute.updated': {
      from: `{{${RESOURCE}.status}}`,
      map: {
        WAITING_FOR_SELLER_RESPONSE: dispute('needs an answer'),
        WAITING_FOR_BUYER_RESPONSE: dispute('waits for the buyer'),
        UNDER_REVIEW: dispute('under review'),
      },
      otherwise: dispute('updated'),
    },
  },
  url: {
    from: EVENT,
    map: byEvent((event) => {
      if (event.startsWith('customer.dispute.')) return page('resolutioncenter/view', 'dispute_id');
      if (event.startsWith('billing.subscription.')) return page('billing/subscriptions', 'id');
      if (event.startsWith('invoicing.'))
        return [`{{${RESOURCE}.invoice.detail.metadata.invoicer_view_url}}`, page('invoice/details', 'invoice.id')];
      if (event.startsWith('payment.payouts-item.')) return page('activity/payment', 'transaction_id');
      if (event.startsWith('payment.payoutsbatch.') || event.startsWith('checkout.')) return '';
      return page('activity/payment', 'id');
    }),
  },
  labels: {
    mode: [IS_SANDBOX, 'live'],
    currency: [
      `{{${RESOURCE}.amount.currency_code}}`,
      `{{${RESOURCE}.amount.currency}}`,
      `{{${RESOURCE}.dispute_amount.currency_code}}`,
    ],
  },
  facts: {
    emoji: {
      from: EVENT,
      map: {
        ...byEvent((_event, { emoji, mood }) => emoji ?? EMOJI_OF_MOOD[mood]),
        'customer.dispute.resolved': { from: ENDED, map: { lost: '❌', won: '✅', withdrawn: '✅' }, otherwise: '⚪' },
      },
    },
    tone: {
      from: EVENT,
      map: {
        ...byEvent((_event, { mood }) => mood),
        'customer.dispute.resolved': {
          from: ENDED,
          map: { lost: 'bad', won: 'good', withdrawn: 'good' },
          otherwise: 'neutral',
        },
      },
    },
    fee: [money(`${RESOURCE}.seller_receivable_breakdown.paypal_fee`), money(`${RESOURCE}.transaction_fee`)],
    invoice: [
      `{{${RESOURCE}.invoice_id}}`,
      `{{${RESOURCE}.invoice_number}}`,
      `{{${RESOURCE}.invoice.detail.invoice_number}}`,
      `{{${RESOURCE}.purchase_units.0.invoice_id}}`,
    ],
    for: [`{{${RESOURCE}.purchase_units.0.description}}`, `{{${RESOURCE}.payout_item.note}}`],
    buyer: `{{${RESOURCE}.disputed_transactions.0.buyer.name}}`,
    why: REASONS,
    answerBy: { time: `{{${RESOURCE}.seller_response_due_date}}` },
    says: {
      first: `${RESOURCE}.messages`,
      where: '{{found.posted_by}}',
      is: 'BUYER',
      take: { markdown: '{{found.content}}', of: 'text' },
    },
    retry: { time: `{{${RESOURCE}.billing_info.last_failed_payment.next_payment_retry_time}}` },
    note: [
      { markdown: `{{${RESOURCE}.status_change_note}}`, of: 'text' },
      { markdown: `{{${RESOURCE}.errors.message}}`, of: 'text' },
    ],
  },
  at: '{{payload.create_time}}',
};
