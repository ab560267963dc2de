import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/store.ts';
import { NOON } from '../builders.ts';
import type { OpenedStore, OpenStore } from './contract.ts';
import {
  acceptRange,
  anAccepting,
  anAttempt,
  aPlannedDelivery,
  failNext,
  finishNext,
  later,
  now,
  STEP_ASIDE,
} from './store-builders.ts';

const FAILED = anAttempt({ outcome: 'retry', status: 503, reason: 'The platform is down.' });

export function describeLanes(open: OpenStore): void {
  let opened: OpenedStore;
  let store: Store;
  beforeEach(async () => {
    opened = await open();
    store = opened.store;
  });
  afterEach(() => opened.close());

  const takenId = async (at = NOON) => (await store.take('ops', { ...now, now: at }))?.delivery.id;

  /** Lets number 1 fail until it has stepped aside; it is due in an hour. */
  async function stepFirstAside(): Promise<void> {
    for (let tries = 0; tries < STEP_ASIDE; tries++) {
      expect(await failNext(store, tries === STEP_ASIDE - 1 ? later(3_600_000) : NOON)).toBe('dlv_000001');
    }
  }

  describe('take', () => {
    it('takes the oldest and marks it sending', async () => {
      await acceptRange(store, 1, 2);
      const taken = await store.take('ops', now);
      expect(taken).toMatchObject({ delivery: { id: 'dlv_000001', state: 'sending', tries: 0 }, interrupted: false });
      expect((await store.delivery('dlv_000001'))?.state).toBe('sending');
    });

    it('takes in the order of acceptance, whatever the ids', async () => {
      for (const id of ['dlv_c', 'dlv_a', 'dlv_b']) {
        await store.accept(anAccepting(id.charCodeAt(4), { deliveries: [aPlannedDelivery({ id })] }));
      }
      expect([await finishNext(store), await finishNext(store), await finishNext(store)]).toStrictEqual([
        'dlv_c',
        'dlv_a',
        'dlv_b',
      ]);
    });

    it('takes one at a time of a channel, and channels do not wait for each other', async () => {
      await acceptRange(store, 1, 2);
      await store.accept(anAccepting(3, { deliveries: [aPlannedDelivery({ id: 'dlv_3', channel: 'eng' })] }));
      const taken = await Promise.all([store.take('ops', now), store.take('ops', now), store.take('eng', now)]);
      expect(taken.map((one) => one?.delivery.id)).toStrictEqual(['dlv_000001', undefined, 'dlv_3']);
      expect(await store.take('ops', { ...now, force: true })).toBeUndefined();
    });

    it('finds nothing in an empty or unknown channel', async () => {
      expect(await store.take('ops', now)).toBeUndefined();
    });

    it('lets the others wait for a head that is not due', async () => {
      await acceptRange(store, 1, 2);
      await failNext(store, later(5_000));
      expect(await takenId()).toBeUndefined();
      expect(await takenId(later(4_999))).toBeUndefined();
      expect(await takenId(later(5_000))).toBe('dlv_000001');
    });

    it('goes on with the next ones when the head has failed often enough', async () => {
      await acceptRange(store, 1, 3);
      await stepFirstAside();
      expect(await finishNext(store)).toBe('dlv_000002');
      expect(await finishNext(store)).toBe('dlv_000003');
      expect(await takenId(later(3_599_999))).toBeUndefined();
      expect(await takenId(later(3_600_000))).toBe('dlv_000001');
    });

    it('takes one that stepped aside first when it is due and older', async () => {
      await acceptRange(store, 1, 2);
      await stepFirstAside();
      expect(await takenId(later(3_600_000))).toBe('dlv_000001');
    });

    it('takes one that stepped aside even while the head is not due', async () => {
      await acceptRange(store, 1, 2);
      await stepFirstAside();
      expect(await failNext(store, later(7_200_000))).toBe('dlv_000002');
      expect(await takenId(later(3_600_000))).toBe('dlv_000001');
    });

    it('takes the oldest, due or not, when forced', async () => {
      await acceptRange(store, 1, 2);
      await stepFirstAside();
      const taken = await store.take('ops', { ...now, force: true });
      expect(taken?.delivery).toMatchObject({ id: 'dlv_000001', tries: STEP_ASIDE });
    });
  });

  describe('nextDue', () => {
    it('follows the rule of take', async () => {
      const next = () => store.nextDue('ops', { stepAside: STEP_ASIDE });
      expect(await next()).toBeUndefined();
      await acceptRange(store, 1, 2);
      expect(await next()).toStrictEqual(NOON);
      await failNext(store, later(5_000));
      expect(await next()).toStrictEqual(later(5_000));
      await failNext(store, later(9_000), later(5_000));
      await failNext(store, later(60_000), later(9_000));
      expect(await next()).toStrictEqual(NOON);
      expect(await finishNext(store)).toBe('dlv_000002');
      expect(await next()).toStrictEqual(later(60_000));
      expect(await finishNext(store, later(60_000))).toBe('dlv_000001');
      expect(await next()).toBeUndefined();
    });

    it('sees what was written in the same moment', async () => {
      await acceptRange(store, 1, 1);
      await store.take('ops', now);
      const settled = store.settle('dlv_000001', [FAILED], { state: 'queued', dueAt: later(30_000), counts: true });
      expect(await store.nextDue('ops', { stepAside: STEP_ASIDE })).toStrictEqual(later(30_000));
      await settled;
    });
  });

  it('lanes names each channel with something waiting and when it falls due', async () => {
    await acceptRange(store, 1, 1);
    await store.accept(
      anAccepting(2, { deliveries: [aPlannedDelivery({ id: 'dlv_e', channel: 'eng' })], hook: { at: later(7) } }),
    );
    await store.accept(anAccepting(3, { deliveries: [aPlannedDelivery({ id: 'dlv_d', channel: 'done' })] }));
    await store.take('done', now);
    await store.settle('dlv_d', [anAttempt()], { state: 'dead' });
    await failNext(store, later(5_000));
    const lanes = [...(await store.lanes())].sort((a, b) => a.channel.localeCompare(b.channel));
    expect(lanes).toStrictEqual([
      { channel: 'eng', dueAt: later(7) },
      { channel: 'ops', dueAt: later(5_000) },
    ]);
  });

  describe('settle', () => {
    it('sent: keeps where the message landed and when', async () => {
      await acceptRange(store, 1, 1);
      await store.take('ops', now);
      const ref = { channel: 'C1', message: '1716.000100' };
      await store.settle('dlv_000001', [anAttempt({ at: later(80) })], { state: 'sent', ref });
      expect(await store.delivery('dlv_000001')).toMatchObject({ state: 'sent', ref, dueAt: later(80), tries: 0 });
    });

    it('dead: ends it without a ref', async () => {
      await acceptRange(store, 1, 2);
      await store.take('ops', now);
      await store.settle('dlv_000001', [anAttempt({ outcome: 'dead', at: later(80) })], { state: 'dead' });
      const dead = await store.delivery('dlv_000001');
      expect(dead).toMatchObject({ state: 'dead', dueAt: later(80) });
      expect(dead).not.toHaveProperty('ref');
      expect(await takenId()).toBe('dlv_000002');
    });

    it('queued: counts the try or does not', async () => {
      await acceptRange(store, 1, 1);
      for (const [counts, tries] of [
        [true, 1],
        [false, 1],
        [true, 2],
      ] as const) {
        await store.take('ops', now);
        await store.settle('dlv_000001', [FAILED], { state: 'queued', dueAt: NOON, counts });
        expect(await store.delivery('dlv_000001')).toMatchObject({ state: 'queued', tries });
      }
    });

    it('appends the attempts, several of one settling too', async () => {
      await acceptRange(store, 1, 2);
      await store.take('ops', now);
      await store.settle('dlv_000001', [FAILED], { state: 'queued', dueAt: NOON, counts: true });
      await store.take('ops', now);
      const refusedForm = anAttempt({ at: later(1), outcome: 'dead', status: 400, reason: 'The form.', tookMs: 1.5 });
      const plain = anAttempt({ at: later(2), status: 200 });
      await store.settle('dlv_000001', [refusedForm, plain], { state: 'sent', ref: {} });
      const attempts = await store.attempts(['dlv_000001', 'dlv_000002', 'dlv_9']);
      expect(attempts.get('dlv_000001')).toStrictEqual([FAILED, refusedForm, plain]);
      expect(attempts.get('dlv_000002')).toStrictEqual([]);
    });

    it('takes effect before the take that is issued with it', async () => {
      await acceptRange(store, 1, 2);
      await store.take('ops', now);
      const settled = store.settle('dlv_000001', [anAttempt()], { state: 'sent', ref: {} });
      const taken = store.take('ops', now);
      await settled;
      expect((await taken)?.delivery.id).toBe('dlv_000002');
    });

    it.each(['dlv_000001', 'dlv_9'])('rejects for %s, which is not sending, and keeps no attempt', async (id) => {
      await acceptRange(store, 1, 1);
      await expect(store.settle(id, [FAILED], { state: 'dead' })).rejects.toThrow(
        /^Delivery dlv_\d+ is (queued|unknown)/,
      );
      expect((await store.attempts([id])).get(id)).toStrictEqual([]);
      expect((await store.delivery('dlv_000001'))?.state).toBe('queued');
    });
  });

  it('wake lets everything waiting in one channel fall due', async () => {
    await acceptRange(store, 1, 2);
    await stepFirstAside();
    await failNext(store, later(50_000));
    await store.accept(
      anAccepting(3, { deliveries: [aPlannedDelivery({ id: 'dlv_e', channel: 'eng' })], hook: { at: later(9_000) } }),
    );
    await store.wake('ops', later(1_000));
    expect([await finishNext(store, later(1_000)), await finishNext(store, later(1_000))]).toStrictEqual([
      'dlv_000001',
      'dlv_000002',
    ]);
    expect(await store.nextDue('eng', { stepAside: STEP_ASIDE })).toStrictEqual(later(9_000));
  });

  describe('retry', () => {
    it('puts a dead delivery at the head, with its tries anew', async () => {
      await acceptRange(store, 1, 3);
      await failNext(store, NOON);
      await store.take('ops', now);
      await store.settle('dlv_000001', [FAILED], { state: 'dead' });
      await failNext(store, later(60_000));
      expect(await store.retry('dlv_000001', later(10))).toBe(true);
      expect(await store.delivery('dlv_000001')).toMatchObject({ state: 'queued', tries: 0, dueAt: later(10) });
      expect(await takenId(later(10))).toBe('dlv_000001');
    });

    it('puts a waiting delivery before those that are older', async () => {
      await acceptRange(store, 1, 3);
      await failNext(store, later(60_000));
      expect(await store.retry('dlv_000003', NOON)).toBe(true);
      expect(await store.retry('dlv_000002', NOON)).toBe(true);
      expect([await finishNext(store), await finishNext(store), await finishNext(store)]).toStrictEqual([
        'dlv_000002',
        'dlv_000003',
        undefined,
      ]);
    });

    it('lets a person send what a mute holds back', async () => {
      await store.accept(anAccepting(1, { deliveries: [aPlannedDelivery({ id: 'dlv_m', mute: 'mute_1' })] }));
      await acceptRange(store, 2, 2);
      expect(await takenId()).toBe('dlv_000002');
      expect(await store.retry('dlv_m', later(10))).toBe(true);
      expect(await store.delivery('dlv_m')).toMatchObject({ state: 'queued', mute: 'mute_1', dueAt: later(10) });
      expect(await store.heldCounts(['mute_1'])).toStrictEqual(new Map([['mute_1', 0]]));
      await store.settle('dlv_000002', [anAttempt()], { state: 'sent', ref: {} });
      expect(await takenId(later(10))).toBe('dlv_m');
    });

    it('says false for one that is sending, sent or unknown', async () => {
      await acceptRange(store, 1, 1);
      await store.take('ops', now);
      expect(await store.retry('dlv_000001', NOON)).toBe(false);
      await store.settle('dlv_000001', [anAttempt()], { state: 'sent', ref: {} });
      expect(await store.retry('dlv_000001', NOON)).toBe(false);
      expect(await store.retry('dlv_9', NOON)).toBe(false);
    });
  });

  describe('recover', () => {
    it('lets what was sending wait again and says that it may have arrived', async () => {
      await acceptRange(store, 1, 2);
      await store.accept(anAccepting(3, { deliveries: [aPlannedDelivery({ id: 'dlv_e', channel: 'eng' })] }));
      await store.take('ops', now);
      await store.take('eng', now);
      store = await opened.reopen();
      expect(await store.recover(later(100))).toBe(2);
      expect(await store.recover(later(100))).toBe(0);
      const taken = await store.take('ops', { ...now, now: later(100) });
      expect(taken).toMatchObject({ interrupted: true, delivery: { id: 'dlv_000001', tries: 0 } });
      expect((await store.attempts(['dlv_000001'])).get('dlv_000001')).toEqual([
        {
          at: later(100),
          outcome: 'ambiguous',
          reason: 'Bellhop ended while it was sending this; it may have arrived.',
          tookMs: 0,
        },
      ]);
    });

    it('says so until the try has an end', async () => {
      await acceptRange(store, 1, 1);
      await store.take('ops', now);
      await store.recover(NOON);
      await store.take('ops', now);
      await store.settle('dlv_000001', [FAILED], { state: 'queued', dueAt: NOON, counts: true });
      expect((await store.take('ops', now))?.interrupted).toBe(false);
    });
  });
}
