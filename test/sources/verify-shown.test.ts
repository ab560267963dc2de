import { describe, expect, test } from 'vitest';
import type { Hook } from '../../src/core/hook.ts';
import { type Secret, toSecret } from '../../src/core/secret.ts';
import type { SharedSecretVerifier, Verifier } from '../../src/core/source.ts';
import { signRequest } from '../../src/sources/sign.ts';
import { verifyHook } from '../../src/sources/verify.ts';
import { aHook, NOON } from '../builders.ts';
import { sourceTypes } from './sample-hooks.ts';

const SECRET = toSecret('correct-horse/battery+staple');
const OTHER = toSecret('another-key-altogether');
const REFUSED = { ok: false, code: 'bad_signature' };

/** Every way of showing the secret itself. */
const WAYS: readonly (readonly [string, SharedSecretVerifier])[] = [
  ['token', { scheme: 'token', header: 'X-Token' }],
  ['bodyToken', { scheme: 'bodyToken', path: 'auth.token' }],
  ['queryToken', { scheme: 'queryToken', name: 'access_token' }],
  ['bearer', { scheme: 'bearer' }],
  ['basic', { scheme: 'basic', user: 'bell:hop' }],
  ['urlToken', { scheme: 'urlToken' }],
];

/** What the types themselves declare, whichever there are, each of their ways by itself. */
const OF_TYPES = [...sourceTypes.values()].flatMap(({ type, verifier }) =>
  waysOf(verifier).map((way): readonly [string, SharedSecretVerifier] => [`type ${type}, ${way.scheme}`, way]),
);

function waysOf(verifier: Verifier): readonly SharedSecretVerifier[] {
  if (verifier.scheme === 'anyOf') return verifier.of.filter(({ scheme }) => scheme !== 'hmac');
  const way = WAYS.map(([, { scheme }]) => scheme).some((scheme) => scheme === verifier.scheme);
  return way ? [verifier as SharedSecretVerifier] : [];
}

describe.each([...WAYS, ...OF_TYPES])('%s', (_name, verifier) => {
  const hookWith = (secret: Secret): Hook => {
    const { headers, body, query, pathToken } = signRequest(verifier, secret, {
      body: Buffer.from('{"a":1}'),
      at: NOON,
      id: '1',
    });
    return aHook({
      headers: { 'content-type': 'application/json', ...headers },
      ...{ body, query, ...(pathToken !== undefined && { pathToken }) },
    });
  };
  const check = (hook: Hook, secrets: readonly Secret[] = [SECRET]) => verifyHook(hook, { verifier, secrets }, NOON);

  test('good, also while it is being changed', () => {
    expect(check(hookWith(SECRET))).toEqual({ ok: true });
    expect(check(hookWith(SECRET), [OTHER, toSecret(''), SECRET])).toEqual({ ok: true });
    expect(check(hookWith(OTHER), [SECRET, OTHER])).toEqual({ ok: true });
  });

  test('missing, empty, wrong, cut short, longer', () => {
    expect(check(aHook({ body: '{"a":1}' }))).toMatchObject(REFUSED);
    for (const written of ['', OTHER.reveal(), SECRET.reveal().slice(0, -1), `${SECRET.reveal()}x`, ' '])
      expect(check(hookWith(toSecret(written))), written).toMatchObject(REFUSED);
  });

  test('an empty secret lets nobody in', () => {
    for (const secrets of [[], [toSecret('')]])
      for (const written of ['', SECRET.reveal()])
        expect(check(hookWith(toSecret(written)), secrets)).toMatchObject(REFUSED);
  });

  test('no refusal says a secret', () => {
    const said = JSON.stringify([check(hookWith(OTHER)), check(aHook()), check(hookWith(SECRET), [OTHER])]);
    for (const secret of [SECRET, OTHER]) expect(said).not.toContain(secret.reveal());
  });
});

test('a choice takes each of its ways, and two halves of two ways are none', () => {
  const gcp = sourceTypes.get('gcp-monitoring')?.verifier;
  if (gcp?.scheme !== 'anyOf') throw new Error('gcp-monitoring');
  const check = (hook: Parameters<typeof aHook>[0]) =>
    verifyHook(aHook(hook), { verifier: gcp, secrets: [SECRET] }, NOON);
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
  expect(check({ headers: basic(`bellhop:${SECRET.reveal()}`) })).toEqual({ ok: true });
  expect(check({ query: { auth_token: SECRET.reveal() } })).toEqual({ ok: true });
  expect(check({ headers: basic('bellhop:wrong'), query: { auth_token: 'wrong' } })).toMatchObject(REFUSED);
  expect(check({ headers: basic('bellhop:'), query: { token: SECRET.reveal() } })).toMatchObject(REFUSED);
});
