import type { Value } from '../declared/value.ts';

/** Why a payment waits, or what the buyer says; a word that is not here is for machines, and left out. */
export const REASONS: Value = {
  from: [
    '{{payload.resource.reason}}',
    '{{payload.resource.status_details.reason}}',
    '{{payload.resource.reason_code}}',
    '{{payload.resource.billing_info.last_failed_payment.reason_code}}',
  ],
  map: {
    // https://developer.paypal.com/docs/api/customer-disputes/v1/#disputes_get
    MERCHANDISE_OR_SERVICE_NOT_RECEIVED: 'nothing arrived',
    MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED: 'not as described',
    UNAUTHORISED: 'the buyer did not make this payment',
    CREDIT_NOT_PROCESSED: 'a refund never came',
    DUPLICATE_TRANSACTION: 'paid twice',
    INCORRECT_AMOUNT: 'a wrong amount',
    PAYMENT_BY_OTHER_MEANS: 'paid in another way',
    CANCELED_RECURRING_BILLING: 'the subscription was cancelled',
    PROBLEM_WITH_REMITTANCE: 'a problem with the transfer',
    // https://developer.paypal.com/docs/api/payments/v2/#captures_get
    BUYER_COMPLAINT: 'the buyer complained',
    CHARGEBACK: 'the buyer’s bank took it back',
    ECHECK: 'an e-cheque has to clear',
    INTERNATIONAL_WITHDRAWAL: 'it has to be accepted by hand in PayPal',
    PENDING_REVIEW: 'PayPal reviews it',
    RECEIVING_PREFERENCE_MANDATES_MANUAL_ACTION: 'it has to be accepted by hand in PayPal',
    TRANSACTION_APPROVED_AWAITING_FUNDING: 'the buyer’s money is on its way',
    UNILATERAL: 'the receiver has no account',
    VERIFICATION_REQUIRED: 'the receiver’s account is not verified',
    DECLINED_BY_RISK_FRAUD_FILTERS: 'PayPal’s fraud filters refused it',
    REFUNDED: '',
    // https://developer.paypal.com/docs/api/subscriptions/v1/#subscriptions_get
    PAYMENT_DENIED: 'the payment was denied',
    INTERNAL_SERVER_ERROR: 'PayPal had an internal error',
    PAYEE_ACCOUNT_RESTRICTED: 'the shop’s account is restricted',
    PAYER_ACCOUNT_RESTRICTED: 'the buyer’s account is restricted',
    PAYER_CANNOT_PAY: 'the buyer cannot pay',
    SENDING_LIMIT_EXCEEDED: 'the buyer’s limit is used up',
    TRANSACTION_RECEIVING_LIMIT_EXCEEDED: 'the shop’s limit is used up',
    CURRENCY_MISMATCH: 'the currency does not fit',
  },
};
