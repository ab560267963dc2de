import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { PlannedDelivery } from '../../core/delivery.ts';
import type { Accepted, Accepting, PlannedEvent } from '../../core/store.ts';
import { type EventRow, toEventRow } from './event-row.ts';
import { createStandingOpen } from './standing-open.ts';

/** Longer ones are kept by their hash: the key comes from the sender, and an index is no place for a megabyte. */
const MAX_KEY_CHARS = 200;

export interface AcceptStatements {
  /** Checks and encodes at once; the returned job does the writing. */
  accept(accepting: Accepting): () => Accepted;
  addDeliveries(eventId: string, deliveries: readonly PlannedDelivery[], now: Date): () => void;
}

interface Inserting {
  readonly eventId: string;
  readonly now: number;
  /** Whether its mute holds it back. */
  readonly isHeld: boolean;
}

/** `dedupeMs`: how long after the first hook a key makes a duplicate. */
export function createAccept(db: Database, dedupeMs: number): AcceptStatements {
  const seen = db.prepare<[string, string, number], { hook_id: string }>(
    'SELECT hook_id FROM seen WHERE source = ? AND key = ? AND at > ?',
  );
  const remember = db.prepare<[string, string, string, number]>(
    `INSERT INTO seen (source, key, hook_id, at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET hook_id = excluded.hook_id, at = excluded.at`,
  );
  const insertHook = db.prepare(
    `INSERT INTO hooks (id, at, source, status, note, method, sender, headers, query, body)
     VALUES (@id, @at, @source, @status, @note, @method, @from, @headers, @query, @body)`,
  );
  const insertEvent = db.prepare<[EventRow]>(
    `INSERT INTO events (id, hook_id, place, source, type, event, key, state, severity, title, at, received_at, doc)
     VALUES (@id, @hook_id, @place, @source, @type, @event, @key, @state, @severity, @title, @at, @received_at, @doc)`,
  );
  const lastHook = db.prepare<[string, number]>(
    'INSERT INTO last_hooks (source, at) VALUES (?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)',
  );
  const hasEvent = db.prepare<[string]>('SELECT 1 FROM events WHERE id = ?');
  const insertDelivery = db.prepare(
    `INSERT INTO deliveries
       (seq, rank, id, event_id, channel, platform, route, mentions, replay, state, due_at, created_at, mute)
     SELECT next, next, @id, @eventId, @channel, @platform, @route, @mentions, @replay, @state, @now, @now, @mute
     FROM (SELECT coalesce(max(seq), 0) + 1 AS next FROM deliveries)`,
  );
  const markTakenIn = db.prepare<[string, string]>('UPDATE refused SET taken_in = ? WHERE id = ?');
  const standsOpen = createStandingOpen(db);

  function insert(delivery: PlannedDelivery, { eventId, now, isHeld }: Inserting): void {
    const { id, channel, platform, route, mentions, replay } = delivery;
    const mute = isHeld ? (delivery.mute ?? null) : null;
    const row = { id, eventId, channel, platform, route, now, mute, mentions: JSON.stringify(mentions) };
    insertDelivery.run({ ...row, replay: replay ? 1 : 0, state: isHeld ? 'muted' : 'queued' });
  }

  /** Returns how many a mute holds back. */
  function insertAll({ event, deliveries }: PlannedEvent, { id, source, key }: EventRow, now: number): number {
    let muted = 0;
    for (const delivery of deliveries) {
      const isHeld =
        delivery.mute !== undefined && !(event.closes && key !== null && standsOpen(source, key, delivery.channel));
      insert(delivery, { eventId: id, now, isHeld });
      if (isHeld) muted++;
    }
    return muted;
  }

  return {
    accept({ hook, status, note, events, takesIn }) {
      const at = hook.at.getTime();
      const { id, source, method, from, body } = hook;
      const headers = JSON.stringify(hook.headers);
      const query = JSON.stringify(hook.query);
      const encoded = events.map((planned) => ({ planned, row: { ...toEventRow(planned.event), hook_id: id } }));

      return () => {
        const fresh: { planned: PlannedEvent; row: EventRow }[] = [];
        let first: string | undefined;
        for (const { planned, row } of encoded) {
          if (planned.dedupeKey !== undefined) {
            const key = boundedKey(planned.dedupeKey);
            const earlier = seen.get(source, key, at - Math.min(dedupeMs, planned.dedupeWithinMs ?? dedupeMs));
            first ??= earlier?.hook_id;
            if (earlier !== undefined) continue;
            remember.run(source, key, id, at);
          }
          fresh.push({ planned, row });
        }
        // What nobody could read may be taken in again once its type is mended.
        const before = fresh.length === 0 ? first : undefined;
        if (takesIn !== undefined && status !== 'unreadable') markTakenIn.run(before ?? id, takesIn);
        if (before !== undefined) return { status: 'duplicate', hookId: before, events: [], muted: 0 };

        // `pathToken` stays out: it is the source's secret.
        insertHook.run({ id, at, source, status, note: note ?? null, method, from, headers, query, body });
        let muted = 0;
        for (const { planned, row } of fresh) {
          insertEvent.run(row);
          muted += insertAll(planned, row, at);
        }
        lastHook.run(source, at);
        return { status, hookId: id, events: fresh.map(({ planned }) => planned.event), muted };
      };
    },

    addDeliveries: (eventId, deliveries, now) => () => {
      if (hasEvent.get(eventId) === undefined) throw new Error(`No event has the id ${eventId}.`);
      for (const delivery of deliveries)
        insert(delivery, { eventId, now: now.getTime(), isHeld: delivery.mute !== undefined });
    },
  };
}

const boundedKey = (key: string): string =>
  key.length <= MAX_KEY_CHARS ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
