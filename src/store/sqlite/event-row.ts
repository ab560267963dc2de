import type { KeptEvent } from '../../core/event.ts';
import type { Severity } from '../../core/severity.ts';

export interface EventRow {
  readonly id: string;
  readonly hook_id: string;
  readonly place: number;
  readonly source: string;
  readonly type: string;
  readonly event: string;
  readonly key: string | null;
  readonly state: string | null;
  readonly severity: Severity;
  readonly title: string;
  readonly at: number;
  readonly received_at: number;
  /** What nobody asks the database about. */
  readonly doc: string;
}

type Doc = Pick<KeptEvent, 'url' | 'closes' | 'unlisted' | 'labels' | 'facts'>;

/** The event as a row, without its payload. Throws when its facts cannot be written as JSON. */
export function toEventRow(event: KeptEvent): EventRow {
  const { url, closes, unlisted, labels, facts } = event;
  const receivedAt = event.receivedAt.getTime();
  const at = event.at.getTime();
  return {
    id: event.id,
    hook_id: event.hookId,
    place: event.index,
    source: event.source,
    type: event.type,
    event: event.event,
    key: event.key ?? null,
    state: event.state ?? null,
    severity: event.severity,
    title: event.title,
    // The sender's time is the sender's word: an impossible one must not cost the event.
    at: Number.isNaN(at) ? receivedAt : at,
    received_at: receivedAt,
    doc: JSON.stringify({ url, closes, unlisted, labels, facts }, bigIntAsText),
  };
}

export function toEvent(row: EventRow): KeptEvent {
  return {
    id: row.id,
    hookId: row.hook_id,
    index: row.place,
    source: row.source,
    type: row.type,
    event: row.event,
    ...(row.key !== null && { key: row.key }),
    ...(row.state !== null && { state: row.state }),
    severity: row.severity,
    title: row.title,
    at: new Date(row.at),
    receivedAt: new Date(row.received_at),
    ...(JSON.parse(row.doc) as Doc),
  };
}

const bigIntAsText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);
