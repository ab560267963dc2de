import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { toSecret } from '../../src/core/secret.ts';
import type { CustomVerifier } from '../../src/core/source.ts';
import { cannotSign } from '../../src/sources/sign.ts';
import { createEntraVerifier } from '../../src/sources/verifiers/entra.ts';
import { verifyHook } from '../../src/sources/verify.ts';
import { aHook, NOON, testClock } from '../builders.ts';

const TENANT = '0f8fad5b-d9cb-469f-a165-70867728950e';
const AUDIENCE = 'api://bellhop';
const KEYS = `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`;
const BAD = { ok: false, code: 'bad_signature' };
const STALE = { ok: false, code: 'stale_timestamp' };
const BUSY = { ok: false, code: 'busy' };

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2_048 });
const [tenant, stranger, next] = [rsa(), rsa(), rsa()];
const jwk = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig' });

const seconds = NOON.getTime() / 1_000;
const CLAIMS = {
  iss: `https://sts.windows.net/${TENANT}/`,
  aud: AUDIENCE,
  iat: seconds,
  nbf: seconds,
  exp: seconds + 3_600,
};
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (
  claims: object = CLAIMS,
  { head = {}, key = tenant.privateKey }: { head?: object; key?: KeyObject } = {},
) => {
  const signed = `${part({ typ: 'JWT', alg: 'RS256', kid: 'k1', ...head })}.${part(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
};

/** Answers as Microsoft does, and writes down what it was asked for. */
function issuer(answer = (): Response | Promise<Response> => Response.json({ keys: [jwk(tenant.publicKey, 'k1')] })) {
  const asked: string[] = [];
  const fetch = async (url: unknown, options?: RequestInit) => {
    asked.push(`${options?.redirect} ${String(url)}`);
    return answer();
  };
  const clock = testClock();
  const verifier = createEntraVerifier({ tenantId: TENANT.toUpperCase(), audience: AUDIENCE }, { fetch, clock });
  return { asked, clock, verifier };
}

const check = (bearer: string, verifier: CustomVerifier = issuer().verifier, now = NOON) =>
  verifyHook(aHook({ headers: { authorization: `Bearer ${bearer}` } }), { verifier, secrets: [] }, now);

describe('Microsoft Entra', () => {
  test('tokens of both versions', async () => {
    expect(await check(token())).toEqual({ ok: true });
    const iss = `https://login.microsoftonline.com/${TENANT}/v2.0`;
    expect(await check(token({ ...CLAIMS, iss }))).toEqual({ ok: true });
    expect(await check(token({ ...CLAIMS, nbf: undefined }))).toEqual({ ok: true });
  });

  test.each<[string, string]>([
    ['nothing', ''],
    ['no token', 'x'],
    ['two parts', 'a.b'],
    ['another key', token(CLAIMS, { key: stranger.privateKey })],
    ['a key that the tenant does not have', token(CLAIMS, { head: { kid: 'k2' } })],
    ['no name of a key', token(CLAIMS, { head: { kid: undefined } })],
    ['no algorithm', `${part({ alg: 'none', kid: 'k1' })}.${part(CLAIMS)}.`],
    ['alg none, signed', token(CLAIMS, { head: { alg: 'none' } })],
    ['another algorithm', token(CLAIMS, { head: { alg: 'RS512' } })],
    ['HMAC with the public key', token(CLAIMS, { head: { alg: 'HS256' } })],
    ['another tenant', token({ ...CLAIMS, iss: 'https://sts.windows.net/11111111-d9cb-469f-a165-70867728950e/' })],
    ['another issuer', token({ ...CLAIMS, iss: 'https://evil.example' })],
    ['another audience', token({ ...CLAIMS, aud: 'api://other' })],
    ['a list of audiences', token({ ...CLAIMS, aud: [AUDIENCE] })],
    ['no end', token({ ...CLAIMS, exp: undefined })],
    ['an end as text', token({ ...CLAIMS, exp: '99999999999' })],
    ['no claims', token([])],
  ])('not with %s', async (_what, bearer) => {
    expect(await check(bearer)).toMatchObject(BAD);
  });

  test('tampered: any character of the token', async () => {
    const { verifier } = issuer();
    await check(token(), verifier);
    const good = token();
    for (let at = 0; at < good.length; at += 7) {
      const changed = `${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`;
      expect(await check(changed, verifier), changed).toMatchObject(BAD);
    }
  });

  test('expired and not yet valid, with five minutes for the clocks', async () => {
    const at = (ms: number) => check(token(), undefined, new Date(NOON.getTime() + ms));
    expect(await at(3_600_000 + 299_000)).toEqual({ ok: true });
    expect(await at(3_600_000 + 300_000)).toMatchObject(STALE);
    expect(await at(-300_000)).toEqual({ ok: true });
    expect(await at(-301_000)).toMatchObject(STALE);
  });

  test('the keys are fetched once, without following redirects, and then known at once', async () => {
    const { verifier, asked } = issuer();
    expect(await Promise.all([check(token(), verifier), check(token(), verifier)])).toEqual([
      { ok: true },
      { ok: true },
    ]);
    expect(check(token(), verifier)).toEqual({ ok: true });
    expect(asked).toEqual([`error ${KEYS}`]);
  });

  test('a new key is looked for, once a minute however often a stranger names one', async () => {
    let keys = [jwk(tenant.publicKey, 'k1')];
    const { verifier, asked, clock } = issuer(() => Response.json({ keys }));
    const renewed = token(CLAIMS, { head: { kid: 'k2' }, key: next.privateKey });
    await check(token(), verifier);
    keys = [jwk(tenant.publicKey, 'k1'), jwk(next.publicKey, 'k2')];
    for (let i = 0; i < 20; i++) expect(await check(renewed, verifier)).toMatchObject(BAD);
    expect(asked).toHaveLength(1);
    await clock.advance(60_000);
    expect(await check(renewed, verifier)).toEqual({ ok: true });
    expect(asked).toHaveLength(2);
  });

  test('a key that was taken back is believed for a day', async () => {
    let keys = [jwk(tenant.publicKey, 'k1')];
    const { verifier, clock } = issuer(() => Response.json({ keys }));
    await check(token(), verifier);
    keys = [jwk(next.publicKey, 'k2')];
    await clock.advance(24 * 3_600_000 - 1);
    expect(await check(token(), verifier)).toEqual({ ok: true });
    await clock.advance(1);
    expect(await check(token(), verifier)).toMatchObject(BAD);
  });

  test.each<[string, () => Response | Promise<Response>]>([
    ['no network', () => Promise.reject(new Error('no network'))],
    ['a fault', () => new Response('broken', { status: 503 })],
    ['nothing there', () => new Response('gone', { status: 404 })],
    ['no document', () => new Response('<html>')],
    ['no keys', () => Response.json({ keys: [] })],
    ['keys of other kinds', () => Response.json({ keys: [null, 7, { kid: 'k1' }, { kid: 'k1', kty: 'RSA', n: 1 }] })],
    ['more than any set of keys', () => new Response(' '.repeat(70_000) + JSON.stringify({ keys: [] }))],
  ])('where the keys cannot be had, the sender comes back: %s', async (_what, answer) => {
    expect(await check(token(), issuer(answer).verifier)).toMatchObject(BUSY);
  });

  test('no secret of the source plays a part, and only Microsoft can sign', async () => {
    const { verifier } = issuer();
    const source = { verifier, secrets: [toSecret('')] };
    expect(await verifyHook(aHook(), source, NOON)).toMatchObject({
      ...BAD,
      reason: 'The header Authorization with a Bearer token is missing.',
    });
    expect(cannotSign(verifier)).toContain('private key');
  });
});
