import { describe, expect, test } from 'vitest';
import type { Reading, SourceEvent } from '../../src/core/event.ts';
import { toSecret } from '../../src/core/secret.ts';
import { nameOfKey } from '../../src/sources/bitbucket/event-keys.ts';
import { bitbucket } from '../../src/sources/bitbucket/source.ts';
import { signHook } from '../../src/sources/sign.ts';
import { verifyHook } from '../../src/sources/verify.ts';
import { aHook, NOON } from '../builders.ts';
import { sampleHooks } from './sample-hooks.ts';

const CLOUD = {
  actor: { display_name: 'Mona Lisa', nickname: 'mona' },
  repository: { full_name: 'acme/api', links: { html: { href: 'https://bitbucket.org/acme/api' } } },
};

const read = (key: string, body: unknown): Reading =>
  bitbucket.read(
    aHook({
      headers: { 'content-type': 'application/json', ...(key !== '' && { 'x-event-key': key }) },
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    }),
    {},
  );

function eventOf(key: string, body: unknown): SourceEvent {
  const reading = read(key, body);
  if (reading.kind !== 'events') throw new Error(`${key} is ${reading.kind}: ${reading.reason}`);
  expect(reading.events).toHaveLength(1);
  return reading.events[0] as SourceEvent;
}

describe('names of events', () => {
  test.each([
    ['pullrequest:created', 'pr:opened', 'pullrequest.created'],
    ['pullrequest:updated', 'pr:modified', 'pullrequest.updated'],
    ['pullrequest:fulfilled', 'pr:merged', 'pullrequest.merged'],
    ['pullrequest:rejected', 'pr:declined', 'pullrequest.declined'],
    ['pullrequest:approved', 'pr:reviewer:approved', 'pullrequest.approved'],
    ['pullrequest:changes_request_created', 'pr:reviewer:needs_work', 'pullrequest.changes_requested'],
    ['pullrequest:comment_created', 'pr:comment:added', 'pullrequest.comment.created'],
    ['repo:push', 'repo:refs_changed', 'repo.push'],
    ['repo:fork', 'repo:forked', 'repo.forked'],
    ['repo:commit_comment_created', 'repo:comment:added', 'repo.commit_comment.created'],
  ])('%s and %s are %s', (cloud, dataCenter, name) => {
    expect([nameOfKey(cloud), nameOfKey(dataCenter), nameOfKey(name)]).toEqual([name, name, name]);
    expect(bitbucket.events).toHaveProperty([name]);
  });

  test.each(['', '../../etc', 'repo:', 'Repo:Push', `${'a'.repeat(41)}:b`, 'a:b:c:d:e'])('"%s" is none', (key) => {
    expect(nameOfKey(key)).toBeUndefined();
  });
});

