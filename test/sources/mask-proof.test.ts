import { describe, expect, it } from 'vitest';
import type { Verifier } from '../../src/core/source.ts';
import { maskProof, withoutToken } from '../../src/sources/mask-proof.ts';
import { aHook } from '../builders.ts';
import { sourceTypes } from './sample-hooks.ts';

const MULTIPART = '--x\r\ncontent-disposition: form-data; name="token"\r\n\r\np4ss\r\n--x--\r\n';

const CASES: readonly (readonly [string, Verifier, Parameters<typeof aHook>[0], object])[] = [
  [
    'a header of its own',
    { scheme: 'token', header: 'X-Gate' },
    { headers: { 'x-gate': 'p4ss', 'x-other': 'o' } },
    { headers: { 'x-gate': '‹secret›', 'x-other': 'o' } },
  ],
  [
    'a field of the query',
    { scheme: 'queryToken', name: 'k' },
    { query: { k: 'p4ss', a: '1' } },
    { query: { k: '‹secret›', a: '1' } },
  ],
  [
    'a path of a document, which is the only thing that changes',
    { scheme: 'bodyToken', path: 'auth.0.key' },
    { body: { auth: [{ key: 'p4ss' }], note: 'p4ss' } },
    { body: '{"auth":[{"key":"‹secret›"}],"note":"p4ss"}' },
  ],
  [
    'a field of a form',
    { scheme: 'bodyToken', path: 'token' },
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1&token=p4ss' },
    { body: 'a=1&token=%E2%80%B9secret%E2%80%BA' },
  ],
  [
    'a body that nothing can be put into',
    { scheme: 'bodyToken', path: 'token' },
    { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: MULTIPART },
    { body: '‹secret›' },
  ],
  [
    'a document in a field of a form',
    { scheme: 'bodyToken', path: 'token' },
    {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'payload=%7B%22token%22%3A%22p4ss%22%7D',
    },
    { body: '‹secret›' },
  ],
  [
    'a multipart body that looks like a form',
    { scheme: 'bodyToken', path: 'token' },
    { headers: { 'content-type': 'multipart/form-data; boundary="=x"' }, body: MULTIPART.replaceAll('--x', '--=x') },
    { body: '‹secret›' },
  ],
  [
    'the query of a request without a body',
    { scheme: 'bodyToken', path: 'k' },
    { query: { k: 'p4ss', a: '1' }, body: '' },
    { query: { k: '‹secret›', a: '1' } },
  ],
  [
    'a document in a field of the query',
    { scheme: 'bodyToken', path: 'k' },
    { query: { payload: '{"k":"p4ss"}' }, body: '' },
    { query: { payload: '‹secret›' } },
  ],
  ['a body without it', { scheme: 'bodyToken', path: 'token' }, { body: '{"a" : 1}' }, { body: '{"a" : 1}' }],
  [
    'every place of a choice',
    {
      scheme: 'anyOf',
      of: [
        { scheme: 'queryToken', name: 'k' },
        { scheme: 'token', header: 'x-gate' },
      ],
    },
    { query: { k: 'p4ss' }, headers: { 'x-gate': 'p4ss' } },
    { query: { k: '‹secret›' }, headers: { 'x-gate': '‹secret›' } },
  ],
];

describe('what proves a sender is masked', () => {
  it.each(CASES)('in %s', (_place, verifier, hook, shown) => {
    const { body, ...rest } = maskProof(aHook(hook), verifier);
    expect({ ...rest, body: body.toString() }).toMatchObject(shown);
  });

  it('in the signature headers of every type that signs with data', () => {
    for (const { verifier, type } of sourceTypes.values()) {
      if (verifier.scheme !== 'hmac') continue;
      for (const header of verifier.headers)
        expect(maskProof(aHook({ headers: { [header]: 's1gn' } }), verifier).headers, type).toEqual({
          [header]: '‹secret›',
        });
    }
  });
});

it('a hook is kept without the tokens in its address', () => {
  const verifier: Verifier = {
    scheme: 'anyOf',
    of: [
      { scheme: 'basic', user: 'x' },
      { scheme: 'queryToken', name: 'k' },
    ],
  };
  const hook = aHook({ query: { k: 'p4ss', a: '1' }, pathToken: 'p4ss' });
  expect(JSON.stringify(withoutToken(hook, verifier))).not.toContain('p4ss');
  expect(withoutToken(hook, verifier).query).toEqual({ a: '1' });
});

it.each([
  [
    'a document, whose big numbers keep their digits',
    { body: '{"key":"p4ss","id":12345678901234567890}' },
    '{"id":"12345678901234567890"}',
  ],
  ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'key=p4ss&a=1' }, 'a=1'],
  [
    'a multipart body, as JSON',
    {
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: MULTIPART.replace('--x--', '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--').replace(
        'token',
        'key',
      ),
    },
    '{"a":"1"}',
  ],
  [
    'a document in a field of a form, as JSON',
    {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'payload=%7B%22key%22%3A%22p4ss%22%2C%22a%22%3A1%7D',
    },
    '{"a":1}',
  ],
  [
    'a form of nothing else',
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'key=p4ss' },
    '{}',
  ],
  ['a document without it, as it is', { body: '{"a" : 1}' }, '{"a" : 1}'],
])('a hook is kept without the token in %s', (_what, hook, kept) => {
  expect(withoutToken(aHook(hook), { scheme: 'bodyToken', path: 'key' }).body.toString()).toBe(kept);
});

it('a hook without a body is kept without the token among its fields', () => {
  const hook = aHook({ query: { key: 'p4ss', a: '1' }, body: '' });
  expect(withoutToken(hook, { scheme: 'bodyToken', path: 'key' }).query).toEqual({ a: '1' });
});
