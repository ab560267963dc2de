import { describe, expect, test } from 'vitest';
import type { SourceEvent } from '../../src/core/event.ts';
import { PAYLOAD } from '../../src/sources/datadog/payloads.ts';
import { datadog } from '../../src/sources/datadog/source.ts';
import { aHook, NOON } from '../builders.ts';

function readOne(body: unknown): SourceEvent {
  const reading = datadog.read(aHook({ source: 'datadog', body, at: NOON }), {});
  const [event, ...more] = reading.kind === 'events' ? reading.events : [];
  if (event === undefined || more.length > 0) throw new Error(JSON.stringify(reading));
  return event;
}

const aHit = (over: object = {}) => ({ title: '[Triggered] Slow', transition: 'Triggered', ...over });

test('the payload to paste is JSON, and of it nothing shows where Datadog fills nothing in', () => {
  const event = readOne(JSON.parse(PAYLOAD));
  expect(event).toMatchObject({ event: 'event', severity: 'info' });
  expect(JSON.stringify({ ...event, payload: undefined })).not.toContain('$');
});

test.each([
  ['Triggered', 'monitor.triggered', 'triggered', undefined],
  ['Re-Triggered', 'monitor.triggered', 'triggered', undefined],
  ['Warn', 'monitor.warning', 'warning', undefined],
  ['Re-Warn', 'monitor.warning', 'warning', undefined],
  ['No Data', 'monitor.no_data', 'no_data', undefined],
  ['Re-No Data', 'monitor.no_data', 'no_data', undefined],
  ['Renotify', 'monitor.renotified', 'triggered', undefined],
  ['recovered', 'monitor.recovered', 'recovered', true],
])('%s is %s', (transition, event, state, closes) => {
  const read = readOne(aHit({ transition, cycle: '7' }));
  expect([read.event, read.state, read.closes, read.key]).toEqual([event, state, closes, 'cycle:7']);
});

describe('the key', () => {
  test.each([
    ['is the cycle', { cycle: '9215872654308123456', monitor_id: '1' }, 'cycle:9215872654308123456'],
    ['is the monitor and its scope', { cycle: '', monitor_id: '1', scope: 'host:a, env:b' }, 'monitor:1:host:a,env:b'],
    ['is the monitor as a number', { monitor_id: 148275309 }, 'monitor:148275309:'],
    ['is none', { cycle: '$ALERT_CYCLE_KEY', monitor_id: '$ALERT_ID' }, undefined],
  ])('%s', (_name, body, key) => {
    expect(readOne(aHit(body)).key).toBe(key);
  });
});

test.each([
  ['Triggered', 'P1', 'critical'],
  ['Triggered', 'P2', 'error'],
  ['Triggered', 'P3', 'warning'],
  ['Triggered', 'P4', 'info'],
  ['Triggered', 'P5', 'info'],
  ['Triggered', undefined, 'error'],
  ['Warn', 'P1', 'warning'],
  ['Warn', 'P5', 'info'],
  ['No Data', 'P2', 'warning'],
  ['Recovered', 'P1', 'critical'],
  ['Recovered', undefined, 'info'],
])('%s of priority %s is %s', (transition, priority, severity) => {
  expect(readOne(aHit({ transition, priority })).severity).toBe(severity);
});

test.each([
  ['[Triggered on {host:a,env:b}] Slow', 'Triggered: Slow'],
  ['[P2] [Re-No Data on {host:a}] Slow', 'Triggered: Slow'],
  ['[ACME] Slow [checkout]', 'Triggered: Slow [checkout]'],
  ['Slow', 'Triggered: Slow'],
  ['[]', 'Triggered: []'],
])('the title %s reads %s', (title, read) => {
  expect(readOne(aHit({ title })).title).toBe(read);
});

test('tags are labels, a repeated one a list, and bare words are none', () => {
  const event = readOne(aHit({ tags: 'env:prod, team:a,team:b,monitor,url:http://x:1,,:x', scope: 'env:prod' }));
  expect(event.labels).toEqual({ env: 'prod', team: ['a', 'b'], url: 'http://x:1' });
  expect(event.title).toBe('Triggered: Slow (prod)');
});

test.each([
  [
    '%%%\nSlow.\n\n[![Metric Graph](https://p.example/a.png)](https://x.example)\n\n- - -\n[[Edit](https://x.example)]\n%%%',
    'Slow.',
  ],
  ['Slow. @webhook-bellhop @slack-Acme-ops\n\nMail ops@acme.example', ['Slow.', 'Mail ops@acme.example']],
  ['', undefined],
])('the message %j says %j', (body, text) => {
  const { facts } = readOne(aHit({ body }));
  expect(facts.lines ?? facts.body).toEqual(text);
});

test.each(['{}', '[]', '7', '{"title":7,"transition":{}}', '{"transition":"Triggered"}'])('%s is an event', (body) => {
  expect(readOne(body).event).toBe('event');
});

test('a body without a value is refused with a sentence', () => {
  expect(datadog.read(aHook({ body: 'null' }), {})).toEqual({ kind: 'unreadable', reason: 'The body holds no value.' });
});
