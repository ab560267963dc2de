import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceType } from '../../src/core/source.ts';

/** What the registry says of a type. */
export type Registered = Pick<SourceType, 'type' | 'events'>;

export const LEAST_SAMPLES = 3;

/** Folders that belong to no sender: Bellhop's own notices, and the web console. */
const NO_TYPES: ReadonlySet<string> = new Set(['bellhop', 'console']);

/**
 * What is missing of the types in a checkout, a sentence each that names the file: a type is its folder in `src/sources`,
 * its line in the registry, and for every event a template, a sample and a golden text. Nothing that nobody registered may
 * lie about.
 */
export function missingDrawers(root: string, types: readonly Registered[]): readonly string[] {
  const known = new Set(types.map(({ type }) => type));
  return [
    ...types.flatMap((type) => [...missingCode(root, type), ...missingTexts(root, type)]),
    ...foldersIn(join(root, 'src/sources'))
      .filter((folder) => existsSync(join(root, 'src/sources', folder, 'source.ts')) && !known.has(folder))
      .map((folder) => `src/sources/index.ts has no line for src/sources/${folder}/source.ts.`),
    ...foldersIn(join(root, 'templates'))
      .filter((folder) => !known.has(folder) && !NO_TYPES.has(folder))
      .map((folder) => `templates/${folder} is of no type: src/sources/index.ts has no line for it.`),
  ];
}

function missingCode(root: string, { type, events }: Registered): readonly string[] {
  const folder = join(root, 'src/sources', type);
  if (!existsSync(join(folder, 'source.ts'))) return [`The type ${type} has no src/sources/${type}/source.ts.`];
  const isData = readFileSync(join(folder, 'source.ts'), 'utf8').includes(': Declaration = ');
  // What a hook holds whose events the user names is said by the config.
  if (isData || Object.keys(events).length === 0) return [];
  // Its own, or of a family of types that send alike.
  const describes = readdirSync(folder).some(
    (file) =>
      PAYLOADS.test(file) || (file.endsWith('.ts') && IMPORTS_PAYLOADS.test(readFileSync(join(folder, file), 'utf8'))),
  );
  if (describes) return [];
  return [`The type ${type} is code, and has no src/sources/${type}/payloads.ts that describes what it reads.`];
}

const PAYLOADS = /^(?:.+-)?payloads?\.ts$/;
const IMPORTS_PAYLOADS = /from '\.\.\/[^']*payloads?\.ts'/;

function missingTexts(root: string, { type, events }: Registered): readonly string[] {
  const templates = namesIn(join(root, 'templates', type), '.mustache');
  const samples = namesIn(join(root, 'templates', type, 'samples'), '.json');
  const goldens = namesIn(join(root, 'test/golden', type), '.txt');
  const few = `The type ${type} has ${samples.length} of ${LEAST_SAMPLES} samples in templates/${type}/samples.`;
  return [
    ...(samples.length < LEAST_SAMPLES ? [few] : []),
    ...Object.keys(events).flatMap((event) => [
      ...(familiesOf(event).some((name) => templates.includes(name))
        ? []
        : [`The event ${event} of ${type} has no templates/${type}/${event}.mustache, and its family has none.`]),
      ...(samples.some((name) => isOf(event, name))
        ? []
        : [`The event ${event} of ${type} has no templates/${type}/samples/${event}.json.`]),
      ...(goldens.some((name) => isOf(event, name))
        ? []
        : [`The event ${event} of ${type} has no test/golden/${type}/${event}.txt; make it with: npm run golden.`]),
    ]),
  ];
}

/** `pull_request.opened`, `pull_request` */
const familiesOf = (event: string): readonly string[] =>
  event.split('.').map((_part, at, parts) => parts.slice(0, parts.length - at).join('.'));

/** Its own file or a variant: `push~forced` of `push`. */
const isOf = (event: string, name: string): boolean => name === event || name.startsWith(`${event}~`);

const foldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

const namesIn = (folder: string, ending: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder).flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []))
    : [];
