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

    it('narrows by key, in the order of receipt whatever the ids', async () => {
      const about = (n: number, key: string, source = 'github') =>
        store.accept(anAccepting(n, { hook: { source }, event: { key }, deliveries: [] }));
      for (const n of [12, 14, 13]) await about(n, 'pr:1');
      await about(15, 'pr:2');
      await about(16, 'pr:1', 'github-2');
      expect(await ids({ source: 'github', key: 'pr:1' })).toStrictEqual([13, 14, 12]);
      expect(await ids({ source: 'github', key: 'pr:1', limit: 1 })).toStrictEqual([13]);
      expect(await ids({ source: 'github', key: 'pr:1', before: 'evt_000013' })).toStrictEqual([14, 12]);
      expect(await ids({ source: 'github', key: 'pr:1', before: 'evt_000014' })).toStrictEqual([12]);
      expect(await ids({ source: 'github', key: 'pr:1', before: 'evt_000015' })).toStrictEqual([13, 14, 12]);
      expect(await ids({ source: 'github', key: 'pr:1', before: 'evt_0000135' })).toStrictEqual([13, 14, 12]);
      expect(await ids({ source: 'github', key: 'pr:1', before: '' })).toStrictEqual([]);
      expect(await ids({ source: 'github', key: 'pr:1', text: 'moon' })).toStrictEqual([]);
      expect(await ids({ source: 'github', key: 'pr:3' })).toStrictEqual([]);
      expect(await ids({ key: 'pr:1' })).toStrictEqual([16, 14, 13, 12]);
    });

    it('narrows by the time of receipt, that one included', async () => {
      for (const n of [11, 12, 13]) await store.accept(anAccepting(n, { hook: { at: later(n) }, deliveries: [] }));
      expect(await ids({ since: later(12) })).toStrictEqual([13, 12]);
      expect(await ids({ since: later(12), before: 'evt_000013' })).toStrictEqual([12]);
      expect(await ids({ since: later(14) })).toStrictEqual([]);
      expect(await ids({ since: NOON, source: 'alerts' })).toStrictEqual([2]);
    });

    it('finds all that came since, behind more than one page of them', async () => {
      const many = (from: number, count: number, at: Date) =>
        Promise.all(
          Array.from({ length: count }, (_, n) =>
            store.accept(anAccepting(from + n, { hook: { at }, deliveries: [] })),
          ),
        );
      await many(10, 700, later(1));
      await many(1_000, 700, later(2));
      // Its clock was behind.
      await many(2_000, 1, later(1));
      expect((await ids({ since: later(2), limit: 5_000 })).length).toBe(700);
      expect((await ids({ since: later(1), limit: 5_000 })).length).toBe(1_401);
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

  describe('deliveryOf', () => {
    const sendAs = async (id: string, ref: Record<string, string>) => {
      await store.accept(anAccepting(Number(id.slice(4)), { deliveries: [aPlannedDelivery({ id })] }));
      await store.take('ops', now);
      await store.settle(id, [anAttempt()], { state: 'sent', ref });
    };

    it('finds the delivery that became a message, channel and all', async () => {
      await sendAs('dlv_1', { channel: 'C1', message: '1716.000100' });
      await sendAs('dlv_2', { channel: 'C2', message: '1716.000100' });
      await sendAs('dlv_3', {
        channel: '19:a@thread.tacv2',
        message: '17',
        conversation: '19:a@thread.tacv2;messageid=17',
      });
      await sendAs('dlv_4', { channel: 'hooks' });
      const idOf = async (channel: string, message: string) => (await store.deliveryOf({ channel, message }))?.id;
      expect(await idOf('C1', '1716.000100')).toBe('dlv_1');
      expect(await idOf('C2', '1716.000100')).toBe('dlv_2');
      expect(await idOf('19:a@thread.tacv2', '17')).toBe('dlv_3');
      expect(await idOf('C1', '1716.0001')).toBeUndefined();
      expect(await idOf('C3', '1716.000100')).toBeUndefined();
      expect(await idOf('hooks', '')).toBeUndefined();
      expect(await idOf("x' OR 1=1 --", '\u0000')).toBeUndefined();
    });

    it('finds the newest where one message stood for several', async () => {
      await sendAs('dlv_1', { channel: 'C1', message: '1.10' });
      await sendAs('dlv_2', { channel: 'C1', message: '1.10' });
      expect((await store.deliveryOf({ channel: 'C1', message: '1.10' }))?.id).toBe('dlv_2');
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
