import { bad, good, info, type KnownEvent, last, warning } from '../known-event.ts';

const back = (event: KnownEvent): KnownEvent => ({ ...event, emoji: '💸' });

/** Every event Bellhop knows of PayPal's, in small letters: https://developer.paypal.com/api/rest/webhooks/event-names/ */
export const EVENTS: Readonly<Record<string, KnownEvent>> = {
  'payment.authorization.created': info('Payment authorized', 'Money is held and can be captured.'),
  'payment.authorization.voided': last(warning('Authorization voided', 'Money that was held is free again.')),

  'payment.capture.pending': info('Payment pending', 'A payment waits; its reason says for what.'),
  'payment.capture.completed': last(good('Payment completed', 'A payment went through.')),
  'payment.capture.denied': last(bad('Payment denied', 'A payment that was pending was refused.')),
  'payment.capture.declined': last(bad('Payment declined', 'A payment was refused.')),
  'payment.capture.refunded': last(back(info('Payment refunded', 'The shop gave a payment back.'))),
  'payment.capture.reversed': last(back(bad('Payment reversed', 'PayPal took a payment back from the shop.'))),

  'payment.sale.pending': info('Payment pending', 'A payment waits; its reason says for what.'),
  'payment.sale.completed': last(good('Payment completed', 'A payment, such as one of a subscription, went through.')),
  'payment.sale.denied': last(bad('Payment denied', 'A payment that was pending was refused.')),
  'payment.sale.refunded': last(back(info('Payment refunded', 'The shop gave a payment back.'))),
  'payment.sale.reversed': last(back(bad('Payment reversed', 'PayPal took a payment back from the shop.'))),

  'checkout.order.approved': info('Order approved', 'A buyer agreed to pay; the shop has to capture the money.'),
  'checkout.order.completed': last(good('Order completed', 'All payments of an order are captured.')),
  'checkout.payment-approval.reversed': last(
    warning(
      'Order not captured in time',
      'The buyer’s agreement to pay was taken back, for nobody captured the money.',
    ),
  ),

  'customer.dispute.created': {
    ...info('Dispute opened', 'A buyer disputes a payment; an answer is due.'),
    mood: 'critical',
    emoji: '🚨',
  },
  'customer.dispute.updated': warning('Dispute updated', 'A dispute moved on.'),
  'customer.dispute.resolved': last(info('Dispute closed', 'A dispute ended: won, lost, or taken back.')),

  'billing.subscription.created': info('Subscription created', 'A subscription was set up and nothing is paid yet.'),
  'billing.subscription.activated': good('Subscription active', 'A subscription began.'),
  'billing.subscription.re-activated': good('Subscription active again', 'A suspended subscription goes on.'),
  'billing.subscription.updated': info('Subscription changed', 'A subscription changed.'),
  'billing.subscription.payment.failed': bad('Subscription payment failed', 'A subscription could not be charged.'),
  'billing.subscription.suspended': warning('Subscription suspended', 'A subscription is not charged for now.'),
  'billing.subscription.cancelled': last(
    warning('Subscription cancelled', 'A subscription will not be charged again.'),
  ),
  'billing.subscription.expired': last(info('Subscription over', 'A subscription came to its planned end.')),

  'invoicing.invoice.paid': last(good('Invoice paid', 'An invoice was paid, in part or in full.')),
  'invoicing.invoice.refunded': last(back(info('Invoice refunded', 'The payment of an invoice was given back.'))),
  'invoicing.invoice.cancelled': last(warning('Invoice cancelled', 'An invoice need not be paid.')),

  'payment.payoutsbatch.processing': info('Payouts under way', 'Payouts are being made.'),
  'payment.payoutsbatch.success': last(good('Payouts made', 'Payouts were made; single ones may have failed.')),
  'payment.payoutsbatch.denied': last(bad('Payouts denied', 'Payouts were refused as a whole.')),
  'payment.payouts-item.succeeded': last(good('Payout made', 'A payout reached its receiver.')),
  'payment.payouts-item.unclaimed': warning(
    'Payout unclaimed',
    'The receiver has no account, and 30 days to open one.',
  ),
  'payment.payouts-item.held': warning('Payout held', 'A payout is being looked at.'),
  'payment.payouts-item.returned': last(warning('Payout returned', 'A payout was not claimed, and came back.')),
  'payment.payouts-item.refunded': last(warning('Payout refunded', 'The receiver gave a payout back.')),
  'payment.payouts-item.canceled': last(warning('Payout cancelled', 'A payout was called off.')),
  'payment.payouts-item.blocked': last(bad('Payout blocked', 'A payout may not be made.')),
  'payment.payouts-item.denied': last(bad('Payout denied', 'A payout was refused.')),
  'payment.payouts-item.failed': last(bad('Payout failed', 'A payout did not work.')),
};

export const IGNORES: Readonly<Record<string, string>> = {
  'invoicing.invoice.created': 'A draft that nobody got yet.',
  'invoicing.invoice.scheduled': 'A draft that nobody got yet.',
  'invoicing.invoice.updated': 'A draft that changes; its payment is told.',
  'billing.plan.created': 'Somebody works on the offer; its subscriptions are told.',
  'billing.plan.updated': 'Somebody works on the offer; its subscriptions are told.',
  'billing.plan.activated': 'Somebody works on the offer; its subscriptions are told.',
  'billing.plan.deactivated': 'Somebody works on the offer; its subscriptions are told.',
  'billing.plan.pricing-change.activated': 'Somebody works on the offer; its subscriptions are told.',
  'catalog.product.created': 'Somebody works on the offer.',
  'catalog.product.updated': 'Somebody works on the offer.',
};
