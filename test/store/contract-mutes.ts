import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeptEvent } from '../../src/core/event.ts';
import type { Accepted, Store } from '../../src/core/store.ts';
import { NOON } from '../builders.ts';
import type { OpenedStore, OpenStore } from './contract.ts';
import { anAccepting, aPlannedDelivery, aPlannedEvent, finishNext, later, now, STEP_ASIDE } from './store-builders.ts';

const KEY = 'alert:disk';
const FIRES: Partial<KeptEvent> = { key: KEY, state: 'firing', severity: 'error' };
const RESOLVES: Partial<KeptEvent> = { key: KEY, state: 'resolved', closes: true };

interface Sort {
  readonly mute?: string;
  readonly channel?: string;
  readonly source?: string;
  readonly dedupeKey?: string;
}

export function describeMuting(open: OpenStore): void {
  let opened: OpenedStore;
  let store: Store;
  beforeEach(async () => {
    opened = await open();
    store = opened.store;
  });
  afterEach(() => opened.close());

  /** Accepts event and delivery number `n`. */
  function comes(n: number, event: Partial<KeptEvent>, sort: Sort = {}): Promise<Accepted> {
    const { mute, channel = 'ops', source = 'alerts', dedupeKey } = sort;
    const delivery = aPlannedDelivery({ id: `dlv_${n}`, channel, ...(mute !== undefined && { mute }) });
    const parts = { hook: { source }, event, deliveries: [delivery] };
    return store.accept(anAccepting(n, { ...parts, ...(dedupeKey !== undefined && { dedupeKey }) }));
  }

  /** The states of deliveries number 1 and up: `q`ueued, `m`uted, `s`ent … */
  async function states(count: number): Promise<string> {
    const all = Array.from({ length: count }, async (_, at) => (await store.delivery(`dlv_${at + 1}`))?.state[0]);
    return (await Promise.all(all)).join('');
  }

  const M = { mute: 'mute_1' };

  describe('a muted delivery', () => {
    it('is stored as muted, says by what, and waits for nothing', async () => {
      expect((await comes(1, FIRES, M)).muted).toBe(1);
      expect(await store.delivery('dlv_1')).toStrictEqual({
        ...aPlannedDelivery({ id: 'dlv_1', mute: 'mute_1' }),
        eventId: 'evt_000001',
        state: 'muted',
        createdAt: NOON,
        dueAt: NOON,
        tries: 0,
      });
      expect(await store.lanes()).toStrictEqual([]);
      expect(await store.take('ops', { ...now, force: true })).toBeUndefined();
      expect(await store.nextDue('ops', { stepAside: STEP_ASIDE })).toBeUndefined();
      expect((await store.stats()).deliveries).toStrictEqual({ muted: 1 });
      expect((await store.deliveries({ state: 'muted', limit: 5 })).map(({ id }) => id)).toStrictEqual(['dlv_1']);
    });

    it('leaves the other channels of its event alone', async () => {
      const deliveries = [aPlannedDelivery({ id: 'dlv_1', ...M }), aPlannedDelivery({ id: 'dlv_2', channel: 'eng' })];
      expect((await store.accept(anAccepting(1, { deliveries }))).muted).toBe(1);
      expect(await states(2)).toBe('mq');
    });

    it('counts once: a repeat of it counts nothing', async () => {
      const repeated = { ...M, dedupeKey: 'guid-1' };
      expect((await comes(1, FIRES, repeated)).muted).toBe(1);
      expect(await comes(2, FIRES, repeated)).toMatchObject({ status: 'duplicate', muted: 0 });
      expect(await store.heldCounts(['mute_1'])).toStrictEqual(new Map([['mute_1', 1]]));
    });
  });

  describe('the closing message', () => {
    it('passes when what it closes was posted, without the mute', async () => {
      await comes(1, FIRES);
      expect((await comes(2, RESOLVES, M)).muted).toBe(0);
      expect(await store.delivery('dlv_2')).toMatchObject({ state: 'queued' });
      expect(await store.delivery('dlv_2')).not.toHaveProperty('mute');
    });

    it('passes when what it closes was posted before more of it was held back', async () => {
      await comes(1, FIRES);
      await comes(2, FIRES, M);
      await comes(3, FIRES, { mute: 'mute_2' });
      await comes(4, RESOLVES, M);
      expect(await states(4)).toBe('qmmq');
    });

    it('passes once', async () => {
      await comes(1, FIRES);
      await comes(2, RESOLVES, M);
      await comes(3, RESOLVES, M);
      expect(await states(3)).toBe('qqm');
    });

    it('is held back when nothing of its story was posted', async () => {
      await comes(1, FIRES, M);
      expect((await comes(2, RESOLVES, M)).muted).toBe(1);
      expect(await states(2)).toBe('mm');
    });

    it('is held back after a story that was over before the mute, however often it fires again', async () => {
      await comes(1, FIRES);
      await comes(2, RESOLVES);
      for (const n of [3, 5]) {
        await comes(n, FIRES, M);
        await comes(n + 1, RESOLVES, M);
      }
      expect(await states(6)).toBe('qqmmmm');
    });

    it('passes when what was held back has been posted since', async () => {
      await comes(1, FIRES, M);
      await store.release('mute_1', NOON);
      await comes(2, RESOLVES, M);
      expect(await states(2)).toBe('qq');
    });

    it('passes when what was held back has been sent by hand since', async () => {
      await comes(1, FIRES, M);
      await store.retry('dlv_1', NOON);
      await finishNext(store);
      await comes(2, RESOLVES, M);
      expect(await states(2)).toBe('sq');
    });

    it('passes when what was held back has been replayed since', async () => {
      await comes(1, FIRES, M);
      await comes(2, FIRES, M);
      await store.addDeliveries('evt_000001', [aPlannedDelivery({ id: 'dlv_replay', replay: true })], NOON);
      await comes(3, RESOLVES, M);
      expect(await states(3)).toBe('mmq');
    });

    it.each([
      ['another channel', { channel: 'eng' }, {}],
      ['another source', { source: 'alerts-2' }, {}],
      ['another key', {}, { key: 'alert:memory' }],
    ])('is held back when what stands open belongs to %s', async (_, sort, event) => {
      await comes(1, { ...FIRES, ...event }, sort);
      await comes(2, RESOLVES, M);
      expect(await states(2)).toBe('qm');
    });

    it('is held back without a key', async () => {
      await comes(1, {});
      await comes(2, { closes: true }, M);
      expect(await states(2)).toBe('qm');
    });

    it('is decided in the order of the calls, in one commit too', async () => {
      const calls = [comes(1, FIRES), comes(2, RESOLVES, M), comes(3, RESOLVES, M), comes(4, FIRES, M)];
      expect((await Promise.all(calls)).map(({ muted }) => muted)).toStrictEqual([0, 0, 1, 1]);
      expect(await states(4)).toBe('qqmm');
    });

    it('is decided in the order of the events of one hook', async () => {
      const { hook, status } = anAccepting(1, { hook: { source: 'alerts' } });
      const events = [FIRES, RESOLVES, FIRES, RESOLVES].map((event, index) =>
        aPlannedEvent(index + 1, {
          hook,
          event: { ...event, index },
          deliveries: [aPlannedDelivery({ id: `dlv_${index + 1}`, ...(index > 0 && M) })],
        }),
      );
      expect((await store.accept({ hook, status, events })).muted).toBe(2);
      expect(await states(4)).toBe('qqmm');
    });

    it('is decided alike whatever the ids', async () => {
      await comes(9, FIRES);
      await comes(8, RESOLVES);
      await comes(7, RESOLVES, M);
      expect((await store.delivery('dlv_7'))?.state).toBe('muted');
    });
  });

  describe('release', () => {
    it('queues what one mute holds back, in its old order, and keeps its name', async () => {
      await comes(1, FIRES, M);
      await comes(2, FIRES, { mute: 'mute_2' });
      await comes(3, FIRES, { ...M, channel: 'eng' });
      await comes(4, {});
      await comes(5, FIRES, M);

      expect(await store.release('mute_1', later(60_000))).toStrictEqual({ count: 3, channels: ['eng', 'ops'] });

      expect(await states(5)).toBe('qmqqq');
      expect(await store.delivery('dlv_1')).toMatchObject({ mute: 'mute_1', dueAt: later(60_000), createdAt: NOON });
      for (const id of ['dlv_1', 'dlv_4', 'dlv_5']) expect(await finishNext(store, later(60_000))).toBe(id);
    });

    it('queues nothing twice, also when two ask at once', async () => {
      await comes(1, FIRES, M);
      const answers = await Promise.all([store.release('mute_1', NOON), store.release('mute_1', NOON)]);
      expect(answers).toStrictEqual([
        { count: 1, channels: ['ops'] },
        { count: 0, channels: [] },
      ]);
      await finishNext(store);
      expect(await store.release('mute_1', NOON)).toStrictEqual({ count: 0, channels: [] });
      expect(await states(1)).toBe('s');
    });

    it('finds nothing for a mute that nobody knows', async () => {
      await comes(1, FIRES, M);
      expect(await store.release("x' OR 1=1 --", NOON)).toStrictEqual({ count: 0, channels: [] });
    });
  });

  describe('held', () => {
    it('counts by source and severity, most severe first', async () => {
      const severities = ['info', 'warning', 'info', 'critical', 'info'] as const;
      for (const [at, severity] of severities.entries()) await comes(at + 1, { severity }, M);
      await comes(6, { severity: 'warning' }, { ...M, source: 'github' });
      await comes(7, { severity: 'warning' }, { ...M, source: 'github' });
      await comes(8, { severity: 'critical' }, { mute: 'mute_2' });

      const { groups, count } = await store.held('mute_1');

      expect(count).toBe(7);
      expect(groups).toStrictEqual([
        { source: 'alerts', severity: 'critical', count: 1 },
        { source: 'github', severity: 'warning', count: 2 },
        { source: 'alerts', severity: 'warning', count: 1 },
        { source: 'alerts', severity: 'info', count: 3 },
      ]);
      expect(await store.heldCounts(['mute_2', 'mute_1', 'mute_9'])).toStrictEqual(
        new Map([
          ['mute_2', 1],
          ['mute_1', 7],
          ['mute_9', 0],
        ]),
      );
    });

    it('counts what is held back now: no more what was let go', async () => {
      await comes(1, FIRES, M);
      await comes(2, FIRES, M);
      await store.retry('dlv_1', NOON);
      expect(await store.held('mute_1')).toMatchObject({ count: 1, posted: 1 });
      expect(await store.holdingMutes()).toEqual(['mute_1']);
      await store.release('mute_1', NOON);
      expect(await store.holdingMutes()).toEqual([]);
      expect(await store.held('mute_1')).toStrictEqual({ count: 0, posted: 2, groups: [], open: [], openCount: 0 });
    });

    it('tells the newest event of each key that is not closed, newest first', async () => {
      const about = (key: string): Partial<KeptEvent> => ({ key, facts: { ['__proto__']: 'own' } });
      await comes(1, about('a'), M);
      await comes(2, about('b'), M);
      await comes(3, about('c'), M);
      await comes(4, { ...about('b'), closes: true }, M);
      await comes(5, about('a'), M);
      await comes(6, {}, M);
      await comes(7, about('d'), { mute: 'mute_2' });
      const { open, openCount } = await store.held('mute_1');
      expect(open.map(({ id }) => id)).toStrictEqual(['evt_000005', 'evt_000003']);
      expect(openCount).toBe(2);
      expect(open[0]).toStrictEqual((await store.event('evt_000005'))?.event);
    });

    it('takes a key for closed whose closing message passed, and for open when it fires again elsewhere', async () => {
      await comes(1, FIRES);
      await comes(2, FIRES, M);
      await comes(3, RESOLVES, M);
      expect(await states(3)).toBe('qmq');
      expect(await store.held('mute_1')).toMatchObject({ count: 1, open: [], openCount: 0 });
      await comes(4, FIRES, { channel: 'eng' });
      expect(await store.held('mute_1')).toMatchObject({ count: 1, open: [{ id: 'evt_000004' }], openCount: 1 });
    });

    it('tells at most twenty, and how many there are', async () => {
      const all = Array.from({ length: 30 }, (_, n) => comes(n + 1, { key: `k${n}` }, M));
      await Promise.all(all);
      const { open, openCount, count } = await store.held('mute_1');
      expect([open.length, openCount, count]).toStrictEqual([20, 30, 30]);
      expect(open[0]?.id).toBe('evt_000030');
    });
  });

  it('mutes hold over a restart', async () => {
    await comes(1, FIRES, M);
    store = await opened.reopen();
    expect(await store.recover(NOON)).toBe(0);
    expect(await states(1)).toBe('m');
    await comes(2, RESOLVES, M);
    expect(await states(2)).toBe('mm');
    expect((await store.held('mute_1')).count).toBe(2);
  });
}
