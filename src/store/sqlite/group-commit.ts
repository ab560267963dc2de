import type { Database } from 'better-sqlite3';
import type { Log } from '../../core/log.ts';
import { isOutage, isUnwritable, storeFailure } from './store-failure.ts';

/** Calls in one transaction: enough to make the sync to disk cheap, few enough to keep the event loop free. */
const MAX_BATCH = 256;

/** The one way to the database: what is asked for in the same moment shares a commit, in the order of the calls. */
export interface GroupCommit {
  /** Runs `job` in the next transaction; resolves after it is on disk, rejects with nothing of the job kept. A job may run twice. */
  write<T>(job: () => T): Promise<T>;
  /** Runs `job` after everything that was written before it. */
  read<T>(job: () => T): Promise<T>;
  /** Commits what is waiting; later calls reject. */
  close(): void;
}

interface Call {
  readonly writes: boolean;
  /** Does the work and returns what announces its result, for after the commit. */
  readonly run: () => () => void;
  readonly reject: (error: Error) => void;
}

export interface GroupCommitOptions {
  readonly db: Database;
  readonly log: Log;
  /** Told after each commit how many calls shared it. */
  readonly onCommit?: (calls: number) => void;
}

export function createGroupCommit({ db, log, onCommit }: GroupCommitOptions): GroupCommit {
  // IMMEDIATE: a transaction that begins by reading could not be made to wait for another process's write.
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const queue: Call[] = [];
  let scheduled = false;
  let failing = false;
  let closed = false;

  function enqueue<T>(writes: boolean, job: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (closed) return reject(new Error('The store is closed.'));
      const run = () => {
        const value = job();
        return () => resolve(value);
      };
      queue.push({ writes, run, reject });
      schedule();
    });
  }

  function schedule(): void {
    if (scheduled || queue.length === 0) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      flush();
      schedule();
    });
  }

  function flush(): void {
    const batch = queue.splice(0, MAX_BATCH);
    const writes = batch.filter((call) => call.writes);
    if (writes.length > 0) commitTogether(writes);
    for (const call of batch) if (!call.writes) readOne(call);
  }

  function commitTogether(calls: readonly Call[]): void {
    let announcements: readonly (() => void)[];
    try {
      announcements = inTransaction(calls);
    } catch (error) {
      // One call that the database refuses must not fail those it happened to share a transaction with.
      if (calls.length > 1 && !isOutage(error)) for (const call of calls) commitTogether([call]);
      else refuse(calls, error);
      return;
    }
    announce(announcements);
  }

  function inTransaction(calls: readonly Call[]): readonly (() => void)[] {
    begin.run();
    try {
      const announcements = calls.map((call) => call.run());
      commit.run();
      return announcements;
    } catch (error) {
      // SQLite has rolled back by itself after some errors, a full disk among them.
      if (db.inTransaction) rollback.run();
      throw error;
    }
  }

  function announce(announcements: readonly (() => void)[]): void {
    if (failing) log.info('the store can be written again');
    failing = false;
    onCommit?.(announcements.length);
    for (const resolve of announcements) resolve();
  }

  function refuse(calls: readonly Call[], error: unknown): void {
    const failure = storeFailure(error);
    // Said once, not for each hook that is refused while a disk is full.
    if (!failing && isUnwritable(error)) log.error('the store cannot be written', { reason: failure.message });
    failing ||= isUnwritable(error);
    for (const call of calls) call.reject(failure);
  }

  function readOne(call: Call): void {
    try {
      call.run()();
    } catch (error) {
      call.reject(storeFailure(error));
    }
  }

  return {
    write: (job) => enqueue(true, job),
    async read(job) {
      if (queue.length > 0 || closed) return enqueue(false, job);
      try {
        return job();
      } catch (error) {
        throw storeFailure(error);
      }
    },
    close() {
      while (queue.length > 0) flush();
      closed = true;
    },
  };
}