describe('samples', () => {
  test.each(sampleHooks('bitbucket'))('$file reads to its event, whole', ({ event, hook }) => {
    const reading = bitbucket.read(hook, {});
    if (reading.kind !== 'events') throw new Error(`it is ${reading.kind}: ${reading.reason}`);
    const [read] = reading.events;
    expect(read?.event).toBe(event);
    expect(read?.title).toMatch(/^\S.{5,178}\S$/);
    if (event.startsWith('project.')) return;
    if (event !== 'diagnostics.ping') {
      expect(read?.url).toMatch(/^https:\/\//);
      expect(String(read?.labels.repo)).toMatch(/^(acme|BELL)\/api$/);
    }
    expect(bitbucket.dedupeKey(hook, read as SourceEvent)).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('every event has one', () => {
    const sampled = new Set(sampleHooks('bitbucket').map(({ event }) => event));
    expect(Object.keys(bitbucket.events).filter((event) => !sampled.has(event))).toEqual([]);
  });
});

describe('a pull request', () => {
  const body = (state: string): object => ({ ...CLOUD, pullrequest: { id: 12, title: 'Ring', state } });

  test('has one key over its life, which merging, declining and deleting end', () => {
    const life = [
      eventOf('pullrequest:created', body('OPEN')),
      eventOf('pullrequest:approved', body('OPEN')),
      eventOf('pullrequest:comment_created', { ...body('OPEN'), comment: { content: { raw: 'Nice' } } }),
      eventOf('pullrequest:fulfilled', body('MERGED')),
    ];
    expect(life.map(({ key, state, closes }) => [key, state, closes ?? false])).toEqual([
      ['pr:acme/api#12', 'open', false],
      ['pr:acme/api#12', 'approved', false],
      ['pr:acme/api#12', undefined, false],
      ['pr:acme/api#12', 'merged', true],
    ]);
    expect(eventOf('pullrequest:rejected', body('DECLINED')).closes).toBe(true);
  });

  test('of Data Center says when, and its link stands for its repository', () => {
    const event = eventOf('pr:declined', {
      eventKey: 'pr:declined',
      date: '2026-11-21T10:41:07+0100',
      actor: { name: 'mona', displayName: 'Mona Lisa' },
      pullRequest: {
        id: 3,
        title: 'Ring',
        toRef: { displayId: 'main', repository: { slug: 'api', project: { key: '~mona' } } },
        links: { self: [{ href: 'https://bb.example.com/users/mona/repos/api/pull-requests/3' }] },
      },
    });
    expect(event).toMatchObject({
      title: 'Mona Lisa declined PR #3 in ~mona/api: Ring',
      key: 'pr:~mona/api#3',
      url: 'https://bb.example.com/users/mona/repos/api/pull-requests/3',
      at: new Date('2026-11-21T09:41:07Z'),
      labels: { author: 'mona', owner: '~mona', base: 'main' },
    });
  });
});

describe('a commit status', () => {
  const status = (state: string): object => ({
    ...CLOUD,
    commit_status: {
      name: 'Unit tests',
      key: 'UNIT',
      state,
      url: 'https://ci.example.com/7',
      refname: 'main',
      links: { commit: { href: `https://api.bitbucket.org/2.0/repositories/acme/api/commit/${'ab'.repeat(20)}` } },
    },
  });

  test('is ignored while the build runs', () => {
    expect(read('repo:commit_status_created', status('INPROGRESS'))).toEqual({
      kind: 'ignored',
      reason: 'A build has only begun: how it ends arrives as another commit status.',
    });
  });

  test.each([
    ['SUCCESSFUL', 'info', 'Build Unit tests passed on main in acme/api'],
    ['FAILED', 'error', 'Build Unit tests failed on main in acme/api'],
    ['STOPPED', 'info', 'Build Unit tests was stopped on main in acme/api'],
  ])('%s is %s', (state, severity, title) => {
    const event = eventOf('repo:commit_status_updated', status(state));
    expect(event).toMatchObject({ severity, title, state: state.toLowerCase(), closes: true });
    expect(event.key).toBe('build:acme/api@abababa:UNIT');
    expect(event.url).toBe('https://ci.example.com/7');
  });
});

describe('a push', () => {
  const branch = (name: string, forced = false): object => ({
    old: { type: 'branch', name },
    new: { type: 'branch', name, target: { hash: 'ab'.repeat(20), message: 'Ring\n' } },
    forced,
  });
  const tag = { old: null, new: { type: 'tag', name: 'v1' }, created: true };
  const push = (...changes: readonly object[]): SourceEvent => eventOf('repo:push', { ...CLOUD, push: { changes } });

  test('of several branches and tags is one message that routes find by any of them', () => {
    const event = push(branch('main'), branch('feat/bell'), tag);
    expect(event.title).toBe('Mona Lisa changed 2 branches and 1 tag in acme/api: main, feat/bell, v1');
    expect(event.labels).toMatchObject({
      branch: ['main', 'feat/bell'],
      tag: ['v1'],
      created: 'true',
      forced: 'false',
    });
  });

  test('that rewrites the main branch is a warning, of another branch it is not', () => {
    expect(push(branch('main', true)).severity).toBe('warning');
    expect(push(branch('feat/bell', true)).severity).toBe('info');
    const named = { ...CLOUD, repository: { ...CLOUD.repository, mainbranch: { name: 'trunk' } } };
    const forced = (name: string): object => ({ ...named, push: { changes: [branch(name, true)] } });
    expect(eventOf('repo:push', forced('trunk')).severity).toBe('warning');
    expect(eventOf('repo:push', forced('main')).severity).toBe('info');
  });

  test('of nothing that can be read still says who and where', () => {
    expect(push().title).toBe('Mona Lisa pushed in acme/api');
    expect(eventOf('repo:push', CLOUD).title).toBe('Mona Lisa pushed in acme/api');
  });
});

describe('what else comes', () => {
  test('an event without words of its own has a title all the same', () => {
    expect(eventOf('repo:imported', CLOUD)).toMatchObject({
      event: 'repo.imported',
      unlisted: true,
      title: 'Mona Lisa imported repo in acme/api',
      url: 'https://bitbucket.org/acme/api',
    });
    const pull = { ...CLOUD, pullrequest: { id: 12, title: 'Ring' } };
    expect(eventOf('pullrequest:auto_merge', pull)).toMatchObject({
      title: 'Pullrequest auto merge on PR #12 in acme/api by Mona Lisa: Ring',
      key: 'pr:acme/api#12',
    });
  });

  test.each(['mirror:repo_synchronized', 'pr:to_ref_updated'])('%s is left out with a reason', (key) => {
    expect(read(key, { eventKey: key, repository: {} })).toMatchObject({ kind: 'ignored' });
  });

  test('Data Center’s body names its event where the header is missing; Cloud’s does not', () => {
    expect(eventOf('', { eventKey: 'pr:opened', actor: { name: 'mona' }, pullRequest: {} }).event).toBe(
      'pullrequest.created',
    );
    expect(read('', CLOUD)).toMatchObject({ kind: 'unreadable' });
  });

  test.each([
    ['repo:push', 'nonsense{'],
    ['repo:push', []],
    ['repo:push', { hello: 'world' }],
    ['pr:opened', { hello: 'world' }],
    ['no key!', CLOUD],
  ])('%s with %j cannot be read', (key, body) => {
    expect(read(key, body)).toMatchObject({ kind: 'unreadable' });
  });

  test('text that only Bitbucket’s editor understands is made readable', () => {
    const raw = "@{557058:2f1c} see [it](https://bell.example.com){: data-inline-card='' }";
    const body = { ...CLOUD, pullrequest: { id: 12, title: 'Ring' }, comment: { content: { raw } } };
    expect(eventOf('pullrequest:comment_created', body).facts.body).toBe(
      '@somebody see [it](https://bell.example.com)',
    );
  });
});

describe('the signature', () => {
  const secret = toSecret('a secret that only tests have');
  const source = { verifier: bitbucket.verifier, secrets: [secret] };
  const body = Buffer.from(JSON.stringify(CLOUD));
  const signed = signHook(bitbucket.verifier, secret, { body, at: NOON, id: 'x' });

  test('fits its body and no other', async () => {
    expect(await verifyHook(aHook({ headers: signed, body }), source, NOON)).toEqual({ ok: true });
    const other = Buffer.from(`${body.toString()} `);
    expect(await verifyHook(aHook({ headers: signed, body: other }), source, NOON)).toMatchObject({
      code: 'bad_signature',
    });
  });

  test.each([[''], ['sha256='], [`sha1=${'a'.repeat(40)}`]])('"%s" is none', async (given) => {
    const hook = aHook({ headers: { 'x-hub-signature': given }, body });
    expect(await verifyHook(hook, source, NOON)).toMatchObject({ ok: false, code: 'bad_signature' });
  });
});
