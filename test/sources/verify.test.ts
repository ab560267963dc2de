import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AuthConfig, SourceConfig } from '../../src/core/config.ts';
import { toSecret } from '../../src/core/secret.ts';
import type { HmacVerifier } from '../../src/core/source.ts';
import { signHook } from '../../src/sources/sign.ts';
import { verifierOf } from '../../src/sources/verifier-of.ts';
import { type DataVerifier, verifyHook } from '../../src/sources/verify.ts';
import { aHook, NOON } from '../builders.ts';
import { sourceTypes } from './sample-hooks.ts';

const SECRET = toSecret('correct horse');
const WHSEC = toSecret(`whsec_${Buffer.from('correct horse battery').toString('base64')}`);
const OTHER = toSecret(`whsec_${Buffer.from('another key').toString('base64')}`);
const BODY = Buffer.from('{"a":"ü \u0000"}\r\n');

const verifierOfType = (name: string): DataVerifier => {
  const verifier = sourceTypes.get(name)?.verifier;
  if (verifier === undefined || verifier.scheme === 'custom') throw new Error(name);
  return verifier;
};

const hex: HmacVerifier = {
  scheme: 'hmac',
  headers: ['x-signature'],
  algorithm: 'sha256',
  encoding: 'hex',
  prefix: 'sha256=',
  signed: '{body}',
  key: 'utf8',
};

const SCHEMES: readonly (readonly [string, DataVerifier])[] = [
  ['hmac hex', hex],
  ['hmac sha512 base64', { ...hex, algorithm: 'sha512', encoding: 'base64', prefix: '' }],
  ['hmac sha1', { ...hex, algorithm: 'sha1', prefix: 'sha1=' }],
  [
    'hmac with a time',
    { ...hex, signed: 'v0:{timestamp}:{body}', timestamp: { headers: ['x-time'], toleranceMs: 300_000 } },
  ],
  ['github', verifierOfType('github')],
  ['stripe', verifierOfType('stripe')],
  ['standard-webhooks', verifierOfType('standard-webhooks')],
  ['token', { scheme: 'token', header: 'X-Token' }],
  ['bearer', { scheme: 'bearer' }],
  ['basic', { scheme: 'basic', user: 'bell:hop' }],
];

const signed = (verifier: DataVerifier, secret = WHSEC, at = NOON) =>
  signHook(verifier, secret, { body: BODY, at, id: 'msg_1' });

describe.each(SCHEMES)('%s', (_name, verifier) => {
  const headers = signed(verifier);
  const hook = aHook({ body: BODY, headers });

  test('lets in what a genuine sender sends', () => {
    expect(verifyHook(hook, { verifier, secrets: [WHSEC] }, NOON)).toEqual({ ok: true });
  });

  test('any of several secrets will do', () => {
    expect(verifyHook(hook, { verifier, secrets: [OTHER, toSecret(''), WHSEC] }, NOON)).toEqual({ ok: true });
  });

  test('refuses another secret, no secret and an empty one', () => {
    for (const secrets of [[OTHER], [], [toSecret('')], [toSecret('whsec_')]])
      expect(verifyHook(hook, { verifier, secrets }, NOON)).toMatchObject({ ok: false, code: 'bad_signature' });
  });

  test('refuses a request without its headers, or with one of them empty', () => {
    for (const name of Object.keys(headers)) {
      const { [name]: _left, ...rest } = headers;
      for (const broken of [rest, { ...rest, [name]: '' }])
        expect(verifyHook(aHook({ body: BODY, headers: broken }), { verifier, secrets: [WHSEC] }, NOON)).toMatchObject({
          ok: false,
          code: 'bad_signature',
        });
    }
  });

  test('refuses every header with one character changed', () => {
    for (const [name, value] of Object.entries(headers))
      for (let at = 0; at < value.length; at++) {
        const changed = `${value.slice(0, at)}${value[at] === '0' ? '1' : '0'}${value.slice(at + 1)}`;
        const tampered = aHook({ body: BODY, headers: { ...headers, [name]: changed } });
        expect(verifyHook(tampered, { verifier, secrets: [WHSEC] }, NOON).ok, `${name}: ${changed}`).toBe(false);
      }
  });

  test('never says a secret or the right signature', () => {
    const said = [
      verifyHook(aHook({ body: BODY }), { verifier, secrets: [WHSEC] }, NOON),
      verifyHook(hook, { verifier, secrets: [OTHER] }, NOON),
      verifyHook(aHook({ body: Buffer.from('x'), headers }), { verifier, secrets: [OTHER] }, NOON),
    ];
    const text = JSON.stringify(said);
    for (const value of [WHSEC.reveal(), OTHER.reveal(), ...Object.values(signed(verifier, OTHER))])
      if (value.length > 10 && value !== 'msg_1' && !/^\d+$/.test(value)) expect(text).not.toContain(value);
  });
});

