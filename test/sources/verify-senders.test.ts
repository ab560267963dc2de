import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { toSecret } from '../../src/core/secret.ts';
import type { CustomVerifier } from '../../src/core/source.ts';
import { hubspotVerifier } from '../../src/sources/verifiers/hubspot.ts';
import { netlifyVerifier } from '../../src/sources/verifiers/netlify.ts';
import { twilioVerifier } from '../../src/sources/verifiers/twilio.ts';
import { verifyHook } from '../../src/sources/verify.ts';
import { aHook, NOON } from '../builders.ts';

const ADDRESS = 'https://bellhop.example.com/hooks/calls';
const BAD = { ok: false, code: 'bad_signature' };

const checking =
  (verifier: CustomVerifier, secret: string) =>
  (hook: Parameters<typeof aHook>[0], address: string | undefined = ADDRESS, now = NOON) =>
    verifyHook(aHook(hook), { verifier, secrets: [toSecret(secret)], ...(address !== '' && { address }) }, now);

describe('Twilio', () => {
  const check = checking(twilioVerifier, '12345');
  const sign = (text: string) => createHmac('sha1', '12345').update(text).digest('base64');
  const form = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };

  test('the vendor’s own example', () => {
    const fields = {
      ...{ CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234' },
      ...{ From: '+14158675309', To: '+18005551212' },
    };
    const headers = { ...form, 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' };
    const hook = { headers, query: { foo: '1', bar: '2' }, body: new URLSearchParams(fields).toString() };
    expect(check(hook, 'https://mycompany.com/myapp.php')).toEqual({ ok: true });
    expect(check(hook, 'https://mycompany.com/other.php')).toMatchObject(BAD);
    expect(check({ ...hook, query: { foo: '1' } }, 'https://mycompany.com/myapp.php')).toMatchObject(BAD);
  });

  test('fields in any order, those that repeat, and the standard port', () => {
    const signature = sign(`${ADDRESS}A2A3Zü`);
    const headers = { ...form, 'x-twilio-signature': signature };
    expect(check({ headers, body: 'Z=%C3%BC&A=3&A=2&A=3' })).toEqual({ ok: true });
    const ported = sign('https://bellhop.example.com:443/hooks/callsA1');
    expect(check({ headers: { ...form, 'x-twilio-signature': ported }, body: 'A=1' })).toEqual({ ok: true });
  });

  test('other bodies by the hash in the address', () => {
    const body = '{"a":1}';
    const hash = createHash('sha256').update(body).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-twilio-signature': sign(`${ADDRESS}?bodySHA256=${hash}`) };
    expect(check({ headers, body, query: { bodySHA256: hash } })).toEqual({ ok: true });
    expect(check({ headers, body: '{"a":2}', query: { bodySHA256: hash } })).toMatchObject(BAD);
  });

  test('a body that the signature does not cover is refused', () => {
    for (const type of ['application/json', 'text/plain', '', 'multipart/form-data; boundary=x'])
      expect(
        check({ headers: { 'content-type': type, 'x-twilio-signature': sign(ADDRESS) }, body: '{"forged":true}' }),
        type,
      ).toMatchObject({ ok: false, reason: expect.stringContaining('does not cover the body') });
    expect(check({ headers: { ...form, 'x-twilio-signature': sign(ADDRESS) }, body: '{"forged":true}' })).toMatchObject(
      BAD,
    );
    expect(check({ method: 'GET', headers: { 'x-twilio-signature': sign(ADDRESS) }, body: '' })).toEqual({ ok: true });
  });

  test('needs the public address', () => {
    expect(check({ headers: { 'x-twilio-signature': sign('') }, body: '' }, '')).toMatchObject({
      reason: expect.stringContaining('server.publicUrl'),
    });
  });
});

describe('HubSpot', () => {
  const check = checking(hubspotVerifier, 'correct horse');
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const v3 = (text: string) => createHmac('sha256', 'correct horse').update(text).digest('base64');
  const time = String(NOON.getTime());
  const body = '[{"eventId":1}]';

  test('version 1 covers the body, and needs no address', () => {
    const headers = { 'x-hubspot-signature': hash(`correct horse${body}`), 'x-hubspot-signature-version': 'v1' };
    expect(check({ headers, body }, '')).toEqual({ ok: true });
    expect(check({ headers, body: `${body} ` }, '')).toMatchObject(BAD);
  });

  test('version 2 covers method and address too', () => {
    const headers = {
      'x-hubspot-signature': hash(`correct horsePOST${ADDRESS}?a=b${body}`),
      'x-hubspot-signature-version': 'v2',
    };
    expect(check({ headers, body, query: { a: 'b' } })).toEqual({ ok: true });
    expect(check({ headers, body })).toMatchObject(BAD);
    expect(check({ headers, body, query: { a: 'b' }, method: 'PUT' })).toMatchObject(BAD);
    expect(check({ headers, body, query: { a: 'b' } }, '')).toMatchObject({
      reason: expect.stringContaining('server.publicUrl'),
    });
    expect(check({ headers: { ...headers, 'x-hubspot-signature-version': 'v9' }, body })).toMatchObject(BAD);
  });

  test('version 3 signs some characters of the address decoded, or as they are written', () => {
    const query = { to: 'a:b@c.example/d', when: '(now, later!)', mark: '?', rest: 'a b' };
    const rawQuery = 'to=a%3Ab%40c.example%2Fd&when=%28now%2C%20later%21%29&mark=%3F&rest=a%20b';
    const decoded = 'to=a:b@c.example/d&when=(now,%20later!)&mark=?&rest=a%20b';
    const signed = (written: string) => ({
      'x-hubspot-signature-v3': v3(`POST${ADDRESS}?${written}${body}${time}`),
      'x-hubspot-request-timestamp': time,
    });
    expect(check({ headers: signed(rawQuery), body, query, rawQuery })).toEqual({ ok: true });
    expect(check({ headers: signed(decoded), body, query, rawQuery })).toEqual({ ok: true });
    expect(check({ headers: signed(decodeURIComponent(rawQuery)), body, query, rawQuery })).toMatchObject(BAD);
  });

  test('version 3 has a time, and is asked alone where it can be', () => {
    const headers = {
      'x-hubspot-signature-v3': v3(`POST${ADDRESS}${body}${time}`),
      'x-hubspot-request-timestamp': time,
    };
    expect(check({ headers, body })).toEqual({ ok: true });
    expect(check({ headers, body }, ADDRESS, new Date(NOON.getTime() + 301_000))).toMatchObject({
      code: 'stale_timestamp',
    });
    expect(check({ headers: { ...headers, 'x-hubspot-request-timestamp': '' }, body })).toMatchObject(BAD);
    const v1 = { 'x-hubspot-signature': hash(`correct horse${body}`) };
    expect(check({ headers: { ...headers, ...v1, 'x-hubspot-signature-v3': v3('other') }, body })).toMatchObject(BAD);
    expect(check({ headers: { ...headers, ...v1 }, body }, '')).toEqual({ ok: true });
  });
});

describe('Netlify', () => {
  const check = checking(netlifyVerifier, 'correct horse');
  const body = '{"state":"ready"}';
  const right = { iss: 'netlify', sha256: createHash('sha256').update(body).digest('hex') };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const jwt = (claims: unknown, head: unknown = { alg: 'HS256', typ: 'JWT' }, key = 'correct horse') => {
    const signed = `${part(head)}.${part(claims)}`;
    return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
  };
  const given = (token: string) => check({ headers: { 'x-webhook-signature': token }, body });

  test('a token for this body', () => {
    expect(given(jwt(right))).toEqual({ ok: true });
  });

  test.each([
    ['another body', jwt({ ...right, sha256: createHash('sha256').update('x').digest('hex') })],
    ['no hash', jwt({ iss: 'netlify' })],
    ['a hash of another shape', jwt({ ...right, sha256: [right.sha256] })],
    ['another issuer', jwt({ ...right, iss: 'acme' })],
    ['no claims', jwt(null)],
    ['another algorithm', jwt(right, { alg: 'HS512' })],
    ['no algorithm', `${part({ alg: 'none' })}.${part(right)}.`],
    ['alg none, signed', jwt(right, { alg: 'none' })],
    ['another key', jwt(right, undefined, 'wrong')],
    ['four parts', `${jwt(right)}.x`],
    ['two parts', 'a.b'],
    ['no token', '…'],
  ])('not %s', (_what, token) => {
    expect(given(token)).toMatchObject(BAD);
  });
});
