import { expect, test } from 'vitest';
import type { SourceEvent } from '../../src/core/event.ts';
import { aHook, NOON } from '../builders.ts';
import { sourceTypes } from './sample-hooks.ts';

function readOne(body: object): SourceEvent {
  const reading = sourceTypes.get('betterstack')?.read(aHook({ source: 'uptime', body, at: NOON }), {});
  const [event] = reading?.kind === 'events' ? reading.events : [];
  if (event === undefined) throw new Error(JSON.stringify(reading));
  return event;
}

const anIncident = (attributes: object, event?: string) => ({
  ...(event !== undefined && { event }),
  data: { id: '7', type: 'incident', attributes: { name: 'Shop', ...attributes } },
});

test.each([
  ['has only begun', {}, 'incident.started', undefined],
  ['is in hand', { acknowledged_at: '2025-11-21T12:04:10Z' }, 'incident.acknowledged', undefined],
  [
    'is over',
    { acknowledged_at: '2025-11-21T12:04:10Z', resolved_at: '2025-11-21T12:12:34Z' },
    'incident.resolved',
    true,
  ],
])('without an event, its times tell that an incident %s', (_name, attributes, event, closes) => {
  const read = readOne(anIncident(attributes));
  expect([read.event, read.closes, read.key]).toEqual([event, closes, 'incident:7']);
});

test('an incident keeps its key when it is open again', () => {
  const resolved_at = '2025-11-21T12:12:34Z';
  expect(readOne(anIncident({ resolved_at }, 'reopened'))).toMatchObject({
    event: 'incident.reopened',
    key: 'incident:7',
    state: 'started',
    severity: 'error',
  });
});

test('who is on call goes out by the default template', () => {
  const data = { id: '12', type: 'on_call_contact', attributes: { name: 'Mona Lisa' } };
  expect(readOne({ data })).toMatchObject({ event: 'on_call_contact', unlisted: true });
});
