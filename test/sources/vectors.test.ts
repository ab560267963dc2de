import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toSecret } from '../../src/core/secret.ts';
import type { HmacVerifier } from '../../src/core/source.ts';
import { signHook } from '../../src/sources/sign.ts';
import { verifyHook } from '../../src/sources/verify.ts';
import { aHook } from '../builders.ts';
import { sourceTypes } from './sample-hooks.ts';

interface Vector {
  readonly id: string;
  readonly source: string;
  readonly scheme: string;
  readonly algorithm: 'sha256';
  readonly prefix: string;
  readonly signed: string;
  readonly signatureHeader: string;
  readonly idHeader?: string;
  readonly deliveryId?: string;
  readonly timestampHeader?: string;
  readonly timestamp?: string;
  readonly secret: string;
  readonly body: string;
  readonly value: string;
}

/** Published by the vendors; kept here so that they are checked on any machine. */
const PUBLISHED: readonly Vector[] = [
  {
    id: 'github/basic',
    source: 'github',
    scheme: 'hmac-hex',
    algorithm: 'sha256',
    prefix: 'sha256=',
    signed: '{body}',
    signatureHeader: 'X-Hub-Signature-256',
    secret: "It's a Secret to Everybody",
    body: 'Hello, World!',
    value: 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
  },
  {
    id: 'stripe/basic',
    source: 'stripe',
    scheme: 'hmac-hex',
    algorithm: 'sha256',
    prefix: 't={timestamp},v1=',
    signed: '{timestamp}.{body}',
    signatureHeader: 'Stripe-Signature',
    timestamp: '1700000000',
    secret: 'whsec_test_secret',
    body: '{"id":"evt_test_webhook","object":"event"}',
    value: 't=1700000000,v1=d95c6b7477fbd7e9f90b1b0ef5f9c7ac25abca5382460e0d988c2b2a5b71b990',
  },
  {
    id: 'standard-webhooks/basic',
    source: 'standard-webhooks',
    scheme: 'hmac-base64-key',
    algorithm: 'sha256',
    prefix: 'v1,',
    signed: '{id}.{timestamp}.{body}',
    signatureHeader: 'webhook-signature',
    idHeader: 'webhook-id',
    deliveryId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestampHeader: 'webhook-timestamp',
    timestamp: '1614265330',
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    body: '{"test": 2432232314}',
    value: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  },
];

checkAll('published vectors', PUBLISHED);

const shared = new URL('../../../shared/reference/signature-vectors.json', import.meta.url);
if (existsSync(shared)) {
  const { vectors } = JSON.parse(readFileSync(shared, 'utf8')) as { readonly vectors: readonly Vector[] };
  // The others are schemes of sources that Bellhop has no type for: no HMAC, or one over the address.
  checkAll(
    'reference vectors',
    vectors.filter(({ scheme }) => scheme.startsWith('hmac-')),
  );
} else {
  test.skip('reference vectors: ../shared/reference/signature-vectors.json is not on this machine', () => {});
}

function checkAll(name: string, vectors: readonly Vector[]): void {
  describe.each(vectors)(`${name}: $id`, (vector) => {
    const verifier = verifierOf(vector);
    const secret = toSecret(vector.secret);
    const now = new Date(Number(vector.timestamp ?? 0) * 1_000);
    const headers: Record<string, string> = { [vector.signatureHeader.toLowerCase()]: vector.value };
    if (vector.idHeader !== undefined) headers[vector.idHeader] = vector.deliveryId ?? '';
    if (vector.timestampHeader !== undefined) headers[vector.timestampHeader.toLowerCase()] = vector.timestamp ?? '';
    const check = (over: { readonly body?: string; readonly headers?: Record<string, string>; readonly now?: Date }) =>
      verifyHook(
        aHook({ body: over.body ?? vector.body, headers: over.headers ?? headers }),
        { verifier, secrets: [secret] },
        over.now ?? now,
      );

    test('verifies', () => {
      expect(check({})).toEqual({ ok: true });
    });

    test('is what signing makes', () => {
      const signing = { body: Buffer.from(vector.body), at: now, id: vector.deliveryId ?? '' };
      expect(signHook(verifier, secret, signing)).toEqual(headers);
    });

    test('not with another body, another signature, without its headers, or late', () => {
      expect(check({ body: `${vector.body} ` })).toMatchObject({ code: 'bad_signature' });
      const flipped = vector.value.replace(/.(.{4})$/, (end) => (end.startsWith('0') ? '1' : '0') + end.slice(1));
      expect(check({ headers: { ...headers, [vector.signatureHeader.toLowerCase()]: flipped } })).toMatchObject({
        code: 'bad_signature',
      });
      expect(check({ headers: {} })).toMatchObject({ code: 'bad_signature' });
      if (verifier.timestamp !== undefined)
        expect(check({ now: new Date(now.getTime() + 301_000) })).toMatchObject({ code: 'stale_timestamp' });
      expect(
        verifyHook(aHook({ body: vector.body, headers }), { verifier, secrets: [toSecret('')] }, now),
      ).toMatchObject({
        code: 'bad_signature',
      });
    });
  });
}

/** The type's own verifier where Bellhop has the type; else one from the vector's words. */
function verifierOf(vector: Vector): HmacVerifier {
  const own = sourceTypes.get(vector.source)?.verifier;
  if (own?.scheme === 'hmac') return own;
  return {
    scheme: 'hmac',
    headers: [vector.signatureHeader.toLowerCase()],
    algorithm: vector.algorithm,
    encoding: 'hex',
    prefix: vector.prefix,
    separator: ',',
    signed: vector.signed,
    ...(vector.timestampHeader && {
      timestamp: { headers: [vector.timestampHeader.toLowerCase()], toleranceMs: 300_000 },
    }),
    key: 'utf8',
  };
}
