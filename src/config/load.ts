import { readdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '../core/config.ts';
import { ConfigError } from '../core/errors.ts';
import type { Problem } from '../core/problem.ts';
import { MASK } from '../core/secret.ts';
import { assemble } from './assemble.ts';
import { readConfigFile } from './config-file.ts';
import { interpolate } from './interpolate.ts';
import { type LocatedObject, positionOf } from './located.ts';
import { merge } from './merge.ts';
import { checkReferences } from './references.ts';
import { warningsOf } from './warnings.ts';

export interface LoadOptions {
  /** The config folder; positions name its files as it is written here. */
  readonly dir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The types a source may have. */
  readonly sourceTypes: readonly string[];
  /** Those whose senders prove themselves without a secret of the source; none where absent. */
  readonly secretless?: readonly string[];
  /** Those whose senders sign the address that they post to; none where absent. */
  readonly signsAddress?: readonly string[];
  /**
   * What other parts know to be wrong (a regular expression, a missing secret). It may be handed a config that leaves
   * out entries with mistakes of their own, so that all are found at once; positions are added to its problems.
   */
  readonly check?: (config: Config) => readonly Problem[] | Promise<readonly Problem[]>;
}

export interface Loaded {
  readonly config: Config;
  /** What is allowed and probably not meant. */
  readonly warnings: readonly Problem[];
  /** Every file that was read, those of `${file:…}` and `server.tls` included: a change in any of them changes what is in force. */
  readonly files: readonly string[];
}

/**
 * Reads, merges and checks the config folder.
 * @throws ConfigError with every mistake, in the order of the files. No sentence holds a secret.
 */
export async function loadConfig({
  dir,
  env,
  sourceTypes,
  secretless,
  signsAddress,
  check,
}: LoadOptions): Promise<Loaded> {
  const names = await configFiles(dir);
  const files = await Promise.all(names.map((name) => readConfigFile(join(dir, name))));
  const start = { file: join(dir, names[0] ?? ''), line: 1, column: 1 };
  const merged = merge(files, start);
  const {
    document,
    problems: unresolved,
    files: secretFiles,
    values,
  } = await interpolate(merged.document, { env, dir });

  const assembled = assemble(document, sourceTypes, secretless);
  // A file that could not be read may define what the others refer to.
  const complete = files.every(({ root }) => root !== undefined);
  const references = complete ? checkReferences(document, sourceTypes) : [];
  const config = withTlsPaths(assembled.config, dir);
  const checked = ((await check?.(config)) ?? []).map((problem) => atItsPlace(problem, assembled.routePlaces));
  const later = [...assembled.problems, ...references, ...checked].filter(({ path }) => !isWithin(path, unresolved));

  const read = files.flatMap(({ problems }) => problems);
  const problems = [...read, ...merged.problems, ...unresolved, ...later];
  const finish = (found: readonly Problem[]) =>
    found
      .map((problem) => masked(located(problem, document), values))
      .sort(byPosition(names.map((name) => join(dir, name))));
  if (problems.length > 0) throw new ConfigError(withoutRepeats(finish(problems)));
  return {
    config,
    warnings: finish(warningsOf(config, signsAddress)),
    files: [...files.map(({ file }) => file), ...secretFiles, ...(await tlsFiles(config))],
  };
}

async function configFiles(dir: string): Promise<readonly string[]> {
  const refuse = (message: string) => new ConfigError([{ path: [], message: `${dir}: ${message}` }]);
  let names: readonly string[];
  try {
    names = await readdir(dir);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw refuse('there is no such folder; expected one with the config, as the one that comes with Bellhop');
    if (code === 'ENOTDIR') throw refuse('is a file; expected the folder that holds the config');
    throw refuse(`cannot be read (${code ?? 'unknown reason'})`);
  }
  const found = names.filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json')).sort();
  if (found.length === 0)
    throw refuse('holds no *.json file; expected the config, as the folder that comes with Bellhop has it');
  return found;
}

/** A relative path starts from the config folder, as that of `${file:…}` does. */
function withTlsPaths(config: Config, dir: string): Config {
  const { tls } = config.server;
  if (tls === undefined) return config;
  const { cert, key, clientCa } = tls;
  const paths = {
    ...{ cert: resolve(dir, cert), key: resolve(dir, key) },
    ...(clientCa === undefined ? {} : { clientCa: resolve(dir, clientCa) }),
  };
  return { ...config, server: { ...config.server, tls: paths } };
}

/** Certbot’s are links, which some put a new file behind and some in the place of: both are seen. */
async function tlsFiles({ server: { tls } }: Config): Promise<readonly string[]> {
  const named: readonly string[] = tls === undefined ? [] : Object.values(tls);
  const behind = await Promise.all(named.map((file) => realpath(file).catch(() => file)));
  return [...new Set([...named, ...behind])];
}

/** `check` counts the routes it was handed; the person counts those in the files. */
function atItsPlace(problem: Problem, routePlaces: readonly number[]): Problem {
  const [section, index, ...rest] = problem.path;
  if (section !== 'routes' || typeof index !== 'number') return problem;
  return { ...problem, path: [section, routePlaces[index] ?? index, ...rest] };
}

/** What is wrong about a text that could not be resolved is already said. */
const isWithin = (path: Problem['path'], outer: readonly Problem[]): boolean =>
  outer.some((problem) => problem.path.every((key, at) => path[at] === key));

const located = (problem: Problem, document: LocatedObject): Problem =>
  problem.position === undefined ? { ...problem, position: positionOf(document, problem.path) } : problem;

/** The last guard: sentences are made without values, and what came from outside is cut out of them all the same. */
function masked(problem: Problem, values: readonly string[]): Problem {
  let { message } = problem;
  for (const value of values) if (value.length >= 4) message = message.replaceAll(value, MASK);
  return { ...problem, message };
}

function withoutRepeats(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

const byPosition =
  (files: readonly string[]) =>
  ({ position: a }: Problem, { position: b }: Problem): number =>
    files.indexOf(a?.file ?? '') - files.indexOf(b?.file ?? '') ||
    (a?.line ?? 0) - (b?.line ?? 0) ||
    (a?.column ?? 0) - (b?.column ?? 0);
