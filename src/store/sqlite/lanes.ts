import type { Database } from 'better-sqlite3';
import type { Taken, TakeOptions } from '../../core/store.ts';
import { type DeliveryRow, toDelivery } from './delivery-row.ts';
import { older, type Waiting } from './waiting.ts';

export interface LaneStatements {
  lanes(): readonly { readonly channel: string; readonly dueAt: Date }[];
  take(channel: string, options: TakeOptions): Taken | undefined;
  nextDue(channel: string, stepAside: number): Date | undefined;
  wake(channel: string, now: Date): void;
}

/** `owner` tells this store's leases from those of another process. */
export function createLanes(db: Database, waiting: Waiting, owner: string): LaneStatements {
  const sending = db.prepare<[string], { seq: number; lease_until: number }>(
    `SELECT seq, lease_until FROM deliveries WHERE state = 'sending' AND channel = ?`,
  );
  const bySeq = db.prepare<[number], DeliveryRow>('SELECT * FROM deliveries WHERE seq = ?');
  const lease = db.prepare<{ seq: number; owner: string; until: number }>(
    `UPDATE deliveries SET state = 'sending', owner = @owner, lease_until = @until WHERE seq = @seq`,
  );
  const wake = db.prepare<{ channel: string; now: number }>(
    `UPDATE deliveries SET due_at = @now WHERE state = 'queued' AND channel = @channel AND due_at > @now`,
  );

  const otherThan = db.prepare<[string, string], { seq: number }>(
    `SELECT seq FROM deliveries WHERE state = 'queued' AND channel = ? AND id <> ? ORDER BY rank LIMIT 1`,
  );

  function next(channel: string, { now, stepAside, force = false, except }: TakeOptions): number | undefined {
    if (force) {
      const other = except === undefined ? undefined : otherThan.get(channel, except)?.seq;
      return other ?? waiting.head(channel, Number.POSITIVE_INFINITY)?.seq;
    }
    const least = atLeastOne(stepAside);
    const head = waiting.head(channel, least);
    const dueHead = head !== undefined && (head.due_at <= now.getTime() || isFresh(head.seq)) ? head : undefined;
    return older(dueHead, waiting.asideDue(channel, least, now.getTime()))?.seq;
  }

  /** Never tried and not told to wait: due, even if the clock was set back since it came. */
  function isFresh(seq: number): boolean {
    const row = bySeq.get(seq);
    return row !== undefined && row.due_at === row.created_at;
  }

  function nextDue(channel: string, stepAside: number): Date | undefined {
    const busy = sending.get(channel);
    if (busy !== undefined) return new Date(busy.lease_until);
    const least = atLeastOne(stepAside);
    const head = waiting.head(channel, least)?.due_at;
    const aside = waiting.asideDueAt(channel, least);
    if (head === undefined && aside === undefined) return undefined;
    return new Date(Math.min(head ?? Number.POSITIVE_INFINITY, aside ?? Number.POSITIVE_INFINITY));
  }

  return {
    // As if whatever failed once had stepped aside: never later than what `nextDue` says, whatever its `stepAside`.
    lanes: () =>
      waiting.channels().flatMap((channel) => {
        const dueAt = nextDue(channel, 1);
        return dueAt === undefined ? [] : [{ channel, dueAt }];
      }),

    take(channel, options) {
      const now = options.now.getTime();
      const busy = sending.get(channel);
      if (busy !== undefined && busy.lease_until > now) return undefined;
      const seq = busy?.seq ?? next(channel, options);
      const row = seq === undefined ? undefined : bySeq.get(seq);
      if (row === undefined) return undefined;
      lease.run({ seq: row.seq, owner, until: now + options.leaseMs });
      // Taken over, it may have been sent already.
      const interrupted = row.interrupted === 1 || busy !== undefined;
      return { delivery: { ...toDelivery(row), state: 'sending' }, interrupted };
    },

    nextDue,

    wake(channel, now) {
      wake.run({ channel, now: now.getTime() });
    },
  };
}

/** What never failed has not stepped aside. */
const atLeastOne = (stepAside: number): number => Math.max(1, stepAside);
