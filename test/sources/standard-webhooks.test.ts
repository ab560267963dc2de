import { expect, test } from 'vitest';
import { standardWebhooks } from '../../src/sources/standard-webhooks/source.ts';
import { aHook, NOON } from '../builders.ts';

const read = (body: unknown, headers: Record<string, string> = {}) => {
  const hook = aHook({ source: 'acme', headers: { 'content-type': 'application/json', ...headers }, body });
  const reading = standardWebhooks.read(hook, {});
  return { hook, event: reading.kind === 'events' ? reading.events[0] : undefined };
};

test('the recommended body', () => {
  const data = { id: 'job_1', message: 'Import stopped', state: 'failed', link: 'https://jobs.example.com/1' };
  const { hook, event } = read(
    { type: 'job.failed', timestamp: '2026-11-21T11:59:00Z', data },
    { 'webhook-id': 'msg_1' },
  );
  expect(event).toMatchObject({
    event: 'job.failed',
    title: 'job.failed: Import stopped',
    state: 'failed',
    severity: 'error',
    url: 'https://jobs.example.com/1',
    at: new Date('2026-11-21T11:59:00Z'),
    payload: { type: 'job.failed', data },
  });
  expect(event && standardWebhooks.dedupeKey(hook, event)).toBe('msg_1');
});

test('Svix’s id, a bare body, a time that is none', () => {
  const { hook, event } = read({ event_type: 'x.y', timestamp: 'soon', subject: 'Hello' }, { 'svix-id': 'msg_2' });
  expect(event).toMatchObject({ event: 'x.y', title: 'x.y: Hello', at: NOON });
  expect(event && standardWebhooks.dedupeKey(hook, event)).toBe('msg_2');
});

test.each(['[]', '"x"', 'null', '7'])('%s is no message', (body) => {
  expect(standardWebhooks.read(aHook({ body }), {}).kind).toBe('unreadable');
});
