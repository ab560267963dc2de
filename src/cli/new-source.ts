import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sourceTypes } from '../blueprint.ts';
import { CommandError } from '../core/errors.ts';
import { proposeDeclaration } from '../sources/declared/propose.ts';
import { print } from './output.ts';
import { readText } from './read-text.ts';
import { readSettings } from './settings.ts';

/** `bellhop new-source <type> --from payload.json`: a first draft of a type of one's own, printed or written into the config folder. */
export async function newSource(
  type: string,
  { from, write }: { readonly from?: string; readonly write?: boolean },
): Promise<number> {
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(type))
    throw new CommandError(`"${type}" is no name for a type; expected lower-case letters, digits and "-".`, 2);
  if (sourceTypes.has(type))
    throw new CommandError(
      `"${type}" is a type that comes with Bellhop; "bellhop sources --types" shows what it knows.`,
      2,
    );
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

function parsed(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`${from} is no JSON; expected a document as the sender sends it.`, 2);
  }
}
