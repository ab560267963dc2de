import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Config } from '../../src/core/config.ts';
import type { Delivery } from '../../src/core/delivery.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import type { Settlement, Store } from '../../src/core/store.ts';
import { createNotices } from '../../src/pipeline/notices.ts';
import { createOperators } from '../../src/pipeline/operators.ts';
import type { ActiveChannel, Runtime } from '../../src/pipeline/runtime.ts';
import { createTroubleReports } from '../../src/pipeline/trouble.ts';
import { consolePlatform } from '../../src/platforms/console/platform.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { NOON, silentLog, type TestClock, testClock, testIds } from '../builders.ts';

const MINUTE = 60_000;

let folder: string;
let store: Store;
let clock: TestClock;
let reports: ReturnType<typeof createTroubleReports>;

const channel = (name: string): ActiveChannel => ({
  config: { name, platform: 'console' },
  platform: consolePlatform,
  client: {
    send: async () => sent,
    update: async () => sent,
    health: async () => ({ ok: true, detail: '' }),
    stop: async () => {},
  },
  pace: [],
  retryMs: [5_000, 30_000],
  timeoutMs: 10_000,
});
const sent: Outcome = { kind: 'sent', ref: {} };
const revoked: Outcome = { kind: 'retry', reason: 'The token was revoked.', lane: true, unreachable: true };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellhop-trouble-'));
  clock = testClock();
  store = await openSqliteStore({ file: join(folder, 'bellhop.db'), clock, log: silentLog });
  const runtime = {
    config: { operators: ['ops', 'desk'] } as unknown as Config,
    channels: new Map(['ops', 'desk'].map((name) => [name, channel(name)])),
  } as unknown as Runtime;
  const notices = createNotices({ runtime: () => runtime, store, clock, newId: testIds(), onAccepted: () => {} });
  const operators = createOperators({ runtime: () => runtime, notices, clock, log: silentLog });
  reports = createTroubleReports(operators);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const aDelivery = (over: Partial<Delivery> = {}): Delivery => ({
  ...{ id: 'dlv_1', eventId: 'evt_1', channel: 'ops', platform: 'console', route: 'all', mentions: [], replay: false },
  ...{ state: 'sending', createdAt: NOON, dueAt: NOON, tries: 0 },
  ...over,
});
const tried = (outcome: Outcome, settlement: Settlement, delivery = aDelivery()): void =>
  reports.onTried(channel('ops'), delivery, { outcome, settlement, attempts: [] });
const waits: Settlement = { state: 'queued', dueAt: NOON, counts: false };
/** What was told, oldest first, with the channels it goes to. */
const told = async (): Promise<readonly string[]> => {
  const events = await store.events({ limit: 50 });
  return events.map(({ event, deliveries }) => `${event.title} → ${deliveries.map((one) => one.channel)}`).reverse();
};

it('tells of a channel out of reach once, elsewhere, then of its recovery, and of the next trouble again', async () => {
  tried(revoked, waits);
  tried(revoked, waits);
  reports.onRecovered(channel('ops'));
  tried(revoked, waits);
  expect([...(await told())].sort()).toEqual([
    'ops on console cannot be reached → desk',
    'ops on console cannot be reached → desk',
    'ops on console takes messages again → desk',
  ]);
});

it('tells of an outage once it has lasted, and of no recovery from one that nobody was told of', async () => {
  reports.onOutage(channel('ops'), { lastingMs: 9 * MINUTE, reason: 'No answer.' });
  reports.onRecovered(channel('ops'));
  expect(await told()).toEqual([]);
  reports.onOutage(channel('ops'), { lastingMs: 10 * MINUTE, reason: 'No answer.' });
  expect(await told()).toEqual(['ops on console cannot be reached → desk']);
});

it('tells of a message that was given up, with what its tries came to', async () => {
  tried({ kind: 'retry', reason: 'No answer.' }, { state: 'dead' }, aDelivery({ tries: 2 }));
  expect(await told()).toEqual(['A message for ops was given up after 3 tries in 35 s → desk']);
  const [notice] = await store.events({ limit: 1 });
  expect(notice?.event.facts.detail).toBe(
    'evt_1: No answer. The message is kept; "bellhop deliveries --retry dlv_1" sends it again.',
  );
});

it('makes no notice of a notice that fails, and none of what went well', async () => {
  tried(revoked, waits, aDelivery({ route: 'operators' }));
  tried(sent, { state: 'sent', ref: {} });
  expect(await told()).toEqual([]);
});

it('tells of a mute’s receipt that cannot be posted as of any other message', async () => {
  tried(revoked, waits, aDelivery({ route: 'bellhop' }));
  expect(await told()).toEqual(['ops on console cannot be reached → desk']);
});
