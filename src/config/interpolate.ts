import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Problem } from '../core/problem.ts';
import type { Located, LocatedObject, LocatedValue } from './located.ts';

export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What a relative `${file:…}` starts from. */
  readonly dir: string;
}

export interface Interpolated {
  readonly document: LocatedObject;
  readonly problems: readonly Problem[];
  /** The files that `${file:…}` named, read or not. */
  readonly files: readonly string[];
  /** What came in from outside: no sentence may hold any of it. */
  readonly values: readonly string[];
}

/** `$${` stands for a literal `${`; the other form is a placeholder, closed or not. */
const PLACEHOLDER = /\$\$\{|\$\{([^}]*)(\}?)/g;
const VARIABLE = /^([A-Za-z_][A-Za-z0-9_]*)(?::-([\s\S]*))?$/;
const MAX_FILE_BYTES = 1024 * 1024;

/**
 * Puts values in the place of `${NAME}`, `${NAME:-default}` and `${file:/path}` in every text of the document. One that
 * cannot be resolved stays as it is written and becomes a problem that names it. A value is never looked into again.
 */
export async function interpolate(document: LocatedObject, environment: Environment): Promise<Interpolated> {
  const found: Found = { ...environment, problems: [], files: new Set(), values: new Set() };
  const entries = await resolveEntries(document, [], found);
  return {
    document: { ...document, entries },
    problems: found.problems,
    files: [...found.files],
    values: [...found.values],
  };
}

interface Found extends Environment {
  readonly problems: Problem[];
  readonly files: Set<string>;
  readonly values: Set<string>;
}

type Path = readonly (string | number)[];

async function resolveEntries(object: LocatedObject, path: Path, found: Found): Promise<Map<string, Located>> {
  const entries = new Map<string, Located>();
  for (const [key, child] of object.entries) entries.set(key, await resolveNode(child, [...path, key], found));
  return entries;
}

async function resolveNode(node: Located, path: Path, found: Found): Promise<Located> {
  if (node.kind === 'object') return { ...node, entries: await resolveEntries(node, path, found) };
  if (node.kind === 'value') return resolveText(node, path, found);
  const items: Located[] = [];
  for (const [index, item] of node.items.entries()) items.push(await resolveNode(item, [...path, index], found));
  return { ...node, items };
}

async function resolveText(node: LocatedValue, path: Path, found: Found): Promise<LocatedValue> {
  const written = node.value;
  if (typeof written !== 'string' || !written.includes('${')) return node;
  let text = '';
  let end = 0;
  for (const match of written.matchAll(PLACEHOLDER)) {
    text += written.slice(end, match.index);
    end = match.index + match[0].length;
    const value = await resolved(match, found);
    if (typeof value === 'string') text += value;
    else {
      found.problems.push({ path, message: value.unresolved, position: node.at });
      text += match[0];
    }
  }
  return { ...node, value: text + written.slice(end) };
}

async function resolved(match: RegExpExecArray, found: Found): Promise<string | { readonly unresolved: string }> {
  const [, inside, closing] = match;
  if (inside === undefined) return '${';
  if (closing === '') return { unresolved: 'holds a ${ that is not closed; a literal one is written $${' };
  if (inside.startsWith('file:')) return fileValue(inside.slice('file:'.length), found);
  const [, name, fallback] = VARIABLE.exec(inside) ?? [];
  if (name === undefined)
    return {
      unresolved: `holds a \${…} that is none of \${NAME}, \${NAME:-default}, \${file:/path}; a literal one is written $\${`,
    };
  if (fallback?.includes('${')) return { unresolved: `holds a default of \${${name}} with another \${ in it` };
  const value = Object.hasOwn(found.env, name) ? found.env[name] : undefined;
  if (value !== undefined && value !== '') {
    found.values.add(value);
    return value;
  }
  if (fallback !== undefined) return fallback;
  const state = value === undefined ? 'is not set' : 'is empty';
  return { unresolved: `needs the environment variable ${name}, which ${state}; set it, for example in .env` };
}

async function fileValue(path: string, found: Found): Promise<string | { readonly unresolved: string }> {
  const file = resolve(found.dir, path);
  if (path === '' || file.includes('\0')) return { unresolved: `names no file in \${file:…}` };
  found.files.add(file);
  try {
    const { size } = await checkedStat(file);
    if (size > MAX_FILE_BYTES) return { unresolved: `names ${file}, which is over 1 MiB: no secret is that long` };
    const value = (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
    if (value !== '') found.values.add(value);
    return value === '' ? { unresolved: `names ${file}, which is empty` } : value;
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    const sentence = reason === 'ENOENT' ? 'which does not exist' : `which cannot be read (${reason})`;
    return { unresolved: `names ${file}, ${sentence}` };
  }
}

/** Devices and pipes would be read for ever. */
async function checkedStat(file: string): Promise<{ readonly size: number }> {
  const found = await stat(file);
  if (!found.isFile()) throw new Error('it is no ordinary file');
  return found;
}
