import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';
import { EVENTS, IGNORES } from './events.ts';

const TOPIC = ['{{headers.x-shopify-topic}}', '{{headers.shopify-topic}}'] as const;
const SHOP = '{{headers.x-shopify-shop-domain}}';
const ORDER = '{{payload.name}}{{^payload.name}}{{payload.id}}{{/payload.name}}';
const BUYER = '{{payload.customer.first_name}} {{payload.customer.last_name}}';
const TOTAL: Value = [
  { money: '{{payload.total_price}}', currency: '{{payload.currency}}' },
  { money: '{{payload.amount}}', currency: '{{payload.currency}}' },
  {
    // Of several transactions this is no number, and no amount is better than a wrong one.
    money: '{{#payload.transactions}}{{amount}} {{/payload.transactions}}',
    currency: '{{#payload.transactions}}{{currency}} {{/payload.transactions}}',
  },
];
/** What somebody tries out is marked: by its header, or as an order that was paid with a test card. */
const TEST: Value = [
  { from: '{{headers.x-shopify-test}}', map: { true: 'test' } },
  { from: '{{payload.test}}', map: { true: 'test' } },
];

/** `New order #1001: €54.00 from Mona Lisa`. */
const order = (subject: string, happened = ''): Value => ({
  say: `{{#test}}[test] {{/test}}${subject} ${ORDER}${happened}{{#total}}: {{total}}{{/total}}{{#buyer}} from {{buyer}}{{/buyer}}`,
  with: { test: TEST, total: TOTAL, buyer: BUYER },
});

const CLAIM: Value = {
  from: '{{payload.reason}}',
  map: {
    fraudulent: 'fraud',
    product_not_received: 'nothing arrived',
    product_unacceptable: 'not as described',
    credit_not_processed: 'a refund never came',
    subscription_canceled: 'the subscription was cancelled',
    duplicate: 'paid twice',
    unrecognized: 'the payment is not recognized',
  },
};

/** `Dispute lost: €54.00 (fraud)`. */
const dispute = (happened: string): Value => ({
  say: `${happened}{{#total}}: {{total}}{{/total}}{{#claim}} ({{claim}}){{/claim}}`,
  with: { total: TOTAL, claim: CLAIM },
});
const ofOrder = '{{#payload.id}}order:{{payload.id}}{{/payload.id}}';
const ofProduct = '{{#payload.id}}product:{{payload.id}}{{/payload.id}}';
const ofDispute = '{{#payload.id}}dispute:{{payload.id}}{{/payload.id}}';
const orderPage = `{{#headers.x-shopify-shop-domain}}https://${SHOP}/admin/orders/{{payload.id}}{{/headers.x-shopify-shop-domain}}`;

/** Topics as events: a slash has no place in a file’s name. */
const KNOWN = [...Object.keys(EVENTS), ...Object.keys(IGNORES)];

