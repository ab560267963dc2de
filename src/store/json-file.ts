import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Adapter, Low } from 'lowdb';

export interface JsonFileOptions<T> {
  readonly file: string;
  /** The value a parsed document holds; throws a sentence, without secrets, when it is none. */
  readonly check: (raw: unknown) => T;
  /** What a missing file stands for. It is made by the first update. */
  readonly initial: T;
}

/** One small JSON document on disk. Not for what grows with traffic: each update writes it whole. */
export interface JsonFile<T> {
  /** What was on disk at the opening, or after the last update. */
  read(): T;
  /**
   * Replaces what is on disk, another process's changes with it, by what `change` makes of it; the same value back
   * writes nothing. Updates take turns. Rejects, and leaves the file as it is, when it is broken or cannot be written.
   */
  update(change: (value: T) => T): Promise<void>;
}

/** Opens a JSON document. Rejects with a sentence that names the file when it is broken, and leaves it as it is. */
export async function openJsonFile<T extends object>({
  file,
  check,
  initial,
}: JsonFileOptions<T>): Promise<JsonFile<T>> {
  const low = new Low<T>(adapterOf(file, check), initial);
  await low.read();
  let onDisk = low.data;
  let turn: Promise<unknown> = Promise.resolve();

  async function replace(change: (value: T) => T): Promise<void> {
    low.data = onDisk;
    // The command line changes the same files as the server; whoever writes last must not undo the other.
    await low.read();
    const found = low.data;
    const next = change(found);
    if (next !== found) {
      low.data = next;
      await low.write();
    }
    onDisk = next;
  }

  return {
    read: () => onDisk,
    update(change) {
      const done = turn.then(() => replace(change));
      turn = done.catch(() => {});
      return done;
    },
  };
}

function adapterOf<T>(file: string, check: (raw: unknown) => T): Adapter<T> {
  return {
    async read() {
      const text = await readIfThere(file);
      return text === undefined ? null : parse(text, file, check);
    },
    async write(value) {
      await mkdir(dirname(file), { recursive: true });
      // Named by the process: two that write at once must not share a half-written file.
      const written = `${file}.${process.pid}.new`;
      await writeSynced(written, `${JSON.stringify(value, null, 2)}\n`);
      await rename(written, file);
      await syncFolder(dirname(file));
    },
  };
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read: look at its permissions.`, { cause: error });
  }
}

function parse<T>(text: string, file: string, check: (raw: unknown) => T): T {
  const broken = (reason: string) =>
    new Error(`${file} is broken: ${reason}. Repair it, or move it away to start with an empty one.`);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    // The parser's own words quote the document, and with it what may be a secret.
    throw broken('it is no JSON');
  }
  try {
    return check(raw);
  } catch (error) {
    throw broken(error instanceof Error ? error.message : 'it does not hold what belongs there');
  }
}

/** Whoever opens the file after a crash finds the old document or the new one, never half of one. */
async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    // An older file of that name keeps its mode when it is opened.
    await handle.chmod(0o600);
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the renaming itself last. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
