import { isDeepStrictEqual } from 'node:util';
import type { Config, PlatformName } from './core/config.ts';
import type { ConnectContext, PlatformClient } from './core/platform.ts';
import { platforms } from './platforms/index.ts';

/** The client of one platform, by the accounts of this config. */
export type Connect = (config: Config, platform: PlatformName) => Promise<PlatformClient>;

/**
 * Connects each platform once and keeps the client while its settings stay the same, so that a reload of routes does not
 * drop connections. `release` stops the clients that a new config no longer uses.
 */
export function createConnections(context: ConnectContext) {
  interface Connection {
    readonly settings: unknown;
    readonly client: Promise<PlatformClient>;
  }
  let inUse = new Map<PlatformName, Connection>();
  let opened = new Map<PlatformName, Connection>();

  return {
    connect: (async (config, name) => {
      const accounts: Readonly<Partial<Record<PlatformName, unknown>>> = config.platforms;
      const settings = revealed(accounts[name]);
      const known = opened.get(name) ?? inUse.get(name);
      const connection =
        known !== undefined && isDeepStrictEqual(known.settings, settings)
          ? known
          : { settings, client: platforms[name].connect(config.platforms, context) };
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
export function revealed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('reveal' in value && typeof value.reveal === 'function') return value.reveal();
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revealed(inner)]));
}
