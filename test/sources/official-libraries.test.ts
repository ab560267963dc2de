import { sign, verify } from '@octokit/webhooks-methods';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { expect, test } from 'vitest';
import { toSecret } from '../../src/core/secret.ts';
import type { Verifier } from '../../src/core/source.ts';
import { signHook } from '../../src/sources/sign.ts';
import { verifyHook } from '../../src/sources/verify.ts';
import { aHook } from '../builders.ts';
import { sourceTypes } from './sample-hooks.ts';

const BODIES = ['{"id":"evt_1","object":"event"}', '{"id":"evt_2","object":"event","name":"Zoë 🛎️ \\u0000"}\r\n', '{}'];
// standardwebhooks looks at the machine's own clock.
const NOW = new Date();

const verifierOf = (name: string): Verifier => sourceTypes.get(name)?.verifier ?? { scheme: 'urlToken' };

test.each(BODIES)('GitHub: what we sign their library takes, and the reverse: %s', async (body) => {
  const secret = 'It is no secret';
  const headers = signHook(verifierOf('github'), toSecret(secret), { body: Buffer.from(body), at: NOW, id: '1' });
  expect(await verify(secret, body, headers['x-hub-signature-256'] ?? '')).toBe(true);
  const theirs = { 'x-hub-signature-256': await sign(secret, body) };
  expect(
    verifyHook(aHook({ body, headers: theirs }), { verifier: verifierOf('github'), secrets: [toSecret(secret)] }, NOW),
  ).toEqual({
    ok: true,
  });
});

test.each(BODIES)('Stripe: what we sign their library takes, and the reverse: %s', (body) => {
  const secret = 'whsec_a_test_secret';
  const stripe = new Stripe('sk_test_unused');
  const headers = signHook(verifierOf('stripe'), toSecret(secret), { body: Buffer.from(body), at: NOW, id: '1' });
  expect(stripe.webhooks.constructEvent(body, headers['stripe-signature'] ?? '', secret)).toEqual(JSON.parse(body));
  const theirs = stripe.webhooks.generateTestHeaderString({ payload: body, secret });
  const hook = aHook({ body, headers: { 'stripe-signature': theirs } });
  expect(verifyHook(hook, { verifier: verifierOf('stripe'), secrets: [toSecret(secret)] }, NOW)).toEqual({ ok: true });
});

test.each(BODIES)('Standard Webhooks: what we sign their library takes, and the reverse: %s', (body) => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const webhook = new Webhook(secret);
  const verifier = verifierOf('standard-webhooks');
  const headers = signHook(verifier, toSecret(secret), { body: Buffer.from(body), at: NOW, id: 'msg_1' });
  expect(webhook.verify(body, headers)).toEqual(JSON.parse(body));
  const theirs = {
    'webhook-id': 'msg_2',
    'webhook-timestamp': String(Math.floor(NOW.getTime() / 1_000)),
    'webhook-signature': `v1,AAAA ${webhook.sign('msg_2', NOW, body)}`,
  };
  expect(verifyHook(aHook({ body, headers: theirs }), { verifier, secrets: [toSecret(secret)] }, NOW)).toEqual({
    ok: true,
  });
});
