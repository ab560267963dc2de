import type { Database } from 'better-sqlite3';

/**
 * Each entry brings a file from the version before it to its own; `user_version` counts them. Entries are never
 * changed once released: files out there have run them. Times are milliseconds since 1970.
 */
export const MIGRATIONS: readonly string[] = [
  `
  -- The body comes last, so that reading the other columns never touches its overflow pages.
  CREATE TABLE hooks (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, source TEXT NOT NULL, status TEXT NOT NULL,
    note TEXT, method TEXT NOT NULL, sender TEXT NOT NULL, headers TEXT NOT NULL, query TEXT NOT NULL, body BLOB NOT NULL
  );
  CREATE INDEX hooks_by_age ON hooks (at);

  CREATE TABLE events (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, hook_id TEXT NOT NULL, place INTEGER NOT NULL,
    source TEXT NOT NULL, type TEXT NOT NULL, event TEXT NOT NULL, key TEXT, state TEXT, severity TEXT NOT NULL,
    title TEXT NOT NULL, at INTEGER NOT NULL, received_at INTEGER NOT NULL, doc TEXT NOT NULL
  );
  CREATE INDEX events_of_hook ON events (hook_id);
  CREATE INDEX events_by_source ON events (source, id);

  -- Outlives the events, so that a sender's late repeat of a pruned one is still known.
  CREATE TABLE seen (
    source TEXT NOT NULL, key TEXT NOT NULL, hook_id TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (source, key)
  ) WITHOUT ROWID;
  CREATE INDEX seen_by_age ON seen (at);

  CREATE TABLE last_hooks (source TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;

  -- rank is the order within a channel: seq, until a person moves a delivery to the head.
  CREATE TABLE deliveries (
    seq INTEGER PRIMARY KEY, rank INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, event_id TEXT NOT NULL,
    channel TEXT NOT NULL, platform TEXT NOT NULL, route TEXT NOT NULL, mentions TEXT NOT NULL, replay INTEGER NOT NULL,
    state TEXT NOT NULL, due_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, ref TEXT,
    created_at INTEGER NOT NULL, interrupted INTEGER NOT NULL DEFAULT 0, owner TEXT, lease_until INTEGER
  );
  CREATE INDEX deliveries_of_event ON deliveries (event_id);
  CREATE INDEX deliveries_by_state ON deliveries (state, id);
  CREATE INDEX deliveries_by_channel ON deliveries (channel, id);
  CREATE INDEX deliveries_waiting ON deliveries (channel, tries, rank, due_at) WHERE state = 'queued';
  CREATE INDEX deliveries_failed ON deliveries (channel, tries, due_at, rank) WHERE state = 'queued' AND tries > 0;
  -- Unique: a channel sends one at a time, whatever else goes wrong.
  CREATE UNIQUE INDEX deliveries_sending ON deliveries (channel) WHERE state = 'sending';

  CREATE TABLE attempts (
    delivery INTEGER NOT NULL, place INTEGER NOT NULL, at INTEGER NOT NULL, outcome TEXT NOT NULL, status INTEGER,
    reason TEXT, took_ms REAL NOT NULL, PRIMARY KEY (delivery, place)
  ) WITHOUT ROWID;

  CREATE TABLE refused (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, source TEXT NOT NULL, sender TEXT NOT NULL,
    method TEXT NOT NULL, url TEXT NOT NULL, headers TEXT NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL,
    body BLOB NOT NULL
  );

  CREATE TABLE probe (id INTEGER PRIMARY KEY, filler BLOB NOT NULL);
  `,
  `
  -- The mute that holds it back, or did: it stays when the delivery is let go.
  ALTER TABLE deliveries ADD COLUMN mute TEXT;
  CREATE INDEX deliveries_muted ON deliveries (mute, channel, event_id) WHERE state = 'muted';
  CREATE INDEX deliveries_let_go ON deliveries (mute) WHERE mute IS NOT NULL AND state <> 'muted';
  -- A platform's id of a message may be unique within its channel only, as Slack's are.
  CREATE INDEX deliveries_by_message ON deliveries (json_extract(ref, '$.message'), json_extract(ref, '$.channel'))
    WHERE json_extract(ref, '$.message') IS NOT NULL;
  CREATE INDEX events_of_key ON events (source, key, seq) WHERE key IS NOT NULL;

  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, by_platform TEXT NOT NULL, by_id TEXT NOT NULL,
    by_name TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, channel TEXT, detail TEXT NOT NULL,
    kept TEXT
  );
  CREATE INDEX audit_of_subject ON audit (subject);
  CREATE INDEX audit_of_action ON audit (action);
  `,
  `
  -- JSON of what its address and its connection held, for taking it in after all.
  ALTER TABLE refused ADD COLUMN proof TEXT;
  `,
  `
  -- How long its body was, NULL in rows that were written before, and the hook it became.
  ALTER TABLE refused ADD COLUMN body_bytes INTEGER;
  ALTER TABLE refused ADD COLUMN taken_in TEXT;
  `,
];

/**
 * Brings a file to the newest version, each step all or nothing, and returns the version it had before. Throws a
 * sentence on a file that a newer Bellhop has written.
 */
export function migrate(db: Database, migrations: readonly string[] = MIGRATIONS): number {
  const found = Number(db.pragma('user_version', { simple: true }));
  if (found > migrations.length) {
    throw new Error(
      `${db.name} was written by a newer Bellhop (its version is ${found}, this one knows ${migrations.length}): start that one again, or restore a backup.`,
    );
  }
  for (const [index, statements] of migrations.entries()) {
    if (index < found) continue;
    db.transaction(() => {
      db.exec(statements);
      db.pragma(`user_version = ${index + 1}`);
    }).immediate();
  }
  return found;
}
