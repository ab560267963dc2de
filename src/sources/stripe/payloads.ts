import { z } from 'zod';
import { flag, list, number, record, text } from '../lenient.ts';

/** An id, or the object itself where the sender expanded it. */
const reference = z
  .union([z.string(), z.object({ id: z.string() }).transform((object) => object.id)])
  .optional()
  .catch(undefined);

const price = record({
  unit_amount: number,
  amount: number,
  currency: text,
  nickname: text,
  interval: text,
  interval_count: number,
  recurring: record({ interval: text, interval_count: number }),
});

/** The fields used of all the objects an event can be about: https://docs.stripe.com/api */
const stripeObject = z.object({
  id: text,
  object: text,
  status: text,
  currency: text,
  amount: number,
  amount_capturable: number,
  amount_received: number,
  amount_refunded: number,
  amount_due: number,
  amount_paid: number,
  amount_remaining: number,
  amount_total: number,
  customer: reference,
  customer_name: text,
  customer_email: text,
  customer_details: record({ name: text, email: text }),
  billing_details: record({ name: text, email: text }),
  receipt_email: text,
  payment_method_details: record({ card: record({ brand: text, last4: text }) }),
  name: text,
  email: text,
  description: text,
  number: text,
  attempt_count: number,
  next_payment_attempt: number,
  due_date: number,
  arrival_date: number,
  refunded: flag,
  payment_status: text,
  last_payment_error: record({ message: text, decline_code: text, code: text }),
  last_finalization_error: record({ message: text }),
  failure_message: text,
  failure_code: text,
  failure_reason: text,
  reason: text,
  cancellation_reason: text,
  cancellation_details: record({ reason: text }),
  cancel_at_period_end: flag,
  cancel_at: number,
  trial_end: number,
  evidence_details: record({ due_by: number }),
  payment_intent: reference,
  charge: reference,
  subscription: reference,
  invoice: reference,
  items: record({ data: list(z.object({ quantity: number, price, plan: price })) }),
});

/** An event: https://docs.stripe.com/api/events/object. Thin ones (v2) have no `data.object`, and write their time as text. */
export const stripeEvent = z.object({
  id: text,
  type: z.string().min(1),
  created: z.union([z.number(), z.string()]).optional().catch(undefined),
  livemode: flag,
  account: text,
  data: record({ object: stripeObject.optional().catch(undefined), previous_attributes: record({ status: text }) }),
  related_object: record({ id: text, type: text }),
});

export type StripeObject = z.infer<typeof stripeObject>;
export type StripeEvent = z.infer<typeof stripeEvent>;
