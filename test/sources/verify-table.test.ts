import { describe, expect, test } from 'vitest';
import { authSchema } from '../../src/config/auth-schema.ts';
import type { Hook } from '../../src/core/hook.ts';
import { type Secret, toSecret } from '../../src/core/secret.ts';
import type { HmacVerifier, Signing, Verdict, Verifier } from '../../src/core/source.ts';
import { cannotSign, signRequest } from '../../src/sources/sign.ts';
import { verifierOf } from '../../src/sources/verifier-of.ts';
import { hubspotVerifier } from '../../src/sources/verifiers/hubspot.ts';
import { netlifyVerifier } from '../../src/sources/verifiers/netlify.ts';
import { withQuery } from '../../src/sources/verifiers/request.ts';
import { twilioVerifier } from '../../src/sources/verifiers/twilio.ts';
import { verifyHook } from '../../src/sources/verify.ts';
import { aHook, NOON } from '../builders.ts';
import { sourceTypes } from './sample-hooks.ts';

const ADDRESS = 'https://bellhop.example.com/hooks/shop';
const QUERY = { team: 'a b', ring: 'ü' };
const URL_WITH_QUERY = `${ADDRESS}?team=a%20b&ring=%C3%BC`;
/** Base64, so that it is a key to every kind of verifier. */
const SECRET = toSecret(Buffer.from('correct horse battery').toString('base64'));
const OTHER = toSecret(Buffer.from('another key altogether').toString('base64'));
const BODY = Buffer.from('{"a":"ü","n":1}');
const FORM = Buffer.from('Status=failed&To=%2B15551234567&To=%2B15557654321');

const plain: HmacVerifier = {
  scheme: 'hmac',
  headers: ['x-signature'],
  algorithm: 'sha256',
  encoding: 'hex',
  prefix: '',
  signed: '{body}',
  key: 'utf8',
};
const timed = { headers: ['x-time'], toleranceMs: 300_000 };

/** Every way of signing with a shared secret that the senders we know use. */
const WAYS: Readonly<Record<string, Verifier>> = {
  'hex after sha256= (GitHub, Bitbucket, Jira, Flux)': { ...plain, prefix: 'sha256=' },
  'SHA-1, hex after sha1= (Intercom)': { ...plain, algorithm: 'sha1', prefix: 'sha1=' },
  'SHA-1, bare hex (Vercel)': { ...plain, algorithm: 'sha1' },
  'SHA-512, bare hex (Terraform Cloud)': { ...plain, algorithm: 'sha512' },
  'bare hex (Gitea, Sentry, Grafana)': plain,
  'a list of v1= (PagerDuty, CircleCI)': { ...plain, prefix: 'v1=', separator: ',' },
  'bare base64 (Shopify, WooCommerce, Heroku)': { ...plain, encoding: 'base64' },
  'base64 after sha256= (Typeform)': { ...plain, encoding: 'base64', prefix: 'sha256=' },
  'base64 key': { ...plain, key: 'base64' },
  'time and signatures in one header (Stripe, Calendly)': {
    ...plain,
    ...{ prefix: 'v1=', separator: ',', signed: '{timestamp}.{body}' },
    timestamp: { field: 't', toleranceMs: 300_000 },
  },
  'timestamp= and signature= in one header (Buildkite)': {
    ...plain,
    ...{ prefix: 'signature=', separator: ',', signed: '{timestamp}.{body}' },
    timestamp: { field: 'timestamp', toleranceMs: 300_000 },
  },
  'v0:time:body (Slack, Zoom)': { ...plain, prefix: 'v0=', signed: 'v0:{timestamp}:{body}', timestamp: timed },
  'time before the body, as text (Zendesk)': {
    ...plain,
    ...{ encoding: 'base64', signed: '{timestamp}{body}', timestamp: { ...timed, unit: 'iso' } },
  },
  'time in the body (Linear)': {
    ...plain,
    timestamp: { bodyPath: 'webhookTimestamp', unit: 'ms', toleranceMs: 60_000 },
  },
  'id.time.body (Standard Webhooks)': {
    ...plain,
    ...{ encoding: 'base64', prefix: 'v1,', separator: ' ', signed: '{id}.{timestamp}.{body}', key: 'whsec' },
    ...{ idHeaders: ['webhook-id'], timestamp: timed },
  },
  'method, address, body and time in milliseconds': {
    ...plain,
    ...{ encoding: 'base64', signed: '{method}{url}{body}{timestamp}', timestamp: { ...timed, unit: 'ms' } },
  },
  'a choice of token and signature': {
    scheme: 'anyOf',
    of: [
      { ...plain, prefix: 'v1=', timestamp: timed, signed: '{timestamp}.{body}' },
      { scheme: 'token', header: 'x-token' },
    ],
  },
  'Twilio, a form': twilioVerifier,
  'Twilio, JSON': twilioVerifier,
  'HubSpot, version 3': hubspotVerifier,
  'Netlify, a JWT': netlifyVerifier,
};

