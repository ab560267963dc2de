import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/store.ts';
import { NOON } from '../builders.ts';
import type { OpenedStore, OpenStore } from './contract.ts';
import { acceptRange, anAccepting, aPlannedDelivery, aPlannedEvent, aRefused, later } from './store-builders.ts';

const DAY_MS = 86_400_000;

export function describeAccepting(open: OpenStore): void {
  let opened: OpenedStore;
  let store: Store;
  beforeEach(async () => {
    opened = await open();
    store = opened.store;
  });
  afterEach(() => opened.close());

  describe('accept', () => {
    it('stores the hook as it came, but for its address', async () => {
      const body = Buffer.from([0, 255, 254, 123, 0x80]);
      const hook = { body, pathToken: 'p4ss', query: { a: '1' }, headers: { 'x-a': 'ü' }, from: '::1', method: 'PUT' };
      const accepting = anAccepting(1, { hook });

      await store.accept(accepting);

      const { pathToken: _, rawQuery: __, ...kept } = accepting.hook;
      expect(await store.hook('hook_000001')).toStrictEqual({ hook: kept, status: 'accepted' });
    });

    it('gives back every part of an event but its payload', async () => {
      const event = {
        key: 'pr:acme/api#12',
        state: 'open',
        closes: true,
        unlisted: true,
        url: 'https://example.com/12',
        severity: 'critical' as const,
        labels: { repo: 'acme/api', label: ['bug', 'p1'], ['__proto__']: 'own' },
        facts: { nested: { list: [1, 'two', null] }, ['__proto__']: { polluted: true } },
        title: "Robert'); DROP TABLE hooks;-- \u0000 🛎",
        at: later(-5_000),
      };
      const accepting = anAccepting(1, { event });

      await store.accept(accepting);

      const stored = await store.event('evt_000001');
      expect(stored?.event).toStrictEqual(accepting.events[0]?.event);
      expect(Object.hasOwn(stored?.event.facts ?? {}, '__proto__')).toBe(true);
    });

    it('answers with the new events', async () => {
      const accepting = anAccepting(1, { event: { facts: { id: 7 } } });
      expect(await store.accept(accepting)).toStrictEqual({
        status: 'accepted',
        hookId: 'hook_000001',
        events: [accepting.events[0]?.event],
        muted: 0,
      });
    });

    it('queues each delivery, due at once', async () => {
      const delivery = aPlannedDelivery({ mentions: ['oncall'], replay: true });
      await store.accept(anAccepting(1, { deliveries: [delivery] }));
      expect(await store.delivery('dlv_1')).toStrictEqual({
        ...delivery,
        eventId: 'evt_000001',
        state: 'queued',
        createdAt: NOON,
        dueAt: NOON,
        tries: 0,
      });
    });

    it.each(['ignored', 'unreadable'] as const)('keeps a hook that is %s, with the reason', async (status) => {
      const { hook } = anAccepting(1);
      const answer = await store.accept({ hook, status, note: 'a ping', events: [] });
      expect(answer).toStrictEqual({ status, hookId: hook.id, events: [], muted: 0 });
      expect(await store.hook(hook.id)).toStrictEqual({ hook, status, note: 'a ping' });
    });

    it('takes impossible times and big integers of the sender without losing the event', async () => {
      const event = { at: new Date(Number.NaN), facts: { id: 1234567890123456789n } };
      await store.accept(anAccepting(1, { event }));
      const stored = await store.event('evt_000001');
      expect(stored?.event.at).toStrictEqual(NOON);
      expect(stored?.event.facts).toStrictEqual({ id: '1234567890123456789' });
    });

    it('keeps nothing of a hook when one part of it is refused', async () => {
      await acceptRange(store, 1, 1);
      const accepting = anAccepting(2, {
        dedupeKey: 'guid-2',
        deliveries: [aPlannedDelivery({ id: 'dlv_new' }), aPlannedDelivery({ id: 'dlv_000001' })],
      });

      await expect(store.accept(accepting)).rejects.toThrow(/^The store refused a write/);

      expect(await store.hook('hook_000002')).toBeUndefined();
      expect(await store.event('evt_000002')).toBeUndefined();
      expect(await store.delivery('dlv_new')).toBeUndefined();
      expect((await store.accept(anAccepting(3, { dedupeKey: 'guid-2' }))).status).toBe('accepted');
    });

    it('does not fail the calls that are in flight with a refused one', async () => {
      await acceptRange(store, 1, 1);
      const answers = await Promise.allSettled([2, 1, 3].map((n) => store.accept(anAccepting(n))));
      expect(answers.map(({ status }) => status)).toStrictEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((await store.events({ limit: 10 })).length).toBe(3);
    });
  });

  describe('duplicates', () => {
    it('answers a repeat with the first hook and stores nothing', async () => {
      await store.accept(anAccepting(1, { dedupeKey: 'guid-1' }));
      const answer = await store.accept(anAccepting(2, { dedupeKey: 'guid-1' }));
      expect(answer).toStrictEqual({ status: 'duplicate', hookId: 'hook_000001', events: [], muted: 0 });
      expect(await store.hook('hook_000002')).toBeUndefined();
      expect((await store.deliveries({ limit: 10 })).length).toBe(1);
    });

    it('lets exactly one of two in flight win', async () => {
      const both = [1, 2].map((n) => store.accept(anAccepting(n, { dedupeKey: 'guid-1' })));
      expect((await Promise.all(both)).map(({ status }) => status)).toStrictEqual(['accepted', 'duplicate']);
    });

    it('holds a key against others no longer than it is asked to', async () => {
      const again = (n: number, minutes: number) => {
        const at = new Date(NOON.getTime() + minutes * 60_000);
        const { hook, status, events } = anAccepting(n, { dedupeKey: 'bytes', hook: { at } });
        return store.accept({ hook, status, events: events.map((one) => ({ ...one, dedupeWithinMs: 600_000 })) });
      };
      expect((await again(1, 0)).status).toBe('accepted');
      expect((await again(2, 9)).status).toBe('duplicate');
      // Of the first, not of the one that was dropped.
      expect((await again(3, 10)).status).toBe('accepted');
      expect((await again(4, 19)).status).toBe('duplicate');
    });

    it('keeps the new events of a hook that holds both', async () => {
      await store.accept(anAccepting(1, { dedupeKey: 'a' }));
      const { hook, status } = anAccepting(2);
      const planned = [
        aPlannedEvent(2, { hook, dedupeKey: 'a', event: { index: 0 } }),
        aPlannedEvent(3, { hook, dedupeKey: 'b', event: { index: 1 } }),
        aPlannedEvent(4, { hook, dedupeKey: 'b', event: { index: 2 } }),
      ];

      const answer = await store.accept({ hook, status, events: planned });

      expect(answer).toStrictEqual({
        status: 'accepted',
        hookId: 'hook_000002',
        events: [planned[1]?.event],
        muted: 0,
      });
      expect((await store.events({ limit: 10 })).map(({ event }) => event.id)).toStrictEqual([
        'evt_000003',
        'evt_000001',
      ]);
    });

    it('knows a key within its source only, and events without one never', async () => {
      const answers = [
        await store.accept(anAccepting(1, { dedupeKey: 'same' })),
        await store.accept(anAccepting(2, { dedupeKey: 'same', hook: { source: 'github-2' } })),
        await store.accept(anAccepting(3)),
        await store.accept(anAccepting(4)),
      ];
      expect(answers.map(({ status }) => status)).toStrictEqual(Array(4).fill('accepted'));
    });

    it('tells apart keys of any length', async () => {
      const long = 'x'.repeat(1_000_000);
      const answers = [
        await store.accept(anAccepting(1, { dedupeKey: `${long}a` })),
        await store.accept(anAccepting(2, { dedupeKey: `${long}b` })),
        await store.accept(anAccepting(3, { dedupeKey: `${long}a` })),
      ];
      expect(answers.map(({ status }) => status)).toStrictEqual(['accepted', 'accepted', 'duplicate']);
    });

    it('remembers a key for at least three days and not for ever', async () => {
      await store.accept(anAccepting(1, { dedupeKey: 'guid-1' }));
      const early = anAccepting(2, { dedupeKey: 'guid-1', hook: { at: later(3 * DAY_MS) } });
      const late = anAccepting(3, { dedupeKey: 'guid-1', hook: { at: later(40 * DAY_MS) } });
      expect((await store.accept(early)).status).toBe('duplicate');
      expect((await store.accept(late)).status).toBe('accepted');
    });

    it('remembers a key whose event was pruned', async () => {
      await store.accept(anAccepting(1, { dedupeKey: 'guid-1', deliveries: [] }));
      expect(await store.prune({ before: later(1), duplicatesBefore: later(-DAY_MS), maxBytes: 1e9 })).toBe(1);
      const answer = await store.accept(anAccepting(2, { dedupeKey: 'guid-1' }));
      expect(answer).toStrictEqual({ status: 'duplicate', hookId: 'hook_000001', events: [], muted: 0 });
    });
  });

  describe('addDeliveries', () => {
    it('adds deliveries to an event that is there', async () => {
      await store.accept(anAccepting(1));
      const replay = aPlannedDelivery({ id: 'dlv_replay', route: 'replay', replay: true });
      await store.addDeliveries('evt_000001', [replay], later(60_000));
      const stored = await store.event('evt_000001');
      expect(stored?.deliveries.map(({ id }) => id)).toStrictEqual(['dlv_000001', 'dlv_replay']);
      expect(stored?.deliveries[1]).toMatchObject({ ...replay, dueAt: later(60_000), createdAt: later(60_000) });
    });

    it('rejects for an event that is not', async () => {
      await expect(store.addDeliveries('evt_9', [aPlannedDelivery()], NOON)).rejects.toThrow(
        'No event has the id evt_9.',
      );
      expect(await store.delivery('dlv_1')).toBeUndefined();
    });
  });

  describe('refuse', () => {
    it('keeps what was refused, newest first', async () => {
      await store.refuse(aRefused(1));
      const proof = { pathToken: 'p4ss', rawQuery: 'a=1&b=%20ü', clientSubject: 'CN=hooks.example.com' };
      await store.refuse(aRefused(2, { proof }));
      expect(await store.refused(10)).toStrictEqual([aRefused(2, { proof }), aRefused(1)]);
      expect(await store.refused(1)).toStrictEqual([aRefused(2, { proof })]);
    });

    it('keeps the newest 500 and 64 KB of a body', async () => {
      const all = Array.from({ length: 505 }, (_, n) =>
        store.refuse(aRefused(n, { body: Buffer.alloc(100_000, 'x') })),
      );
      await Promise.all(all);
      const kept = await store.refused(1_000);
      expect(kept.length).toBe(500);
      expect(kept.at(-1)?.id).toBe('hook_000005');
      expect(kept[0]?.body.length).toBe(65_536);
      expect((await store.stats()).refused).toBe(500);
    });
  });
}
