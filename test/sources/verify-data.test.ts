import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CommandError } from '../../src/core/errors.ts';
import { toSecret } from '../../src/core/secret.ts';
import type { CustomVerifier, EcdsaVerifier, HmacVerifier, Verifier } from '../../src/core/source.ts';
import { cannotSign, signHook, signRequest } from '../../src/sources/sign.ts';
import { verifierOf } from '../../src/sources/verifier-of.ts';
import { verifierText } from '../../src/sources/verifier-text.ts';
import { hubspotVerifier } from '../../src/sources/verifiers/hubspot.ts';
import { netlifyVerifier } from '../../src/sources/verifiers/netlify.ts';
import { createPaypalVerifier } from '../../src/sources/verifiers/paypal.ts';
import { createSnsVerifier } from '../../src/sources/verifiers/sns.ts';
import { twilioVerifier } from '../../src/sources/verifiers/twilio.ts';
import { type DataVerifier, verifyHook } from '../../src/sources/verify.ts';
import { aHook, NOON } from '../builders.ts';
import { sourceTypes } from './sample-hooks.ts';

const SECRET = toSecret('correct horse');
const ADDRESS = 'https://bellhop.example.com/hooks/shop';

describe('a token in the body', () => {
  const verifier: DataVerifier = { scheme: 'bodyToken', path: 'auth.tokens.1' };
  const check = (body: unknown, secret = SECRET) =>
    verifyHook(aHook({ body }), { verifier, secrets: [secret] }, NOON).ok;

  test('is found by its path, in JSON and in a form, as text or number', () => {
    expect(check({ auth: { tokens: ['x', 'correct horse'] } })).toBe(true);
    expect(check({ auth: { tokens: ['x', 42] } }, toSecret('42'))).toBe(true);
    const form = aHook({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1&token=a%2Bb' });
    const flat: DataVerifier = { scheme: 'bodyToken', path: 'token' };
    expect(verifyHook(form, { verifier: flat, secrets: [toSecret('a+b')] }, NOON)).toEqual({ ok: true });
  });

  test.each([
    [{}],
    [{ auth: null }],
    [{ auth: { tokens: 'correct horse' } }],
    [{ auth: { tokens: ['correct horse'] } }],
    [{ auth: { tokens: ['', ''] } }],
    [{ auth: { tokens: ['', ['correct horse']] } }],
    [{ auth: { tokens: ['', true] } }],
    ['no document {'],
    [Buffer.alloc(0)],
  ])('not in %j', (body) => {
    expect(check(body)).toBe(false);
  });

  test('nothing inherited is a token', () => {
    const inherited: DataVerifier = { scheme: 'bodyToken', path: 'constructor.name' };
    expect(verifyHook(aHook({ body: {} }), { verifier: inherited, secrets: [toSecret('Object')] }, NOON).ok).toBe(
      false,
    );
  });

  test('signing puts it there', () => {
    const { body, headers } = signRequest(verifier, SECRET, { body: Buffer.from('{"a":1}'), at: NOON, id: '1' });
    expect(headers).toEqual({});
    expect(JSON.parse(body.toString())).toMatchObject({ a: 1, auth: { tokens: { 1: 'correct horse' } } });
    expect(check(body)).toBe(true);
    const form = signRequest({ scheme: 'bodyToken', path: 'token' }, SECRET, {
      body: Buffer.from('a=1'),
      at: NOON,
      id: '1',
    });
    expect(form.body.toString()).toBe('a=1&token=correct+horse');
  });
});

describe('a token in the query', () => {
  const verifier: DataVerifier = { scheme: 'queryToken', name: 'access_token' };
  const check = (query: Record<string, string>, secrets = [toSecret('old horse'), SECRET]) =>
    verifyHook(aHook({ query }), { verifier, secrets }, NOON);

  test('is the field of this name, of any of the secrets', () => {
    expect(check({ a: 'b', access_token: 'correct horse' })).toEqual({ ok: true });
    expect(check({ access_token: 'old horse' })).toEqual({ ok: true });
  });

  test.each([[{}], [{ access_token: '' }], [{ Access_Token: 'correct horse' }], [{ access_token: 'correct horses' }]])(
    'not in %j',
    (query) => {
      expect(check(query)).toMatchObject({ ok: false, code: 'bad_signature' });
    },
  );

  test('an empty secret lets nobody in, nothing inherited is a token, and no refusal says one', () => {
    expect(check({ access_token: '' }, [toSecret('')]).ok).toBe(false);
    const inherited: DataVerifier = { scheme: 'queryToken', name: 'constructor' };
    const secret = toSecret(String(Object));
    expect(verifyHook(aHook({ query: {} }), { verifier: inherited, secrets: [secret] }, NOON)).toEqual({
      ok: false,
      code: 'bad_signature',
      reason: 'The token in the address (?constructor=) is missing.',
      absent: true,
    });
    expect(check({ access_token: 'wrong horse' })).toEqual({
      ok: false,
      code: 'bad_signature',
      reason: 'The token in the address (?access_token=) does not fit the source’s secret.',
    });
  });

  test('signing puts it there', () => {
    const signing = { body: Buffer.from('{}'), at: NOON, id: '1' };
    expect(signRequest(verifier, SECRET, signing)).toEqual({
      headers: {},
      body: signing.body,
      query: { access_token: 'correct horse' },
    });
    expect(verifierText(verifier)).toBe('token in the address (?access_token=)');
  });
});

describe('a choice', () => {
  const hmac: HmacVerifier = {
    scheme: 'hmac',
    headers: ['webhook-signature'],
    algorithm: 'sha256',
    encoding: 'base64',
    prefix: 'v1,',
    separator: ' ',
    signed: '{id}.{timestamp}.{body}',
    idHeaders: ['webhook-id'],
    timestamp: { headers: ['webhook-timestamp'], toleranceMs: 300_000 },
    key: 'whsec',
  };
  const verifier: DataVerifier = { scheme: 'anyOf', of: [{ scheme: 'token', header: 'X-Gitlab-Token' }, hmac] };
  const key = toSecret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  const signing = { body: Buffer.from('{}'), at: NOON, id: 'msg_1' };
  const check = (headers: Record<string, string>, secrets = [SECRET, key]) =>
    verifyHook(aHook({ body: '{}', headers }), { verifier, secrets }, NOON);

  test('any of its ways will do, with any of the secrets', () => {
    expect(check({ 'x-gitlab-token': 'correct horse' })).toEqual({ ok: true });
    expect(check({ ...signHook(hmac, key, signing) })).toEqual({ ok: true });
    expect(check({ ...signHook(hmac, key, signing), 'x-gitlab-token': 'wrong' })).toEqual({ ok: true });
    expect(check({ ...signHook(hmac, key, signing) }, [SECRET])).toMatchObject({ ok: false });
  });

  test('a refusal speaks of what the sender chose', () => {
    const reason = (headers: Record<string, string>) => {
      const verdict = check(headers);
      return verdict.ok ? 'ok' : verdict.reason;
    };
    expect(reason({ 'x-gitlab-token': 'wrong' })).toBe('The header X-Gitlab-Token does not fit the source’s secret.');
    expect(reason({ ...signHook(hmac, toSecret('whsec_AAAA'), signing) })).toMatch(/^The signature in webhook-sig/);
    expect(check({ ...signHook(hmac, key, { ...signing, at: new Date(0) }) })).toMatchObject({
      code: 'stale_timestamp',
    });
    expect(reason({})).toBe('The header X-Gitlab-Token is missing. The header webhook-signature is missing.');
  });

  test('of nothing lets nobody in', () => {
    expect(verifyHook(aHook(), { verifier: { scheme: 'anyOf', of: [] }, secrets: [SECRET] }, NOON).ok).toBe(false);
  });

  test('signs the first way', () => {
    expect(signHook(verifier, SECRET, signing)).toEqual({ 'x-gitlab-token': 'correct horse' });
  });
});

describe('ECDSA on P-256', () => {
  const verifier: EcdsaVerifier = {
    scheme: 'ecdsa',
    headers: ['x-signature'],
    signed: '{timestamp}{body}',
    timestamp: { headers: ['x-time'], toleranceMs: 300_000 },
  };
  const pair = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });
  const { privateKey, publicKey } = pair('P-256');
  const written = (key: KeyObject) => toSecret(key.export({ format: 'der', type: 'spki' }).toString('base64'));
  const time = String(NOON.getTime() / 1_000);
  const signed = (key: KeyObject, at = time) => ({
    'x-time': at,
    'x-signature': sign('sha256', Buffer.from(`${at}[{"a":1}]\r\n`), key).toString('base64'),
  });
  const check = (headers: Record<string, string>, secret = written(publicKey), body = '[{"a":1}]\r\n') =>
    verifyHook(aHook({ body, headers }), { verifier, secrets: [toSecret('no key'), secret] }, NOON);

  test('with the key in either form', () => {
    expect(check(signed(privateKey))).toEqual({ ok: true });
    const pem = toSecret(publicKey.export({ format: 'pem', type: 'spki' }).toString());
    expect(check(signed(privateKey), pem)).toEqual({ ok: true });
  });

  test('not tampered, trimmed, missing, of another key, curve or kind of key, stale or future', () => {
    const good = signed(privateKey);
    const bad = { ok: false, code: 'bad_signature' };
    expect(check(good, undefined, '[{"a":1}]')).toMatchObject(bad);
    expect(check(good, undefined, '[{"a":2}]\r\n')).toMatchObject(bad);
    expect(check({ ...good, 'x-time': String(Number(time) + 1) })).toMatchObject(bad);
    for (const header of ['x-time', 'x-signature']) {
      expect(check({ ...good, [header]: '' })).toMatchObject(bad);
      expect(check({ ...good, [header]: 'é%' })).toMatchObject(bad);
    }
    expect(check(good, written(pair('P-256').publicKey))).toMatchObject(bad);
    const other = pair('P-384');
    expect(check(signed(other.privateKey), written(other.publicKey))).toMatchObject({
      reason: expect.stringContaining('no public key on the curve P-256'),
    });
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    expect(check(signed(rsa.privateKey), written(rsa.publicKey))).toMatchObject(bad);
    for (const seconds of [-301, 301])
      expect(check(signed(privateKey, String(Number(time) + seconds)))).toMatchObject({ code: 'stale_timestamp' });
    expect(check(signed(privateKey), toSecret(''))).toMatchObject(bad);
  });
});

