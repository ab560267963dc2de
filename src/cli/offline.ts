import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AlsoCheck, type Blueprint, readBlueprint, templateFolders } from '../blueprint.ts';
import { CommandError } from '../core/errors.ts';
import type { NewId } from '../core/id.ts';
import { didYouMean, nearest } from '../core/nearest.ts';
import type { PlatformClient } from '../core/platform.ts';
import { type Secret, toSecret } from '../core/secret.ts';
import type { ActiveSource, Runtime } from '../pipeline/runtime.ts';
import { buildRuntime, withOverlay } from '../runtime.ts';
import { readOverlay } from '../store/overlay-document.ts';
import { loadSamples, type Sample } from '../templates/samples.ts';
import type { Settings } from './settings.ts';

export interface Offline {
  readonly blueprint: Blueprint;
  readonly runtime: Runtime;
}

/** The config as the server would run it, with no platform connected: for dry runs. */
export async function readOffline(
  settings: Settings,
  autoSecret: (source: string) => Promise<Secret> = unknownSecret,
  alsoCheck?: AlsoCheck,
): Promise<Offline> {
  const blueprint = await readBlueprint(settings.folders, settings.env, alsoCheck);
  const runtime = await buildRuntime({ ...blueprint, autoSecret, connect: async () => disconnected });
  return { blueprint, runtime };
}

/** The same with the mutes and chat routes that are kept in the data folder. Writes nothing: a server may be running. */
export async function withKeptOverlay(
  runtime: Runtime,
  { data, ...context }: { readonly data: string; readonly now: Date; readonly newId: NewId },
): Promise<Runtime> {
  const file = join(data, 'overlay.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new CommandError(`${file} cannot be read (${error.code ?? 'unknown reason'}).`);
  });
  if (text === undefined) return runtime;
  try {
    return withOverlay(runtime, readOverlay(JSON.parse(text), context).overlay);
  } catch (error) {
    throw new CommandError(`${file} is broken: ${error instanceof Error ? error.message : 'it holds something else'}`);
  }
}

/** A source of the config by its name. Throws `CommandError` with the nearest name. */
export function findSource(runtime: Runtime, name: string): ActiveSource {
  const source = runtime.sources.get(name);
  if (source !== undefined) return source;
  const known = [...runtime.sources.keys()];
  throw new CommandError(
    `There is no source "${name}" in the config (it has ${known.join(', ') || 'none'})${didYouMean(name, known)}`,
    2,
  );
}

/** A sample by `<type>/<sample>`; `<type>` alone gives its first one. Throws `CommandError` with the nearest name. */
export async function findSample(settings: Settings, name: string): Promise<Sample> {
  const samples = await loadSamples(templateFolders(settings.folders));
  const names = samples.map((sample) => `${sample.type}/${sample.name}`);
  const exact = samples[names.indexOf(name)];
  const found =
    exact ??
    samples.find((sample) => sample.type === name) ??
    samples.find((_sample, at) => isVariantOf(name, names[at] ?? ''));
  if (found !== undefined) return found;
  const type = name.split('/', 1)[0] ?? '';
  // Those of the family that was meant, where there is one: a type has more than anybody reads.
  const meant = (nearest(name, names) ?? name).split(/[.~]/, 1)[0] ?? '';
  const family = names.filter((other) => other.startsWith(meant));
  const ofType = family.length > 0 ? family : names.filter((other) => other.startsWith(`${type}/`));
  const list =
    ofType.length > 0
      ? `${type} has${family.length > 0 ? ' near it' : ''}:\n  ${ofType.join('\n  ')}`
      : `the types with samples are ${[...new Set(samples.map((sample) => sample.type))].join(', ')}`;
  throw new CommandError(`There is no sample "${name}"${didYouMean(name, names)}\n${list}`, 2);
}

/** `github/pull_request` means its first event, `github/push` also the variants of `push`. */
const isVariantOf = (asked: string, name: string): boolean =>
  name.startsWith(`${asked}~`) || name.startsWith(`${asked}.`);

const unknownSecret = async (): Promise<Secret> => toSecret('not needed for a dry run');

const disconnected: PlatformClient = {
  send: async () => ({ kind: 'dead', reason: 'This is a dry run.' }),
  update: async () => ({ kind: 'dead', reason: 'This is a dry run.' }),
  health: async () => ({ ok: true, detail: 'not connected' }),
  stop: async () => {},
};
