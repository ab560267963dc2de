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
  readonly seq: number;
  /** Whether it went, or is going, to the channel that was asked for. */
  readonly in_channel: number;
}

interface PageQuery {
  readonly source: string | null;
  readonly key: string | null;
  readonly channel: string | null;
  readonly before: string | number;
  readonly limit: number;
}

/** Ids sort by time, but two of one millisecond do not: the events of one key come in the order of their receipt. */
export const PAGE_SQL = {
  ofAll: page('@source IS NULL', 'id'),
  ofSource: page('source = @source', 'id'),
  ofKey: page('source = @source AND key = @key AND key IS NOT NULL', 'seq'),
} as const;

function page(where: string, order: 'id' | 'seq'): string {
  return `SELECT *, @channel IS NULL OR EXISTS (
      SELECT 1 FROM deliveries WHERE event_id = events.id AND channel = @channel) AS in_channel
    FROM events WHERE ${where} AND ${order} < @before ORDER BY ${order} DESC LIMIT @limit`;
}

export function createEventQueries(db: Database, commits: GroupCommit): EventQueries {
  const hookById = db.prepare<[string], HookRow>('SELECT * FROM hooks WHERE id = ?');
  const eventById = db.prepare<[string], EventRow>('SELECT * FROM events WHERE id = ?');
  const ofAll = db.prepare<PageQuery, PageRow>(PAGE_SQL.ofAll);
  const ofSource = db.prepare<PageQuery, PageRow>(PAGE_SQL.ofSource);
  const ofKey = db.prepare<PageQuery, PageRow>(PAGE_SQL.ofKey);
  // The event may be gone: what is older begins after the one before it.
  const placeOf = db.prepare<{ id: string }, { place: number }>(
    'SELECT seq + (id <> @id) AS place FROM events WHERE id <= @id ORDER BY id DESC LIMIT 1',
  );
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

  function start(before: string | undefined, isOfKey: boolean): string | number {
    if (!isOfKey) return before ?? NEWEST;
    return before === undefined ? Number.MAX_SAFE_INTEGER : (placeOf.get({ id: before })?.place ?? 0);
  }

  return {
    hook: (id) => commits.read(() => toStoredHook(hookById.get(id))),

    event: (id) =>
      commits.read(() => {
        const row = eventById.get(id);
        return row && withDeliveries([row])[0];
      }),

    async events({ limit, ...filter }) {
      const { source = null, key = null, channel = null, since } = filter;
      const fits = fitsOf(filter);
      const isOfKey = source !== null && key !== null;
      const pages = isOfKey ? ofKey : source === null ? ofAll : ofSource;
      const found: EventRow[] = [];
      for (let before = await commits.read(() => start(filter.before, isOfKey)); ; ) {
        const query = { source, key, channel, before, limit: PAGE };
        const rows = await commits.read(() => pages.all(query));
        found.push(...rows.filter(fits).slice(0, limit - found.length));
        const last = rows.at(-1);
        if (last === undefined || rows.length < PAGE || found.length >= limit) break;
        // A page and not a row: clocks are set back, and an id is made a moment after the receipt.
        if (since !== undefined && !rows.some((row) => isSince(row, since))) break;
        before = isOfKey ? last.seq : last.id;
        await new Promise((done) => setImmediate(done));
      }
      return commits.read(() => withDeliveries(found));
    },
  };
}

/** Case does not matter in the words, in any script. */
function fitsOf({ event, state, key, since, text = '' }: Omit<EventFilter, 'limit'>): (row: PageRow) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (row) => {
    if (row.in_channel === 0) return false;
    if (event !== undefined && row.event !== event) return false;
    if (state !== undefined && row.state !== state) return false;
    if (key !== undefined && row.key !== key) return false;
    if (since !== undefined && !isSince(row, since)) return false;
    if (words.length === 0) return true;
    const title = row.title.toLowerCase();
    return words.every((word) => title.includes(word));
  };
}

const isSince = (row: PageRow, since: Date): boolean => row.received_at >= since.getTime();

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
