import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type ParseError, parse as parseJsonc } from 'jsonc-parser';
import { type Adapter, Low } from 'lowdb';
import { CommandError } from '../core/errors.ts';

export interface JsonFileOptions<T> {
  readonly file: string;
  /** The value a parsed document holds; throws a sentence, without secrets, when it is none. */
  readonly check: (raw: unknown) => T;
  /** What a missing file stands for. It is made by the first update. */
  readonly initial: T;
  /** The document of a value; the value itself where absent. */
  readonly encode?: (value: T) => unknown;
  /** What stays when the file is taken away while it is open; all of it where absent. */
  readonly afterRemoval?: (last: T) => T;
}

/** One small JSON document on disk. Not for what grows with traffic: each update writes it whole. */
export interface JsonFile<T> {
  /** What was on disk at the opening, or after the last update. */
  read(): T;
  /**
   * Replaces what is on disk, another process's changes with it, by what `change` makes of it; the same value back
   * writes nothing, so that `update((value) => value)` only reads again. Updates take turns, and a document that did not
   * change is the same value. Rejects, and leaves the file and what is read as they are, when it is broken or cannot be
   * written. Resolves to what is on disk now.
   */
  update(change: (value: T) => T): Promise<T>;
}

/** Opens a JSON document. Rejects with a sentence that names the file when it is broken, and leaves it as it is. */
export async function openJsonFile<T extends object>(options: JsonFileOptions<T>): Promise<JsonFile<T>> {
  const { file, initial, afterRemoval = (last) => last } = options;
  await removeLeftovers(file);
  const low = new Low<T>(adapterOf(options), initial);
  await low.read();
  let onDisk = low.data;
  let turn: Promise<unknown> = Promise.resolve();

  async function replace(change: (value: T) => T): Promise<T> {
    low.data = afterRemoval(onDisk);
    // The command line changes the same files as the server; whoever writes last must not undo the other.
    await low.read();
    const found = low.data;
    const next = change(found);
    if (next !== found) {
      low.data = next;
      await low.write();
    }
    onDisk = next;
    return next;
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

function adapterOf<T>({ file, check, encode = (value) => value }: JsonFileOptions<T>): Adapter<T> {
  let last: { readonly text: string; readonly value: T } | undefined;
  return {
    async read() {
      const text = await readIfThere(file);
      if (text === undefined) return null;
      if (text !== last?.text) last = { text, value: parse(text, file, check) };
      return last.value;
    },
    async write(value) {
      const text = `${JSON.stringify(encode(value), null, 2)}\n`;
      try {
        await replaceFile(file, text);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
        throw new Error(`${file} cannot be written${code}: look at its disk and its permissions.`, { cause: error });
      }
      last = { text, value };
    },
  };
}

async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const written = `${file}.${process.pid}.new`;
  await writeSynced(written, text);
  await rename(written, file);
  await syncFolder(dirname(file));
}

/** What processes left that were killed while they wrote. Named by the process: two that write at once must not share one. */
async function removeLeftovers(file: string): Promise<void> {
  const start = `${basename(file)}.`;
  const names = await readdir(dirname(file)).catch((): string[] => []);
  for (const name of names) {
    const [, pid] = /^(\d+)\.new$/.exec(name.startsWith(start) ? name.slice(start.length) : '') ?? [];
    // Whoever cannot remove it can live with it.
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(dirname(file), name)).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new CommandError(`${file} cannot be read: look at its permissions.`);
  }
}

function parse<T>(text: string, file: string, check: (raw: unknown) => T): T {
  const broken = (reason: string) =>
    new CommandError(
      `${file} is broken: ${reason}${/[.?]$/.test(reason) ? '' : '.'} Repair it, or move it away to start with an empty one.`,
    );
  let raw: unknown;
  try {
    // Some editors put a byte order mark in front.
    raw = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    // The parser's own words quote the document, and with it what may be a secret.
    throw broken(`it is no JSON${placeOf(text)}; expected an object, as Bellhop writes it`);
  }
  try {
    return check(raw);
  } catch (error) {
    throw broken(error instanceof Error ? error.message : 'it does not hold what belongs there');
  }
}

/** ` from line 3, column 7 on`: where the first mistake stands, without a word of the document. */
function placeOf(text: string): string {
  const errors: ParseError[] = [];
  parseJsonc(text, errors, { disallowComments: true });
  const [first] = errors;
  if (first === undefined) return '';
  const before = text.slice(0, first.offset).split('\n');
  return ` from line ${before.length}, column ${(before.at(-1) ?? '').length + 1} on`;
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
