import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../../src/core/store.ts';
import { openSqliteStore } from '../../../src/store/sqlite/store.ts';
import { silentLog, testClock } from '../../builders.ts';
import { anAccepting, anAttempt, LEASE, later, now } from '../store-builders.ts';

let folder: string;
let mine: Store;
let other: Store;

/** Two stores on one file, as two processes would be on one database. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellhop-lease-'));
  const open = (owner: string) =>
    openSqliteStore({ file: join(folder, 'bellhop.db'), clock: testClock(), log: silentLog, owner });
  mine = await open('mine');
  other = await open('other');
  await mine.accept(anAccepting(1));
  await mine.accept(anAccepting(2));
});

afterEach(async () => {
  await Promise.all([mine.close(), other.close()]);
  await rm(folder, { recursive: true, force: true });
});

it('keeps a channel from everybody else until the lease runs out', async () => {
  await mine.take('ops', now);
  expect(await other.take('ops', { ...now, now: later(LEASE - 1) })).toBeUndefined();
  expect(await other.nextDue('ops', now)).toStrictEqual(later(LEASE));
});

it('lets whoever comes then take the same delivery over, told that it may have been sent', async () => {
  await mine.take('ops', now);
  const taken = await other.take('ops', { ...now, now: later(LEASE) });
  expect(taken).toMatchObject({ delivery: { id: 'dlv_000001' }, interrupted: true });
});

it('lets only the one who holds the lease settle', async () => {
  await mine.take('ops', now);
  await other.take('ops', { ...now, now: later(LEASE) });
  await expect(mine.settle('dlv_000001', [anAttempt()], { state: 'sent', ref: {} })).rejects.toThrow(
    'Delivery dlv_000001 was taken over by another process; this try is not settled.',
  );
  expect(await mine.attempts(['dlv_000001'])).toEqual(new Map([['dlv_000001', []]]));
  await other.settle('dlv_000001', [anAttempt()], { state: 'sent', ref: {} });
  expect((await mine.take('ops', { ...now, now: later(LEASE) }))?.delivery.id).toBe('dlv_000002');
});
