import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { SourceEvent } from '../../src/core/event.ts';
import type { Hook } from '../../src/core/hook.ts';
import { toSecret } from '../../src/core/secret.ts';
import { gitea } from '../../src/sources/gitea/source.ts';
import { verifyHook } from '../../src/sources/verify.ts';
import { aHook, NOON } from '../builders.ts';
import { sampleHooks } from './sample-hooks.ts';

const samples = sampleHooks('gitea').map(({ file, event, hook }) => ({
  name: file.slice(0, -'.json'.length),
  event,
  hook: { ...hook, headers: lowerCase(hook.headers) },
}));

function lowerCase(headers: Hook['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value ?? '']));
}

function sampleNamed(name: string): Hook {
  const found = samples.find((sample) => sample.name === name);
  if (found === undefined) throw new Error(`there is no sample ${name}`);
  return found.hook;
}

function eventOf(hook: Hook): SourceEvent {
  const reading = gitea.read(hook, {});
  if (reading.kind !== 'events') throw new Error(`${reading.kind}: ${reading.reason}`);
  const [only] = reading.events;
  if (only === undefined) throw new Error('no event');
  return only;
}

const bodyOf = (name: string) => JSON.parse(sampleNamed(name).body.toString());

describe('the signature', () => {
  const BODY = '{"action":"opened"}';
  const secret = toSecret('It is a secret');
  const signed = (body: string, by = 'It is a secret'): string => createHmac('sha256', by).update(body).digest('hex');
  const verdict = (headers: Record<string, string>, body = BODY, secrets = [secret]) =>
    verifyHook(aHook({ headers, body }), { verifier: gitea.verifier, secrets }, NOON);

  test.each(['x-gitea-signature', 'x-forgejo-signature', 'x-gogs-signature'])('is bare hex in %s', (header) => {
    expect(verdict({ [header]: signed(BODY) })).toEqual({ ok: true });
  });

  test('fits one of two secrets while they are rotated', () => {
    const secrets = [toSecret('the new one'), secret];
    expect(verdict({ 'x-gitea-signature': signed(BODY) }, BODY, secrets)).toEqual({ ok: true });
  });

  test.each([
    ['of another body', { 'x-gitea-signature': signed('{"action":"closed"}') }, /does not fit/],
    ['with another secret', { 'x-gitea-signature': signed(BODY, 'guessed') }, /does not fit/],
    ['with a prefix', { 'x-gitea-signature': `sha256=${signed(BODY)}` }, /holds no hex signature/],
    ['that is missing', {}, /is missing/],
    ['that is empty, as it is without a secret', emptySignatures(), /is missing/],
  ])('%s is refused', (_what, headers, reason) => {
    expect(verdict(headers)).toMatchObject({ ok: false, code: 'bad_signature', reason: expect.stringMatching(reason) });
  });

  test('an empty header is passed over for one that signs', () => {
    expect(verdict({ 'x-gitea-signature': '', 'x-gogs-signature': signed(BODY) })).toEqual({ ok: true });
  });

  test('an empty secret verifies nothing, not even its own signature', () => {
    // Node signs with an empty key, too.
    const empty = createHmac('sha256', '').update(BODY).digest('hex');
    expect(verdict({ 'x-gitea-signature': empty }, BODY, [toSecret('')])).toMatchObject({ ok: false });
  });

  const form = { 'x-gitea-signature': signed(BODY), 'content-type': 'application/x-www-form-urlencoded' };
  const carried = `payload=${encodeURIComponent(BODY)}`;

  test('is of the JSON that a form carries, not of the form', () => {
    expect(verdict(form, carried)).toEqual({ ok: true });
    expect(verdict({ ...form, 'x-gitea-signature': signed(carried) }, carried)).toMatchObject({ ok: false });
  });

  test.each([`${carried}&payload=%7B%7D`, `payload=%7B%7D&${carried}`, `<a/>&${carried}`, `a=1&${carried}`])(
    'covers no form with something beside it: %s',
    (body) => {
      expect(verdict(form, body)).toMatchObject({ ok: false, code: 'bad_signature' });
    },
  );

  test('is of the JSON in the query, by GET', () => {
    const hook = (payload: string) => aHook({ method: 'GET', headers: form, query: { payload }, body: '' });
    const source = { verifier: gitea.verifier, secrets: [secret] };
    expect(verifyHook(hook(BODY), source, NOON)).toEqual({ ok: true });
    expect(verifyHook(hook('{"action":"closed"}'), source, NOON)).toMatchObject({ code: 'bad_signature' });
    expect(verifyHook(aHook({ method: 'GET', headers: form, body: '' }), source, NOON)).toMatchObject({ ok: false });
  });

  test('a form and a query read as the JSON that they carry', () => {
    const { headers, body } = sampleNamed('push');
    const text = body.toString();
    const inForm = aHook({ headers: { ...headers, ...form }, body: `payload=${encodeURIComponent(text)}` });
    const inQuery = aHook({ method: 'GET', headers, query: { payload: text }, body: '' });
    const titles = [sampleNamed('push'), inForm, inQuery].map((hook) => eventOf(hook).title);
    expect(new Set(titles).size).toBe(1);
  });

  function emptySignatures(): Record<string, string> {
    return { 'x-gitea-signature': '', 'x-gogs-signature': '', 'x-hub-signature-256': 'sha256=' };
  }
});

describe('what it is called', () => {
  const PULL = { action: 'reviewed', pull_request: { number: 12 }, repository: { full_name: 'acme/api' } };
  const named = (headers: Record<string, string>, body: unknown): string => eventOf(aHook({ headers, body })).event;

  test.each(['x-gitea-event', 'x-forgejo-event', 'x-gogs-event', 'x-github-event'])('is read from %s', (header) => {
    expect(named({ [header]: 'issues' }, bodyOf('issues.opened'))).toBe('issues.opened');
  });

  test.each([
    ['issue_label', 'issues.label_updated'],
    ['issue_assign', 'issues.assigned'],
    ['issue_milestone', 'issues.milestoned'],
    ['pull_request_label', 'pull_request.label_updated'],
    ['pull_request_sync', 'pull_request.synchronized'],
    ['pull_request_review_request', 'pull_request.review_requested'],
  ])('the finer %s is the same as the coarse name', (sent, event) => {
    expect(named({ 'x-gitea-event': sent }, bodyOf(event))).toBe(event);
  });

  test.each([
    ['pull_request_approved', undefined, 'pull_request_review_approved'],
    ['pull_request_review_rejected', undefined, 'pull_request_review_rejected'],
    ['pull_request_comment', undefined, 'pull_request_review_comment'],
    ['pull_request_review', 'pull_request_review_rejected', 'pull_request_review_rejected'],
    ['pull_request_review', 'something new', 'pull_request_review_comment'],
    ['pull_request', 'pull_request_review_approved', 'pull_request_review_approved'],
  ])('a review sent as %s with %s', (sent, type, event) => {
    expect(named({ 'x-gitea-event': sent }, { ...PULL, review: { type, content: '' } })).toBe(event);
  });

  test('pull_request_comment with a comment is one in the conversation', () => {
    const body = bodyOf('issue_comment.created~pull_request');
    expect(named({ 'x-gitea-event': 'pull_request_comment' }, body)).toBe('issue_comment.created');
  });

  test('an empty header gives way to the finer one', () => {
    expect(named({ 'x-gitea-event': '', 'x-gitea-event-type': 'package' }, bodyOf('package.created'))).toBe(
      'package.created',
    );
  });

  test.each([
    [{}, {}, /header is missing/],
    [{ 'x-gitea-event': '../x' }, { sender: {} }, /no event name/],
    [{ 'x-gitea-event': 'push' }, [], /no JSON object/],
    [{ 'x-gitea-event': 'push' }, { text: 'hi' }, /no payload of Gitea/],
    [{ 'x-gitea-event': 'push', 'content-type': 'application/json' }, '{', /\.$/],
  ])('%j with %j is unreadable', (headers, body, reason) => {
    expect(gitea.read(aHook({ headers, body }), {})).toEqual({
      kind: 'unreadable',
      reason: expect.stringMatching(reason),
    });
  });
});

test('a delivery is known again by its id, under any of its names', () => {
  const hook = sampleNamed('push~forgejo');
  const id = hook.headers['x-gitea-delivery'];
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(gitea.dedupeKey(hook, eventOf(hook))).toBe(id);
  for (const name of ['x-forgejo-delivery', 'x-gogs-delivery', 'x-github-delivery'])
    expect(gitea.dedupeKey(aHook({ headers: { 'x-gitea-delivery': '', [name]: ' 7 ' } }), eventOf(hook))).toBe('7');
  expect(gitea.dedupeKey(aHook(), eventOf(hook))).toBeUndefined();
});

test('an issue, its comments, a pull request and its reviews each tell one story', () => {
  const keys = (names: readonly string[]) => new Set(names.map((name) => eventOf(sampleNamed(name)).key));
  expect(keys(['issues.opened', 'issue_comment.created', 'issues.closed'])).toEqual(new Set(['issue:acme/api#7']));
  const pulls = ['pull_request.opened', 'issue_comment.created~pull_request', 'pull_request_review_approved'];
  expect(keys([...pulls, 'pull_request.merged'])).toEqual(new Set(['pr:acme/api#12']));
  expect(eventOf(sampleNamed('pull_request.merged'))).toMatchObject({ state: 'merged', closes: true });
  expect(eventOf(sampleNamed('pull_request.closed'))).toMatchObject({ state: 'closed', closes: true });
  expect(eventOf(sampleNamed('pull_request.reopened')).closes).toBeUndefined();
});

test('a fork is news of the repository that was forked', () => {
  expect(eventOf(sampleNamed('fork')).labels).toMatchObject({ repo: 'acme/api', fork: 'noor/api', author: 'noor' });
});

test('commits are told oldest first, whichever way they came', () => {
  const { body, ...hook } = sampleNamed('push');
  const payload = JSON.parse(body.toString());
  const turned = { ...payload, commits: payload.commits.toReversed() };
  const messages = (sent: unknown) =>
    (eventOf(aHook({ ...hook, body: sent })).facts.commits as readonly { readonly message: string }[]).map(
      ({ message }) => message,
    );
  expect(messages(payload)).toEqual(['Hang the bell', 'Tune the bell to A4', 'Ring twice on a release']);
  expect(messages(turned)).toEqual(messages(payload));
});

test('who did it is found where Gogs names no sender', () => {
  const { sender: _, ...unsent } = bodyOf('issue_comment.created');
  expect(eventOf(aHook({ headers: { 'x-gogs-event': 'issue_comment' }, body: unsent })).title).toBe(
    'noor commented on issue #7 in acme/api: The bell rings twice',
  );
});
