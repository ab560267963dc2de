import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS, migrate } from '../../../src/store/sqlite/schema.ts';
import { openSqliteStore } from '../../../src/store/sqlite/store.ts';
import { silentLog, testClock } from '../../builders.ts';
import { acceptRange } from '../store-builders.ts';

describe('the schema', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bellhop-schema-'));
    file = join(folder, 'deep', 'er', 'bellhop.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = () => openSqliteStore({ file, clock: testClock(), log: silentLog });

  /** A file of version 1 that holds two hooks. */
  async function versionOne(): Promise<Database.Database> {
    const store = await open();
    await acceptRange(store, 1, 2);
    await store.close();
    return new Database(file);
  }
  const versionOf = (db: Database.Database) => db.pragma('user_version', { simple: true });

  it('is made in a new file, folder and all, for the owner only', async () => {
    const db = await versionOne();
    expect(versionOf(db)).toBe(MIGRATIONS.length);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('auto_vacuum', { simple: true })).toBe(2);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    db.close();
  });

  it('goes from version 1 on without losing anything, step by step', async () => {
    const db = await versionOne();
    const next = [...MIGRATIONS.slice(0, 1), 'ALTER TABLE hooks ADD COLUMN a TEXT', `UPDATE hooks SET a = id`];
    expect(migrate(db, next)).toBe(1);
    expect(versionOf(db)).toBe(3);
    expect(db.prepare('SELECT a FROM hooks').pluck().all()).toStrictEqual(['hook_000001', 'hook_000002']);
    expect(migrate(db, next)).toBe(3);
    db.close();
  });

  it('stays at the last step that worked', async () => {
    const db = await versionOne();
    const next = [
      ...MIGRATIONS.slice(0, 1),
      'ALTER TABLE hooks ADD COLUMN a TEXT',
      'DROP TABLE events; DROP TABLE missing',
    ];
    expect(() => migrate(db, next)).toThrow('no such table: missing');
    expect(versionOf(db)).toBe(2);
    expect(db.prepare('SELECT count(*) FROM events').pluck().get()).toBe(2);
    db.close();
  });

  it('refuses a file of a newer version and leaves it alone', async () => {
    const db = await versionOne();
    db.pragma('user_version = 99');
    db.close();
    await expect(open()).rejects.toThrow(
      `${file} was written by a newer Bellhop (its version is 99, this one knows ${MIGRATIONS.length}): start that one again, or restore a backup.`,
    );
  });

  it('refuses a file that is no database and leaves it alone', async () => {
    file = join(folder, 'notes.txt');
    const text = 'these are my notes, please keep them '.repeat(50);
    writeFileSync(file, text);
    await expect(open()).rejects.toThrow(`${file}: The store’s file is no SQLite database`);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
