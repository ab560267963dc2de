import { bad, critical, good, info, type KnownEvent, last, warning } from '../known-event.ts';

/** Every event Bellhop knows of Stripe's, by Stripe's name: https://docs.stripe.com/api/events/types */
export const EVENTS: Readonly<Record<string, KnownEvent>> = {
  'payment_intent.created': info('Payment begun', 'A payment was set up and nothing is paid yet.'),
  'payment_intent.requires_action': info('Payment waits for the customer', 'The customer must confirm the payment.'),
  'payment_intent.processing': info('Payment processing', 'The payment is under way; some methods take days.'),
  'payment_intent.amount_capturable_updated': info('Payment authorized', 'Money is held and can be captured.'),
  'payment_intent.partially_funded': warning('Payment partly funded', 'The customer transferred less than the amount.'),
  'payment_intent.succeeded': last(good('Payment succeeded', 'The payment went through.')),
  'payment_intent.payment_failed': bad('Payment failed', 'A try to pay failed; the customer may try again.'),
  'payment_intent.canceled': last(info('Payment canceled', 'The payment will not be made.')),

  'charge.pending': info('Charge pending', 'A charge was made and waits for the bank.'),
  'charge.succeeded': good('Charge succeeded', 'A charge went through.'),
  'charge.captured': good('Charge captured', 'Money that was held is taken.'),
  'charge.updated': info('Charge updated', 'The description or metadata of a charge changed.'),
  'charge.expired': last(warning('Charge expired', 'Money that was held was not captured in time.')),
  'charge.failed': last(bad('Charge failed', 'A charge was declined.')),
  'charge.refunded': info('Charge refunded', 'A charge was paid back, in part or in full.'),
  'charge.refund.updated': info('Refund updated', 'A refund changed.'),

  'charge.dispute.created': critical('Dispute opened', 'A customer disputes a charge at the bank; evidence is due.'),
  'charge.dispute.updated': info('Dispute updated', 'A dispute changed, usually by new evidence.'),
  'charge.dispute.funds_withdrawn': warning(
    'Dispute: funds withdrawn',
    'The disputed money was taken from the balance.',
  ),
  'charge.dispute.funds_reinstated': good('Dispute: funds returned', 'The disputed money came back.'),
  'charge.dispute.closed': last(
    info('Dispute closed', 'A dispute ended: won, lost, or a warning that went no further.'),
  ),

  'refund.created': info('Refund created', 'A refund was made.'),
  'refund.updated': info('Refund updated', 'A refund changed.'),
  'refund.failed': last(bad('Refund failed', 'A refund did not reach the customer; the money is back in the balance.')),

  'invoice.upcoming': info('Invoice upcoming', 'A subscription will be invoiced in some days.'),
  'invoice.created': info('Invoice drafted', 'A draft of an invoice was made.'),
  'invoice.updated': info('Invoice updated', 'An invoice changed.'),
  'invoice.finalized': info('Invoice finalized', 'An invoice is final and can be paid.'),
  'invoice.finalization_failed': bad('Invoice not finalized', 'An invoice could not be made final.'),
  'invoice.sent': info('Invoice sent', 'An invoice was mailed to the customer.'),
  'invoice.will_be_due': info('Invoice due soon', 'An invoice falls due in some days.'),
  'invoice.payment_action_required': warning(
    'Invoice waits for the customer',
    'The customer must confirm the payment.',
  ),
  'invoice.payment_failed': bad('Invoice payment failed', 'A try to collect an invoice failed.'),
  'invoice.overdue': warning('Invoice overdue', 'An invoice was not paid in time.'),
  'invoice.overpaid': warning('Invoice overpaid', 'More was paid than the invoice asks for.'),
  'invoice.paid': last(good('Invoice paid', 'An invoice is paid, or was marked so.')),
  'invoice.payment_succeeded': last(good('Invoice payment succeeded', 'A try to collect an invoice succeeded.')),
  'invoice.marked_uncollectible': last(warning('Invoice written off', 'An invoice was marked as uncollectible.')),
  'invoice.voided': last(info('Invoice voided', 'An invoice was made void.')),
  'invoice.deleted': last(info('Invoice draft deleted', 'A draft of an invoice was deleted.')),

  'customer.subscription.created': good('Subscription started', 'A customer subscribed.'),
  'customer.subscription.updated': info(
    'Subscription updated',
    'A subscription changed: its plan, its state, its trial.',
  ),
  'customer.subscription.trial_will_end': info('Trial ends soon', 'A trial ends in three days, or was ended.'),
  'customer.subscription.paused': warning('Subscription paused', 'A trial ended without a way to pay.'),
  'customer.subscription.resumed': good('Subscription resumed', 'A paused subscription goes on.'),
  'customer.subscription.pending_update_applied': info(
    'Subscription changed',
    'A change that waited for payment is in force.',
  ),
  'customer.subscription.pending_update_expired': warning(
    'Subscription change expired',
    'A change was not paid in time.',
  ),
  'customer.subscription.deleted': last(warning('Subscription ended', 'A subscription was canceled and is over.')),

  'payout.created': info('Payout under way', 'Money is on its way to the bank.'),
  'payout.updated': info('Payout updated', 'A payout changed.'),
  'payout.paid': good('Payout paid', 'The money should be in the bank account; a payout can still fail after this.'),
  'payout.reconciliation_completed': info('Payout reconciled', 'What a payout consists of can be looked up.'),
  'payout.failed': last(bad('Payout failed', 'The bank did not take a payout.')),
  'payout.canceled': last(info('Payout canceled', 'A payout was called off.')),

  'checkout.session.completed': good('Checkout completed', 'A customer went through checkout.'),
  'checkout.session.async_payment_succeeded': last(good('Checkout paid', 'A slow payment of a checkout arrived.')),
  'checkout.session.async_payment_failed': last(bad('Checkout payment failed', 'A slow payment of a checkout failed.')),
  'checkout.session.expired': last(info('Checkout expired', 'A customer did not finish a checkout.')),
};
