import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/store.ts';
import { NOON } from '../builders.ts';
import type { OpenedStore, OpenStore } from './contract.ts';
import {
  acceptRange,
  anAccepting,
  aPlannedDelivery,
  aPlannedEvent,
  aRefused,
  finishNext,
  later,
  now,
} from './store-builders.ts';

const NO_LIMIT = { duplicatesBefore: NOON, maxBytes: Number.MAX_SAFE_INTEGER };

export function describeLife(open: OpenStore): void {
  let opened: OpenedStore;
  let store: Store;
  beforeEach(async () => {
    opened = await open();
    store = opened.store;
  });
  afterEach(() => opened.close());

  describe('prune', () => {
    it('removes finished events that are old, with their hook, deliveries and attempts', async () => {
      await acceptRange(store, 1, 1);
      await store.accept(anAccepting(2, { hook: { at: later(10_000) } }));
      await finishNext(store);
      await finishNext(store, later(10_000));

      expect(await store.prune({ ...NO_LIMIT, before: later(10_000) })).toBe(1);

      expect(await store.hook('hook_000001')).toBeUndefined();
      expect(await store.event('evt_000001')).toBeUndefined();
      expect(await store.delivery('dlv_000001')).toBeUndefined();
      expect((await store.attempts(['dlv_000001'])).get('dlv_000001')).toStrictEqual([]);
      expect((await store.event('evt_000002'))?.deliveries[0]?.state).toBe('sent');
    });

    it('removes old hooks without events, events without deliveries, and what was refused', async () => {
      await store.accept({ hook: anAccepting(1).hook, status: 'ignored', events: [] });
      await store.accept(anAccepting(2, { deliveries: [] }));
      await store.refuse(aRefused(3));
      expect(await store.prune({ ...NO_LIMIT, before: later(1) })).toBe(1);
      expect(await store.stats()).toMatchObject({ hooks: 0, events: 0, refused: 0 });
    });

    it('never removes what is unfinished, nor the hook it is read from', async () => {
      await acceptRange(store, 1, 2);
      const { hook, status } = anAccepting(3);
      const finished = aPlannedEvent(3, { hook, deliveries: [] });
      await store.accept({ hook, status, events: [finished, aPlannedEvent(4, { hook, event: { index: 1 } })] });
      await store.take('ops', now);
      expect(await store.prune({ before: later(1), duplicatesBefore: NOON, maxBytes: 0 })).toBe(0);
      expect(await store.stats()).toMatchObject({ hooks: 3, events: 4, deliveries: { queued: 2, sending: 1 } });
    });

    it('takes what a mute holds back for finished', async () => {
      await store.accept(anAccepting(1, { deliveries: [aPlannedDelivery({ id: 'dlv_m', mute: 'mute_1' })] }));
      expect(await store.prune({ ...NO_LIMIT, before: later(1) })).toBe(1);
      expect(await store.delivery('dlv_m')).toBeUndefined();
      expect(await store.held('mute_1')).toStrictEqual({ count: 0, posted: 0, groups: [], open: [], openCount: 0 });
      expect(await store.release('mute_1', NOON)).toStrictEqual({ count: 0, channels: [] });
    });

    it('never removes what a mute in force holds back, nor the hook it is read from', async () => {
      await store.accept(anAccepting(1, { deliveries: [aPlannedDelivery({ id: 'dlv_1', mute: 'mute_1' })] }));
      await store.accept(anAccepting(2, { deliveries: [aPlannedDelivery({ id: 'dlv_2', mute: 'mute_2' })] }));

      const limits = { before: later(1), duplicatesBefore: NOON, maxBytes: 0 };
      expect(await store.prune({ ...limits, inForce: ['mute_1', 'mute_3'] })).toBe(1);

      expect(await store.hook('hook_000001')).toBeDefined();
      expect((await store.held('mute_1')).count).toBe(1);
      expect((await store.held('mute_2')).count).toBe(0);
    });

    it('removes the oldest finished until the store is small enough', async () => {
      const body = Buffer.alloc(40_000, 'x');
      for (let n = 1; n <= 60; n++) {
        await store.accept(anAccepting(n, { hook: { body, at: later(n) }, ...(n > 1 && { deliveries: [] }) }));
      }
      const { bytes } = await store.stats();

      const removed = await store.prune({ ...NO_LIMIT, before: NOON, maxBytes: bytes / 2 });

      expect(removed).toBeGreaterThanOrEqual(28);
      expect(removed).toBeLessThanOrEqual(33);
      expect((await store.stats()).bytes).toBeLessThanOrEqual(bytes / 2);
      const left = (await store.events({ limit: 100 })).map(({ event }) => event.id);
      expect(left.length).toBe(60 - removed);
      expect(left[0]).toBe('evt_000060');
      expect(left.at(-1)).toBe('evt_000001');
    });

    it('lets hooks in while it works', async () => {
      await Promise.all(Array.from({ length: 400 }, (_, n) => store.accept(anAccepting(n, { deliveries: [] }))));
      const pruned = store.prune({ ...NO_LIMIT, before: later(1) });
      const accepted = store.accept(anAccepting(1_000, { hook: { at: later(5) } }));
      const first = await Promise.race([pruned.then(() => 'prune'), accepted.then(() => 'accept')]);
      expect(first).toBe('accept');
      expect(await pruned).toBe(400);
      expect((await store.events({ limit: 5 })).map(({ event }) => event.id)).toStrictEqual(['evt_001000']);
    });
  });

  it('keeps everything over a restart', async () => {
    await store.accept(anAccepting(1, { dedupeKey: 'guid-1' }));
    await store.refuse(aRefused(2));
    const before = [await store.event('evt_000001'), await store.refused(5), await store.stats()];
    store = await opened.reopen();
    expect([await store.event('evt_000001'), await store.refused(5), await store.stats()]).toStrictEqual(before);
    expect((await store.accept(anAccepting(3, { dedupeKey: 'guid-1' }))).status).toBe('duplicate');
  });

  it('writable writes and leaves nothing behind', async () => {
    const before = await store.stats();
    expect([await store.writable(), await store.writable()]).toStrictEqual([true, true]);
    expect(await store.stats()).toStrictEqual(before);
  });

  it('close finishes what is in flight; calls after it reject', async () => {
    const accepted = store.accept(anAccepting(1));
    const reopened = opened.reopen();
    expect((await accepted).status).toBe('accepted');
    const closed = store;
    store = await reopened;
    expect((await store.events({ limit: 5 })).length).toBe(1);
    await expect(closed.accept(anAccepting(2))).rejects.toThrow('The store is closed.');
    await expect(closed.stats()).rejects.toThrow('The store is closed.');
    expect(await closed.writable()).toBe(false);
  });
}
