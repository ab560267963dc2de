import { describe, expect, test } from 'vitest';
import type { Reading, SourceEvent } from '../../src/core/event.ts';
import { toSecret } from '../../src/core/secret.ts';
import { sentry } from '../../src/sources/sentry/source.ts';
import { signRequest } from '../../src/sources/sign.ts';
import { verifyHook } from '../../src/sources/verify.ts';
import { aHook, NOON } from '../builders.ts';

const read = (resource: string | undefined, body: unknown, headers: Record<string, string> = {}): Reading =>
  sentry.read(
    aHook({
      source: 'sentry',
      body,
      at: NOON,
      headers: {
        'content-type': 'application/json',
        ...headers,
        ...(resource !== undefined && { 'sentry-hook-resource': resource }),
      },
    }),
    {},
  );

function readOne(resource: string | undefined, body: unknown, headers?: Record<string, string>): SourceEvent {
  const reading = read(resource, body, headers);
  const [event] = reading.kind === 'events' ? reading.events : [];
  if (event === undefined) throw new Error(JSON.stringify(reading));
  return event;
}

const anIssue = (over: object = {}) => ({ data: { issue: { id: '7', title: 'TypeError: x', ...over } } });

describe('the link to an issue', () => {
  test.each([
    [
      'is its page',
      { web_url: 'https://acme.sentry.io/issues/7/', permalink: 'https://p.example/' },
      'https://acme.sentry.io/issues/7/',
    ],
    ['is its permalink', { permalink: 'https://p.example/7/' }, 'https://p.example/7/'],
    [
      'is built from an address for programs that names the organization',
      {
        permalink: null,
        url: 'https://s.example/api/0/issues/7/',
        project_url: 'https://s.example/api/0/projects/acme/shop/',
      },
      'https://s.example/organizations/acme/issues/7/',
    ],
    ['is nothing without an organization', { url: 'https://s.example/api/0/issues/7/' }, undefined],
    ['is nothing that runs', { web_url: 'javascript:alert(1)' }, undefined],
    [
      'is built of numbers alone',
      { id: '7/../x', url: 'https://s.example/api/0/organizations/acme/issues/7/' },
      undefined,
    ],
  ])('%s', (_name, issue, url) => {
    expect(readOne('issue', { action: 'created', ...anIssue(issue) }).url).toBe(url);
  });
});

test('an alert, a comment and what becomes of an issue tell one story, in whatever order they come', () => {
  const told = [
    readOne('issue', { action: 'resolved', ...anIssue() }),
    readOne('event_alert', { action: 'triggered', data: { event: { issue_id: '7', title: 'TypeError: x' } } }),
    readOne('comment', { action: 'created', data: { issue_id: 7, comment: 'Mine.' } }),
    readOne('issue', { action: 'ignored', ...anIssue() }),
    readOne('issue', { action: 'unresolved', ...anIssue({ substatus: 'regressed' }) }),
  ];
  expect(told.map(({ event, key, state, closes }) => [event, key, state, closes])).toEqual([
    ['issue.resolved', 'issue:7', 'resolved', true],
    ['event_alert.triggered', 'issue:7', 'unresolved', undefined],
    ['comment.created', 'issue:7', undefined, undefined],
    ['issue.archived', 'issue:7', 'archived', true],
    ['issue.unresolved', 'issue:7', 'unresolved', undefined],
  ]);
});

test.each([
  ['fatal', 'critical'],
  ['error', 'error'],
  ['warning', 'warning'],
  ['info', 'info'],
  ['debug', 'info'],
  ['sample', 'info'],
  [null, 'error'],
])('level %s is %s', (level, severity) => {
  expect(readOne('issue', { action: 'created', ...anIssue({ level }) }).severity).toBe(severity);
});

test.each([
  ['pairs', [['environment', 'prod']]],
  ['objects', [{ key: 'environment', value: 'prod' }]],
  ['a mess', [null, ['environment'], { key: 7 }, ['environment', 'prod', 'x'], ['environment', 'prod']]],
])('tags are read as %s', (_name, tags) => {
  const event = readOne('event_alert', { action: 'triggered', data: { event: { title: 'TypeError: x', tags } } });
  expect(event.labels.env).toBe('prod');
  expect(event.title).toBe('Alert: TypeError: x (prod)');
});

test('when it was sent is when it was, and nonsense is not', () => {
  const body = { action: 'created', ...anIssue() };
  expect(readOne('issue', body, { 'sentry-hook-timestamp': '1763726400' }).at.toISOString()).toBe(
    '2025-11-21T12:00:00.000Z',
  );
  expect(readOne('issue', body, { 'sentry-hook-timestamp': 'soon' }).at).toEqual(NOON);
});

test('single errors are left out, and said why', () => {
  expect(read('error', { action: 'created', data: { error: { title: 'TypeError: x' } } })).toEqual({
    kind: 'ignored',
    reason: sentry.ignores['error.created'],
  });
});

test('what is new at Sentry goes out all the same', () => {
  const event = readOne('seer', { action: 'pr_created', data: { group_id: 7, title: 'Import total' } });
  expect(event).toMatchObject({ event: 'seer.pr_created', unlisted: true, title: 'Import total' });
});

test.each([
  ['no object', 'issue', '[]'],
  ['an object of somebody else', undefined, '{"action":"created"}'],
])('%s is refused with a sentence', (_name, resource, body) => {
  expect(read(resource, body)).toEqual({
    kind: 'unreadable',
    reason: 'There is no header Sentry-Hook-Resource, or the body is no JSON object.',
  });
});

test.each(['issue', 'event_alert', 'metric_alert', 'comment'])(
  'a %s without anything in it is still an event',
  (resource) => {
    const action = { issue: 'created', event_alert: 'triggered', metric_alert: 'critical', comment: 'created' }[
      resource
    ];
    for (const data of [null, {}, { issue: 7, event: [], metric_alert: 'x' }])
      expect(readOne(resource, { action, data }).event).toBe(`${resource}.${action}`);
  },
);

test('the plugin, which signs nothing, proves itself by the address', () => {
  const secret = toSecret('client-secret-of-acme');
  const body = Buffer.from('{"id":"7","event":{"title":"TypeError: x"}}');
  const signed = signRequest(sentry.verifier, secret, { body, at: NOON, id: '1' });
  const headers = 'headers' in signed ? signed.headers : {};
  expect(Object.keys(headers)).toEqual(['sentry-hook-signature']);
  const source = { verifier: sentry.verifier, secrets: [secret] };
  expect(verifyHook(aHook({ body, headers }), source, NOON)).toEqual({ ok: true });
  expect(verifyHook(aHook({ body, pathToken: 'client-secret-of-acme' }), source, NOON)).toEqual({ ok: true });
  expect(verifyHook(aHook({ body, pathToken: 'wrong' }), source, NOON)).toMatchObject({ ok: false });
});
