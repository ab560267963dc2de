import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandError } from '../core/errors.ts';
import type { Declaration } from '../sources/declared/declaration.ts';
import { declareSource } from '../sources/declared/declare-source.ts';
import { proposeDeclaration } from '../sources/declared/propose.ts';
import { leavesOf } from '../sources/leaves.ts';
import { renderText } from '../templates/text.ts';
import { declarationText, identifierOf } from './declaration-text.ts';
import { withRegistryLine } from './registry-line.ts';

export interface NewBuiltIn {
  readonly type: string;
  /** A document its sender sent; a made-up one where there is none yet. */
  readonly document?: unknown;
  /** The checkout. */
  readonly root: string;
}

const REGISTRY = 'src/sources/index.ts';

/**
 * Writes what a type that comes with Bellhop consists of, as a first draft: its declaration, a template, a sample, and its
 * line in the registry. Nothing is overwritten: where anything is there already, nothing is written. Returns the files.
 */
export async function writeBuiltIn({ type, document = EXAMPLE, root }: NewBuiltIn): Promise<readonly string[]> {
  const registry = await readFile(join(root, REGISTRY), 'utf8').catch(() => {
    throw new CommandError(`A built-in type is written into a checkout of Bellhop, and ${root} has no ${REGISTRY}.`);
  });
  for (const folder of [`src/sources/${type}`, `templates/${type}`]) {
    if (existsSync(join(root, folder)))
      throw new CommandError(`${folder} is there already; it is left as it is, and nothing was written.`);
  }
  const declaration: Declaration = { type, ...proposeDeclaration(type, document) };
  const event = eventOf(declaration, document);
  const name = identifierOf(type, registry);
  const files: Readonly<Record<string, string>> = {
    [`src/sources/${type}/source.ts`]: declarationText(name, declaration),
    [`templates/${type}/${event}.mustache`]: templateText(declaration),
    [`templates/${type}/samples/${event}.json`]: `${JSON.stringify({ headers: HEADERS, body: document }, undefined, 2)}\n`,
    [REGISTRY]: withRegistryLine(registry, { name, type }),
  };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  return Object.keys(files);
}

/** What is read when nobody has a document of the sender yet. */
const EXAMPLE = {
  id: 'evt-0001',
  event: 'thing.happened',
  title: 'Something happened',
  url: 'https://acme.example/things/7',
  thing: { id: 7 },
  status: 'open',
  created_at: '2025-11-21T12:00:00Z',
};

const HEADERS = { 'content-type': 'application/json' };

/** The event that the declaration reads out of its own document: template and sample are named after it. */
function eventOf(declaration: Declaration, document: unknown): string {
  const body = Buffer.from(JSON.stringify(document));
  const where = { id: 'hook_new', source: declaration.type, from: '127.0.0.1', at: new Date() };
  const hook = { ...where, method: 'POST', headers: HEADERS, query: {}, body };
  const reading = declareSource(declaration, renderText).read(hook, {});
  const [event] = reading.kind === 'events' ? reading.events : [];
  if (event !== undefined && leavesOf(document).length > 0) return event.event;
  throw new CommandError('This document says nothing; expected an object that holds at least one text or number.', 2);
}

const templateText = ({ url }: Declaration): string =>
  ['---', ...(url === undefined ? [] : ['buttons:', '  Open: "{{url}}"']), 'context: "{{source}}"', '---', ''].join(
    '\n',
  );
