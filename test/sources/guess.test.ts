import { describe, expect, it, test } from 'vitest';
import { guessEvent } from '../../src/sources/guess.ts';
import { sayOnce } from '../../src/sources/say-once.ts';
import { aHook, NOON } from '../builders.ts';

const guess = (payload: unknown) => sayOnce(guessEvent(payload, aHook({ source: 'shop', at: NOON })));

describe('the title of a document of unknown shape', () => {
  it.each([
    [{ event: 'run.failed', data: { jobName: 'Nightly', webhookName: 'to chat' } }, 'run.failed: Nightly'],
    [{ event: 'run', data: { jobName: 'Nightly', runStatus: 'Errored' } }, 'run: Nightly (errored)'],
    [{ alert_subject: 'Disk is full' }, 'Disk is full'],
    [{ check: 'Payment API', host: 'web-1' }, 'shop: Payment API on web-1'],
    [{ dag_id: 'orders_hourly', state: 'failed', event: 'dag.failed' }, 'dag.failed: orders_hourly'],
    [{ type: 'created', subject: '/containers/backups/db-1.gz' }, 'created: /containers/backups/db-1.gz'],
    [{ title: 'Checkout &amp; <b>cart</b> are down' }, 'Checkout & cart are down'],
    [{ text: '***** Nagios *****\n\nService: HTTP\nHost: web-1\nState: DOWN' }, 'Nagios: HTTP on web-1 (down)'],
    [{ data: { type: 'incident', attributes: { name: 'api', status: 'started' } } }, 'incident: api (started)'],
    [{ activity: { event_type: 'story_update', description: 'It was done' } }, 'story_update: It was done'],
  ])('%j is %s', (payload, title) => expect(guess(payload).title).toBe(title));
});

describe('the text below it', () => {
  it.each([
    [{ title: 'Ticket 7', description: '<p>Since <b>11:40</b></p><ul><li>cart</li></ul>' }, ['Since 11:40', '• cart']],
    [{ jobName: 'Nightly', errorMessage: 'No space left' }, ['No space left']],
    [{ title: 'It failed', reason: 'It failed' }, []],
    [{ title: 'Backup', message: 'Logs\n====\nERROR: full' }, ['Logs', 'ERROR: full']],
  ])('%j says %j', (payload, lines) => expect(guess(payload).facts.lines).toEqual(lines));
});

test.each([
  [{ event: 'x', Category: 'DeploymentFailed' }, 'error'],
  [{ alertType: 'ALERT_FAILURE' }, 'error'],
  [{ event_severity: 'High' }, 'error'],
  [{ previous_status: 'failed', status: 'ok' }, 'info'],
  [{ notification_type: 'RECOVERY' }, 'info'],
])('%j is %s', (payload, severity) => expect(guess(payload).severity).toBe(severity));

test.each([
  [{ message: { title: 'Built it', link: 'https://ci.example.com/7' }, link: 'https://ci.example.com/' }, '/7'],
  [
    { build: { message: 'Rang it', link: 'https://ci.example.com/7' }, repo: { link: 'https://ci.example.com/r' } },
    '/7',
  ],
  [{ title: 'A b', avatar_url: 'https://ci.example.com/a', log_url: 'https://ci.example.com/log' }, '/log'],
  [{ title: 'A b', access_token_url: 'https://ci.example.com/t' }, undefined],
])('%j leads to %s', (payload, path) => {
  const { url } = guess(payload);
  expect(url && new URL(url).pathname).toBe(path);
});

describe('the details', () => {
  it('show no secret, by its name or by its look, and nothing that only machines read', () => {
    const { details } = guess({
      table: 'users',
      encrypted_password: '$2a$10$7EqJtq98hPqEX7fNZaFWoOhi5s4gOiXxn5BYJYeFJrSsmLTmoqCvW',
      zap_secret: 'a',
      pat: 'b',
      handed: 'ghp_0000000000000000000000000000000000',
      about: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtb25hIn0.c2lnbmF0dXJl',
      kept: '$2a$10$7EqJtq98hPqEX7fNZaFWoOhi5s4gOiXxn5BYJYeFJrSsmLTmoqCvW',
      picture: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
      container: '9f1c2d3e4a5b',
      eTag: '0x8D4BCC2E4835CD0',
      context: { version: '2' },
      plan: 'team',
    }).facts;
    expect(details).toEqual([{ name: 'Plan', value: 'team' }]);
  });

  it('name what they are of, and write times and durations as people do', () => {
    const { details } = guess({
      event: 'built',
      data: { project: { name: 'Warehouse' }, environmentName: 'Production', startedAt: 1795262390, tookMs: 5001 },
    }).facts;
    expect(details).toEqual([
      { name: 'Environment name', value: 'Production' },
      { name: 'Took', value: '5 s' },
      { name: 'Started at', value: '21 Nov, 11:59 UTC' },
    ]);
  });
});
