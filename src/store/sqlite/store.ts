import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { Store } from '../../core/store.ts';
import { createAccept } from './accept.ts';
import { createAudit } from './audit.ts';
import { createDeliveryQueries } from './deliveries.ts';
import { createEventQueries } from './events.ts';
import { createGroupCommit } from './group-commit.ts';
import { createLanes } from './lanes.ts';
import { createMuted } from './muted.ts';
import { openDatabase } from './open-database.ts';
import { createPrune } from './prune.ts';
import { createRefused } from './refused.ts';
import { createSettle } from './settle.ts';
import { createStats } from './stats.ts';
import { createWaiting } from './waiting.ts';

const DAY_MS = 86_400_000;
/** More than the longest time a sender goes on repeating one hook (Stripe: three days). */
const DEDUPE_MS = 7 * DAY_MS;

export interface SqliteStoreOptions {
  readonly file: string;
  readonly clock: Clock;
  readonly log: Log;
  /** How long after its first hook a key makes a duplicate; 7 days where absent. */
  readonly dedupeMs?: number;
  /** Tells this store's leases from another process's; random where absent. */
  readonly owner?: string;
  /** Told after each commit how many calls shared it. */
  readonly onCommit?: (calls: number) => void;
}

/**
 * The embedded store: one SQLite file, made when it is missing. One process at a time. Rejects with a sentence that
 * names the file when it cannot be used; calls reject with a sentence when the file cannot be written.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { file, clock, log, dedupeMs = DEDUPE_MS, owner = randomUUID(), onCommit } = options;
  const { db, versionBefore } = openDatabase(file);
  if (versionBefore === 0) log.info('made a new store', { file });

  const commits = createGroupCommit({ db, log, ...(onCommit && { onCommit }) });
  const { accept, addDeliveries } = createAccept(db, dedupeMs);
  const waiting = createWaiting(db);
  const lanes = createLanes(db, waiting, owner);
  const { settle, retry, recover } = createSettle(db, waiting, owner);
  const { refuse, refused, refusedHook } = createRefused(db);
  const { release, held, heldCounts, holdingMutes } = createMuted(db);
  const { audit, audits } = createAudit(db);
  const { delivery, deliveries, deliveryOf, attempts } = createDeliveryQueries(db);
  const stats = createStats(db);
  const probe = createProbe(db);

  // `async` turns what encoding throws into a rejection, and still enqueues at once: calls keep their order.
  return {
    accept: async (accepting) => commits.write(accept(accepting)),
    refuse: async (hook) => commits.write(refuse(hook)),
    addDeliveries: async (eventId, planned, now) => commits.write(addDeliveries(eventId, planned, now)),

    lanes: () => commits.read(lanes.lanes),
    take: (channel, takeOptions) => commits.write(() => lanes.take(channel, takeOptions)),
    nextDue: (channel, { stepAside }) => commits.read(() => lanes.nextDue(channel, stepAside)),
    settle: (deliveryId, tried, settlement) => commits.write(() => settle(deliveryId, tried, settlement)),
    wake: (channel, now) => commits.write(() => lanes.wake(channel, now)),
    retry: (deliveryId, now) => commits.write(() => retry(deliveryId, now)),
    release: (muteId, now) => commits.write(() => release(muteId, now)),
    audit: async (entry) => commits.write(audit(entry)),
    recover: (now) => commits.write(() => recover(now)),

    ...createEventQueries(db, commits),
    delivery: (id) => commits.read(() => delivery(id)),
    deliveries: (filter) => commits.read(() => deliveries(filter)),
    deliveryOf: (place) => commits.read(() => deliveryOf(place)),
    held: (muteId) => commits.read(() => held(muteId)),
    holdingMutes: () => commits.read(holdingMutes),
    heldCounts: (muteIds) => commits.read(() => heldCounts(muteIds)),
    audits: (filter) => commits.read(() => audits(filter)),
    attempts: (deliveryIds) => commits.read(() => attempts(deliveryIds)),
    refused: (limit) => commits.read(() => refused(limit)),
    refusedHook: (id) => commits.read(() => refusedHook(id)),
    stats: () => commits.read(stats),

    prune: createPrune({ db, commits, clock, dedupeMs }),
    writable: () =>
      commits.write(probe).then(
        () => true,
        () => false,
      ),
    async close() {
      commits.close();
      db.close();
    },
  };
}

/** Takes room in the file and gives it back: fails where a hook of ordinary size would. */
function createProbe(db: Database): () => void {
  const fill = db.prepare('INSERT INTO probe (filler) VALUES (zeroblob(32768))');
  const clear = db.prepare('DELETE FROM probe');
  return () => {
    fill.run();
    clear.run();
  };
}
