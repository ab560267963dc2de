import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/core/delivery.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { createBreaker } from '../../src/pipeline/breaker.ts';
import { createPace, paceWindows } from '../../src/pipeline/pace.ts';
import { settlementOf } from '../../src/pipeline/settle.ts';
import { NOON } from '../builders.ts';

const later = (ms: number): Date => new Date(NOON.getTime() + ms);

describe('pace', () => {
  it('lets a burst go and then one each interval', () => {
    const pace = createPace(paceWindows({ perSecond: 1, burst: 3 }, []));
    for (let i = 0; i < 3; i++) {
      expect(pace.waitMs(NOON)).toBe(0);
      pace.sent(NOON);
    }
    expect(pace.waitMs(NOON)).toBe(3_000);
    expect(pace.waitMs(later(2_999))).toBe(1);
    expect(pace.waitMs(later(3_000))).toBe(0);
  });

  it('keeps every window of a platform at once', () => {
    const pace = createPace([
      { sends: 2, perMs: 1_000 },
      { sends: 3, perMs: 10_000 },
    ]);
    pace.sent(NOON);
    pace.sent(NOON);
    expect(pace.waitMs(NOON)).toBe(1_000);
    pace.sent(later(1_000));
    expect(pace.waitMs(later(1_000))).toBe(9_000);
  });

  it('never exceeds a window, however long it runs', () => {
    const pace = createPace([{ sends: 5, perMs: 1_000 }]);
    const sent: number[] = [];
    for (let now = 0; sent.length < 200; now += Math.max(1, pace.waitMs(later(now)))) {
      if (pace.waitMs(later(now)) > 0) continue;
      pace.sent(later(now));
      sent.push(now);
    }
    const crowded = sent.filter((at) => sent.filter((other) => other >= at && other < at + 1_000).length > 5);
    expect(crowded).toEqual([]);
  });

  it('is lifted by false and replaced by a channel’s own', () => {
    const platform = [{ sends: 1, perMs: 1_000 }];
    expect(paceWindows(false, platform)).toEqual([]);
    expect(paceWindows(undefined, platform)).toBe(platform);
    expect(paceWindows({ perSecond: 2, burst: 4 }, platform)).toEqual([{ sends: 4, perMs: 2_000 }]);
  });
});

describe('breaker', () => {
  const failure = (deliveryId: string, outOfReach = false) => ({ deliveryId, outOfReach, now: NOON });

  it('opens after five failures in a row of more than one delivery, and spaces its probes by the retry list', () => {
    const breaker = createBreaker([5_000, 30_000, 120_000]);
    expect(['a', 'a', 'a', 'a', 'a', 'a'].map((id) => breaker.failed(failure(id)))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(breaker.isOpen).toBe(false);
    expect([breaker.failed(failure('b')), breaker.failed(failure('b'))]).toEqual([60_000, 60_000]);
    expect(breaker.openSince).toEqual(NOON);
  });

  it('opens at once when the whole channel is out of reach, and closes with a success', () => {
    const breaker = createBreaker([5_000, 30_000]);
    expect([breaker.failed(failure('a', true)), breaker.failed(failure('a', true))]).toEqual([5_000, 30_000]);
    expect(breaker.succeeded('a')).toBe(true);
    expect(breaker.isOpen).toBe(false);
    expect(breaker.succeeded('b')).toBe(false);
    expect(breaker.failed(failure('b'))).toBe(0);
  });

  it('lets another delivery probe after eight in a row, and from then on blames the one that failed', () => {
    const breaker = createBreaker([5_000]);
    for (let probe = 0; probe < 7; probe++) breaker.failed(failure('poison', true));
    expect(breaker.tired).toBeUndefined();
    breaker.failed(failure('poison', true));
    expect(breaker.tired).toBe('poison');
    expect(breaker.succeeded('good')).toBe(true);
    expect(breaker.isSuspect('poison')).toBe(true);
    expect(breaker.failed(failure('poison', true))).toBe(0);
    expect(breaker.isOpen).toBe(false);
    breaker.succeeded('poison');
    expect(breaker.isSuspect('poison')).toBe(false);
  });

  it('never probes in a storm', () => {
    const breaker = createBreaker([0]);
    expect(breaker.failed(failure('a', true))).toBe(100);
  });
});

describe('settlement', () => {
  const aDelivery = (over: Partial<Delivery> = {}): Delivery => ({
    id: 'dlv_1',
    eventId: 'evt_1',
    channel: 'ops',
    platform: 'slack',
    route: 'all',
    mentions: [],
    replay: false,
    state: 'sending',
    createdAt: NOON,
    dueAt: NOON,
    tries: 0,
    ...over,
  });
  const settle = (outcome: Outcome, delivery = aDelivery(), random = 0.5, suspect = false) =>
    settlementOf(outcome, delivery, { now: NOON, retryMs: [5_000, 30_000], random: () => random, suspect });
  const retry: Outcome = { kind: 'retry', reason: 'down' };

  it('goes through the retry list, spread by a fifth, and then is dead', () => {
    expect(settle(retry)).toEqual({ state: 'queued', dueAt: later(5_000), counts: true });
    expect(settle(retry, aDelivery({ tries: 1 }), 0)).toEqual({ state: 'queued', dueAt: later(24_000), counts: true });
    expect(settle(retry, aDelivery({ tries: 1 }), 1)).toEqual({ state: 'queued', dueAt: later(36_000), counts: true });
    expect(settle(retry, aDelivery({ tries: 2 }))).toEqual({ state: 'dead' });
    expect(settle({ kind: 'ambiguous', reason: 'cut' })).toEqual({
      state: 'queued',
      dueAt: later(5_000),
      counts: true,
    });
  });

  it('honours the wait a platform names, exactly', () => {
    expect(settle({ ...retry, afterMs: 1_234 })).toEqual({ state: 'queued', dueAt: later(1_234), counts: true });
  });

  it('does not count what concerns the whole channel', () => {
    const throttled: Outcome = { kind: 'retry', reason: 'slow down', lane: true, afterMs: 2_000 };
    expect(settle(throttled, aDelivery({ tries: 2 }))).toEqual({ state: 'queued', dueAt: later(2_000), counts: false });
  });

  it('asks again in a second where no wait is named, and tomorrow where months are', () => {
    const throttled = (afterMs: number): Outcome => ({ kind: 'retry', reason: 'slow down', lane: true, afterMs });
    expect(settle(throttled(0))).toMatchObject({ dueAt: later(1_000) });
    expect(settle(throttled(Number.POSITIVE_INFINITY))).toMatchObject({ dueAt: later(86_400_000) });
  });

  it('counts what a suspect says of the channel', () => {
    const outage: Outcome = { kind: 'retry', reason: 'unreachable', lane: true };
    expect(settle(outage)).toEqual({ state: 'queued', dueAt: NOON, counts: false });
    expect(settle(outage, aDelivery(), 0.5, true)).toEqual({ state: 'queued', dueAt: later(5_000), counts: true });
  });

  it('does not count a probe before the delivery’s own time', () => {
    const early = aDelivery({ dueAt: later(60_000) });
    expect(settle(retry, early)).toEqual({ state: 'queued', dueAt: later(60_000), counts: false });
  });

  it('ends what was sent and what is refused for good', () => {
    expect(settle({ kind: 'sent', ref: { message: '1.2300' } })).toEqual({ state: 'sent', ref: { message: '1.2300' } });
    expect(settle({ kind: 'dead', reason: 'archived' })).toEqual({ state: 'dead' });
  });
});