describe('the public address', () => {
  const verifier: HmacVerifier = {
    scheme: 'hmac',
    headers: ['x-signature'],
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: '',
    signed: '{method} {url} {body}',
    key: 'utf8',
  };
  const sign = (text: string) => createHmac('sha256', 'correct horse').update(text).digest('hex');
  const check = (text: string, over: Parameters<typeof aHook>[0] = {}, address: string | undefined = ADDRESS) =>
    verifyHook(
      aHook({ body: 'x', ...over, headers: { 'x-signature': sign(text), host: 'evil.example', ...over?.headers } }),
      { verifier, secrets: [SECRET], ...(address !== undefined && { address }) },
      NOON,
    );

  test('with its token, and its query as it was written', () => {
    expect(check(`POST ${ADDRESS} x`).ok).toBe(true);
    expect(check(`PUT ${ADDRESS} x`, { method: 'PUT' }).ok).toBe(true);
    expect(check(`POST ${ADDRESS}/t%20k x`, { pathToken: 't k' }).ok).toBe(true);
    const query = { a: 'b c', z: '1:2/ü' };
    const spellings = [
      'a=b%20c&z=1%3A2%2F%C3%BC',
      'a=b+c&z=1%3A2%2F%C3%BC',
      'a=b%20c&z=1:2/%C3%BC',
      'a=b%20c&z=1%3a2/ü&',
    ];
    for (const signed of spellings)
      for (const rawQuery of spellings)
        expect(check(`POST ${ADDRESS}?${signed} x`, { query, rawQuery }).ok, `${signed} ${rawQuery}`).toBe(
          signed === rawQuery,
        );
    expect(check(`POST ${ADDRESS} x`, { query }).ok).toBe(false);
  });

  test('is never what the request says', () => {
    expect(
      check('POST https://evil.example/hooks/shop x', { headers: { 'x-forwarded-host': 'evil.example' } }).ok,
    ).toBe(false);
  });

  test('must be in the config', () => {
    const verdict = verifyHook(
      aHook({ body: 'x', headers: { 'x-signature': sign(`POST ${ADDRESS} x`) } }),
      { verifier, secrets: [SECRET] },
      NOON,
    );
    expect(verdict).toMatchObject({ ok: false, reason: expect.stringContaining('set server.publicUrl') });
  });

  test('is made of server.publicUrl and the source’s name', () => {
    const type = sourceTypes.get('github');
    if (type === undefined) throw new Error('github');
    const config = { name: 'our shop', type: 'github', secrets: [SECRET], autoSecret: false, allowFrom: [] };
    expect(verifierOf(type, config, 'https://bellhop.example.com/base').address).toBe(
      'https://bellhop.example.com/base/hooks/our%20shop',
    );
    expect(verifierOf(type, config).address).toBeUndefined();
  });

  test('half a surrogate pair makes it fail and not throw', () => {
    expect(check('x', { query: { a: '\ud800' }, pathToken: '\udfff' }).ok).toBe(false);
  });
});

