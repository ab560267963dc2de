import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CommandError } from '../core/errors.ts';
import { isRecord } from '../core/record.ts';
import { namesIn, subfolders } from './files.ts';

/** A real request of a sender, kept beside the templates: for trying out, previewing and checking. */
export interface Sample {
  readonly type: string;
  readonly event: string;
  /** What tells it from other samples of its event: `draft`. */
  readonly variant?: string;
  /** `pull_request.opened~draft`. */
  readonly name: string;
  readonly file: string;
  readonly method: string;
  /** Lower-case names, as a hook has them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** For a `generic` source: the map that reads it. */
  readonly map?: unknown;
}

/**
 * Every `<type>/samples/<event>[~variant].json` of these folders, sorted by type and name; a later folder's file takes
 * the place of an earlier one's. Throws a CommandError that names the file when one is no sample.
 */
export async function loadSamples(folders: readonly string[]): Promise<readonly Sample[]> {
  const files = new Map<string, { readonly type: string; readonly file: string }>();
  for (const folder of folders) {
    for (const type of (await subfolders(folder)) ?? []) {
      for (const name of await namesIn(join(folder, type, 'samples'), ['.json'])) {
        files.set(`${type}/${name}`, { type, file: join(folder, type, 'samples', name) });
      }
    }
  }
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return Promise.all(sorted.map(([, { type, file }]) => readSample(type, file)));
}

async function readSample(type: string, file: string): Promise<Sample> {
  const name = basename(file, '.json');
  const [event = name, ...variant] = name.split('~');
  const raw = await readObject(file);
  const { method = 'POST', text, map } = raw;
  if (typeof method !== 'string') throw new CommandError(`${file}: method is text`);
  if (text !== undefined && typeof text !== 'string') throw new CommandError(`${file}: text is the body as a string`);
  if (text === undefined && !Object.hasOwn(raw, 'body'))
    throw new CommandError(`${file}: a sample has a body (JSON) or a text (the raw body)`);
  return {
    type,
    event,
    ...(variant.length > 0 && { variant: variant.join('~') }),
    name,
    file,
    method: method.toUpperCase(),
    headers: lowerCase(texts(raw.headers, `${file}: headers`)),
    query: texts(raw.query, `${file}: query`),
    body: Buffer.from(text ?? JSON.stringify(raw.body)),
    ...(map !== undefined && { map }),
  };
}

async function readObject(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const read: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (isRecord(read)) return read;
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new CommandError(`${file}: a sample is an object with headers and a body`);
}

function texts(value: unknown, what: string): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null) throw new CommandError(`${what} are names, each with its text`);
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => {
      if (typeof text !== 'string') throw new CommandError(`${what}.${name} is text`);
      return [name, text];
    }),
  );
}

const lowerCase = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
