import { describe, expect, test } from 'vitest';
import type { SourceEvent } from '../../src/core/event.ts';
import { aHook, NOON } from '../builders.ts';
import { sampleHooks, sourceTypes } from './sample-hooks.ts';

const type = sourceTypes.get('cloudevents');
if (type === undefined) throw new Error('there is no type cloudevents');
const STRUCTURED = 'application/cloudevents+json; charset=utf-8';
const BATCH = 'application/cloudevents-batch+json';
const EVENT = { specversion: '1.0', type: 'com.acme.bell.rung', source: '/bells', id: 'b-1' };

function reading(body: unknown, headers: Record<string, string> = { 'content-type': STRUCTURED }) {
  return type?.read(aHook({ source: 'events', headers, body }), {});
}
function read(body: unknown, headers?: Record<string, string>): readonly SourceEvent[] {
  const found = reading(body, headers);
  return found?.kind === 'events' ? found.events : [];
}

test.each(sampleHooks('cloudevents'))('$file reads to its event', ({ event, hook }) => {
  const found = type.read(hook, {});
  const names = found.kind === 'events' ? found.events.map((one) => one.event) : [];
  expect(new Set(names)).toEqual(new Set([event]));
});

describe('structured', () => {
  test('is named, told apart and dated by its attributes', () => {
    const body = { ...EVENT, subject: 'tower/1', time: '2026-11-21T11:00:00Z', data: { message: 'Rung twice' } };
    const [event] = read(body);
    expect(event).toMatchObject({
      event: 'com.acme.bell.rung',
      key: '/bells tower/1',
      title: 'bell.rung: Rung twice',
      labels: { origin: '/bells', subject: 'tower/1' },
      payload: body,
      at: new Date('2026-11-21T11:00:00Z'),
    });
    expect(event && type.dedupeKey(aHook(), event)).toBe('/bells b-1');
  });

  test('is read from plain JSON too, without a subject, time and data', () => {
    const [event] = read(EVENT, { 'content-type': 'application/json' });
    expect(event).toMatchObject({ title: 'bell.rung: /bells', at: NOON });
    expect(event).not.toHaveProperty('key');
  });

  test.each([
    [Buffer.from('{"message":"Rung"}').toString('base64'), 'bell.rung: Rung'],
    [Buffer.from('Rung in the tower').toString('base64'), 'bell.rung: Rung in the tower'],
    [Buffer.from([0, 159, 146, 150]).toString('base64'), 'bell.rung: /bells'],
    ['no base64', 'bell.rung: /bells'],
    [7, 'bell.rung: /bells'],
  ])('with the bytes %j as data is called %s', (data_base64, title) => {
    expect(read({ ...EVENT, data_base64 })[0]?.title).toBe(title);
  });
});

describe('binary', () => {
  const headers = {
    'content-type': 'application/json',
    'ce-specversion': '1.0',
    'ce-type': 'com.acme.bell.rung',
    'ce-source': '/bells',
    'ce-id': 'b-1',
  };

  test('has its attributes in headers, percent-encoded', () => {
    const [event] = read({ message: 'Rung' }, { ...headers, 'ce-subject': 'Gl%C3%B6ckchen%201' });
    expect(event).toMatchObject({
      event: 'com.acme.bell.rung',
      labels: { subject: 'Glöckchen 1' },
      payload: { type: 'com.acme.bell.rung', subject: 'Glöckchen 1', data: { message: 'Rung' } },
    });
    expect(event && type.dedupeKey(aHook(), event)).toBe('/bells b-1');
  });

  test.each([
    ['100%', '100%'],
    ['%FF', '%FF'],
    ['"a \\"b\\" c"', 'a "b" c'],
  ])('the header %s stands for %s', (written, subject) => {
    expect(read({}, { ...headers, 'ce-subject': written })[0]?.labels.subject).toBe(subject);
  });

  test('need not have a body', () => {
    expect(read(Buffer.alloc(0), headers)[0]?.title).toBe('bell.rung: /bells');
  });

  test('structured mode goes first: its headers are only copies', () => {
    expect(read(EVENT, { ...headers, 'content-type': STRUCTURED, 'ce-id': 'forged' })[0]?.facts.deliveryId).toBe(
      '/bells b-1',
    );
  });
});

describe('a batch', () => {
  const batch = { 'content-type': BATCH };

  test('is an event each; a bad element does not lose the others', () => {
    const bodies = [EVENT, null, 'x', [], {}, { ...EVENT, type: 7 }, { ...EVENT, id: 'b-2', time: 'never' }];
    expect(read(bodies, batch).map(({ facts }) => facts.deliveryId)).toEqual(['/bells b-1', '/bells b-2']);
  });

  test('that is empty, or holds none, is unreadable', () => {
    for (const body of ['[]', '[{}]', '[1]', '{}', 'null'])
      expect(reading(body, batch)).toEqual({
        kind: 'unreadable',
        reason: 'The body is no CloudEvent: neither it nor its headers (ce-…) name a type and a source.',
      });
  });
});