describe('a time in the body', () => {
  const verifier: HmacVerifier = {
    scheme: 'hmac',
    headers: ['linear-signature'],
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: '',
    signed: '{body}',
    timestamp: { bodyPath: 'webhookTimestamp', unit: 'ms', toleranceMs: 60_000 },
    key: 'utf8',
  };
  const check = (document: unknown) => {
    const body = JSON.stringify(document);
    const signature = createHmac('sha256', 'correct horse').update(body).digest('hex');
    const hook = aHook({ body, headers: { 'linear-signature': signature } });
    return verifyHook(hook, { verifier, secrets: [SECRET] }, NOON);
  };

  test('60 s are in, 61 s are not, before and after', () => {
    const at = (seconds: number) => check({ webhookTimestamp: NOON.getTime() + seconds * 1_000 });
    expect([at(-60), at(60)]).toEqual([{ ok: true }, { ok: true }]);
    for (const seconds of [-61, 61]) expect(at(seconds)).toMatchObject({ code: 'stale_timestamp' });
  });

  test.each([[{}], [{ webhookTimestamp: null }], [{ webhookTimestamp: 1e300 }], [{ webhookTimestamp: [1] }], [[]]])(
    'not without one: %j',
    (document) => {
      expect(check(document)).toMatchObject({ ok: false, code: 'bad_signature' });
    },
  );

  test('seconds are no milliseconds', () => {
    expect(check({ webhookTimestamp: NOON.getTime() / 1_000 })).toMatchObject({ code: 'stale_timestamp' });
  });
});

