import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { PlannedDelivery } from '../../core/delivery.ts';
import type { Accepted, Accepting, PlannedEvent } from '../../core/store.ts';
import { type EventRow, toEventRow } from './event-row.ts';

/** Longer ones are kept by their hash: the key comes from the sender, and an index is no place for a megabyte. */
const MAX_KEY_CHARS = 200;

export interface AcceptStatements {
  /** Checks and encodes at once; the returned job does the writing. */
  accept(accepting: Accepting): () => Accepted;
  addDeliveries(eventId: string, deliveries: readonly PlannedDelivery[], now: Date): () => void;
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
    `INSERT INTO deliveries (seq, rank, id, event_id, channel, platform, route, mentions, replay, state, due_at, created_at)
     SELECT next, next, @id, @eventId, @channel, @platform, @route, @mentions, @replay, 'queued', @now, @now
     FROM (SELECT coalesce(max(seq), 0) + 1 AS next FROM deliveries)`,
  );

  function insertDeliveries(eventId: string, deliveries: readonly PlannedDelivery[], now: number): void {
    for (const { id, channel, platform, route, mentions, replay } of deliveries) {
      const row = { id, eventId, channel, platform, route, now, mentions: JSON.stringify(mentions) };
      insertDelivery.run({ ...row, replay: replay ? 1 : 0 });
    }
  }

  return {
    accept({ hook, status, note, events }) {
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
            const earlier = seen.get(source, key, at - dedupeMs);
            first ??= earlier?.hook_id;
            if (earlier !== undefined) continue;
            remember.run(source, key, id, at);
          }
          fresh.push({ planned, row });
        }
        if (first !== undefined && fresh.length === 0) return { status: 'duplicate', hookId: first, events: [] };

        // `pathToken` stays out: it is the source's secret.
        insertHook.run({ id, at, source, status, note: note ?? null, method, from, headers, query, body });
        for (const { planned, row } of fresh) {
          insertEvent.run(row);
          insertDeliveries(row.id, planned.deliveries, at);
        }
        lastHook.run(source, at);
        return { status, hookId: id, events: fresh.map(({ planned }) => planned.event) };
      };
    },

    addDeliveries: (eventId, deliveries, now) => () => {
      if (hasEvent.get(eventId) === undefined) throw new Error(`No event has the id ${eventId}.`);
      insertDeliveries(eventId, deliveries, now.getTime());
    },
  };
}

const boundedKey = (key: string): string =>
  key.length <= MAX_KEY_CHARS ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
