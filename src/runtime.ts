import { isDeepStrictEqual } from 'node:util';
import type { Config, SourceConfig } from './core/config.ts';
import type { Log } from './core/log.ts';
import type { PlatformClient } from './core/platform.ts';
import type { Renderer } from './core/renderer.ts';
import type { Router } from './core/route.ts';
import type { Secret } from './core/secret.ts';
import type { SourceType } from './core/source.ts';
import { bellhopSource } from './pipeline/operators.ts';
import { paceWindows } from './pipeline/pace.ts';
import type { ActiveChannel, ActiveSource, Runtime } from './pipeline/runtime.ts';
import { platforms } from './platforms/index.ts';
import { addressAllowed } from './sources/allow-from.ts';
import { verifierOf, verifyHook } from './sources/verify.ts';

export interface RuntimeParts {
  readonly config: Config;
  readonly router: Router;
  readonly renderer: Renderer;
  readonly types: ReadonlyMap<string, SourceType>;
  /** The secret Bellhop made for a source with `"secret": "auto"`. */
  readonly autoSecret: (source: string) => Promise<Secret>;
  readonly connect: Connect;
}

/** A client for each platform in use. */
export type Connect = (config: Config, platform: string) => Promise<PlatformClient>;

/** Everything that follows from one config, ready to be put in force at once. Throws what connecting throws; changes nothing. */
export async function buildRuntime(parts: RuntimeParts): Promise<Runtime> {
  const { config, types, router, renderer } = parts;
  const sources = await Promise.all(Object.values(config.sources).map((source) => toActiveSource(source, parts)));
  const channels = new Map<string, ActiveChannel>();
  for (const channel of Object.values(config.channels)) {
    const platform = platforms[channel.platform];
    channels.set(channel.name, {
      config: channel,
      platform,
      client: await parts.connect(config, channel.platform),
      pace: paceWindows(channel.pace, platform.pace),
      retryMs: channel.retryMs ?? config.delivery.retryMs,
      timeoutMs: channel.timeoutMs ?? config.delivery.timeoutMs,
    });
  }
  return {
    config,
    sources: new Map(sources.map((source) => [source.name, source])),
    types: new Map([...types, [bellhopSource.type, bellhopSource]]),
    channels,
    router,
    renderer,
  };
}

async function toActiveSource(config: SourceConfig, { types, autoSecret }: RuntimeParts): Promise<ActiveSource> {
  const type = types.get(config.type);
  if (type === undefined) throw new Error(`There is no source type "${config.type}".`);
  const secrets = config.autoSecret ? [await autoSecret(config.name)] : config.secrets;
  const { verifier, secrets: keys } = verifierOf(type, { ...config, secrets });
  return {
    name: config.name,
    type,
    options: config.map === undefined ? {} : { map: config.map },
    allows: (from) => addressAllowed(from, config.allowFrom),
    verify: (hook, now) => (config.verify === 'none' ? { ok: true } : verifyHook(hook, verifier, keys, now)),
  };
}

/**
 * Connects each platform once and keeps the client while its settings stay the same, so that a reload of routes does not
 * drop connections. `release` stops the clients that a new config no longer uses.
 */
export function createConnections(context: { readonly log: Log; readonly print: (text: string) => void }) {
  interface Connection {
    readonly settings: unknown;
    readonly client: Promise<PlatformClient>;
  }
  let inUse = new Map<string, Connection>();
  let opened = new Map<string, Connection>();

  return {
    connect: (async (config, name) => {
      const platform = platforms[name as keyof typeof platforms];
      const settings = revealed(config.platforms[name as keyof Config['platforms']]);
      const known = opened.get(name) ?? inUse.get(name);
      const connection =
        known !== undefined && isDeepStrictEqual(known.settings, settings)
          ? known
          : { settings, client: platform.connect(config.platforms, context) };
      opened.set(name, connection);
      return connection.client;
    }) satisfies Connect,
    /** The runtime that was just built is in force. */
    async release(): Promise<void> {
      const old = [...inUse].filter(([name, connection]) => opened.get(name) !== connection);
      inUse = opened;
      opened = new Map();
      await Promise.allSettled(old.map(async ([, connection]) => (await connection.client).stop()));
    },
    /** The runtime that was being built is not used after all. */
    async discard(): Promise<void> {
      const unused = [...opened].filter(([name, connection]) => inUse.get(name) !== connection);
      opened = new Map();
      await Promise.allSettled(unused.map(async ([, connection]) => (await connection.client).stop()));
    },
    async stop(): Promise<void> {
      await Promise.allSettled([...inUse.values()].map(async (connection) => (await connection.client).stop()));
    },
  };
}

/** Settings with their secrets' values, for comparing: a changed token is a changed setting. */
function revealed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('reveal' in value && typeof value.reveal === 'function') return value.reveal();
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revealed(inner)]));
}
