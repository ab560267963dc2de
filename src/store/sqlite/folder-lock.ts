import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database, { SqliteError } from 'better-sqlite3';
import { CommandError } from '../../core/errors.ts';

/**
 * Takes a data folder for this process alone: two on one folder would send every message twice. The lock is the operating
 * system's, so it goes with the process however it ends. Throws a sentence when another process has it.
 */
export function lockFolder(folder: string): () => void {
  const db = openLock(folder);
  try {
    // No journal on disk: taking the lock must work on a full one.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (!(error instanceof SqliteError) || error.code !== 'SQLITE_BUSY') throw error;
    throw new CommandError(
      `Another Bellhop runs on the data folder ${folder}; end it first, or give this one a folder of its own with BELLHOP_DATA.`,
    );
  }
  return () => {
    db.close();
  };
}

function openLock(folder: string): Database.Database {
  try {
    mkdirSync(folder, { recursive: true });
    return new Database(join(folder, 'bellhop.lock'), { timeout: 0 });
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new CommandError(`The data folder ${folder} cannot be used (${why}); BELLHOP_DATA names another one.`);
  }
}
