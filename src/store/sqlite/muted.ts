import type { Database } from 'better-sqlite3';
import { type Severity, severityRank } from '../../core/severity.ts';
import type { Held } from '../../core/store.ts';
import { type EventRow, toEvent } from './event-row.ts';

/** As many as a person reads in one message. */
const OPEN_SHOWN = 20;

export interface MutedStatements {
  release(muteId: string, now: Date): { readonly count: number; readonly channels: readonly string[] };
  held(muteId: string): Held;
  holdingMutes(): readonly string[];
  heldCounts(muteIds: readonly string[]): ReadonlyMap<string, number>;
}

// INDEXED BY: as in `waiting.ts`. Only what a mute holds back is in this index.
const OF_MUTE = `deliveries INDEXED BY deliveries_muted`;

export const MUTED_SQL = {
  channels: `SELECT DISTINCT channel FROM ${OF_MUTE} WHERE state = 'muted' AND mute = ? ORDER BY channel`,
  queue: `UPDATE ${OF_MUTE} SET state = 'queued', due_at = @now, tries = 0 WHERE state = 'muted' AND mute = @mute`,
  count: `SELECT count(*) AS count FROM ${OF_MUTE} WHERE state = 'muted' AND mute = ?`,
  letGo: `SELECT count(*) AS count FROM deliveries INDEXED BY deliveries_let_go
          WHERE mute IS NOT NULL AND state <> 'muted' AND mute = ?`,
  holding: `SELECT DISTINCT mute FROM ${OF_MUTE} WHERE state = 'muted' AND mute > ? ORDER BY mute LIMIT 1`,
  groups: `SELECT source, severity, count(*) AS count
           FROM ${OF_MUTE} CROSS JOIN events ON events.id = deliveries.event_id
           WHERE deliveries.state = 'muted' AND mute = ? GROUP BY source, severity`,
  // For each key that was held back its newest event, wherever that went.
  open: `SELECT events.seq
         FROM (SELECT DISTINCT source, key FROM ${OF_MUTE} CROSS JOIN events ON events.id = deliveries.event_id
               WHERE deliveries.state = 'muted' AND mute = ? AND key IS NOT NULL) AS held
         CROSS JOIN events ON events.seq = (
           SELECT seq FROM events AS newest INDEXED BY events_of_key
           WHERE newest.source = held.source AND newest.key = held.key AND newest.key IS NOT NULL
           ORDER BY seq DESC LIMIT 1)
         WHERE json_extract(events.doc, '$.closes') IS NOT 1
         ORDER BY events.seq DESC`,
} as const;

/** What mutes hold back: counted, told, and let go. */
export function createMuted(db: Database): MutedStatements {
  const channels = db.prepare<[string], { channel: string }>(MUTED_SQL.channels);
  const queue = db.prepare<{ now: number; mute: string }>(MUTED_SQL.queue);
  const count = db.prepare<[string], { count: number }>(MUTED_SQL.count);
  const letGo = db.prepare<[string], { count: number }>(MUTED_SQL.letGo);
  const holding = db.prepare<[string], { mute: string }>(MUTED_SQL.holding);
  const groups = db.prepare<[string], { source: string; severity: Severity; count: number }>(MUTED_SQL.groups);
  const open = db.prepare<[string], { seq: number }>(MUTED_SQL.open);
  const eventBySeq = db.prepare<[number], EventRow>('SELECT * FROM events WHERE seq = ?');
  const countOf = (muteId: string): number => count.get(muteId)?.count ?? 0;

  return {
    release(muteId, now) {
      const found = channels.all(muteId).map(({ channel }) => channel);
      return { count: queue.run({ now: now.getTime(), mute: muteId }).changes, channels: found };
    },

    held(muteId) {
      const opened = open.all(muteId);
      const shown = opened.slice(0, OPEN_SHOWN).flatMap(({ seq }) => eventBySeq.get(seq) ?? []);
      return {
        count: countOf(muteId),
        posted: letGo.get(muteId)?.count ?? 0,
        groups: groups
          .all(muteId)
          .sort(
            (a, b) =>
              severityRank(b.severity) - severityRank(a.severity) ||
              b.count - a.count ||
              (a.source < b.source ? -1 : 1),
          ),
        open: shown.map(toEvent),
        openCount: opened.length,
      };
    },

    holdingMutes() {
      const found: string[] = [];
      for (let last = ''; ; ) {
        const next = holding.get(last)?.mute;
        if (next === undefined) return found;
        found.push(next);
        last = next;
      }
    },

    heldCounts: (muteIds) => new Map(muteIds.map((id) => [id, countOf(id)])),
  };
}