describe('a sender of its own', () => {
  const custom = (verify: CustomVerifier['verify'], secret: CustomVerifier['secret'] = 'shared') =>
    ({ scheme: 'custom', title: 'x', secret, verify }) as const;

  test('a fault in its code lets nobody in, says nothing and makes the sender come back', async () => {
    const busy = { ok: false, code: 'busy', reason: expect.not.stringContaining('correct') };
    const throws = custom(() => {
      throw new Error('correct horse');
    });
    expect(verifyHook(aHook(), { verifier: throws, secrets: [SECRET] }, NOON)).toMatchObject(busy);
    const rejects = custom(async () => Promise.reject(new Error('correct horse')));
    await expect(verifyHook(aHook(), { verifier: rejects, secrets: [SECRET] }, NOON)).resolves.toMatchObject(busy);
  });

  test('is not asked without a secret, unless it needs none', () => {
    const yes = () => ({ ok: true }) as const;
    for (const kind of ['shared', 'public'] as const)
      expect(verifyHook(aHook(), { verifier: custom(yes, kind), secrets: [toSecret('')] }, NOON)).toMatchObject({
        ok: false,
      });
    expect(verifyHook(aHook(), { verifier: custom(yes, 'none'), secrets: [] }, NOON)).toEqual({ ok: true });
  });

  test('what only the sender can sign is said in a sentence', () => {
    const verifier = custom(() => ({ ok: true }));
    expect(cannotSign(verifier)).toContain('private key');
    expect(() => signHook(verifier, SECRET, { body: Buffer.alloc(0), at: NOON, id: '1' })).toThrow(CommandError);
    expect(cannotSign({ scheme: 'bearer' })).toBeUndefined();
  });
});

