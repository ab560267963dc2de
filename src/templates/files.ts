import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../core/problem.ts';
import type { SourceFile } from './source-file.ts';

const LONGEST = 262_144;
/** The console's pages lie beside the templates and are none. */
const NOT_A_TYPE = new Set(['console', 'samples']);

/** The texts of one overlaid set of folders, by their path inside: `github/push.mustache`. A later folder's file wins. */
export async function readTemplateFiles(folders: readonly string[]): Promise<{
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly problems: readonly Problem[];
}> {
  const files = new Map<string, SourceFile>();
  const problems: Problem[] = [];
  for (const [at, folder] of folders.entries()) {
    const types = await subfolders(folder);
    if (types === undefined) {
      // Only the shipped folder must exist: an overlay is a choice.
      if (at === 0) problems.push({ path: [], message: `the templates' folder ${folder} cannot be read` });
      continue;
    }
    for (const name of ['', ...types]) {
      for (const file of await namesIn(join(folder, name), ['.mustache', '.json'])) {
        const read = await readText(join(folder, name, file));
        if ('message' in read) problems.push(read);
        else files.set(name === '' ? file : `${name}/${file}`, read);
      }
    }
  }
  return { files, problems };
}

/** The folders in a folder that hold a type's templates; undefined when it cannot be read. */
export async function subfolders(folder: string): Promise<readonly string[] | undefined> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  return entries
    ?.filter((entry) => !entry.isFile() && !entry.name.startsWith('.') && !NOT_A_TYPE.has(entry.name))
    .map(({ name }) => name)
    .sort();
}

/** The names in a folder that end in one of these; none when it cannot be read. */
export async function namesIn(folder: string, endings: readonly string[]): Promise<readonly string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.filter((name) => !name.startsWith('.') && endings.some((ending) => name.endsWith(ending))).sort();
}

async function readText(path: string): Promise<SourceFile | Problem> {
  const problem = (message: string): Problem => ({ path: [], message, position: { file: path, line: 1, column: 1 } });
  try {
    const { size } = await stat(path);
    if (size > LONGEST) return problem(`the file has ${size} bytes; a template has ${LONGEST} at most`);
    const text = await readFile(path, 'utf8');
    return { path, text: text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n') };
  } catch (error) {
    return problem(`the file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
