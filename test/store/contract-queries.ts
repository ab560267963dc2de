import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventFilter, Store } from '../../src/core/store.ts';
import { NOON } from '../builders.ts';
import type { OpenedStore, OpenStore } from './contract.ts';
import {
  acceptRange,
  anAccepting,
  anAttempt,
  aPlannedDelivery,
  aRefused,
  finishNext,
  later,
  now,
} from './store-builders.ts';

export function describeQueries(open: OpenStore): void {
  let opened: OpenedStore;
  let store: Store;
  beforeEach(async () => {
    opened = await open();
    store = opened.store;
  });
  afterEach(() => opened.close());

  it('answers undefined for ids that nothing has', async () => {
    expect(await store.hook('x')).toBeUndefined();
    expect(await store.event('x')).toBeUndefined();
    expect(await store.delivery('x')).toBeUndefined();
  });

  describe('events', () => {
    const ids = async (filter: Partial<EventFilter>) =>
      (await store.events({ limit: 50, ...filter })).map(({ event }) => Number(event.id.slice(4)));

    beforeEach(async () => {
      await store.accept(anAccepting(1, { event: { state: 'open', title: 'Größe 100% ÄNDERN' } }));
      await store.accept(
        anAccepting(2, { hook: { source: 'alerts' }, event: { event: 'alert.firing', title: 'Disk full' } }),
      );
      await store.accept(anAccepting(3, { deliveries: [aPlannedDelivery({ id: 'dlv_3', channel: 'eng' })] }));
      await store.accept(
        anAccepting(4, { deliveries: [], event: { state: 'open', title: 'Full moon over the disk' } }),
      );
    });

    it('come newest first, with their deliveries', async () => {
      const events = await store.events({ limit: 50 });
      expect(events.map(({ event }) => event.id)).toStrictEqual([
        'evt_000004',
        'evt_000003',
        'evt_000002',
        'evt_000001',
      ]);
      expect(events.map(({ deliveries }) => deliveries.map(({ id }) => id))).toStrictEqual([
        [],
        ['dlv_3'],
        ['dlv_000002'],
        ['dlv_000001'],
      ]);
      expect(events[0]?.event).not.toHaveProperty('payload');
    });

    it.each([
      [{ source: 'alerts' }, [2]],
      [{ event: 'alert.firing' }, [2]],
      [{ channel: 'eng' }, [3]],
      [{ channel: 'ops' }, [2, 1]],
      [{ state: 'open' }, [4, 1]],
      [{ text: 'full DISK' }, [4, 2]],
      [{ text: 'ändern größe' }, [1]],
      [{ text: '100%' }, [1]],
      [{ text: '%' }, [1]],
      [{ text: '  ' }, [4, 3, 2, 1]],
      [{ state: 'open', channel: 'ops' }, [1]],
      [{ before: 'evt_000003' }, [2, 1]],
      [{ before: 'evt_000003', limit: 1 }, [2]],
      [{ limit: 0 }, []],
      [{ source: "x' OR 1=1 --" }, []],
    ])('%j', async (filter, expected) => {
      expect(await ids(filter)).toStrictEqual(expected);
    });

    it('finds the one that fits far behind many that do not', async () => {
      await Promise.all(Array.from({ length: 1_200 }, (_, n) => store.accept(anAccepting(n + 10, { deliveries: [] }))));
      expect(await ids({ text: 'moon' })).toStrictEqual([4]);
      expect((await ids({ limit: 1_100 })).length).toBe(1_100);
    });
  });

  describe('deliveries', () => {
    it('come newest first and narrow by state, channel and cursor', async () => {
      await acceptRange(store, 1, 4);
      await store.accept(anAccepting(5, { deliveries: [aPlannedDelivery({ id: 'dlv_000005', channel: 'eng' })] }));
      await finishNext(store);
      const ids = async (filter: object) =>
        (await store.deliveries({ limit: 10, ...filter })).map(({ id }) => Number(id.slice(4)));
      expect(await ids({})).toStrictEqual([5, 4, 3, 2, 1]);
      expect(await ids({ state: 'sent' })).toStrictEqual([1]);
      expect(await ids({ channel: 'eng' })).toStrictEqual([5]);
      expect(await ids({ channel: 'ops', state: 'queued' })).toStrictEqual([4, 3, 2]);
      expect(await ids({ channel: 'ops', state: 'sent' })).toStrictEqual([1]);
      expect(await ids({ channel: 'ops', state: 'queued', before: 'dlv_000004', limit: 1 })).toStrictEqual([3]);
      expect(await ids({ before: 'dlv_000002' })).toStrictEqual([1]);
    });
  });

  it('stats count what is there', async () => {
    expect(await store.stats()).toMatchObject({
      hooks: 0,
      events: 0,
      deliveries: {},
      refused: 0,
      waiting: [],
      lastHooks: {},
    });
    await acceptRange(store, 1, 2);
    await store.accept(
      anAccepting(3, {
        hook: { source: 'alerts', at: later(5) },
        deliveries: [aPlannedDelivery({ id: 'dlv_3', channel: 'eng' })],
      }),
    );
    await store.accept({ hook: anAccepting(4, { hook: { at: later(9) } }).hook, status: 'ignored', events: [] });
    await store.refuse(aRefused(9));
    await finishNext(store);
    await store.take('eng', { ...now, now: later(5) });
    await store.settle('dlv_3', [anAttempt({ outcome: 'dead' })], { state: 'dead' });
    const { bytes, ...stats } = await store.stats();
    expect(stats).toStrictEqual({
      hooks: 4,
      events: 3,
      deliveries: { dead: 1, queued: 1, sent: 1 },
      refused: 1,
      waiting: [{ channel: 'ops', count: 1, oldest: NOON }],
      lastHooks: { alerts: later(5), github: later(9) },
    });
    expect(bytes).toBeGreaterThan(0);
  });
}
