import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toSecret } from '../../src/core/secret.ts';
import type { Verifier } from '../../src/core/source.ts';
import { cannotSign, signHook } from '../../src/sources/sign.ts';
import { hubspotVerifier } from '../../src/sources/verifiers/hubspot.ts';
import { verifyHook } from '../../src/sources/verify.ts';
import { aHook } from '../builders.ts';
import { sourceTypes } from './sample-hooks.ts';

interface Vector {
  readonly id: string;
  readonly source: string;
  readonly scheme: string;
  readonly algorithm?: 'sha256';
  readonly prefix: string;
  readonly signed: string;
  readonly signatureHeader: string;
  readonly idHeader?: string;
  readonly deliveryId?: string;
  readonly timestampHeader?: string;
  readonly timestamp?: string;
  readonly secret?: string;
  readonly publicKeySpkiBase64?: string;
  readonly version?: string;
  readonly url?: string;
  readonly body: string;
  readonly value: string;
}

/** Published by the vendors, or made with their own libraries; kept here so that they are checked on any machine. */
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
  test('all reference vectors are there', () => {
    expect(vectors.map(({ id }) => id)).toHaveLength(16);
  });
  checkAll('reference vectors', vectors);
} else {
  test.skip('reference vectors: ../shared/reference/signature-vectors.json is not on this machine', () => {});
}

function checkAll(name: string, vectors: readonly Vector[]): void {
  describe.each(vectors)(`${name}: $id`, (vector) => {
    const verifier = verifierOf(vector);
    const secret = toSecret(vector.secret ?? vector.publicKeySpkiBase64 ?? '');
    const now = new Date(Number(vector.timestamp ?? 0) * 1_000);
    const header = vector.signatureHeader.toLowerCase();
    const headers: Record<string, string> = { [header]: vector.value };
    if (vector.idHeader !== undefined) headers[vector.idHeader] = vector.deliveryId ?? '';
    if (vector.timestampHeader !== undefined) headers[vector.timestampHeader.toLowerCase()] = vector.timestamp ?? '';
    if (vector.version !== undefined) headers['x-hubspot-signature-version'] = vector.version;
    const address = vector.url === undefined ? {} : { address: vector.url };
    const check = (over: { readonly body?: string; readonly headers?: Record<string, string>; readonly now?: Date }) =>
      verifyHook(
        aHook({ body: over.body ?? vector.body, headers: over.headers ?? headers }),
        { verifier, secrets: [secret], ...address },
        over.now ?? now,
      );

    test('verifies', () => {
      expect(check({})).toEqual({ ok: true });
    });

    test.skipIf(cannotSign(verifier) !== undefined || vector.version === 'v2')('is what signing makes', () => {
      const signing = { body: Buffer.from(vector.body), at: now, id: vector.deliveryId ?? '' };
      expect(signHook(verifier, secret, signing)).toEqual(headers);
    });

    test('not with another body, another signature, without its headers, with no secret, or at another time', () => {
      const bad = { ok: false, code: 'bad_signature' };
      for (const body of [`${vector.body} `, vector.body.slice(0, -1), `x${vector.body.slice(1)}`])
        expect(check({ body })).toMatchObject(bad);
      const flipped = vector.value.replace(/.(.{4})$/, (end) => (end.startsWith('0') ? '1' : '0') + end.slice(1));
      expect(check({ headers: { ...headers, [header]: flipped } })).toMatchObject(bad);
      expect(check({ headers: {} })).toMatchObject(bad);
      const hook = aHook({ body: vector.body, headers });
      expect(verifyHook(hook, { verifier, secrets: [toSecret('')], ...address }, now)).toMatchObject(bad);
      if (vector.timestamp === undefined) return;
      for (const ms of [-301_000, 301_000])
        expect(check({ now: new Date(now.getTime() + ms) })).toMatchObject({ code: 'stale_timestamp' });
    });
  });
}

/** The type's own verifier where Bellhop has the type and it takes this scheme; else one from the vector's words. */
function verifierOf(vector: Vector): Verifier {
  const declared = sourceTypes.get(vector.source)?.verifier;
  const own = declared?.scheme === 'anyOf' ? declared.of.find(({ scheme }) => scheme === 'hmac') : declared;
  if (own?.scheme === 'hmac' || own?.scheme === 'ecdsa') return own;
  if (vector.scheme === 'sha256-concat-hex') return hubspotVerifier;
  const headers = [vector.signatureHeader.toLowerCase()];
  const timeHeader = vector.timestampHeader?.toLowerCase();
  const timestamp = { headers: timeHeader === undefined ? [] : [timeHeader], toleranceMs: 300_000 };
  if (vector.scheme === 'ecdsa-p256-sha256') return { scheme: 'ecdsa', headers, signed: vector.signed, timestamp };
  return {
    scheme: 'hmac',
    headers,
    algorithm: vector.algorithm ?? 'sha256',
    encoding: 'hex',
    prefix: vector.prefix,
    separator: ',',
    signed: vector.signed,
    ...(timeHeader !== undefined && { timestamp }),
    key: 'utf8',
  };
}