export const shopify: Declaration = {
  type: 'shopify',
  title: 'Shopify',
  docs: 'https://shopify.dev/docs/api/webhooks',
  setUp:
    'Under “Settings” → “Notifications” → “Webhooks”, add a webhook per event with the address and the format JSON; the source’s secret is the one shown below the list. Test notifications sent from that page do not verify.',
  verifier: {
    scheme: 'hmac',
    headers: ['x-shopify-hmac-sha256', 'shopify-hmac-sha256'],
    algorithm: 'sha256',
    encoding: 'base64',
    prefix: '',
    signed: '{body}',
    key: 'utf8',
  },
  eventHeader: 'x-shopify-topic',
  events: EVENTS,
  ignores: IGNORES,
  requires: [...TOPIC],
  event: {
    from: [...TOPIC],
    map: Object.fromEntries(KNOWN.map((event) => [event.replace('.', '/'), event])),
    otherwise: [...TOPIC],
  },
  id: ['{{headers.x-shopify-webhook-id}}', '{{headers.shopify-webhook-id}}'],
  key: {
    from: [...TOPIC],
    map: {
      'orders/create': ofOrder,
      'orders/paid': ofOrder,
      'orders/fulfilled': ofOrder,
      'orders/partially_fulfilled': ofOrder,
      'orders/cancelled': ofOrder,
      'orders/delete': ofOrder,
      'products/create': ofProduct,
      'products/delete': ofProduct,
      'refunds/create': '{{#payload.order_id}}order:{{payload.order_id}}{{/payload.order_id}}',
      'disputes/create': ofDispute,
      'disputes/update': ofDispute,
    },
    otherwise: '{{payload.admin_graphql_api_id}}',
  },
  state: {
    from: [...TOPIC],
    map: {
      'orders/create': '{{payload.financial_status}}',
      'orders/paid': 'paid',
      'orders/fulfilled': 'fulfilled',
      'orders/partially_fulfilled': 'partially_fulfilled',
      'orders/cancelled': 'cancelled',
      'orders/delete': 'deleted',
      'products/delete': 'deleted',
      'refunds/create': 'refunded',
      'disputes/create': '{{payload.status}}',
      'disputes/update': '{{payload.status}}',
    },
  },
  closes: ['orders.fulfilled', 'orders.cancelled', 'deleted', 'won', 'lost', 'accepted', 'charge_refunded'],
  severity: {
    from: [...TOPIC],
    map: {
      'orders/cancelled': 'warning',
      // An inquiry asks, and a chargeback has taken the money already.
      'disputes/create': { from: '{{payload.type}}', map: { inquiry: 'error' }, otherwise: 'critical' },
      'disputes/update': { from: '{{payload.status}}', map: { won: 'info' }, otherwise: 'warning' },
      'app/uninstalled': 'warning',
      'customers/data_request': 'warning',
      'customers/redact': 'warning',
      'shop/redact': 'warning',
    },
    otherwise: 'info',
  },
  titles: {
    'orders.create': order('New order'),
    'orders.paid': order('Order', ' paid'),
    'orders.fulfilled': order('Order', ' sent'),
    'orders.partially_fulfilled': order('Order', ' partly sent'),
    'orders.cancelled': order('Order', ' cancelled'),
    'orders.delete': order('Order', ' deleted'),
    'refunds.create': { say: 'Refund{{#total}}: {{total}}{{/total}}', with: { total: TOTAL } },
    'disputes.create': {
      from: '{{payload.type}}',
      map: { inquiry: dispute('A bank asks about a payment') },
      otherwise: dispute('Dispute opened'),
    },
    'disputes.update': {
      from: '{{payload.status}}',
      map: {
        won: dispute('Dispute won'),
        lost: dispute('Dispute lost'),
        accepted: dispute('Dispute accepted, the customer keeps the money'),
        charge_refunded: dispute('Dispute over, the payment was refunded'),
        under_review: dispute('Dispute is being looked at by the bank'),
        needs_response: dispute('Dispute needs an answer'),
      },
      otherwise: dispute('Dispute changed'),
    },
    'products.create': 'New product: {{payload.title}}',
    'products.delete': 'Product {{payload.id}} deleted',
    'app.uninstalled': 'App removed by {{payload.name}}',
    'customers.data_request': 'A customer of {{payload.shop_domain}} asks for their data',
    'customers.redact': 'A customer of {{payload.shop_domain}} has to be forgotten',
    'shop.redact': '{{payload.shop_domain}} has to be forgotten',
  },
  url: {
    from: [...TOPIC],
    map: {
      'orders/create': orderPage,
      'orders/paid': orderPage,
      'orders/fulfilled': orderPage,
      'orders/partially_fulfilled': orderPage,
      'orders/cancelled': orderPage,
      'products/create': `{{#headers.x-shopify-shop-domain}}https://${SHOP}/admin/products/{{payload.id}}{{/headers.x-shopify-shop-domain}}`,
      'refunds/create': `{{#payload.order_id}}https://${SHOP}/admin/orders/{{payload.order_id}}{{/payload.order_id}}`,
      'disputes/create': `{{#payload.order_id}}https://${SHOP}/admin/orders/{{payload.order_id}}{{/payload.order_id}}`,
      'disputes/update': `{{#payload.order_id}}https://${SHOP}/admin/orders/{{payload.order_id}}{{/payload.order_id}}`,
    },
  },
  labels: { shop: ['{{headers.x-shopify-shop-domain}}', '{{headers.shopify-shop-domain}}'] },
  facts: {
    emoji: {
      from: [...TOPIC],
      map: {
        'orders/paid': '💰',
        'orders/fulfilled': '📦',
        'orders/partially_fulfilled': '📦',
        'orders/cancelled': '❌',
        'orders/delete': '🗑️',
        'orders/create': '🛒',
        'products/create': '🏷️',
        'products/delete': '🗑️',
      },
      otherwise: { from: '{{payload.status}}', map: { lost: '❌', accepted: '❌', charge_refunded: '💸' } },
    },
    tone: {
      from: '{{payload.status}}',
      map: { lost: 'bad', accepted: 'bad', charge_refunded: 'neutral' },
      otherwise: {
        from: [...TOPIC],
        map: { 'orders/paid': 'good', 'orders/fulfilled': 'good', 'orders/cancelled': 'warning' },
      },
    },
    answerBy: { time: '{{payload.evidence_due_by}}' },
    reason: {
      from: '{{payload.cancel_reason}}',
      map: {
        customer: 'the customer changed their mind',
        fraud: 'fraud',
        inventory: 'out of stock',
        declined: 'the payment was declined',
        staff: 'a mistake of the staff',
      },
      otherwise: '{{payload.cancel_reason}}',
    },
    note: { markdown: '{{payload.note}}', of: 'text' },
  },
  at: ['{{headers.x-shopify-triggered-at}}', '{{payload.updated_at}}', '{{payload.created_at}}'],
};
