import type { Database } from 'better-sqlite3';

/** Goes back from the newest event and stops at the first that was not held back. */
export const STANDING_OPEN_SQL = `SELECT json_extract(events.doc, '$.closes') AS closes
  FROM events INDEXED BY events_of_key CROSS JOIN deliveries INDEXED BY deliveries_of_event
    ON deliveries.event_id = events.id
  WHERE events.source = ? AND events.key = ? AND events.key IS NOT NULL
    AND deliveries.channel = ? AND deliveries.state IN ('queued', 'sending', 'sent')
  ORDER BY events.seq DESC LIMIT 1`;

/**
 * Whether the newest event of a key that went, or is going, to a channel left it open. What is held back
 * or was given up does not count: nobody there has seen it.
 */
export function createStandingOpen(db: Database): (source: string, key: string, channel: string) => boolean {
  const newestShown = db.prepare<[string, string, string], { closes: number | null }>(STANDING_OPEN_SQL);
  return (source, key, channel) => {
    const newest = newestShown.get(source, key, channel);
    return newest !== undefined && newest.closes !== 1;
  };
}
