import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccept } from '../../../src/store/sqlite/accept.ts';
import { createGroupCommit, type GroupCommit } from '../../../src/store/sqlite/group-commit.ts';
import { openDatabase } from '../../../src/store/sqlite/open-database.ts';
import { rememberingLog, silentLog } from '../../builders.ts';
import { anAccepting } from '../store-builders.ts';
import { openForTest } from './open-for-test.ts';

const BIG = { hook: { body: Buffer.alloc(200_000, 'x') } };

describe('a database that cannot be written', () => {
  let folder: string;
  let db: Database.Database;
  let commits: GroupCommit;
  let accept: (n: number, parts?: Parameters<typeof anAccepting>[1]) => Promise<unknown>;
  let log: ReturnType<typeof rememberingLog>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bellhop-failure-'));
    db = openDatabase(join(folder, 'bellhop.db')).db;
    log = rememberingLog();
    commits = createGroupCommit({ db, log });
    const statements = createAccept(db, 1_000);
    accept = (n, parts) => commits.write(statements.accept(anAccepting(n, { dedupeKey: `k${n}`, ...parts })));
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  const count = (table: string) => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  const fillDisk = () => db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 10}`);

  it('full: keeps nothing of the hook and takes it when there is room again', async () => {
    fillDisk();
    await expect(accept(1, BIG)).rejects.toMatchObject({
      message: 'The store is full: make room on its disk. (SQLITE_FULL)',
      cause: { code: 'SQLITE_FULL' },
    });
    for (const table of ['hooks', 'events', 'deliveries', 'seen', 'last_hooks'])
      expect([table, count(table)]).toStrictEqual([table, 0]);

    db.pragma('max_page_count = 1000000');
    await expect(accept(1, BIG)).resolves.toMatchObject({ status: 'accepted' });
  });

  it('full: what is small enough still fits, though it was in flight with what is not', async () => {
    fillDisk();
    const answers = await Promise.allSettled([accept(1), accept(2, BIG), accept(3)]);
    expect(answers.map(({ status }) => status)).toStrictEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect([count('hooks'), count('events'), count('seen')]).toStrictEqual([2, 2, 2]);
  });

  it('read-only: refuses every call in flight and works again afterwards', async () => {
    db.pragma('query_only = ON');
    const answers = await Promise.allSettled([accept(1), accept(2)]);
    expect(answers).toMatchObject(
      Array(2).fill({ reason: { message: expect.stringMatching(/read-only\. \(SQLITE_READONLY\)$/) } }),
    );
    db.pragma('query_only = OFF');
    await Promise.all([accept(1), accept(2)]);
    expect(count('hooks')).toBe(2);
  });

  it('says so once, and once more when it is over', async () => {
    db.pragma('query_only = ON');
    for (const n of [1, 2, 3]) await accept(n).catch(() => {});
    db.pragma('query_only = OFF');
    for (const n of [1, 2, 3]) await accept(n);
    expect(log.lines).toStrictEqual([
      'error the store cannot be written {"reason":"The store cannot be written: its file or folder is read-only. (SQLITE_READONLY)"}',
      'info the store can be written again',
    ]);
  });

  it('a call that the database refuses is no outage', async () => {
    await accept(1);
    await expect(accept(1, { dedupeKey: 'other' })).rejects.toThrow(
      'The store refused a write. (SQLITE_CONSTRAINT_UNIQUE)',
    );
    expect(log.lines).toStrictEqual([]);
  });

  it('a callback that throws does not write a call twice', async () => {
    const counting = createGroupCommit({ db, log: silentLog });
    const insert = db.prepare(`INSERT INTO last_hooks VALUES ('x' || (SELECT count(*) FROM last_hooks), 0)`);
    const first = counting.write(() => insert.run()).then(() => Promise.reject(new Error('the caller’s own')));
    await expect(first).rejects.toThrow('the caller’s own');
    expect(count('last_hooks')).toBe(1);
  });
});

describe('a store that another process has locked', () => {
  it('rejects with a sentence, is not writable, and recovers', async () => {
    const { store, file, close } = await openForTest();
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');

    await expect(store.accept(anAccepting(1))).rejects.toThrow('The store is locked by another process. (SQLITE_BUSY)');
    expect(await store.writable()).toBe(false);
    expect((await store.stats()).hooks).toBe(0);

    other.exec('ROLLBACK');
    other.close();
    expect(await store.writable()).toBe(true);
    expect((await store.accept(anAccepting(1))).status).toBe('accepted');
    await close();
  });
});
