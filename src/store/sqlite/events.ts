import type { Database } from 'better-sqlite3';
import type { Delivery } from '../../core/delivery.ts';
import type { Hook, HookStatus } from '../../core/hook.ts';
import type { EventFilter, StoredEvent, StoredHook } from '../../core/store.ts';
import { type DeliveryRow, toDelivery } from './delivery-row.ts';
import { type EventRow, toEvent } from './event-row.ts';
import type { GroupCommit } from './group-commit.ts';

/** Rows looked at before others get their turn: a filter that nothing fits must not stop the hooks. */
const PAGE = 500;
/** Sorts after every id. */
const NEWEST = '\u{10ffff}';

export interface EventQueries {
  hook(id: string): Promise<StoredHook | undefined>;
  event(id: string): Promise<StoredEvent | undefined>;
  events(filter: EventFilter): Promise<readonly StoredEvent[]>;
}

interface HookRow {
  readonly id: string;
  readonly at: number;
  readonly source: string;
  readonly status: HookStatus;
  readonly note: string | null;
  readonly method: string;
  readonly sender: string;
  readonly headers: string;
  readonly query: string;
  readonly body: Buffer;
}

interface PageRow extends EventRow {
  /** Whether it went, or is going, to the channel that was asked for. */
  readonly in_channel: number;
}

interface PageQuery {
  readonly source: string | null;
  readonly channel: string | null;
  readonly before: string;
  readonly limit: number;
}

export function createEventQueries(db: Database, commits: GroupCommit): EventQueries {
  const hookById = db.prepare<[string], HookRow>('SELECT * FROM hooks WHERE id = ?');
  const eventById = db.prepare<[string], EventRow>('SELECT * FROM events WHERE id = ?');
  const page = (where: string) =>
    db.prepare<PageQuery, PageRow>(
      `SELECT *, @channel IS NULL OR EXISTS (
         SELECT 1 FROM deliveries WHERE event_id = events.id AND channel = @channel) AS in_channel
       FROM events WHERE ${where} AND id < @before ORDER BY id DESC LIMIT @limit`,
    );
  const ofAll = page('@source IS NULL');
  const ofSource = page('source = @source');
  const deliveriesOf = db.prepare<[string], DeliveryRow>(
    'SELECT * FROM deliveries WHERE event_id IN (SELECT value FROM json_each(?)) ORDER BY seq',
  );

  function withDeliveries(rows: readonly EventRow[]): readonly StoredEvent[] {
    const deliveries = new Map<string, Delivery[]>(rows.map(({ id }) => [id, []]));
    for (const row of deliveriesOf.all(JSON.stringify([...deliveries.keys()]))) {
      deliveries.get(row.event_id)?.push(toDelivery(row));
    }
    return rows.map((row) => ({ event: toEvent(row), deliveries: deliveries.get(row.id) ?? [] }));
  }

  return {
    hook: (id) => commits.read(() => toStoredHook(hookById.get(id))),

    event: (id) =>
      commits.read(() => {
        const row = eventById.get(id);
        return row && withDeliveries([row])[0];
      }),

    async events({ limit, ...filter }) {
      const fits = fitsOf(filter);
      const found: EventRow[] = [];
      for (let before = filter.before ?? NEWEST; ; ) {
        const query = { source: filter.source ?? null, channel: filter.channel ?? null, before, limit: PAGE };
        const rows = await commits.read(() => (filter.source === undefined ? ofAll : ofSource).all(query));
        found.push(...rows.filter(fits).slice(0, limit - found.length));
        const last = rows.at(-1);
        if (last === undefined || rows.length < PAGE || found.length >= limit) break;
        before = last.id;
        await new Promise((done) => setImmediate(done));
      }
      return commits.read(() => withDeliveries(found));
    },
  };
}

/** Case does not matter in the words, in any script. */
function fitsOf({ event, state, text = '' }: Omit<EventFilter, 'limit'>): (row: PageRow) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (row) => {
    if (row.in_channel === 0) return false;
    if (event !== undefined && row.event !== event) return false;
    if (state !== undefined && row.state !== state) return false;
    if (words.length === 0) return true;
    const title = row.title.toLowerCase();
    return words.every((word) => title.includes(word));
  };
}

function toStoredHook(row: HookRow | undefined): StoredHook | undefined {
  if (row === undefined) return undefined;
  const hook: Hook = {
    id: row.id,
    source: row.source,
    method: row.method,
    headers: JSON.parse(row.headers) as Record<string, string>,
    query: JSON.parse(row.query) as Record<string, string>,
    body: row.body,
    from: row.sender,
    at: new Date(row.at),
  };
  return { hook, status: row.status, ...(row.note !== null && { note: row.note }) };
}