/** What the types themselves declare, whichever there are. */
const OF_TYPES = [...sourceTypes.values()]
  .filter(({ verifier }) => signs(verifier))
  .map(({ type, verifier }) => [`type ${type}`, verifier] as const);

const TIMED = { header: 'X-Sig', tolerance: '90s' };

/** What the config's `auth` can say of a signature, as it is written there. */
const OF_AUTH = [
  { header: 'X-Sig' },
  { header: 'X-Sig', algorithm: 'sha512', encoding: 'base64', prefix: 'sha512=', key: 'base64' },
  { ...TIMED, timestampHeader: 'X-Time' },
  { ...TIMED, timestampHeader: 'X-Time', timestampUnit: 'ms', signed: '{method}{url}{timestamp}{body}' },
  { ...TIMED, timestampHeader: 'X-Time', timestampUnit: 'iso', signed: 'v0:{timestamp}:{body}', prefix: 'v0=' },
  { ...TIMED, timestampField: 't', prefix: 'v1=' },
  { ...TIMED, timestampField: 'time', separator: ';', prefix: 'mac=' },
  { ...TIMED, timestampHeader: 'X-Time', idHeader: 'X-Id', signed: '{id}.{timestamp}.{body}', key: 'whsec' },
  { header: 'X-Sig', signed: '{id}:{body}', separator: ' ' },
].map((hmac) => [`auth ${JSON.stringify(hmac)}`, ofAuth(hmac)] as const);

function ofAuth(hmac: object): Verifier {
  const generic = sourceTypes.get('generic');
  if (generic === undefined) throw new Error('generic');
  const config = { name: 'shop', type: 'generic', secrets: [SECRET], autoSecret: false, allowFrom: [] };
  return verifierOf(generic, { ...config, auth: authSchema.parse({ hmac }) }, 'https://bellhop.example.com').verifier;
}

function signs(verifier: Verifier): boolean {
  if (verifier.scheme === 'anyOf') return verifier.of.some(signs);
  return verifier.scheme === 'hmac' || (verifier.scheme === 'custom' && cannotSign(verifier) === undefined);
}

const toleranceOf = (verifier: Verifier): number | undefined => {
  if (verifier === hubspotVerifier) return 300_000;
  const means = verifier.scheme === 'anyOf' ? verifier.of.find((one) => one.scheme === 'hmac') : verifier;
  return means?.scheme === 'hmac' ? means.timestamp?.toleranceMs : undefined;
};

/** An `anyOf` signs by its first alternative; here the one that signs is meant. */
const signingPart = (verifier: Verifier): Verifier =>
  verifier.scheme === 'anyOf' ? (verifier.of.find((one) => one.scheme === 'hmac') ?? verifier) : verifier;

