import { expect, test } from 'vitest';
import type { Reading } from '../../src/core/event.ts';
import { uptimeKuma } from '../../src/sources/uptime-kuma/source.ts';
import { aHook, NOON } from '../builders.ts';

const read = (body: unknown): Reading => uptimeKuma.read(aHook({ source: 'kuma', body, at: NOON }), {});

const first = (body: unknown): unknown => {
  const reading = read(body);
  return reading.kind === 'events' ? reading.events[0] : reading;
};

test('down, up and down again are one key', () => {
  const told = [0, 1, 0].map((status) => first({ heartbeat: { status }, monitor: { id: 4, name: 'API' } }));
  expect(told).toMatchObject([
    { event: 'monitor.down', key: 'monitor:4', severity: 'error' },
    { event: 'monitor.up', key: 'monitor:4', closes: true, severity: 'error' },
    { event: 'monitor.down', key: 'monitor:4' },
  ]);
});

test('sent by GET, the heartbeat is JSON in the query, and no test', () => {
  const query = {
    msg: '[API] [🔴 Down] timeout',
    heartbeat: '{"status":0,"msg":"timeout"}',
    monitor: '{"id":4,"name":"API"}',
  };
  const reading = uptimeKuma.read(aHook({ method: 'GET', body: Buffer.alloc(0), query, at: NOON }), {});
  expect(reading).toMatchObject({
    events: [{ event: 'monitor.down', title: 'Down: API (timeout)', key: 'monitor:4' }],
  });
});

test('a heartbeat’s time is UTC, and nonsense is none', () => {
  const at = (time: unknown) =>
    (first({ heartbeat: { status: 1, time }, monitor: {} }) as { at: Date }).at.toISOString();
  expect(at('2025-11-21 11:58:02.000')).toBe('2025-11-21T11:58:02.000Z');
  for (const time of ['soon', null, 7, '']) expect(at(time)).toBe(NOON.toISOString());
});

test.each([
  ['[API][https://api.example.com] server certificate api.example.com will expire in 1 days', 'certificate.expiring'],
  ['[API][] CA certificate of Acme will expire in 21 days', 'certificate.expiring'],
  ['Bellhop Testing', 'test'],
  ['', 'message'],
  ['[API] [✅ Up] 200 - OK', 'message'],
])('without a heartbeat, %s is a %s', (msg, event) => {
  expect(first({ heartbeat: null, monitor: null, msg })).toMatchObject({ event });
});

test('a monitor that is tried again is left out', () => {
  expect(read({ heartbeat: { status: 2 }, monitor: { id: 4 } })).toEqual({
    kind: 'ignored',
    reason: 'A monitor that is tried again before it counts as down.',
  });
});

test.each(['{}', '[]', '{"heartbeat":"{","monitor":7}'])('%s is refused with a sentence', (body) => {
  expect(read(body).kind).toBe('unreadable');
});
