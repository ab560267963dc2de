import type { StripeEvent, StripeObject } from './payloads.ts';

/** The object's page in Stripe's dashboard; the event's own page where the object has none. */
export function dashboardUrl(event: StripeEvent, object: StripeObject | undefined): string | undefined {
  const page = object && pageOf(object);
  const [folder, id] = page ?? ['events', event.id];
  if (id === undefined || !/^\w{1,255}$/.test(id)) return undefined;
  return `https://dashboard.stripe.com/${event.livemode === false ? 'test/' : ''}${folder}/${id}`;
}

function pageOf({ object, id, ...of }: StripeObject): readonly [folder: string, id: string | undefined] | undefined {
  switch (object) {
    case 'payment_intent':
      return ['payments', id];
    case 'charge':
    case 'refund':
      return ['payments', of.payment_intent ?? of.charge ?? (object === 'charge' ? id : undefined)];
    case 'dispute':
      return ['disputes', id];
    case 'invoice':
      return id === undefined ? undefined : ['invoices', id];
    case 'subscription':
      return ['subscriptions', id];
    case 'payout':
      return ['payouts', id];
    case 'customer':
      return ['customers', id];
    case 'checkout.session':
      if (of.payment_intent !== undefined) return ['payments', of.payment_intent];
      return of.subscription === undefined ? undefined : ['subscriptions', of.subscription];
    default:
      return undefined;
  }
}
