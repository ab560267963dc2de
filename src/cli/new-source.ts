import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceTypes } from '../blueprint.ts';
import { CommandError } from '../core/errors.ts';
import { proposeDeclaration } from '../sources/declared/propose.ts';
import { writeBuiltIn } from './new-built-in.ts';
import { print } from './output.ts';
import { readText } from './read-text.ts';
import { readSettings } from './settings.ts';

export interface NewSourceOptions {
  /** A document its sender sent, in a file; `-` for standard input. */
  readonly from?: string;
  /** Into the config folder. */
  readonly write?: boolean;
  /** Into the checkout, as a type that comes with Bellhop. */
  readonly builtin?: boolean;
}

/**
 * `bellhop new-source <type>`: a first draft of a type, from a document its sender sent. Printed, written into the config
 * folder, or with `--builtin` into this checkout.
 */
export async function newSource(type: string, { from, write, builtin }: NewSourceOptions): Promise<number> {
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(type))
    throw new CommandError(`"${type}" is no name for a type; expected lower-case letters, digits and "-".`, 2);
  if (sourceTypes.has(type))
    throw new CommandError(
      `"${type}" is a type that comes with Bellhop; "bellhop sources --types" shows what it knows.`,
      2,
    );
  if (builtin) return newBuiltIn(type, from);
  if (from === undefined)
    throw new CommandError(
      'From what? Give a document the sender sent: --from payload.json, or - for standard input.',
      2,
    );
  const draft = proposeDeclaration(type, parsed(await readText(from), from));
  const text = `${JSON.stringify(draft, undefined, 2)}\n`;
  if (!write) {
    print(text.trimEnd());
    return 0;
  }
  const file = join(readSettings().folders.config, 'sources', `${type}.json`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new CommandError(`${file} is there already; it is left as it is.`);
    throw new CommandError(`${file} cannot be written (${error.code ?? 'unknown reason'}).`);
  });
  print(
    `${file} is written: read it, say how the sender proves itself ("verifier") and what its events mean, and add a source of the type "${type}".`,
  );
  return 0;
}

/** The folder that holds `src` or `dist`. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

async function newBuiltIn(type: string, from: string | undefined): Promise<number> {
  const document = from === undefined ? {} : { document: parsed(await readText(from), from) };
  const files = await writeBuiltIn({ type, root: ROOT, ...document });
  print(
    [
      ...files.map((file) => `written  ${file}`),
      '',
      'Next:',
      `1. src/sources/${type}/source.ts: read it, and say "docs", "setUp", how the sender proves itself ("verifier") and what each event means.`,
      `2. templates/${type}/samples: take secrets and real people out, and add samples until there are three or more and every event has one.`,
      `3. npm run golden -- -t ${type}/, and read each text in test/golden/${type} as somebody on call would.`,
      '4. npm run generate, for the schema and the README.',
      '5. npx vitest run -c test/vitest.config.ts test/golden test/sources test/structure && npm run check',
    ].join('\n'),
  );
  return 0;
}

function parsed(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`${from} is no JSON; expected a document as the sender sends it.`, 2);
  }
}
