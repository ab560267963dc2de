import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { SourceEvent } from '../../src/core/event.ts';
import { toSecret } from '../../src/core/secret.ts';
import { gitlab } from '../../src/sources/gitlab/source.ts';
import { verifyHook } from '../../src/sources/verify.ts';
import { aHook, NOON } from '../builders.ts';
import { sampleHooks } from './sample-hooks.ts';

const samples = sampleHooks('gitlab');
const project = { id: 4021, path_with_namespace: 'acme/api', web_url: 'https://gitlab.example.com/acme/api' };

const hookOf = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  aHook({ source: 'gitlab', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

const readBody = (body: unknown, headers?: Readonly<Record<string, string>>) => gitlab.read(hookOf(body, headers), {});

function eventOf(body: unknown, headers?: Readonly<Record<string, string>>): SourceEvent {
  const reading = readBody(body, headers);
  if (reading.kind !== 'events') throw new Error(`it is ${reading.kind}: ${reading.reason}`);
  const [only] = reading.events;
  if (only === undefined) throw new Error('it gives no event');
  return only;
}

describe('the secret token', () => {
  const verifier = gitlab.verifier;
  const verdictOf = (headers: Readonly<Record<string, string>>, ...secrets: readonly string[]) =>
    verifyHook(hookOf({}, headers), { verifier, secrets: secrets.map(toSecret) }, NOON);

  test('lets in who knows it, while it is rotated too', async () => {
    expect((await verdictOf({ 'x-gitlab-token': 'ding' }, 'ding')).ok).toBe(true);
    expect((await verdictOf({ 'x-gitlab-token': 'ding' }, 'dong', 'ding')).ok).toBe(true);
  });

  test.each([
    ['wrong', { 'x-gitlab-token': 'dong' }, ['ding']],
    ['longer', { 'x-gitlab-token': 'dingdong' }, ['ding']],
    ['missing', {}, ['ding']],
    ['empty', { 'x-gitlab-token': '' }, ['ding']],
    ['empty on both sides', { 'x-gitlab-token': '' }, ['']],
  ] as const)('%s is refused', async (_what, headers, secrets) => {
    expect(await verdictOf(headers, ...secrets)).toMatchObject({ ok: false, code: 'bad_signature' });
  });
});

describe('duplicates', () => {
  const body = { object_kind: 'push', project };
  const hash = createHash('sha256').update(hookOf(body, {}).body).digest('hex');

  test.each([
    ['webhook-id', { 'webhook-id': 'w1', 'idempotency-key': 'k1' }, 'w1'],
    ['Idempotency-Key', { 'idempotency-key': 'k1', 'webhook-id': ' ' }, 'k1'],
    ['X-Gitlab-Event-UUID, which several hooks share, and the body', { 'x-gitlab-event-uuid': 'e1' }, `e1:${hash}`],
    ['nothing', {}, undefined],
  ] as const)('by %s', (_name, headers, key) => {
    expect(gitlab.dedupeKey(hookOf(body, headers), eventOf(body, headers))).toBe(key);
  });
});

describe('left out on purpose', () => {
  const issue = { object_kind: 'issue', event_type: 'issue', project };
  const note = { object_kind: 'note', event_type: 'note', project };

  test.each([
    ['by the header', issue, { 'x-gitlab-event': 'Confidential Issue Hook' }],
    ['by the type', { ...issue, event_type: 'confidential_issue' }, {}],
    ['by the issue', { ...issue, object_attributes: { confidential: true, action: 'open' } }, {}],
    ['by anything that is not false', { ...issue, object_attributes: { confidential: 'true' } }, {}],
    ['a comment by its type', { ...note, event_type: 'confidential_note' }, {}],
    ['a comment that is internal', { ...note, object_attributes: { internal: true } }, {}],
    ['a comment by its issue', { ...note, object_attributes: {}, issue: { confidential: true } }, {}],
    ['a task', { ...issue, object_kind: 'work_item', object_attributes: { confidential: true } }, {}],
  ])('confidential %s', (_how, body, headers) => {
    expect(readBody(body, headers)).toMatchObject({ kind: 'ignored', reason: expect.stringMatching(/confidential/) });
  });

  test.each([
    [{ object_kind: 'pipeline', object_attributes: { status: 'running' }, project }, /pipeline\.success/],
    [{ object_kind: 'pipeline', object_attributes: { status: 'pending' }, project }, /pipeline\.success/],
    [{ object_kind: 'build', build_status: 'created', project }, /job\.success/],
    [{ object_kind: 'build', build_status: 'manual', project }, /does not start by itself/],
    [{ object_kind: 'deployment', status: 'created', project }, /deployment\.running/],
    [{ event_name: 'repository_update', project }, /push/],
  ])('%j', (body, reason) => {
    expect(readBody(body)).toMatchObject({ kind: 'ignored', reason: expect.stringMatching(reason) });
  });

  test('an issue that is not confidential is read', () => {
    expect(eventOf({ ...issue, object_attributes: { confidential: false, action: 'open' } }).event).toBe('issue.open');
  });
});

describe('the event’s name', () => {
  test.each([
    [{ object_kind: 'merge_request', object_attributes: { action: 'open' } }, {}, 'merge_request.open'],
    [{ object_kind: 'merge_request', object_attributes: {} }, {}, 'merge_request.update'],
    [{ event_name: 'push' }, { 'x-gitlab-event': 'System Hook' }, 'push'],
    [{ object_kind: 'build', build_status: 'failed' }, {}, 'job.failed'],
    [{ project }, { 'x-gitlab-event': 'Tag Push Hook' }, 'tag_push'],
    [{ object_kind: 'note', object_attributes: { noteable_type: 'MergeRequest' } }, {}, 'note.merge_request'],
    [{ object_kind: 'note', issue: { iid: 7 } }, {}, 'note.issue'],
    [{ object_kind: 'issue', object_attributes: { action: '../x' } }, {}, 'issue'],
    [{ object_kind: 'feature_flag', action: 'sneaky' }, {}, 'feature_flag'],
  ] as const)('%j with %j is %s', (body, headers, name) => {
    expect(eventOf(body, headers).event).toBe(name);
  });

  test.each([
    ['no name anywhere', {}, {}],
    ['a path', { object_kind: '../../etc' }, { 'x-gitlab-event': 'System Hook' }],
    ['a list', [], {}],
  ] as const)('%s is unreadable', (_what, body, headers) => {
    expect(readBody(body, headers)).toMatchObject({ kind: 'unreadable', reason: expect.stringMatching(/\.$/) });
  });
});

describe('what old servers leave out', () => {
  test('a merge request’s key needs no number of its project', () => {
    const object = { iid: 12, action: 'merge' };
    const target = { path_with_namespace: 'acme/api' };
    const whole = eventOf({ object_kind: 'merge_request', project, object_attributes: object });
    const bare = eventOf({ object_kind: 'merge_request', object_attributes: { ...object, target } });
    const numbered = eventOf({ object_kind: 'merge_request', object_attributes: { ...object, target_project_id: 9 } });
    expect([whole.key, bare.key, numbered.key]).toEqual(['mr:acme/api!12', 'mr:acme/api!12', 'mr:9!12']);
  });

  test('addresses are made of the project’s', () => {
    const urlOf = (body: object) => eventOf({ ...body, project }).url;
    const home = 'https://gitlab.example.com/acme/api/-';
    expect(urlOf({ object_kind: 'pipeline', object_attributes: { id: 31, status: 'failed' } })).toBe(
      `${home}/pipelines/31`,
    );
    expect(urlOf({ object_kind: 'build', build_id: 796, build_status: 'failed' })).toBe(`${home}/jobs/796`);
    expect(urlOf({ object_kind: 'merge_request', object_attributes: { iid: 12 } })).toBe(`${home}/merge_requests/12`);
  });

  test('a job’s repository is found by its page', () => {
    const repository = { homepage: 'https://gitlab.example.com/acme/tower/api/' };
    const { labels, key } = eventOf({ object_kind: 'build', build_id: 7, build_status: 'failed', repository });
    expect(labels.repo).toBe('acme/tower/api');
    expect(labels.owner).toBe('acme/tower');
    expect(key).toBe('job:acme/tower/api#7');
  });
});

describe('a story', () => {
  const stepOf = (file: string) => {
    const { hook } = samples.find((sample) => sample.file === `${file}.json`) ?? {};
    const reading = hook === undefined ? undefined : gitlab.read(hook, {});
    if (reading?.kind !== 'events') throw new Error(file);
    return reading.events.flatMap(({ key, state, closes }) => [key, state, closes === true]);
  };

  test.each([
    ['merge_request.open', ['mr:acme/api!12', 'open', false]],
    ['merge_request.update~draft', ['mr:acme/api!12', 'draft', false]],
    ['note.merge_request', ['mr:acme/api!12', undefined, false]],
    ['merge_request.approved', ['mr:acme/api!12', 'open', false]],
    ['merge_request.merge', ['mr:acme/api!12', 'merged', true]],
    ['merge_request.merge~old', ['mr:acme/api!12', 'merged', true]],
    ['merge_request.close', ['mr:acme/api!12', 'closed', true]],
    ['merge_request.reopen', ['mr:acme/api!12', 'open', false]],
    ['issue.open', ['issue:acme/api#7', 'open', false]],
    ['issue.close', ['issue:acme/api#7', 'closed', true]],
    ['pipeline.manual', ['pipeline:acme/api#88231', 'manual', false]],
    ['pipeline.failed', ['pipeline:acme/api#88231', 'failed', true]],
    ['pipeline.success', ['pipeline:acme/api#88231', 'success', true]],
    ['deployment.running', ['deploy:acme/api#6021', 'running', false]],
    ['deployment.failed', ['deploy:acme/api#6021', 'failed', true]],
  ])('%s', (file, step) => {
    expect(stepOf(file)).toEqual(step);
  });
});

describe('how bad it is', () => {
  test.each([
    ['pipeline.failed', 'error'],
    ['pipeline.canceled', 'info'],
    ['job.failed', 'error'],
    ['job.failed~allowed', 'warning'],
    ['deployment.failed', 'error'],
    ['issue.open', 'info'],
    ['issue.open~incident', 'critical'],
    ['issue.open~incident_unknown', 'warning'],
    ['issue.close~incident', 'info'],
    ['issue.update~severity', 'error'],
    ['push~rewound_main', 'warning'],
    ['push~rewound', 'info'],
    ['access_token.expiring', 'warning'],
    ['vulnerability', 'error'],
  ])('%s is %s', (file, severity) => {
    const { hook } = samples.find((sample) => sample.file === `${file}.json`) ?? {};
    const reading = hook === undefined ? undefined : gitlab.read(hook, {});
    expect(reading?.kind === 'events' ? reading.events.map((event) => event.severity) : []).toEqual([severity]);
  });
});
