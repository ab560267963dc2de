import { expect, test } from 'vitest';
import { type AskedSource, HANDSHAKE_NAMES } from '../../src/core/handshake.ts';
import type { Hook } from '../../src/core/hook.ts';
import { toSecret } from '../../src/core/secret.ts';
import { handshakes } from '../../src/sources/handshakes/index.ts';
import { aHook } from '../builders.ts';

const ASKED: AskedSource = { secrets: [toSecret('secret-of-the-test')], options: {}, rateLimit: undefined };

test('every name that a config may say is that of a handshake, and no other', () => {
  expect(Object.keys(handshakes)).toEqual([...HANDSHAKE_NAMES]);
  for (const name of HANDSHAKE_NAMES) expect(handshakes[name].name).toBe(name);
});

const ODD: readonly unknown[] = [
  undefined,
  null,
  '',
  7,
  true,
  [],
  {},
  ['a'],
  { a: { b: 1 } },
  '<b>',
  'x'.repeat(20_000),
];
const FIELDS = ['challenge', 'validationToken', 'verification_token', 'type', 'event', 'payload', 'webhook_id'];
const QUERY_FIELDS = [...FIELDS, 'hub.mode', 'hub.verify_token', 'hub.challenge', '__proto__', 'constructor'];

/** Hooks with something odd in every place where a handshake looks. */
function* oddHooks(): Generator<Hook> {
  for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST'])
    for (const odd of ODD) {
      const text = String(odd);
      const query = Object.fromEntries(QUERY_FIELDS.map((name) => [name, text]));
      yield aHook({ method, body: Buffer.alloc(0), query });
      yield aHook({
        method,
        body: Buffer.alloc(0),
        headers: { 'x-hook-secret': text, 'webhook-request-origin': text },
      });
      yield aHook({ method, body: Object.fromEntries(FIELDS.map((name) => [name, odd])) });
      yield aHook({ method, body: [odd, odd] });
      yield aHook({ method, body: Buffer.from([0xff, 0xfe, 0x00]) });
    }
  for (const odd of ODD) {
    yield aHook({ body: { type: 'url_verification', challenge: odd } });
    yield aHook({ body: { event: 'endpoint.url_validation', payload: odd } });
    yield aHook({ body: { event: 'endpoint.url_validation', payload: { plainToken: odd } } });
    yield aHook({ body: [{ eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent', data: odd }] });
  }
}

test.each(HANDSHAKE_NAMES)('%s: whatever is sent, no exception, and at most a kilobyte comes back', async (name) => {
  for (const hook of oddHooks()) {
    const reply = await handshakes[name].answer(hook, ASKED);
    if (reply?.kind !== 'answer') continue;
    expect(['text/plain', 'application/json']).toContain(reply.type);
    const given = reply.body + Object.values(reply.headers ?? {}).join('');
    expect(given.length).toBeLessThanOrEqual(1_024);
    if (reply.type === 'application/json') expect(given).not.toMatch(/[<>]/);
  }
});

test('a handshake that is answered with a secret is answered by nobody without one', async () => {
  const query = { 'hub.mode': 'subscribe', 'hub.verify_token': '', 'hub.challenge': 'x' };
  const asked = { ...ASKED, secrets: [] };
  expect(await handshakes.meta.answer(aHook({ method: 'GET', query, body: '' }), asked)).toMatchObject({
    kind: 'refused',
    code: 'bad_signature',
  });
  const validation = aHook({ body: { event: 'endpoint.url_validation', payload: { plainToken: 'a' } } });
  expect(await handshakes.zoom.answer(validation, asked)).toBeUndefined();
});
