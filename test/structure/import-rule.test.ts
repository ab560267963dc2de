import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, ROOT, sourceFiles } from './imports.ts';

/** What each folder of `src` may import of the others; a folder may always import itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  sources: ['core'],
  routing: ['core'],
  platforms: ['core'],
  store: ['core'],
  templates: ['core'],
  config: ['core'],
  pipeline: ['core'],
  http: ['core', 'pipeline'],
  chatops: ['core', 'pipeline'],
};

/** The only place that may know each package. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  express: ['http/', 'platforms/teams/inbound.ts'],
  'express-rate-limit': ['http/'],
  helmet: ['http/'],
  'prom-client': ['http/metrics.ts'],
  '@slack/bolt': ['platforms/slack/'],
  'discord.js': ['platforms/discord/'],
  '@microsoft/teams.apps': ['platforms/teams/'],
  '@microsoft/teams.api': ['platforms/teams/'],
  mustache: ['templates/'],
  marked: ['templates/'],
  yaml: ['templates/'],
  lowdb: ['store/json-file.ts'],
  'better-sqlite3': ['store/sqlite/'],
  re2js: ['routing/value-test.ts'],
  chokidar: ['config/watch.ts'],
  'jsonc-parser': ['config/', 'store/json-file.ts'],
  busboy: ['sources/document/'],
  'fast-xml-parser': ['sources/document/'],
  'html-to-text': ['sources/plain-text.ts', 'sources/markup/dom.ts'],
  pino: ['log.ts'],
  'pino-pretty': ['log.ts'],
  luxon: ['chatops/wall-clock.ts'],
  commander: ['cli/main.ts', 'cli/program.ts'],
  // The gate from the wire to our words, wherever the wire is.
  zod: ['config/', 'sources/', 'store/overlay-schema.ts', 'http/api/', 'http/error-handler.ts', 'cli/'],
};

const imports = sourceFiles().flatMap(importsOf);
const folderOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : '');

describe('the import rule (src/README.md)', () => {
  it.each(Object.entries(MAY_IMPORT))('%s imports only itself and [%s]', (folder, allowed) => {
    const broken = imports
      .filter(({ from, kind }) => folderOf(from) === folder && kind === 'file')
      .filter(({ of }) => folderOf(of) !== folder && !allowed.includes(folderOf(of)))
      .map(({ from, of }) => `${from} imports ${of}`);
    expect(broken).toEqual([]);
  });

  it('core imports no package and no built-in, and pipeline no package', () => {
    const broken = imports.filter(
      ({ from, kind }) =>
        (folderOf(from) === 'core' && kind !== 'file') || (folderOf(from) === 'pipeline' && kind === 'package'),
    );
    expect(broken).toEqual([]);
  });

  it('nothing but the command line and the generator stands above app.ts', () => {
    const above = imports.filter(({ of }) => of === 'app.ts').map(({ from }) => from);
    expect(above).toEqual(['cli/serve.ts']);
  });
});

describe('one door per package', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };

  it('every dependency has a door', () => {
    expect(Object.keys(dependencies).filter((name) => DOORS[name] === undefined)).toEqual([]);
  });

  it.each(Object.keys(dependencies))('%s is used, and only behind its door', (name) => {
    const users = imports.filter((one) => one.kind === 'package' && one.of === name).map(({ from }) => from);
    expect(users.length, `${name} is used nowhere`).toBeGreaterThan(0);
    const door = DOORS[name] ?? [];
    const within = (from: string, place: string) => from === place || (place.endsWith('/') && from.startsWith(place));
    expect(users.filter((from) => !door.some((place) => within(from, place)))).toEqual([]);
    expect(door.filter((place) => !users.some((from) => within(from, place)))).toEqual([]);
  });

  it('nothing is imported that is no dependency', () => {
    const strangers = imports.filter(
      ({ kind, of, typeOnly }) => kind === 'package' && !typeOnly && dependencies[of] === undefined,
    );
    expect(strangers).toEqual([]);
  });

  it('platform SDKs are loaded when a platform is used, not before', () => {
    const sdks = ['@slack/bolt', 'discord.js', '@microsoft/teams.apps', '@microsoft/teams.api'];
    const eager = imports.filter(({ of, typeOnly, from }) => sdks.includes(of) && !typeOnly && !isDynamic(from, of));
    expect(eager).toEqual([]);
  });
});

/** Imported by `import()` only, apart from types. */
function isDynamic(file: string, name: string): boolean {
  const text = readFileSync(join(ROOT, 'src', file), 'utf8');
  const eager = new RegExp(`(?:^|\\n)import (?!type)[^'";]*from '${name}`);
  return !eager.test(text);
}