describe.each([...Object.entries(WAYS), ...OF_AUTH, ...OF_TYPES])('%s', (name, verifier) => {
  const body = name === 'Twilio, a form' ? FORM : BODY;
  const contentType = body === FORM ? 'application/x-www-form-urlencoded' : 'application/json';

  const hookOf = (secret: Secret, at = NOON): Hook => {
    const signing: Signing = { body, at, id: 'msg_1', method: 'POST', url: URL_WITH_QUERY };
    const signed = signRequest(signingPart(verifier), secret, signing);
    return aHook({
      body: signed.body,
      headers: { 'content-type': contentType, ...signed.headers },
      query: { ...QUERY, ...signed.query },
      rawQuery: withQuery(URL_WITH_QUERY, signed.query).slice(ADDRESS.length + 1),
    });
  };
  const check = (hook: Hook, secrets: readonly Secret[] = [SECRET]): Verdict => {
    const verdict = verifyHook(hook, { verifier, secrets, address: ADDRESS }, NOON);
    if (verdict instanceof Promise) throw new Error('nothing has to be fetched for this');
    return verdict;
  };
  const good = hookOf(SECRET);
  const proofs = Object.keys(good.headers).filter((header) => header !== 'content-type');
  const refused = { ok: false, code: 'bad_signature' };

  test('good', () => {
    expect(check(good)).toEqual({ ok: true });
  });

  test('tampered: any byte of the body, any character of a header', () => {
    for (let at = 0; at < good.body.length; at++) {
      const changed = Buffer.from(good.body);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(check({ ...good, body: changed }), changed.toString()).toMatchObject(refused);
    }
    for (const header of proofs) {
      const value = good.headers[header] ?? '';
      for (let at = 0; at < value.length; at++) {
        const changed = `${value.slice(0, at)}${value[at] === '0' ? '1' : '0'}${value.slice(at + 1)}`;
        const verdict = check({ ...good, headers: { ...good.headers, [header]: changed } });
        expect(verdict, `${header}: ${changed}`).toMatchObject(refused);
      }
    }
  });

  test('missing, or empty', () => {
    for (const header of proofs) {
      const { [header]: _left, ...rest } = good.headers;
      expect(check({ ...good, headers: rest }), header).toMatchObject(refused);
      expect(check({ ...good, headers: { ...rest, [header]: '' } }), header).toMatchObject(refused);
    }
    expect(check({ ...good, headers: { 'content-type': contentType } })).toMatchObject(refused);
    expect(check({ ...good, body: Buffer.alloc(0) })).toMatchObject(refused);
  });

  test('a sender without a secret: its prefix with nothing behind it', () => {
    const means = signingPart(verifier);
    if (means.scheme !== 'hmac') return;
    const bare = Object.fromEntries(means.headers.map((header) => [header, means.prefix]));
    for (const secrets of [[SECRET], [toSecret('')], []])
      expect(check({ ...good, headers: { ...good.headers, ...bare } }, secrets)).toMatchObject(refused);
  });

  test('an empty secret never verifies, also what was signed with nothing', () => {
    expect(check(hookOf(toSecret('')), [toSecret('')])).toMatchObject(refused);
    expect(check(good, [])).toMatchObject(refused);
    expect(check(good, [toSecret('')])).toMatchObject(refused);
  });

  test('wrong secret, and one that is being changed', () => {
    expect(check(good, [OTHER])).toMatchObject(refused);
    expect(check(good, [OTHER, toSecret(''), SECRET])).toEqual({ ok: true });
    expect(check(hookOf(OTHER), [SECRET, OTHER])).toEqual({ ok: true });
  });

  test('stale and future, where a time is signed', () => {
    const tolerance = toleranceOf(verifier);
    const at = (ms: number) => check(hookOf(SECRET, new Date(NOON.getTime() + ms)));
    if (tolerance === undefined) {
      expect(at(-10 * 24 * 3_600_000)).toEqual({ ok: true });
      return;
    }
    expect([at(-tolerance), at(tolerance)]).toEqual([{ ok: true }, { ok: true }]);
    expect(at(-tolerance - 1_000)).toMatchObject({ ok: false, code: 'stale_timestamp' });
    expect(at(tolerance + 1_000)).toMatchObject({ ok: false, code: 'stale_timestamp' });
  });

  test('no refusal says a secret or a signature', () => {
    const said = JSON.stringify([
      check(good, [OTHER]),
      check({ ...good, headers: {} }),
      check({ ...good, body: Buffer.from('x') }),
      check(hookOf(SECRET, new Date(0))),
    ]);
    const hidden = [SECRET, OTHER].flatMap((secret) => [
      secret.reveal(),
      ...proofs.map((p) => hookOf(secret).headers[p]),
    ]);
    for (const value of hidden) if ((value ?? '').length > 15) expect(said).not.toContain(value);
  });
});