describe('what a stranger may send', () => {
  const HOSTILE = [
    '',
    ' ',
    ',',
    '=',
    '.',
    '..',
    'null',
    '{',
    '[1]',
    'ü',
    '\0',
    '\ud800',
    '%',
    'Basic',
    'v1,',
    't=1,v1=',
  ].concat(['sha256=', '9'.repeat(15), '9'.repeat(400), '2026-99-99T00:00:00Z', '__proto__', 'a'.repeat(100_000)]);
  const hmac: HmacVerifier = {
    ...{ scheme: 'hmac', headers: ['x-a'], algorithm: 'sha256', encoding: 'base64', prefix: 'v1,', separator: ' ' },
    ...{ signed: '{id}{timestamp}{method}{url}{body}', idHeaders: ['x-b'], key: 'base64' },
    timestamp: { headers: ['x-c'], unit: 'iso', toleranceMs: 1 },
  };
  const every: readonly Verifier[] = [
    hmac,
    { ...hmac, timestamp: { field: 't', toleranceMs: 1 } },
    { ...hmac, signed: '{body}', timestamp: { bodyPath: 'a.b', toleranceMs: 1 } },
    { scheme: 'bodyToken', path: '__proto__.a' },
    { scheme: 'bodyToken', path: '' },
    { scheme: 'anyOf', of: [hmac, { scheme: 'basic', user: 'x' }, { scheme: 'bearer' }] },
    { scheme: 'ecdsa', headers: ['x-a'], signed: '{timestamp}{body}', timestamp: { headers: ['x-c'], toleranceMs: 1 } },
    ...[twilioVerifier, hubspotVerifier, netlifyVerifier, createSnsVerifier(), createPaypalVerifier()],
  ];
  const names = ['x-a', 'x-b', 'x-c', 'authorization', 'content-type', 'x-twilio-signature', 'x-webhook-signature']
    .concat(['x-hubspot-signature', 'x-hubspot-signature-v3', 'x-hubspot-request-timestamp', 'paypal-cert-url'])
    .concat(['paypal-transmission-id', 'paypal-transmission-time', 'paypal-transmission-sig', 'paypal-auth-algo']);

  test.each(every.map((verifier) => [verifierText(verifier), verifier] as const))(
    '%s refuses it',
    (_text, verifier) => {
      for (const value of HOSTILE)
        for (const secrets of [[SECRET], [toSecret('AAAA')], HOSTILE.slice(0, 12).map(toSecret)])
          for (const method of ['POST', 'GET']) {
            const query = { bodySHA256: value, [value]: value };
            const headers = Object.fromEntries(names.map((name) => [name, value]));
            const hook = aHook({ method, headers, query, pathToken: value, body: value });
            for (const address of [{}, { address: ADDRESS }])
              expect(verifyHook(hook, { verifier, secrets, ...address }, NOON)).toMatchObject({
                ok: false,
                code: 'bad_signature',
              });
          }
    },
  );
});

test('every way has words', () => {
  const hmac = sourceTypes.get('github')?.verifier ?? { scheme: 'none' };
  expect(verifierText(hmac)).toBe('HMAC-SHA256 in x-hub-signature-256');
  expect(
    verifierText({
      scheme: 'anyOf',
      of: [
        { scheme: 'token', header: 'X-Token' },
        { scheme: 'bodyToken', path: 'a.b' },
      ],
    }),
  ).toBe('token in X-Token, or token in the body (a.b)');
});
