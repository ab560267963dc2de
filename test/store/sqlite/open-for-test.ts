import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore, type SqliteStoreOptions } from '../../../src/store/sqlite/store.ts';
import { silentLog, testClock } from '../../builders.ts';
import type { OpenedStore } from '../contract.ts';

/** A store in a folder of its own; `close` removes both. */
export async function openForTest(
  over: Partial<SqliteStoreOptions> = {},
): Promise<OpenedStore & { readonly file: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-store-'));
  const file = join(folder, 'bellhop.db');
  const open = () => openSqliteStore({ file, clock: testClock(), log: silentLog, ...over });
  const first = await open();
  let current = first;
  return {
    file,
    store: first,
    async reopen() {
      await current.close();
      current = await open();
      return current;
    },
    async close() {
      await current.close();
      await rm(folder, { recursive: true });
    },
  };
}
