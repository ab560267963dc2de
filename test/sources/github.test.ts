import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { github } from '../../src/sources/github/source.ts';
import { aHook, NOON } from '../builders.ts';
import { BROKEN_TITLE, readEvent, readSample, sampleNamed, samples } from './github-samples.ts';

describe('samples', () => {
  test.each(samples.map(({ name }) => name))('%s reads to the event of its name', (name) => {
    const event = readSample(name);
    expect(event.event).toBe(sampleNamed(name).event);
    expect(event.unlisted).toBeUndefined();
    expect(event.title).not.toBe('');
    expect(event.title).not.toMatch(BROKEN_TITLE);
    expect(event.title.length).toBeLessThan(320);
    if (name !== 'ping~organization') {
      expect(event.url).toMatch(/^https:\/\//);
      expect(event.labels.repo).toBe('acme/api');
    }
    expect(event.labels.owner).toBe('acme');
    expect(event.labels.author).toMatch(/^[\w[\]-]+$/);
    if (!/^(push|create|delete|star|ping)/.test(name))
      expect(event.key).toMatch(/^[a-z-]+(:[a-z-]+)?:acme\/api[#@]\S+$/);
    expect(String(event.facts.body ?? '').length).toBeLessThanOrEqual(500);
  });

  test('every listed event has a sample and a template', () => {
    const templates = (event: string) => [event, event.replace(/\.[^.]+$/, '')];
    for (const event of Object.keys(github.events)) {
      expect(
        samples.some((sample) => sample.event === event),
        `a sample of ${event}`,
      ).toBe(true);
      const found = templates(event).some((name) =>
        existsSync(new URL(`../../templates/github/${name}.mustache`, import.meta.url)),
      );
      expect(found, `a template for ${event}`).toBe(true);
    }
  });

  test('no event is both listed and ignored, and each says what it means', () => {
    for (const [event, means] of Object.entries({ ...github.events, ...github.ignores })) {
      expect(means, event).toMatch(/^[A-Z].*\.$/);
    }
    expect(Object.keys(github.ignores).filter((event) => Object.hasOwn(github.events, event))).toEqual([]);
  });
});

describe('key, state, severity', () => {
  test.each([
    ['pull_request.opened', 'pr:acme/api#12', 'open', undefined, 'info'],
    ['pull_request.converted_to_draft', 'pr:acme/api#12', 'draft', undefined, 'info'],
    ['pull_request.merged', 'pr:acme/api#12', 'merged', true, 'info'],
    ['pull_request.closed', 'pr:acme/api#12', 'closed', true, 'info'],
    ['pull_request_review.submitted', 'pr:acme/api#12', 'approved', undefined, 'info'],
    ['issues.opened', 'issue:acme/api#7', 'open', undefined, 'info'],
    ['issues.closed', 'issue:acme/api#7', 'closed', true, 'info'],
    ['issue_comment.created~pull_request', 'pr:acme/api#12', undefined, undefined, 'info'],
    ['release.published', 'release:acme/api@v1.2.0', 'published', undefined, 'info'],
    ['workflow_run.requested', 'run:acme/api#11950442133', 'queued', undefined, 'info'],
    ['workflow_run.completed', 'run:acme/api#11950442133', 'failure', true, 'error'],
    ['workflow_run.completed~startup_failure', 'run:acme/api#11950442133', 'startup_failure', true, 'error'],
    ['workflow_run.completed~action_required', 'run:acme/api#11950442133', 'action_required', true, 'warning'],
    ['check_run.completed~neutral', 'check:acme/api@34413ec:coverage_/_patch', 'neutral', true, 'info'],
    ['deployment_status.created~failure', 'deploy:acme/api#1933007718', 'failure', true, 'error'],
    ['deployment_status.created~in_progress', 'deploy:acme/api#1933007718', 'in_progress', undefined, 'info'],
    ['dependabot_alert.created~critical', 'alert:dependabot:acme/api#5', 'open', undefined, 'critical'],
    ['dependabot_alert.created', 'alert:dependabot:acme/api#5', 'open', undefined, 'error'],
    ['dependabot_alert.fixed', 'alert:dependabot:acme/api#5', 'fixed', true, 'info'],
    ['code_scanning_alert.created~note', 'alert:code-scanning:acme/api#10', 'open', undefined, 'info'],
    ['secret_scanning_alert.created', 'alert:secret-scanning:acme/api#3', 'open', undefined, 'critical'],
    ['push~forced_main', undefined, undefined, undefined, 'warning'],
    ['push~forced', undefined, undefined, undefined, 'info'],
  ])('%s', (name, key, state, closes, severity) => {
    const event = readSample(name);
    expect({ key: event.key, state: event.state, closes: event.closes, severity: event.severity }).toEqual({
      key,
      state,
      closes,
      severity,
    });
  });
});

describe('labels, facts, time', () => {
  test('a pull request can be routed by its branches, draft and labels', () => {
    expect(readSample('pull_request.opened~dependabot').labels).toEqual({
      repo: 'acme/api',
      owner: 'acme',
      author: 'dependabot[bot]',
      action: 'opened',
      base: 'main',
      head: 'dependabot/npm_and_yarn/zod-4.6.7',
      branch: 'dependabot/npm_and_yarn/zod-4.6.7',
      draft: 'false',
      opener: 'dependabot[bot]',
      label: ['dependencies', 'javascript'],
    });
  });

  test('a push has a branch or a tag', () => {
    expect(readSample('push').labels).toMatchObject({
      branch: 'main',
      forced: 'false',
      created: 'false',
      deleted: 'false',
    });
    expect(readSample('push~tag').labels).toMatchObject({ tag: 'v1.2.0', created: 'true' });
    expect(readSample('push~tag').labels).not.toHaveProperty('branch');
  });

  test('a run and a deployment', () => {
    expect(readSample('workflow_run.completed').labels).toMatchObject({
      workflow: 'CI',
      branch: 'main',
      conclusion: 'failure',
      trigger: 'push',
    });
    expect(readSample('deployment_status.created').labels).toMatchObject({ env: 'production', branch: 'main' });
  });

  test('the newest five commits are shown and the rest counted', () => {
    const { commits, more, count } = readSample('push~many').facts;
    expect(commits).toHaveLength(5);
    expect(commits).toHaveProperty('4.message', 'Step 23 of moving the bell tower');
    expect([more, count]).toEqual(['18 earlier commits', 23]);
  });

  test('instructions in comments are no part of a description', () => {
    expect(readSample('issues.opened').facts.body).toBe(
      'Since **v1.1** it rings at 03:00.\n\n\n### Steps\n1. sleep\n2. wake up'.replace('\n\n\n', '\n\n'),
    );
  });

  test('a fork is named, a branch of the same repository is not', () => {
    expect(readSample('pull_request.opened~fork').facts.branches).toBe('hubot:patch-1 → main');
    expect(readSample('pull_request.opened').facts.branches).toBe('feat/bell → main');
  });

  test('addresses that are no web addresses are not linked', () => {
    expect(readSample('release.published~nasty').url).toBe('https://github.com/acme/api');
    expect(readSample('deployment_status.created~nasty').facts).toMatchObject({ site: undefined, log: undefined });
  });

  test('the time is the sender’s, or that of receipt', () => {
    expect(readSample('pull_request.merged').at.toISOString()).toBe('2026-11-21T09:29:55.000Z');
    expect(readSample('push').at.toISOString()).toBe('2026-11-21T09:29:58.000Z');
    expect(readSample('create').at).toEqual(NOON);
    expect(readEvent('push', { repository: { pushed_at: 1e300 } }).at).toEqual(NOON);
    expect(readEvent('star', { action: 'created', starred_at: '2018-19-12T22:20:32Z' }).at).toEqual(NOON);
  });
});

describe('events that are not listed', () => {
  const tail = {
    repository: { full_name: 'acme/api', html_url: 'https://github.com/acme/api' },
    sender: { login: 'octocat' },
  };

  test('an event that nobody knows', () => {
    expect(
      readEvent('member', { action: 'added', member: { login: 'mona', html_url: 'https://github.com/mona' }, ...tail }),
    ).toMatchObject({
      event: 'member.added',
      unlisted: true,
      title: 'octocat added member in acme/api: mona',
      url: 'https://github.com/mona',
      severity: 'info',
      labels: { repo: 'acme/api', owner: 'acme', author: 'octocat', action: 'added' },
    });
    expect(readEvent('foo', tail)).toMatchObject({ event: 'foo', unlisted: true, title: 'Foo in acme/api by octocat' });
    expect(readEvent('foo', { sender: null })).toMatchObject({ event: 'foo', unlisted: true, title: 'Foo' });
  });

  test('a new action of a known event', () => {
    expect(
      readEvent('pull_request', {
        action: 'rung_twice',
        number: 12,
        pull_request: { number: 12, title: 'Add a bell' },
        ...tail,
      }),
    ).toMatchObject({
      event: 'pull_request.rung_twice',
      unlisted: true,
      title: 'octocat rung twice PR #12 in acme/api: Add a bell',
      key: 'pr:acme/api#12',
    });
  });

  test('a failure is an error all the same', () => {
    expect(
      readEvent('workflow_job', {
        action: 'completed',
        workflow_job: { name: 'lint', conclusion: 'failure' },
        ...tail,
      }),
    ).toMatchObject({
      title: 'Workflow job lint failed in acme/api',
      severity: 'error',
    });
  });

  test('names from the prototype are names like any other', () => {
    for (const name of ['constructor', 'hasownproperty', 'valueof']) expect(readEvent(name, tail).unlisted).toBe(true);
    expect(readEvent('issues', { action: 'constructor', ...tail }).event).toBe('issues.constructor');
    expect(readEvent('issues', { action: '../../default', ...tail }).event).toBe('issues');
  });
});

describe('what is left out or cannot be read', () => {
  const read = (event: string | undefined, body: unknown, contentType = 'application/json') =>
    github.read(
      aHook({
        headers: { 'content-type': contentType, ...(event !== undefined && { 'x-github-event': event }) },
        body,
      }),
      {},
    );

  test('a click on a star is told once', () => {
    expect(read('watch', { action: 'started' })).toEqual({
      kind: 'ignored',
      reason: 'The old name of `star.created`, which GitHub sends for the same click.',
    });
  });

  test('publishing a release is told once; what follows later is told', () => {
    const release = {
      tag_name: 'v1',
      draft: false,
      published_at: '2026-11-21T09:35:01Z',
      updated_at: '2026-11-21T09:35:02Z',
    };
    for (const action of ['created', 'released', 'prereleased'])
      expect(read('release', { action, release })).toEqual({
        kind: 'ignored',
        reason: 'GitHub sends release.published for the same moment.',
      });
    expect(readEvent('release', { action: 'published', release }).event).toBe('release.published');
    expect(
      readEvent('release', { action: 'released', release: { ...release, updated_at: '2026-11-22T09:35:02Z' } }).event,
    ).toBe('release.released');
  });

  test('no event header', () => {
    expect(read(undefined, {})).toEqual({
      kind: 'unreadable',
      reason: 'The X-GitHub-Event header is missing, so this is no webhook of GitHub’s.',
    });
    expect(read('../../etc/passwd', {})).toEqual({
      kind: 'unreadable',
      reason: 'The X-GitHub-Event header holds no event name.',
    });
  });

  test.each(['[]', '"text"', '12', 'null', 'true', '{', '', '\uFEFF', '{}', '{"text":"hello"}'])(
    'the body %j',
    (body) => {
      expect(read('push', body).kind).toBe('unreadable');
    },
  );

  test('a text and a form without a payload', () => {
    expect(read('push', 'hello', 'text/plain').kind).toBe('unreadable');
    expect(read('push', 'ref=main', 'application/x-www-form-urlencoded').kind).toBe('unreadable');
  });

  test('a form with a payload', () => {
    const body = `payload=${encodeURIComponent(JSON.stringify(sampleNamed('pull_request.opened').body))}`;
    const reading = read('pull_request', body, 'application/x-www-form-urlencoded');
    expect(reading).toMatchObject({
      kind: 'events',
      events: [{ title: 'mona opened PR #12 in acme/api: Add a bell' }],
    });
  });
});

test('a delivery is told by its id', () => {
  const event = readSample('push');
  const hook = (headers: Record<string, string>) => aHook({ headers });
  expect(github.dedupeKey(hook({ 'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958' }), event)).toBe(
    '72d3162e-cc78-11e3-81ab-4c9367dc0958',
  );
  expect(github.dedupeKey(hook({}), event)).toBeUndefined();
  expect(github.dedupeKey(hook({ 'x-github-delivery': ' ' }), event)).toBeUndefined();
});
