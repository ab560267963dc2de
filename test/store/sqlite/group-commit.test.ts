import { statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOON } from '../../builders.ts';
import { anAccepting, anAttempt, aPlannedDelivery, now } from '../store-builders.ts';
import { openForTest } from './open-for-test.ts';

describe('group commit', () => {
  let opened: Awaited<ReturnType<typeof openForTest>>;
  let commits: number[];
  beforeEach(async () => {
    commits = [];
    opened = await openForTest({ onCommit: (calls) => commits.push(calls) });
  });
  afterEach(() => opened.close());

  const acceptAll = (from: number, to: number) =>
    Promise.all(Array.from({ length: to - from }, (_, n) => opened.store.accept(anAccepting(from + n))));

  it('syncs once for the hooks of one moment', async () => {
    await acceptAll(0, 100);
    expect(commits).toStrictEqual([100]);
  });

  it('syncs once for each hook that waited for the one before', async () => {
    for (const n of [1, 2, 3]) await opened.store.accept(anAccepting(n));
    expect(commits).toStrictEqual([1, 1, 1]);
  });

  it('lets the event loop breathe between large batches', async () => {
    await acceptAll(0, 600);
    expect(commits).toStrictEqual([256, 256, 88]);
  });

  it('shares a commit between the end of one try and the next taking', async () => {
    const { store } = opened;
    await acceptAll(0, 2);
    await store.take('ops', now);
    commits.length = 0;
    const settled = store.settle('dlv_000000', [anAttempt()], { state: 'sent', ref: {} });
    expect((await store.take('ops', now))?.delivery.id).toBe('dlv_000001');
    await settled;
    expect(commits).toStrictEqual([2]);
  });

  it('repeats each call alone when one of them is refused', async () => {
    await acceptAll(0, 1);
    commits.length = 0;
    await Promise.allSettled([1, 0, 2].map((n) => opened.store.accept(anAccepting(n))));
    expect(commits).toStrictEqual([1, 1]);
  });

  it('writes nothing for a taking that finds nothing, or for a duplicate', async () => {
    const { store, file } = opened;
    await store.accept(anAccepting(1, { dedupeKey: 'k', deliveries: [aPlannedDelivery({ channel: 'eng' })] }));
    const { size, mtimeMs } = statSync(`${file}-wal`);
    expect(await store.take('ops', now)).toBeUndefined();
    expect((await store.accept(anAccepting(2, { dedupeKey: 'k' }))).status).toBe('duplicate');
    expect(await store.recover(NOON)).toBe(0);
    expect(statSync(`${file}-wal`)).toMatchObject({ size, mtimeMs });
  });
});
