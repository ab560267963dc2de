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
    ...types.flatMap((type) => [...missingCode(root, type.type), ...missingTexts(root, type)]),
    ...foldersIn(join(root, 'src/sources'))
      .filter((folder) => existsSync(join(root, 'src/sources', folder, 'source.ts')) && !known.has(folder))
      .map((folder) => `src/sources/index.ts has no line for src/sources/${folder}/source.ts.`),
    ...foldersIn(join(root, 'templates'))
      .filter((folder) => !known.has(folder) && !NO_TYPES.has(folder))
      .map((folder) => `templates/${folder} is of no type: src/sources/index.ts has no line for it.`),
  ];
}

function missingCode(root: string, type: string): readonly string[] {
  const folder = `src/sources/${type}`;
  if (!existsSync(join(root, folder, 'source.ts'))) return [`The type ${type} has no ${folder}/source.ts.`];
  const code = readFileSync(join(root, folder, 'source.ts'), 'utf8');
  const isData = code.includes(': Declaration = ');
  // Senders of one family share theirs.
  const describes =
    readdirSync(join(root, folder)).some((file) => /^(?:.+-)?payloads?\.ts$/.test(file)) ||
    /from '\.\.\/[\w-]+\/payloads\.ts'/.test(code);
  // What a generic hook holds is said by the config.
  if (isData || describes || type === 'generic') return [];
  return [`The type ${type} is code, and has no ${folder}/payloads.ts that describes what it reads.`];
}

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
