import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { configJsonSchema } from './config/json-schema.ts';
import { eventList, handshakeTable, sourceTable, valueTable } from './generate/source-tables.ts';
import * as tables from './generate/tables.ts';
import { SOURCE_TYPE_NAMES } from './sources/index.ts';

/** A file, or a part of one, that is made from the code’s own declarations. */
interface Generated {
  /** Relative to the project’s root. One file may have several generators: each is handed what the last one made. */
  readonly file: string;
  /** What the file should hold, given what it holds now (empty when it does not exist). Pure: the same code, the same text. */
  content(now: string): string | Promise<string>;
}

const readme = (name: string, make: () => string | Promise<string>): Generated => ({
  file: 'README.md',
  content: async (now) => replaceGenerated(now, name, await make()),
});

/** Everything `npm run generate` writes. */
const generators: readonly Generated[] = [
  {
    file: 'config/bellhop.schema.json',
    content: () => `${JSON.stringify(configJsonSchema(SOURCE_TYPE_NAMES), undefined, 2)}\n`,
  },
  readme('sources', sourceTable),
  readme('events', eventList),
  readme('values', valueTable),
  readme('handshakes', handshakeTable),
  readme('chat', tables.chatTable),
  readme('permissions', tables.permissionTable),
  readme('operators', tables.operatorTable),
  readme('platforms', tables.platformTable),
  readme('commands', tables.commandTable),
  readme('environment', tables.environmentTable),
  readme('hook-errors', tables.hookErrorTable),
  readme('api-errors', tables.apiErrorTable),
  readme('metrics', tables.metricTable),
];

/** The text with what stands between `<!-- generated:NAME -->` and `<!-- /generated:NAME -->` replaced. Throws when the marks are missing. */
function replaceGenerated(text: string, name: string, replacement: string): string {
  const [open, close] = [`<!-- generated:${name} -->`, `<!-- /generated:${name} -->`];
  const from = text.indexOf(open);
  const to = text.indexOf(close, from);
  if (from < 0 || to < 0) throw new Error(`the marks ${open} and ${close} are missing`);
  return `${text.slice(0, from + open.length)}\n${replacement.trim()}\n${text.slice(to)}`;
}

/** Writes what is stale, or with `check` only names it. Returns the stale files, relative to the root. */
export async function generate(root: URL, options: { readonly check: boolean }): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const file of new Set(generators.map((generator) => generator.file))) {
    const url = new URL(file, root);
    const before = await readFile(url, 'utf8').catch(() => '');
    let after = before;
    for (const part of generators.filter((generator) => generator.file === file)) after = await part.content(after);
    if (after === before) continue;
    stale.push(file);
    if (!options.check) await writeFile(url, after);
  }
  return stale;
}

async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  const stale = await generate(new URL('..', import.meta.url), { check });
  for (const file of stale)
    process.stdout.write(`${file}: ${check ? 'is stale; run `npm run generate`' : 'written'}\n`);
  if (check && stale.length > 0) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
