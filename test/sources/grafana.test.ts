import { describe, expect, test } from 'vitest';
import type { SourceEvent } from '../../src/core/event.ts';
import { grafana } from '../../src/sources/grafana/source.ts';
import { aHook, NOON } from '../builders.ts';

function readOne(body: unknown): SourceEvent {
  const reading = grafana.read(aHook({ source: 'grafana', body, at: NOON }), {});
  const [event, ...more] = reading.kind === 'events' ? reading.events : [];
  if (event === undefined || more.length > 0) throw new Error(JSON.stringify(reading));
  return event;
}

const anAlert = (over: object = {}) => ({ status: 'firing', labels: { alertname: 'Slow' }, annotations: {}, ...over });
const aGroup = (over: object = {}) => ({
  ...{ version: '1', status: 'firing', orgId: 2, groupKey: '{}:{}', externalURL: 'https://g.example/base/' },
  ...{ commonLabels: { alertname: 'Slow' }, alerts: [anAlert()] },
  ...over,
});
const measuring = (over: object): string => readOne(aGroup({ alerts: [anAlert(over)] })).title;

describe('what a rule measured stands in the title where no summary does', () => {
  test.each([
    ['the number of an unnamed expression', { values: { B: 2.30841 } }, 'Firing: Slow: 2.308'],
    ['with the name that somebody gave it', { values: { p99: 2.30841 } }, 'Firing: Slow: p99 = 2.308'],
    ['once, without the threshold', { values: { A: 95, B: 95, C: 1 } }, 'Firing: Slow: 95'],
    [
      'without a named threshold, where its kind is told',
      { values: { used: 0.5, full: 1 }, valueString: "[ var='full' labels={} type='threshold' value=1 ]" },
      'Firing: Slow: used = 0.5',
    ],
    [
      'of the text alone, as Grafana 8 writes it',
      { valueString: "[ var='B0' metric='localhost:9100/' labels={device=/dev/x} value=86.83759366878994 ]" },
      'Firing: Slow: 86.84',
    ],
    ['nothing of nothing', { values: null, valueString: '[ no value ]' }, 'Firing: Slow'],
    ['nothing of a number that is none', { values: { B: 'NaN' } }, 'Firing: Slow'],
    ['the first three', { values: { a: 7, b: 8, c: 9, d: 10 } }, 'Firing: Slow: a = 7, b = 8, c = 9 and 1 more'],
    ['0, where the rule counts', { values: { requests: 0, C: 1 } }, 'Firing: Slow: requests = 0'],
  ])('%s', (_name, alert, title) => {
    expect(measuring(alert)).toBe(title);
  });
});

test('the key is the organization’s, and the first organization’s where none is named', () => {
  expect(readOne(aGroup()).key).toBe('2:{}:{}');
  expect(readOne(aGroup({ orgId: undefined })).key).toBe('1:{}:{}');
  expect(readOne({ ruleId: 7, ruleName: 'r', state: 'alerting', orgId: 2 }).key).toBe('2:rule:7');
});

test('firing, resolved and firing again are one key, in whatever order they come', () => {
  const alerts = [anAlert({ status: 'resolved' })];
  const found = [aGroup(), aGroup({ status: 'resolved', alerts }), aGroup()].map(readOne);
  expect(found.map(({ key, state, closes }) => ({ key, state, closes }))).toEqual([
    { key: '2:{}:{}', state: 'firing', closes: undefined },
    { key: '2:{}:{}', state: 'resolved', closes: true },
    { key: '2:{}:{}', state: 'firing', closes: undefined },
  ]);
});

describe('alerts about a rule’s own trouble', () => {
  const noData = { alertname: 'DatasourceNoData', rulename: 'Slow', ref_id: 'A' };

  test('are a real alert’s event as soon as one is among them', () => {
    const event = readOne(aGroup({ commonLabels: {}, alerts: [anAlert(), anAlert({ labels: noData })] }));
    expect(event).toMatchObject({ event: 'alert.firing', title: '2 alerts firing: Slow' });
  });

  test('are counted', () => {
    const alerts = [anAlert({ labels: noData }), anAlert({ labels: { ...noData, ref_id: 'B' } })];
    expect(readOne(aGroup({ commonLabels: { alertname: 'DatasourceNoData' }, alerts })).title).toBe(
      'No data for 2 alerts: Slow',
    );
  });

  test('have a name even where Grafana tells no rule', () => {
    const labels = { alertname: 'DatasourceError' };
    expect(readOne(aGroup({ commonLabels: labels, alerts: [anAlert({ labels })] }))).toMatchObject({
      event: 'alert.error',
      title: 'Query fails: unnamed alert',
    });
  });
});

describe('the button for a silence', () => {
  const silenceOf = (body: object) => readOne(body).facts.silenceUrl;

  test('is Grafana’s own for a single alert', () => {
    expect(silenceOf(aGroup({ alerts: [anAlert({ silenceURL: 'https://g.example/s?x=1' })] }))).toBe(
      'https://g.example/s?x=1',
    );
  });

  test('fits all of several, and no label can break out of it', () => {
    const commonLabels = { alertname: 'a&matcher=b', path: 'C:\\x y' };
    expect(silenceOf(aGroup({ commonLabels, alerts: [anAlert(), anAlert()] }))).toBe(
      'https://g.example/base/alerting/silence/new?alertmanager=grafana&matcher=alertname%3Da%26matcher%3Db&matcher=path%3DC%3A%5Cx+y',
    );
  });

  test('is missing where it would silence strangers too', () => {
    expect(silenceOf(aGroup({ commonLabels: { env: 'prod' }, alerts: [anAlert(), anAlert()] }))).toBeUndefined();
    expect(silenceOf(aGroup({ externalURL: 'javascript:alert(1)', alerts: [anAlert(), anAlert()] }))).toBeUndefined();
  });
});

describe('a custom payload', () => {
  test.each([
    ['an object', { title: 'Slow again' }, 'Slow again'],
    ['an object with an alert list of its own form', { title: 'Slow again', alerts: ['Slow'] }, 'Slow again'],
    ['a rule in a state that nobody knows', { ruleName: 'Slow', state: 'odd', title: 'Slow is odd' }, 'Slow is odd'],
  ])('is read by guessing: %s', (_name, body, title) => {
    expect(readOne(body)).toMatchObject({ event: 'custom', title });
  });

  test('that holds nothing is refused with a sentence', () => {
    expect(grafana.read(aHook({ body: 'null' }), {})).toEqual({
      kind: 'unreadable',
      reason: 'The body holds no value.',
    });
  });
});

test('a repeated body is never a duplicate', () => {
  expect(grafana.dedupeKey(aHook(), readOne(aGroup()))).toBeUndefined();
});
