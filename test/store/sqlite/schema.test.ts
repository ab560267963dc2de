import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS, migrate } from '../../../src/store/sqlite/schema.ts';
import { openSqliteStore } from '../../../src/store/sqlite/store.ts';
import { NOON, silentLog, testClock } from '../../builders.ts';
import { anAccepting, aPlannedDelivery } from '../store-builders.ts';

/** As the first release wrote it. */
const VERSION_ONE_DATA = `
  INSERT INTO hooks (id, at, source, status, method, sender, headers, query, body)
    VALUES ('hook_000001', 1, 'github', 'accepted', 'POST', '::1', '{}', '{}', x'7b7d'),
           ('hook_000002', 2, 'github', 'accepted', 'POST', '::1', '{}', '{}', x'7b7d');
  INSERT INTO events (id, hook_id, place, source, type, event, key, severity, title, at, received_at, doc)
    VALUES ('evt_1', 'hook_000001', 0, 'github', 'github', 'pull_request.opened', 'pr:1', 'info', 'One', 1, 1,
             '{"labels":{},"facts":{}}'),
           ('evt_2', 'hook_000002', 0, 'github', 'github', 'pull_request.edited', 'pr:1', 'info', 'Two', 2, 2,
             '{"labels":{},"facts":{}}');
  INSERT INTO deliveries
      (seq, rank, id, event_id, channel, platform, route, mentions, replay, state, due_at, ref, created_at)
    VALUES (1, 1, 'dlv_1', 'evt_1', 'ops', 'slack', 'prs', '[]', 0, 'sent', 1, '{"channel":"C1","message":"1.10"}', 1),
           (2, 2, 'dlv_2', 'evt_2', 'ops', 'slack', 'prs', '[]', 0, 'queued', 2, NULL, 2);
`;

describe('the schema', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bellhop-schema-'));
    file = join(folder, 'deep', 'er', 'bellhop.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = () => openSqliteStore({ file, clock: testClock(), log: silentLog });

  /** A file of version 1 that holds two hooks, with what they led to: one sent, one waiting. */
  function versionOne(): Database.Database {
    mkdirSync(dirname(file), { recursive: true });
    const db = new Database(file);
    migrate(db, MIGRATIONS.slice(0, 1));
    db.exec(VERSION_ONE_DATA);
    return db;
  }
  const versionOf = (db: Database.Database) => db.pragma('user_version', { simple: true });

  it('is made in a new file, folder and all, for the owner only', async () => {
    await (await open()).close();
    const db = new Database(file);
    expect(versionOf(db)).toBe(MIGRATIONS.length);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('auto_vacuum', { simple: true })).toBe(2);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    db.close();
  });

  it('goes from version 1 on without losing anything, step by step', () => {
    const db = versionOne();
    const next = [...MIGRATIONS.slice(0, 1), 'ALTER TABLE hooks ADD COLUMN a TEXT', `UPDATE hooks SET a = id`];
    expect(migrate(db, next)).toBe(1);
    expect(versionOf(db)).toBe(3);
    expect(db.prepare('SELECT a FROM hooks').pluck().all()).toStrictEqual(['hook_000001', 'hook_000002']);
    expect(migrate(db, next)).toBe(3);
    db.close();
  });

  it('brings a file of version 1 to today: what is in it can be found, muted and let go', async () => {
    versionOne().close();
    const store = await open();
    const sent = await store.deliveryOf({ channel: 'C1', message: '1.10' });
    expect(sent).toMatchObject({ id: 'dlv_1', state: 'sent', ref: { channel: 'C1', message: '1.10' } });
    expect(sent).not.toHaveProperty('mute');
    expect(await store.delivery('dlv_2')).toMatchObject({ state: 'queued', eventId: 'evt_2' });
    const ofKey = await store.events({ source: 'github', key: 'pr:1', limit: 5 });
    expect(ofKey.map(({ event }) => event.id)).toStrictEqual(['evt_2', 'evt_1']);
    expect(await store.audits({ limit: 5 })).toStrictEqual([]);

    const muted = (n: number, closes: boolean) =>
      anAccepting(n, {
        event: { key: 'pr:1', closes },
        deliveries: [aPlannedDelivery({ id: `dlv_${n}`, mute: 'mute_1' })],
      });
    expect((await store.accept(muted(3, false))).muted).toBe(1);
    expect((await store.accept(muted(4, true))).muted).toBe(0);
    expect(await store.release('mute_1', NOON)).toStrictEqual({ count: 1, channels: ['ops'] });
    expect((await store.stats()).deliveries).toStrictEqual({ sent: 1, queued: 3 });
    await store.close();

    const db = new Database(file);
    expect(versionOf(db)).toBe(MIGRATIONS.length);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
  });

  it('stays at the last step that worked', () => {
    const db = versionOne();
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
    const db = versionOne();
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
