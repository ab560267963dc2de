import { describe, expect, test } from 'vitest';
import type { SourceEvent } from '../../src/core/event.ts';
import { alertmanager } from '../../src/sources/alertmanager/source.ts';
import { aHook } from '../builders.ts';
import { sampleHooks } from './sample-hooks.ts';

const AT = new Date('2026-11-20T12:00:00Z');

function readOne(body: unknown): SourceEvent {
  const reading = alertmanager.read(aHook({ source: 'alerts', body, at: AT }), {});
  const [event, ...more] = reading.kind === 'events' ? reading.events : [];
  if (event === undefined || more.length > 0) throw new Error(JSON.stringify(reading));
  return event;
}

function sample(name: string): SourceEvent {
  const found = sampleHooks('alertmanager').find(({ file }) => file === `${name}.json`);
  return readOne(JSON.parse(found?.hook.body.toString() ?? ''));
}

const anAlert = (over: object = {}) => ({ status: 'firing', labels: { alertname: 'Down' }, annotations: {}, ...over });
const aGroup = (over: object = {}) => ({
  version: '4',
  status: 'firing',
  groupKey: '{}:{}',
  alerts: [anAlert()],
  ...over,
});

test.each([
  ['alert.firing', '3 alerts firing: HighLatency (prod-eu, api)'],
  [
    'alert.firing~single',
    'Firing: DiskWillFillIn4Hours (prod-us, node): Disk /dev/nvme1n1 on db-1 is full in about 4 hours',
  ],
  ['alert.firing~mixed', '1 firing, 1 resolved: HighLatency (prod-eu, api)'],
  ['alert.firing~several-names', '3 alerts firing: KubePodCrashLooping and 2 more (shop)'],
  ['alert.firing~truncated', '42 alerts firing: TargetDown (eu-1, node)'],
  ['alert.resolved', '3 alerts resolved: HighLatency (prod-eu, api)'],
])('%s: %s', (name, title) => {
  expect(sample(name).title).toBe(title);
});

test('one notification is one event, its common labels are its labels', () => {
  const { facts, payload: _payload, ...event } = sample('alert.firing');
  expect(event).toEqual({
    event: 'alert.firing',
    key: '{}/{team="payments"}:{alertname="HighLatency", env="prod-eu"}',
    state: 'firing',
    severity: 'critical',
    title: '3 alerts firing: HighLatency (prod-eu, api)',
    url: 'https://alertmanager.example.com/#/alerts?receiver=bellhop&filter=%7Balertname%3D%22HighLatency%22%2C%20env%3D%22prod-eu%22%7D',
    labels: {
      alertname: 'HighLatency',
      receiver: 'bellhop',
      notification_reason: 'first notification',
      env: 'prod-eu',
      service: 'api',
      severity: 'critical',
      team: 'payments',
    },
    at: AT,
  });
  expect(facts).toMatchObject({
    counts: '3 firing',
    since: '20 Nov, 11:46 UTC (13 min 50 s)',
    silenceUrl: expect.stringContaining('https://alertmanager.example.com/#/silences/new?filter=%7Balertname%3D'),
    runbookUrl: 'https://runbooks.example.com/high-latency',
  });
  expect(facts.more).toBeUndefined();
  expect((facts.alerts as readonly unknown[])[1]).toEqual({
    name: 'HighLatency',
    state: 'firing',
    emoji: '🔥',
    summary: 'p99 latency is 3.1 s',
    instance: 'api-2.example.com:9090',
    since: '20 Nov, 11:51 UTC (8 min 50 s)',
    lasted: undefined,
    url: expect.stringContaining('https://prometheus.example.com/graph'),
    runbookUrl: 'https://runbooks.example.com/high-latency',
  });
});

