import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const SRC = join(ROOT, 'src');

/** One import: from which file (relative to `src`), of what. */
export interface Import {
  readonly from: string;
  /** A file relative to `src`, or the name of a package or built-in. */
  readonly of: string;
  readonly kind: 'file' | 'package' | 'built-in';
  /** Gone after compiling: it loads nothing. */
  readonly typeOnly: boolean;
}

const STATEMENT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'";]*?\sfrom\s+'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'|import\('([^']+)'\)/g;

export function sourceFiles(folder = SRC): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => relative(SRC, join(folder, name)));
}

export function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  return [...text.matchAll(STATEMENT)].map((match) => {
    const name = match[2] ?? match[3] ?? match[4] ?? '';
    const typeOnly = match[1] !== undefined;
    if (name.startsWith('.'))
      return { from: file, of: normalize(join(dirname(file), name)), kind: 'file' as const, typeOnly };
    if (name.startsWith('node:')) return { from: file, of: name, kind: 'built-in' as const, typeOnly };
    return { from: file, of: packageOf(name), kind: 'package' as const, typeOnly };
  });
}

const packageOf = (name: string): string => name.split('/', name.startsWith('@') ? 2 : 1).join('/');