describe('signed bodies', () => {
  test.each(SCHEMES.filter(([, { scheme }]) => scheme === 'hmac'))('%s refuses one changed byte', (_name, verifier) => {
    const headers = signed(verifier);
    for (let at = 0; at < BODY.length; at++) {
      const body = Buffer.from(BODY);
      body.writeUInt8(body.readUInt8(at) ^ 1, at);
      expect(verifyHook(aHook({ body, headers }), { verifier, secrets: [WHSEC] }, NOON).ok).toBe(false);
    }
    const trimmed = BODY.subarray(0, BODY.length - 2);
    expect(verifyHook(aHook({ body: trimmed, headers }), { verifier, secrets: [WHSEC] }, NOON).ok).toBe(false);
  });

  test('a sender without a secret signs with nothing, and is not let in', () => {
    const empty = `sha256=${createHmac('sha256', '').update(BODY).digest('hex')}`;
    for (const value of ['sha256=', empty])
      expect(
        verifyHook(
          aHook({ body: BODY, headers: { 'x-signature': value } }),
          { verifier: hex, secrets: [toSecret('')] },
          NOON,
        ).ok,
      ).toBe(false);
  });

  test('hex may be upper-case; nothing else around it passes', () => {
    const right = createHmac('sha256', SECRET.reveal()).update(BODY).digest('hex');
    const check = (value: string) =>
      verifyHook(aHook({ body: BODY, headers: { 'x-signature': value } }), { verifier: hex, secrets: [SECRET] }, NOON)
        .ok;
    expect(check(`sha256=${right.toUpperCase()}`)).toBe(true);
    for (const value of [
      right,
      `sha1=${right}`,
      `sha256=${right}00`,
      `sha256=${right}zz`,
      `sha256= ${right}`,
      `sha256=${right.slice(2)}`,
    ])
      expect(check(value), value).toBe(false);
  });

  test('base64 must be written as it is made', () => {
    const verifier: HmacVerifier = { ...hex, encoding: 'base64', prefix: '' };
    const right = createHmac('sha256', SECRET.reveal()).update(BODY).digest('base64');
    const check = (value: string) =>
      verifyHook(aHook({ body: BODY, headers: { 'x-signature': value } }), { verifier, secrets: [SECRET] }, NOON).ok;
    expect(check(right)).toBe(true);
    for (const value of [right.replace(/=+$/, ''), `${right}=`, `${right} `.replace(/(.{5})/, '$1 ')])
      expect(check(value), value).toBe(false);
  });

  test('one of several signatures is enough, wherever it stands', () => {
    const stripe = verifierOfType('stripe');
    const right = signed(stripe, SECRET)['stripe-signature'] ?? '';
    const [time = '', signature = ''] = right.split(',');
    const wrong = `v1=${'0'.repeat(64)}`;
    for (const value of [
      `${time},${wrong},${signature}`,
      `${time},v0=abc,${signature},${wrong}`,
      `${signature},${time}`,
    ])
      expect(
        verifyHook(
          aHook({ body: BODY, headers: { 'stripe-signature': value } }),
          { verifier: stripe, secrets: [SECRET] },
          NOON,
        ),
        value,
      ).toEqual({ ok: true });
    const old = right.replace('v1=', 'v0=');
    expect(
      verifyHook(
        aHook({ body: BODY, headers: { 'stripe-signature': old } }),
        { verifier: stripe, secrets: [SECRET] },
        NOON,
      ).ok,
    ).toBe(false);
  });

  test('Svix headers do for Standard Webhooks', () => {
    const verifier = verifierOfType('standard-webhooks');
    const headers = Object.fromEntries(
      Object.entries(signed(verifier)).map(([name, value]) => [name.replace('webhook-', 'svix-'), value]),
    );
    expect(verifyHook(aHook({ body: BODY, headers }), { verifier, secrets: [WHSEC] }, NOON)).toEqual({ ok: true });
  });
});

describe('signed times', () => {
  const timed = SCHEMES.filter(([, verifier]) => verifier.scheme === 'hmac' && verifier.timestamp !== undefined);

  test.each(timed)('%s: 300 s are in, 301 s are not, before and after', (_name, verifier) => {
    const at = (seconds: number) => {
      const headers = signed(verifier, WHSEC, new Date(NOON.getTime() + seconds * 1_000));
      return verifyHook(aHook({ body: BODY, headers }), { verifier, secrets: [WHSEC] }, NOON);
    };
    expect([at(-300), at(300)]).toEqual([{ ok: true }, { ok: true }]);
    expect(at(-301)).toMatchObject({
      ok: false,
      code: 'stale_timestamp',
      reason: expect.stringContaining('301 s behind'),
    });
    expect(at(301)).toMatchObject({
      ok: false,
      code: 'stale_timestamp',
      reason: expect.stringContaining('301 s ahead'),
    });
  });

  test.each(timed)('%s: a stranger is not told about the clock', (_name, verifier) => {
    const headers = signed(verifier, OTHER, new Date(0));
    expect(verifyHook(aHook({ body: BODY, headers }), { verifier, secrets: [WHSEC] }, NOON)).toMatchObject({
      code: 'bad_signature',
    });
  });
});

