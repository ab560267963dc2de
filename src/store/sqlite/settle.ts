import type { Database } from 'better-sqlite3';
import type { Attempt, DeliveryState } from '../../core/delivery.ts';
import type { Settlement } from '../../core/store.ts';
import type { Waiting } from './waiting.ts';

interface Found {
  readonly seq: number;
  readonly channel: string;
  readonly state: DeliveryState;
  readonly due_at: number;
  readonly owner: string | null;
}

/** What is known of a try whose process ended in the middle of it. */
const INTERRUPTED = 'Bellhop ended while it was sending this; it may have arrived.';

/** What a person may ask for again; what a mute holds back, they may ask for now. */
const RETRIED: readonly DeliveryState[] = ['dead', 'queued', 'muted'];

export interface SettleStatements {
  settle(deliveryId: string, attempts: readonly Attempt[], settlement: Settlement): void;
  retry(deliveryId: string, now: Date): boolean;
  recover(now: Date): number;
}

/** Every way a delivery changes its state but for `take`. */
export function createSettle(db: Database, waiting: Waiting, owner: string): SettleStatements {
  const find = db.prepare<[string], Found>('SELECT seq, channel, state, due_at, owner FROM deliveries WHERE id = ?');
  const append = db.prepare(
    `INSERT INTO attempts (delivery, place, at, outcome, status, reason, took_ms)
     SELECT @seq, coalesce(max(place), 0) + 1, @at, @outcome, @status, @reason, @tookMs
     FROM attempts WHERE delivery = @seq`,
  );
  const finish = db.prepare(
    `UPDATE deliveries SET state = @state, due_at = @dueAt, tries = tries + @counts, ref = coalesce(@ref, ref),
       interrupted = 0 WHERE seq = @seq`,
  );
  // Tries start anew: a person who asks again expects the whole retry list, not its last entry.
  const toHead = db.prepare(
    `UPDATE deliveries SET state = 'queued', due_at = @now, tries = 0, rank = coalesce(@rank, rank) WHERE seq = @seq`,
  );
  const recover = db.prepare<[number]>(
    `UPDATE deliveries SET state = 'queued', due_at = ?, interrupted = 1 WHERE state = 'sending'`,
  );

  const interrupted = db.prepare<{ now: number; reason: string }>(
    `INSERT INTO attempts (delivery, place, at, outcome, reason, took_ms)
     SELECT seq, (SELECT coalesce(max(place), 0) + 1 FROM attempts WHERE delivery = seq), @now, 'ambiguous', @reason, 0
     FROM deliveries WHERE state = 'sending'`,
  );

  return {
    settle(deliveryId, attempts, settlement) {
      const found = find.get(deliveryId);
      if (found?.state !== 'sending') {
        throw new Error(
          `Delivery ${deliveryId} is ${found?.state ?? 'unknown'}; only one that is sending can be settled.`,
        );
      }
      if (found.owner !== owner) {
        throw new Error(`Delivery ${deliveryId} was taken over by another process; this try is not settled.`);
      }
      const { seq } = found;
      for (const { at, outcome, status = null, reason = null, tookMs } of attempts) {
        append.run({ seq, at: at.getTime(), outcome, status, reason, tookMs });
      }
      const lastTried = attempts.at(-1)?.at.getTime() ?? found.due_at;
      finish.run({
        seq,
        state: settlement.state,
        dueAt: settlement.state === 'queued' ? settlement.dueAt.getTime() : lastTried,
        counts: settlement.state === 'queued' && settlement.counts ? 1 : 0,
        ref: settlement.state === 'sent' ? JSON.stringify(settlement.ref) : null,
      });
    },

    retry(deliveryId, now) {
      const found = find.get(deliveryId);
      if (found === undefined || !RETRIED.includes(found.state)) return false;
      const head = waiting.head(found.channel, Number.POSITIVE_INFINITY);
      toHead.run({ seq: found.seq, now: now.getTime(), rank: head === undefined ? null : head.rank - 1 });
      return true;
    },

    recover(now) {
      interrupted.run({ now: now.getTime(), reason: INTERRUPTED });
      return recover.run(now.getTime()).changes;
    },
  };
}