test('resolved closes the firing one’s key, at the same severity, so that it takes the same route', () => {
  const [firing, resolved] = [sample('alert.firing'), sample('alert.resolved')];
  expect(resolved).toMatchObject({
    event: 'alert.resolved',
    state: 'resolved',
    closes: true,
    key: firing.key,
    severity: firing.severity,
  });
  expect(firing.closes).toBeUndefined();
  expect(resolved.facts.alerts).toMatchObject([{ lasted: '13 min' }, { lasted: '8 min' }, { lasted: '30 s' }]);
});

test('what is cut is counted', () => {
  const { facts } = sample('alert.firing~truncated');
  expect(facts.alerts).toHaveLength(8);
  expect(facts).toMatchObject({ firing: 42, counts: '42 firing', more: '+34 more' });
});

test('a flood of alerts is still one event', () => {
  const event = readOne(aGroup({ alerts: Array.from({ length: 150_000 }, () => ({ labels: { severity: 'page' } })) }));
  expect(event).toMatchObject({ title: '150000 alerts firing: unnamed alert', severity: 'critical' });
});

test('a repeated body is never a duplicate', () => {
  const event = sample('alert.firing~repeat');
  expect(alertmanager.dedupeKey(aHook(), event)).toBeUndefined();
});

describe('severity', () => {
  test.each([
    ['critical', 'critical'],
    ['page', 'critical'],
    ['FATAL', 'critical'],
    ['error', 'error'],
    ['high', 'error'],
    ['warning', 'warning'],
    ['warn', 'warning'],
    ['medium', 'warning'],
    ['info', 'info'],
    ['none', 'info'],
    ['purple', 'info'],
  ] as const)('%s is %s', (word, severity) => {
    expect(readOne(aGroup({ commonLabels: { severity: word } })).severity).toBe(severity);
  });

  test('the worst alert counts where they differ', () => {
    const alerts = ['warning', 'critical', 'info'].map((severity) => anAlert({ labels: { severity } }));
    expect(readOne(aGroup({ alerts })).severity).toBe('critical');
  });
});

test('Go’s zero time is no time, and nothing is since the year 1', () => {
  const zero = '0001-01-01T00:00:00Z';
  const { facts } = readOne(aGroup({ alerts: [anAlert({ startsAt: zero, endsAt: zero })] }));
  expect(facts.since).toBeUndefined();
  expect(JSON.stringify(facts)).not.toMatch(/ 1 UTC|0001|NaN/);
});

test('an alert of the future has not lasted', () => {
  const { facts } = readOne(aGroup({ alerts: [anAlert({ startsAt: '2026-11-20T12:00:10Z' })] }));
  expect(facts.since).toBe('20 Nov, 12:00 UTC');
});

test('labels cannot break out of a link’s matchers, and other addresses are not linked', () => {
  const commonLabels = { alertname: 'a"}\n&x=[y](z)', path: 'C:\\x' };
  const event = readOne(aGroup({ commonLabels, externalURL: 'https://am.example.com/base/' }));
  const filter = decodeURIComponent(String(event.facts.silenceUrl).split('filter=')[1] ?? '');
  expect(filter).toBe('{alertname="a\\"}\\n&x=[y](z)", path="C:\\\\x"}');
  expect(event.facts.silenceUrl).toMatch(/^https:\/\/am\.example\.com\/base\/#\/silences\/new\?filter=%7B/);
  for (const externalURL of ['javascript:alert(1)', 'https://a@b.example', 7])
    expect(readOne(aGroup({ externalURL, commonLabels })).facts.silenceUrl).toBeUndefined();
});

test('a group without a status has that of its alerts', () => {
  const resolved = anAlert({ status: 'resolved' });
  expect(readOne({ alerts: [resolved, resolved] }).event).toBe('alert.resolved');
  expect(readOne({ alerts: [resolved, anAlert()] }).event).toBe('alert.firing');
});

test.each(['{}', '[]', 'null', '{"alerts":{}}', '"x"'])('%s is no notification', (body) => {
  expect(alertmanager.read(aHook({ body }), {}).kind).toBe('unreadable');
});
