import type { Database } from 'better-sqlite3';
import type { Attempt, Delivery } from '../../core/delivery.ts';
import type { MessagePlace } from '../../core/platform.ts';
import type { DeliveryFilter } from '../../core/store.ts';
import { type AttemptRow, type DeliveryRow, toAttempt, toDelivery } from './delivery-row.ts';

export interface DeliveryQueries {
  delivery(id: string): Delivery | undefined;
  /** Newest first. */
  deliveries(filter: DeliveryFilter): readonly Delivery[];
  deliveryOf(place: MessagePlace): Delivery | undefined;
  attempts(deliveryIds: readonly string[]): ReadonlyMap<string, readonly Attempt[]>;
}

/** Edits of one message are deliveries too: the newest says what it shows. */
export const MESSAGE_SQL = `SELECT * FROM deliveries INDEXED BY deliveries_by_message
  WHERE json_extract(ref, '$.message') = @message AND json_extract(ref, '$.channel') = @channel
  ORDER BY seq DESC LIMIT 1`;

export function createDeliveryQueries(db: Database): DeliveryQueries {
  const byId = db.prepare<[string], DeliveryRow>('SELECT * FROM deliveries WHERE id = ?');
  const byMessage = db.prepare<[MessagePlace], DeliveryRow>(MESSAGE_SQL);
  const attemptsOf = db.prepare<[string], AttemptRow & { readonly id: string }>(
    `SELECT deliveries.id, attempts.* FROM json_each(?) AS asked
     JOIN deliveries ON deliveries.id = asked.value JOIN attempts ON attempts.delivery = deliveries.seq
     ORDER BY attempts.delivery, attempts.place`,
  );

  return {
    delivery(id) {
      const row = byId.get(id);
      return row && toDelivery(row);
    },

    deliveries(filter) {
      const { state, channel, before, limit } = filter;
      const sql = `SELECT * FROM deliveries WHERE ${conditionOf(filter)} ORDER BY id DESC LIMIT @limit`;
      const rows = db.prepare<Record<string, unknown>, DeliveryRow>(sql).all({ state, channel, before, limit });
      return rows.map(toDelivery);
    },

    deliveryOf({ channel, message }) {
      const row = byMessage.get({ channel, message });
      return row && toDelivery(row);
    },

    attempts(deliveryIds) {
      const found = new Map<string, Attempt[]>(deliveryIds.map((id) => [id, []]));
      for (const row of attemptsOf.all(JSON.stringify([...found.keys()]))) found.get(row.id)?.push(toAttempt(row));
      return found;
    },
  };
}

function conditionOf({ state, channel, before }: DeliveryFilter): string {
  const conditions = ['TRUE'];
  // The + keeps SQLite from the other index. Most are `sent`: there the channel narrows; the other states are rare.
  const byChannel = channel !== undefined && (state === undefined || state === 'sent');
  if (state !== undefined) conditions.push(`${byChannel ? '+' : ''}state = @state`);
  if (channel !== undefined) conditions.push(`${byChannel ? '' : '+'}channel = @channel`);
  if (before !== undefined) conditions.push('id < @before');
  return conditions.join(' AND ');
}
