import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { migrate } from './schema.ts';
import { storeFailure } from './store-failure.ts';

/** How long a write waits for another process's lock. Short, because the whole process waits with it. */
const LOCK_WAIT_MS = 250;
const CACHE_KIB = 32_768;
/** A typical hook fits in one page; measured a quarter faster than SQLite's 4 KB. Applies to files made from now on. */
const PAGE_BYTES = 8_192;
/** Pages in the write-ahead log before it is folded into the file: 32 MB, so that few commits pay for that. */
const CHECKPOINT_PAGES = 4_000;

export interface OpenedDatabase {
  readonly db: Database.Database;
  /** The file's version before this opening; 0 for a new file. */
  readonly versionBefore: number;
}

/** Opens or makes the file, sets it up to keep what it has acknowledged, and migrates it. Throws a sentence that names the file. */
export function openDatabase(file: string): OpenedDatabase {
  let db: Database.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    // Hooks hold other people's data: for the owner only, and SQLite gives its side files the same mode.
    closeSync(openSync(file, 'a', 0o600));
    db = new Database(file, { timeout: LOCK_WAIT_MS });
    // Works only before the first table is made; lets a pruned file give room back to the disk.
    db.pragma(`page_size = ${PAGE_BYTES}`);
    db.pragma('auto_vacuum = INCREMENTAL');
    db.pragma('journal_mode = WAL');
    // In WAL mode NORMAL would not sync a commit, and an acknowledged hook could be lost with the power.
    db.pragma('synchronous = FULL');
    db.pragma(`cache_size = -${CACHE_KIB}`);
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    db.pragma('temp_store = MEMORY');
    return { db, versionBefore: migrate(db) };
  } catch (error) {
    db?.close();
    const failure = storeFailure(error);
    throw new Error(failure.message.includes(file) ? failure.message : `${file}: ${failure.message}`, { cause: error });
  }
}

/** Bytes of the file that hold something. */
export function usedBytesOf(db: Database.Database): () => number {
  const used = db.prepare<[], { bytes: number }>(
    `SELECT (page_count - freelist_count) * page_size AS bytes
     FROM pragma_page_count, pragma_freelist_count, pragma_page_size`,
  );
  return () => used.get()?.bytes ?? 0;
}