describe('the config’s auth', () => {
  const generic = sourceTypes.get('generic');
  const config = (over: Partial<SourceConfig>): SourceConfig => ({
    name: 'shop',
    type: 'generic',
    secrets: [],
    autoSecret: false,
    allowFrom: [],
    ...over,
  });
  const check = (over: Partial<SourceConfig>, hook: Parameters<typeof aHook>[0]) => {
    if (generic === undefined) throw new Error('generic');
    const { verifier, secrets } = verifierOf(generic, config(over));
    if (verifier.scheme === 'custom') throw new Error('no form of auth takes code');
    return verifyHook(aHook({ body: BODY, ...hook }), { verifier, secrets }, NOON).ok;
  };
  const hmac = { header: 'X-Signature', algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=' } as const;
  const sign = (text: string | Buffer) => createHmac('sha256', SECRET.reveal()).update(text).digest('hex');

  test('hmac over the body', () => {
    const auth: AuthConfig = { hmac };
    expect(check({ auth, secrets: [SECRET] }, { headers: { 'x-signature': `sha256=${sign(BODY)}` } })).toBe(true);
    expect(check({ auth, secrets: [] }, { headers: { 'x-signature': `sha256=${sign(BODY)}` } })).toBe(false);
  });

  test('hmac with a time signs `{timestamp}.{body}` unless it says otherwise, in seconds or milliseconds', () => {
    for (const time of [NOON.getTime() / 1_000, NOON.getTime()]) {
      const headers = {
        'x-time': String(time),
        'x-signature': `sha256=${sign(Buffer.concat([Buffer.from(`${time}.`), BODY]))}`,
      };
      const auth: AuthConfig = { hmac: { ...hmac, timestampHeader: 'X-Time' } };
      expect(check({ auth, secrets: [SECRET] }, { headers })).toBe(true);
      const own: AuthConfig = { hmac: { ...hmac, timestampHeader: 'X-Time', signed: '{timestamp}:{body}' } };
      expect(check({ auth: own, secrets: [SECRET] }, { headers })).toBe(false);
    }
  });

  test('token, bearer, basic and urlToken', () => {
    expect(
      check({ auth: { token: { header: 'X-Token' } }, secrets: [SECRET] }, { headers: { 'x-token': 'correct horse' } }),
    ).toBe(true);
    expect(check({ auth: { bearer: toSecret('t0ken') } }, { headers: { authorization: 'bearer t0ken' } })).toBe(true);
    expect(check({ auth: { bearer: toSecret('t0ken') } }, { headers: { authorization: 'Basic t0ken' } })).toBe(false);
    const basic = { basic: { user: 'ada', password: SECRET } };
    const credentials = Buffer.from('ada:correct horse').toString('base64');
    expect(check({ auth: basic }, { headers: { authorization: `Basic ${credentials}` } })).toBe(true);
    expect(check({ auth: { urlToken: SECRET } }, { pathToken: 'correct horse' })).toBe(true);
    expect(check({ auth: { urlToken: SECRET } }, { pathToken: 'correct horses' })).toBe(false);
    expect(check({ auth: { urlToken: SECRET } }, {})).toBe(false);
  });

  test('bodyToken and queryToken, of the source’s secrets', () => {
    const inBody: AuthConfig = { bodyToken: { path: 'auth.key' } };
    expect(check({ auth: inBody, secrets: [SECRET] }, { body: { auth: { key: 'correct horse' } } })).toBe(true);
    expect(check({ auth: inBody, secrets: [SECRET] }, { body: { auth: { key: 'wrong' } } })).toBe(false);
    const inQuery: AuthConfig = { queryToken: { name: 'key' } };
    expect(check({ auth: inQuery, secrets: [SECRET] }, { query: { key: 'correct horse' } })).toBe(true);
    expect(check({ auth: inQuery, secrets: [SECRET] }, { query: { kee: 'correct horse' } })).toBe(false);
    expect(check({ auth: inQuery, secrets: [] }, { query: { key: '' } })).toBe(false);
  });

  test('entra lets nobody in by a secret', async () => {
    if (generic === undefined) throw new Error('generic');
    const entra = { tenantId: '0f8fad5b-d9cb-469f-a165-70867728950e', audience: 'api://bellhop' };
    const source = verifierOf(generic, config({ auth: { entra }, secrets: [SECRET] }));
    expect(source).toMatchObject({ verifier: { title: 'a token of Microsoft Entra' }, secrets: [] });
    const hook = aHook({ headers: { authorization: `Bearer ${SECRET.reveal()}` } });
    expect(await verifyHook(hook, source, NOON)).toMatchObject({ ok: false, code: 'bad_signature' });
  });

  test('a generic source with only a secret takes it as a bearer token, and without one lets nobody in', () => {
    expect(check({ secrets: [SECRET] }, { headers: { authorization: 'Bearer correct' } })).toBe(false);
    expect(check({ secrets: [toSecret('t0ken')] }, { headers: { authorization: 'Bearer t0ken' } })).toBe(true);
    expect(check({}, { headers: { authorization: 'Bearer ' } })).toBe(false);
  });

  test('`verify: none` lets everybody in, in words only', () => {
    expect(check({ verify: 'none' }, {})).toBe(true);
  });
});
