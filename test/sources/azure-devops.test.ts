import { describe, expect, test } from 'vitest';
import type { Reading, SourceEvent } from '../../src/core/event.ts';
import { toSecret } from '../../src/core/secret.ts';
import { azureDevops } from '../../src/sources/azure-devops/source.ts';
import { verifierOf } from '../../src/sources/verifier-of.ts';
import { verifyHook } from '../../src/sources/verify.ts';
import { aHook, NOON } from '../builders.ts';
import { sampleHooks } from './sample-hooks.ts';

const read = (body: unknown): Reading =>
  azureDevops.read(
    aHook({
      headers: { 'content-type': 'application/json' },
      body: Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    }),
    {},
  );

function eventOf(body: unknown): SourceEvent {
  const reading = read(body);
  if (reading.kind !== 'events') throw new Error(`it is ${reading.kind}: ${reading.reason}`);
  expect(reading.events).toHaveLength(1);
  return reading.events[0] as SourceEvent;
}

const REPOSITORY = {
  name: 'api',
  project: { name: 'Bells' },
  remoteUrl: 'https://acme@dev.azure.com/acme/Bells/_git/api',
};

describe('samples', () => {
  test.each(sampleHooks('azure-devops'))('$file reads to its event, whole', ({ event, hook }) => {
    const found = eventOf(hook.body);
    expect(found.event).toBe(event);
    expect(found.title).toMatch(/^\S.{5,178}\S$/);
    expect(found.title).not.toMatch(/undefined|Somebody|https?:/);
    expect(found.url).toMatch(/^https:\/\/dev\.azure\.com\//);
    expect(azureDevops.dedupeKey(hook, found)).toMatch(/^[0-9a-f-]{36}\/[0-9a-f-]{36}\/\d+$/);
  });

  test('every event has one', () => {
    const sampled = new Set(sampleHooks('azure-devops').map(({ event }) => event));
    expect(Object.keys(azureDevops.events).filter((event) => !sampled.has(event))).toEqual([]);
  });
});

describe('a pull request', () => {
  const pull = (eventType: string, more: object, text = ''): object => ({
    eventType,
    message: { text },
    resource: {
      repository: REPOSITORY,
      pullRequestId: 12,
      title: 'Ring',
      createdBy: { displayName: 'Mona Lisa' },
      ...more,
    },
  });

  test('has one key over its life, which completing and abandoning end', () => {
    const life = [
      eventOf(pull('git.pullrequest.created', { status: 'active' })),
      eventOf(pull('git.pullrequest.updated', { status: 'active' }, 'Octavia Cat approved pull request 12')),
      eventOf(pull('git.pullrequest.updated', { status: 'completed' }, 'Octavia Cat completed pull request 12')),
    ];
    expect(life.map(({ title, key, state, closes }) => [title, key, state, closes ?? false])).toEqual([
      ['Mona Lisa opened PR #12 in Bells/api: Ring', 'pr:Bells/api#12', 'open', false],
      ['Octavia Cat approved PR #12 in Bells/api: Ring', 'pr:Bells/api#12', 'open', false],
      ['Octavia Cat merged PR #12 in Bells/api: Ring', 'pr:Bells/api#12', 'merged', true],
    ]);
    expect(life[0]?.url).toBe('https://dev.azure.com/acme/Bells/_git/api/pullrequest/12');
  });

  test('is not misread by the words of its title', () => {
    const text = 'Mona Lisa updated pull request 12 (Build abandoned and completed)';
    const event = eventOf(
      pull('git.pullrequest.updated', { status: 'active', title: 'Build abandoned and completed' }, text),
    );
    expect(event.title).toBe('Mona Lisa updated PR #12 in Bells/api: Build abandoned and completed');
  });

  test('of which a merge was only tried is left out, unless something is in its way', () => {
    const tried = (mergeStatus: string): object => pull('git.pullrequest.merged', { status: 'active', mergeStatus });
    expect(read(tried('succeeded'))).toMatchObject({ kind: 'ignored' });
    expect(eventOf(tried('conflicts'))).toMatchObject({
      severity: 'warning',
      state: 'conflicts',
      title: 'PR #12 in Bells/api cannot be merged (conflicts): Ring',
    });
  });
});

test.each([
  ['succeeded', 'info', 'Build api-ci succeeded on main'],
  ['failed', 'error', 'Build api-ci failed on main'],
  ['partiallySucceeded', 'warning', 'Build api-ci succeeded in part on main'],
  ['canceled', 'info', 'Build api-ci was cancelled on main'],
])('a build that is %s is %s', (result, severity, title) => {
  const resource = {
    id: 7,
    result,
    status: 'completed',
    definition: { name: 'api-ci' },
    sourceBranch: 'refs/heads/main',
  };
  expect(eventOf({ eventType: 'build.complete', resource })).toMatchObject({ severity, title, closes: true });
});

test('an event without words of its own has the sender’s sentence for a title, and its link', () => {
  const event = eventOf({
    eventType: 'ms.vss-pipelines.run-state-changed-event',
    message: {
      text: 'Run 20261121.3 succeeded (https://dev.azure.com/x).\r\nmore',
      markdown: 'Run [20261121.3](https://dev.azure.com/acme/run/3) succeeded',
    },
  });
  expect(event).toMatchObject({
    unlisted: true,
    title: 'Run 20261121.3 succeeded',
    url: 'https://dev.azure.com/acme/run/3',
  });
});

test.each([['nonsense{'], [[]], [{}], [{ eventType: '' }], [{ eventType: { a: 1 } }]])('%j cannot be read', (body) => {
  expect(read(body)).toMatchObject({ kind: 'unreadable' });
});

test.each([
  ['bellhop:pass word', true],
  ['other:pass word', false],
  ['bellhop:', false],
  [':pass word', false],
])('as user and password, "%s" lets a hook in: %s', async (written, ok) => {
  const secrets = [toSecret('pass word')];
  const config = { name: 'az', type: 'azure-devops', secrets, autoSecret: false, allowFrom: [] };
  const headers = { authorization: `Basic ${Buffer.from(written).toString('base64')}` };
  const body = Buffer.from('{}');
  const verifier = verifierOf(azureDevops, config);
  expect(await verifyHook(aHook({ headers, body }), verifier, NOON)).toMatchObject({ ok });
  expect(await verifyHook(aHook({ headers: {}, body }), verifier, NOON)).toMatchObject({ ok: false });
});
