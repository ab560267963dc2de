import type { Declaration } from '../declared/declaration.ts';

const TOPIC = ['{{headers.x-shopify-topic}}', '{{headers.shopify-topic}}'] as const;
const SHOP = '{{headers.x-shopify-shop-domain}}';
const ORDER = '{{payload.name}}{{^payload.name}}{{payload.id}}{{/payload.name}}';
const BUYER =
  '{{#payload.customer.first_name}} from {{payload.customer.first_name}} {{payload.customer.last_name}}{{/payload.customer.first_name}}';
const ofOrder = '{{#payload.id}}order:{{payload.id}}{{/payload.id}}';
const ofDispute = '{{#payload.id}}dispute:{{payload.id}}{{/payload.id}}';
const orderPage = `{{#headers.x-shopify-shop-domain}}https://${SHOP}/admin/orders/{{payload.id}}{{/headers.x-shopify-shop-domain}}`;

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
  events: {
    'orders.create': 'An order came in.',
    'orders.paid': 'An order was paid.',
    'orders.fulfilled': 'An order was sent.',
    'orders.cancelled': 'An order was cancelled.',
    'refunds.create': 'Money was given back.',
    'disputes.create': 'A customer disputes a payment.',
    'disputes.update': 'A dispute was decided or moved on.',
    'app.uninstalled': 'A shop removed the app.',
  },
  ignores: {
    'orders.updated': 'Every other topic of an order is followed by it.',
    'carts.create': 'A cart is no order yet.',
    'carts.update': 'A cart is no order yet.',
    'checkouts.create': 'A checkout is no order yet.',
    'checkouts.update': 'A checkout is no order yet.',
  },
  requires: [...TOPIC],
  event: {
    from: [...TOPIC],
    map: {
      'orders/create': 'orders.create',
      'orders/paid': 'orders.paid',
      'orders/fulfilled': 'orders.fulfilled',
      'orders/cancelled': 'orders.cancelled',
      'orders/updated': 'orders.updated',
      'refunds/create': 'refunds.create',
      'disputes/create': 'disputes.create',
      'disputes/update': 'disputes.update',
      'app/uninstalled': 'app.uninstalled',
      'carts/create': 'carts.create',
      'carts/update': 'carts.update',
      'checkouts/create': 'checkouts.create',
      'checkouts/update': 'checkouts.update',
    },
    otherwise: [...TOPIC],
  },
  id: ['{{headers.x-shopify-webhook-id}}', '{{headers.shopify-webhook-id}}'],
  key: {
    from: [...TOPIC],
    map: {
      'orders/create': ofOrder,
      'orders/paid': ofOrder,
      'orders/fulfilled': ofOrder,
      'orders/cancelled': ofOrder,
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
      'orders/cancelled': 'cancelled',
      'refunds/create': 'refunded',
      'disputes/create': '{{payload.status}}',
      'disputes/update': '{{payload.status}}',
    },
  },
  closes: ['orders.fulfilled', 'orders.cancelled', 'won', 'lost', 'accepted', 'charge_refunded'],
  severity: {
    from: [...TOPIC],
    map: {
      'orders/cancelled': 'warning',
      'disputes/create': 'error',
      'disputes/update': { from: '{{payload.status}}', map: { won: 'info' }, otherwise: 'warning' },
      'app/uninstalled': 'warning',
    },
    otherwise: 'info',
  },
  titles: {
    'orders.create': `New order ${ORDER}${BUYER}`,
    'orders.paid': `Paid: order ${ORDER}${BUYER}`,
    'orders.fulfilled': `Sent: order ${ORDER}${BUYER}`,
    'orders.cancelled': `Cancelled: order ${ORDER}${BUYER}`,
    'refunds.create': 'Refund for an order',
    'disputes.create': 'A payment is disputed',
    'disputes.update': {
      from: '{{payload.status}}',
      map: {
        won: 'Dispute won',
        lost: 'Dispute lost',
        accepted: 'Dispute accepted: the customer keeps the money',
        charge_refunded: 'Dispute over: the payment was refunded',
        under_review: 'Dispute is being looked at by the bank',
        needs_response: 'Dispute needs an answer',
      },
      otherwise: 'Dispute changed',
    },
    'app.uninstalled': 'App removed by {{payload.name}}',
  },
  url: {
    from: [...TOPIC],
    map: {
      'orders/create': orderPage,
      'orders/paid': orderPage,
      'orders/fulfilled': orderPage,
      'orders/cancelled': orderPage,
      'refunds/create': `{{#payload.order_id}}https://${SHOP}/admin/orders/{{payload.order_id}}{{/payload.order_id}}`,
      'disputes/create': `{{#payload.order_id}}https://${SHOP}/admin/orders/{{payload.order_id}}{{/payload.order_id}}`,
      'disputes/update': `{{#payload.order_id}}https://${SHOP}/admin/orders/{{payload.order_id}}{{/payload.order_id}}`,
    },
  },
  labels: { shop: ['{{headers.x-shopify-shop-domain}}', '{{headers.shopify-shop-domain}}'] },
  facts: {
    total: [
      { money: '{{payload.total_price}}', currency: '{{payload.currency}}' },
      { money: '{{payload.amount}}', currency: '{{payload.currency}}' },
      {
        // Of several transactions this is no number, and no amount is better than a wrong one.
        money: '{{#payload.transactions}}{{amount}} {{/payload.transactions}}',
        currency: '{{#payload.transactions}}{{currency}} {{/payload.transactions}}',
      },
    ],
    emoji: { from: '{{payload.status}}', map: { lost: '❌', accepted: '❌', charge_refunded: '💸' } },
    tone: { from: '{{payload.status}}', map: { lost: 'bad', accepted: 'bad', charge_refunded: 'neutral' } },
    claim: {
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
      otherwise: 'other',
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
    note: { text: '{{payload.note}}' },
  },
  at: ['{{headers.x-shopify-triggered-at}}', '{{payload.updated_at}}', '{{payload.created_at}}'],
};
