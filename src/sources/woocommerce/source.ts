import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

const TOPIC = '{{headers.x-wc-webhook-topic}}';
const NUMBER = '#{{payload.number}}{{^payload.number}}{{payload.id}}{{/payload.number}}';
/** `Paid: order #727: €54.00 from Mona Lisa`. */
const order = (subject: string, happened = ''): Value => ({
  say: `${subject} ${NUMBER}${happened}{{#total}}: {{total}}{{/total}}{{#buyer}} from {{buyer}}{{/buyer}}`,
  with: {
    total: { money: '{{payload.total}}', currency: '{{payload.currency}}' },
    buyer: '{{payload.billing.first_name}} {{payload.billing.last_name}}',
  },
});
const ofOrder = '{{#payload.id}}order:{{payload.id}}{{/payload.id}}';
const orderPage =
  '{{#headers.x-wc-webhook-source}}{{headers.x-wc-webhook-source}}wp-admin/post.php?post={{payload.id}}&action=edit{{/headers.x-wc-webhook-source}}';

export const woocommerce: Declaration = {
  type: 'woocommerce',
  title: 'WooCommerce',
  docs: 'https://woocommerce.com/document/webhooks/',
  setUp:
    'Under “WooCommerce” → “Settings” → “Advanced” → “Webhooks”, add a webhook per topic with the address as its delivery URL and the source’s secret as its secret, and set it to “Active”.',
  verifier: {
    scheme: 'hmac',
    headers: ['x-wc-webhook-signature'],
    algorithm: 'sha256',
    encoding: 'base64',
    prefix: '',
    signed: '{body}',
    key: 'utf8',
  },
  handshake: 'woocommerce',
  eventHeader: 'x-wc-webhook-topic',
  events: {
    'order.created': 'An order came in.',
    'order.updated': 'An order changed, above all its status.',
    'order.deleted': 'An order was deleted.',
    'order.restored': 'A deleted order was taken back.',
    'customer.created': 'A customer registered.',
    'customer.deleted': 'A customer was deleted.',
    'product.created': 'A product was added.',
    'product.deleted': 'A product was deleted.',
    'product.restored': 'A deleted product was taken back.',
    'coupon.created': 'A coupon was made.',
    'coupon.deleted': 'A coupon was deleted.',
    'coupon.restored': 'A deleted coupon was taken back.',
  },
  ignores: {
    'product.updated': 'Every sale changes a product’s stock.',
    'customer.updated': 'Every order changes its customer.',
    'coupon.updated': 'Every order that uses it changes it.',
  },
  requires: TOPIC,
  event: TOPIC,
  // Deliveries of one webhook within a second have the same id: only with what they say is it an id of one event.
  id: '{{#headers.x-wc-webhook-delivery-id}}{{headers.x-wc-webhook-delivery-id}}:{{payload.id}}:{{payload.status}}:{{payload.date_modified_gmt}}{{/headers.x-wc-webhook-delivery-id}}',
  key: {
    from: TOPIC,
    map: {
      'order.created': ofOrder,
      'order.updated': ofOrder,
      'order.deleted': ofOrder,
      'order.restored': ofOrder,
      'customer.created': '{{#payload.id}}customer:{{payload.id}}{{/payload.id}}',
      'customer.deleted': '{{#payload.id}}customer:{{payload.id}}{{/payload.id}}',
      'product.restored': '{{#payload.id}}product:{{payload.id}}{{/payload.id}}',
      'coupon.created': '{{#payload.id}}coupon:{{payload.id}}{{/payload.id}}',
      'coupon.deleted': '{{#payload.id}}coupon:{{payload.id}}{{/payload.id}}',
      'coupon.restored': '{{#payload.id}}coupon:{{payload.id}}{{/payload.id}}',
      'product.created': '{{#payload.id}}product:{{payload.id}}{{/payload.id}}',
      'product.deleted': '{{#payload.id}}product:{{payload.id}}{{/payload.id}}',
    },
  },
  state: {
    from: TOPIC,
    map: {
      'order.created': '{{payload.status}}',
      'order.updated': '{{payload.status}}',
      'order.restored': '{{payload.status}}',
      'order.deleted': 'deleted',
      'product.deleted': 'deleted',
      'customer.deleted': 'deleted',
      'coupon.deleted': 'deleted',
    },
  },
  closes: ['completed', 'cancelled', 'refunded', 'deleted'],
  severity: {
    from: '{{payload.status}}',
    map: { failed: 'error', cancelled: 'warning', 'on-hold': 'warning' },
    otherwise: 'info',
  },
  titles: {
    'order.created': order('New order'),
    'order.updated': {
      from: '{{payload.status}}',
      map: {
        pending: order('Order', ' waits for payment'),
        processing: order('Order', ' paid'),
        'on-hold': order('Order', ' on hold'),
        completed: order('Order', ' completed'),
        cancelled: order('Order', ' cancelled'),
        refunded: order('Order', ' refunded'),
        failed: order('Payment for order', ' failed'),
      },
      otherwise: `Order ${NUMBER} changed{{#payload.status}}: {{payload.status}}{{/payload.status}}`,
    },
    'order.deleted': 'Order #{{payload.id}} deleted',
    'order.restored': order('Order', ' restored'),
    'customer.created':
      'New customer: {{payload.first_name}}{{^payload.first_name}}{{payload.username}}{{/payload.first_name}} {{payload.last_name}}',
    'customer.deleted': 'Customer {{payload.id}} deleted',
    'product.created': 'New product: {{payload.name}}',
    'product.deleted': 'Product {{payload.id}} deleted',
    'product.restored': 'Product restored: {{payload.name}}',
    'coupon.created': 'New coupon: {{payload.code}}',
    'coupon.deleted': 'Coupon {{payload.id}} deleted',
    'coupon.restored': 'Coupon restored: {{payload.code}}',
  },
  url: {
    from: TOPIC,
    map: {
      'order.created': orderPage,
      'order.updated': orderPage,
      'order.restored': orderPage,
      'product.created': '{{payload.permalink}}',
      'product.restored': '{{payload.permalink}}',
    },
  },
  labels: { shop: '{{headers.x-wc-webhook-source}}' },
  facts: {
    emoji: {
      from: '{{payload.status}}',
      map: { completed: '✅', cancelled: '❌', refunded: '💸', failed: '🔴', 'on-hold': '🟡' },
      otherwise: { from: TOPIC, map: { 'order.deleted': '🗑️' }, otherwise: '🛒' },
    },
    tone: {
      from: '{{payload.status}}',
      map: { cancelled: 'warning', refunded: 'neutral' },
      otherwise: { from: TOPIC, map: { 'order.deleted': 'neutral' } },
    },
    shop: [{ part: '{{headers.x-wc-webhook-source}}', after: '://', before: '/' }, '{{headers.x-wc-webhook-source}}'],
    price: '{{payload.price}}',
    gives: {
      from: '{{payload.discount_type}}',
      map: {
        percent: {
          say: '{{share}}%',
          with: { share: [{ part: '{{payload.amount}}', before: '.00' }, '{{payload.amount}}'] },
        },
      },
      otherwise: '{{payload.amount}}',
    },
    ends: { time: '{{payload.date_expires_gmt}}' },
    paidBy: '{{payload.payment_method_title}}',
    email: '{{payload.email}}',
    note: { markdown: '{{payload.customer_note}}', of: 'text' },
  },
  // The shop writes UTC without saying so.
  at: '{{#payload.date_modified_gmt}}{{payload.date_modified_gmt}}Z{{/payload.date_modified_gmt}}',
};
