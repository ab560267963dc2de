import type { Database } from 'better-sqlite3';

export interface Candidate {
  readonly seq: number;
  readonly rank: number;
  readonly due_at: number;
}

/**
 * Looks into one channel's queue by index alone, however long it is. Deliveries are indexed by how often they
 * failed, so each question is asked once per number of failures found (rarely more than two), not once per delivery.
 */
export interface Waiting {
  channels(): readonly string[];
  /** The oldest delivery with fewer than `stepAside` failures: the one that the others wait for. */
  head(channel: string, stepAside: number): Candidate | undefined;
  /** The oldest of those that stepped aside and are due. */
  asideDue(channel: string, stepAside: number, now: number): Candidate | undefined;
  /** When the first of those that stepped aside falls due. */
  asideDueAt(channel: string, stepAside: number): number | undefined;
}

// INDEXED BY: without statistics SQLite may take a larger index, and here that must fail loudly instead.
export const WAITING_SQL = {
  nextChannel: `SELECT min(channel) AS channel FROM deliveries INDEXED BY deliveries_waiting
                WHERE state = 'queued' AND channel > ?`,
  nextTries: `SELECT min(tries) AS tries FROM deliveries INDEXED BY deliveries_waiting
              WHERE state = 'queued' AND channel = ? AND tries >= ?`,
  head: `SELECT seq, rank, due_at FROM deliveries INDEXED BY deliveries_waiting
         WHERE state = 'queued' AND channel = ? AND tries = ? ORDER BY rank LIMIT 1`,
  asideDue: `SELECT seq, rank, due_at FROM deliveries INDEXED BY deliveries_failed
             WHERE state = 'queued' AND tries > 0 AND channel = ? AND tries = ? AND due_at <= ? ORDER BY rank LIMIT 1`,
  asideDueAt: `SELECT min(due_at) AS due_at FROM deliveries INDEXED BY deliveries_failed
               WHERE state = 'queued' AND tries > 0 AND channel = ? AND tries = ?`,
} as const;

export function createWaiting(db: Database): Waiting {
  const nextChannel = db.prepare<[string], { channel: string | null }>(WAITING_SQL.nextChannel);
  const nextTries = db.prepare<[string, number], { tries: number | null }>(WAITING_SQL.nextTries);
  const head = db.prepare<[string, number], Candidate>(WAITING_SQL.head);
  const asideDue = db.prepare<[string, number, number], Candidate>(WAITING_SQL.asideDue);
  const asideDueAt = db.prepare<[string, number], { due_at: number | null }>(WAITING_SQL.asideDueAt);

  /** The numbers of failures that occur in a channel, from `from` up to and without `end`. */
  function* triesIn(channel: string, from: number, end: number): Generator<number> {
    for (let least = from; least < end; ) {
      const tries = nextTries.get(channel, least)?.tries ?? undefined;
      if (tries === undefined || tries >= end) return;
      yield tries;
      least = tries + 1;
    }
  }

  return {
    channels() {
      const found: string[] = [];
      for (let last = ''; ; ) {
        const channel = nextChannel.get(last)?.channel ?? undefined;
        if (channel === undefined) return found;
        found.push(channel);
        last = channel;
      }
    },
    head(channel, stepAside) {
      const heads = [...triesIn(channel, 0, stepAside)].map((tries) => head.get(channel, tries));
      return heads.reduce(older, undefined);
    },
    asideDue(channel, stepAside, now) {
      const due = [...triesIn(channel, stepAside, Number.POSITIVE_INFINITY)];
      return due.map((tries) => asideDue.get(channel, tries, now)).reduce(older, undefined);
    },
    asideDueAt(channel, stepAside) {
      const tries = [...triesIn(channel, stepAside, Number.POSITIVE_INFINITY)];
      const times = tries.flatMap((count) => asideDueAt.get(channel, count)?.due_at ?? []);
      return times.length === 0 ? undefined : Math.min(...times);
    },
  };
}

/** The one that comes first in its channel. */
export function older(one: Candidate | undefined, other: Candidate | undefined): Candidate | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.rank < other.rank ? one : other;
}
