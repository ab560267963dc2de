import { expect, it } from 'vitest';
import { aHook } from '../builders.ts';
import { sourceTypes } from './sample-hooks.ts';

const read = (body: unknown) => sourceTypes.get('paypal')?.read(aHook({ body }), {});

it('leaves out what is said of offers and drafts, in capitals as PayPal writes it', () => {
  expect(read({ event_type: 'BILLING.PLAN.CREATED', resource: {} })).toEqual({
    kind: 'ignored',
    reason: 'Somebody works on the offer; its subscriptions are told.',
  });
});

it('takes a date that is none for the time of receipt', () => {
  const reading = read({ event_type: 'PAYMENT.SALE.COMPLETED', create_time: '2018-19-12T22:20:32.000Z', resource: {} });
  expect(reading).toMatchObject({ kind: 'events', events: [{ title: 'Payment completed', at: aHook().at }] });
});

it('knows the sandbox by the certificate where the document has no links', () => {
  const hook = aHook({
    headers: {
      'content-type': 'application/json',
      'paypal-cert-url': 'https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1',
    },
    body: { event_type: 'INVOICING.INVOICE.PAID', resource: {} },
  });
  expect(sourceTypes.get('paypal')?.read(hook, {})).toMatchObject({
    events: [{ title: '[sandbox] Invoice paid', labels: { mode: 'sandbox' } }],
  });
});
