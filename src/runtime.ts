import type { Connect } from './connections.ts';
import type { Config, SourceConfig } from './core/config.ts';
import type { Renderer } from './core/renderer.ts';
import type { Router } from './core/route.ts';
import type { Secret } from './core/secret.ts';
import type { SourceType } from './core/source.ts';
import { bellhopSource } from './pipeline/bellhop-source.ts';
import { paceWindows } from './pipeline/pace.ts';
import type { ActiveChannel, ActiveSource, Runtime } from './pipeline/runtime.ts';
import { platforms } from './platforms/index.ts';
import { addressAllowed } from './sources/allow-from.ts';
import { verifierOf } from './sources/verifier-of.ts';
import { verifyHook } from './sources/verify.ts';

export interface RuntimeParts {
  readonly config: Config;
  readonly router: Router;
  readonly renderer: Renderer;
  readonly types: ReadonlyMap<string, SourceType>;
  /** The secret Bellhop made for a source with `"secret": "auto"`. */
  readonly autoSecret: (source: string) => Promise<Secret>;
  readonly connect: Connect;
}

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
  const verifier = verifierOf(type, { ...config, secrets });
  return {
    name: config.name,
    type,
    options: config.map === undefined ? {} : { map: config.map },
    allows: (from) => addressAllowed(from, config.allowFrom),
    verify: (hook, now) => verifyHook(hook, verifier, now),
  };
}
