import type { Database } from 'better-sqlite3';
import type { Clock } from '../../core/clock.ts';
import type { Store } from '../../core/store.ts';
import type { GroupCommit } from './group-commit.ts';
import { usedBytesOf } from './open-database.ts';

/** What one transaction removes: small, so that hooks are answered in between. */
const HOOKS_AT_ONCE = 50;
const KEYS_AT_ONCE = 1_000;
const PAGES_AT_ONCE = 500;

export interface PruneOptions {
  readonly db: Database;
  readonly commits: GroupCommit;
  readonly clock: Clock;
  readonly dedupeMs: number;
}

interface HookAge {
  readonly seq: number;
  readonly id: string;
  readonly at: number;
}

/**
 * A hook goes with everything it led to, and only when all of that is finished: its bytes are the payload of each of
 * its events. Keys of duplicates stay for `dedupeMs` even if the caller asks for less.
 */
export function createPrune({ db, commits, clock, dedupeMs }: PruneOptions): Store['prune'] {
  const oldest = db.prepare<{ at: number; seq: number; before: number }, HookAge>(
    `SELECT seq, id, at FROM hooks WHERE (at, seq) > (@at, @seq) AND at < @before ORDER BY at, seq LIMIT ${HOOKS_AT_ONCE}`,
  );
  const remove = createRemove(db);
  const forget = db.prepare<[number]>(
    `DELETE FROM seen WHERE (source, key) IN (SELECT source, key FROM seen WHERE at < ? ORDER BY at LIMIT ${KEYS_AT_ONCE})`,
  );
  const dropRefused = db.prepare<[number]>('DELETE FROM refused WHERE at < ?');
  const usedBytes = usedBytesOf(db);

  /** Goes through the hooks older than `before`, oldest first, until `enough`. */
  async function sweep(before: number, inForce: string, enough: () => boolean): Promise<number> {
    let removed = 0;
    for (let last: HookAge | undefined = { seq: 0, id: '', at: Number.MIN_SAFE_INTEGER }; last !== undefined; ) {
      const { at, seq } = last;
      const step = await commits.write(() => {
        const hooks = oldest.all({ at, seq, before });
        let events = 0;
        for (const hook of hooks) {
          if (enough()) return { events, last: undefined };
          events += remove(hook, inForce);
        }
        return { events, last: hooks.at(-1) };
      });
      removed += step.events;
      last = step.last;
    }
    return removed;
  }

  async function shrinkFile(): Promise<void> {
    for (let before = Number.POSITIVE_INFINITY; ; ) {
      const freePages = await commits.write(() => {
        db.pragma(`incremental_vacuum(${PAGES_AT_ONCE})`);
        return Number(db.pragma('freelist_count', { simple: true }));
      });
      // A file that was made elsewhere may not be able to shrink.
      if (freePages === 0 || freePages >= before) return;
      before = freePages;
    }
  }

  return async ({ before, duplicatesBefore, maxBytes, inForce = [] }) => {
    const muteIds = JSON.stringify(inForce);
    const keysBefore = Math.min(duplicatesBefore.getTime(), clock.now().getTime() - dedupeMs);
    while ((await commits.write(() => forget.run(keysBefore).changes)) === KEYS_AT_ONCE);
    await commits.write(() => dropRefused.run(before.getTime()));
    const byAge = await sweep(before.getTime(), muteIds, () => false);
    const bySize = await sweep(Number.MAX_SAFE_INTEGER, muteIds, () => usedBytes() <= maxBytes);
    await shrinkFile();
    return byAge + bySize;
  };
}

/** Removes a hook with all it led to, unless some of it is unfinished; returns how many events went. `inForce` is a JSON list. */
function createRemove(db: Database): (hook: HookAge, inForce: string) => number {
  const unfinished = db.prepare<[string, string]>(
    `SELECT 1 FROM events JOIN deliveries ON deliveries.event_id = events.id
     WHERE events.hook_id = ? AND (deliveries.state IN ('queued', 'sending', 'held')
       OR (deliveries.state = 'muted' AND deliveries.mute IN (SELECT value FROM json_each(?)))) LIMIT 1`,
  );
  const ofHook = 'SELECT id FROM events WHERE hook_id = ?';
  const removeAttempts = db.prepare<[string]>(
    `DELETE FROM attempts WHERE delivery IN (SELECT seq FROM deliveries WHERE event_id IN (${ofHook}))`,
  );
  const removeDeliveries = db.prepare<[string]>(`DELETE FROM deliveries WHERE event_id IN (${ofHook})`);
  const removeEvents = db.prepare<[string]>('DELETE FROM events WHERE hook_id = ?');
  const removeHook = db.prepare<[number]>('DELETE FROM hooks WHERE seq = ?');

  return ({ seq, id }, inForce) => {
    if (unfinished.get(id, inForce) !== undefined) return 0;
    removeAttempts.run(id);
    removeDeliveries.run(id);
    const { changes } = removeEvents.run(id);
    removeHook.run(seq);
    return changes;
  };
}
