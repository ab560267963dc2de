import type { Connect } from './connections.ts';
import type { Config, SourceConfig } from './core/config.ts';
import type { Handshake } from './core/handshake.ts';
import { EMPTY_OVERLAY, type Overlay } from './core/overlay.ts';
import type { Renderer } from './core/renderer.ts';
import type { Router } from './core/route.ts';
import type { Secret } from './core/secret.ts';
import type { SourceType } from './core/source.ts';
import { bellhopSource } from './pipeline/bellhop-source.ts';
import type { ActiveHandshake } from './pipeline/handshake.ts';
import { paceWindows } from './pipeline/pace.ts';
import type { ActiveChannel, ActiveSource, Runtime } from './pipeline/runtime.ts';
import { platforms } from './platforms/index.ts';
import { layerRoutes } from './routing/chat-routes.ts';
import { compileMutes } from './routing/mutes.ts';
import { addressAllowed } from './sources/allow-from.ts';
import { handshakeOf } from './sources/handshakes/index.ts';
import { createLooksLike, type LooksLike } from './sources/looks-like.ts';
import { maskProof, withoutToken } from './sources/mask-proof.ts';
import { verifierOf } from './sources/verifier-of.ts';
import { verifyHook } from './sources/verify.ts';

export interface RuntimeParts {
  readonly config: Config;
  readonly router: Router;
  readonly renderer: Renderer;
  readonly types: ReadonlyMap<string, SourceType>;
  /** The secret Bellhop made for a source with `"secret": "auto"`. */
  readonly autoSecret: (source: string) => Promise<Secret>;
  /** The secrets that senders bring in their handshakes; absent in a dry run, where none does. */
  readonly brought?: BroughtSecrets;
  readonly connect: Connect;
}

export interface BroughtSecrets {
  brought(source: string): Secret | undefined;
  keepBrought(source: string, secret: Secret): Promise<boolean>;
}

/** Everything that follows from one config, ready to be put in force at once. Throws what connecting throws; changes nothing. */
export async function buildRuntime(parts: RuntimeParts): Promise<Runtime> {
  const { config, types, router, renderer } = parts;
  const known = { ...parts, looksLike: createLooksLike(types.values()) };
  const sources = await Promise.all(Object.values(config.sources).map((source) => toActiveSource(source, known)));
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
    mutes: compileMutes(EMPTY_OVERLAY.mutes),
    renderer,
  };
}

/** What a runtime was before an overlay was laid over it, so that the next overlay takes the place of the last. */
const plain = new WeakMap<Runtime, Runtime>();

/**
 * The same runtime with what chat, console and API changed on top of the files; what an earlier overlay said is gone. Chat
 * routes whose name the config has are left out, and those whose channel it has no longer.
 */
export function withOverlay(runtime: Runtime, { mutes, routes }: Overlay): Runtime {
  const base = plain.get(runtime) ?? runtime;
  const named = new Set(base.config.routes.map(({ name }) => name));
  const inForce = routes.filter(({ name, to }) => !named.has(name) && base.channels.has(to));
  const layered = { ...base, router: layerRoutes(inForce, base.router), mutes: compileMutes(mutes) };
  plain.set(layered, base);
  return layered;
}

async function toActiveSource(
  config: SourceConfig,
  parts: RuntimeParts & { readonly looksLike: LooksLike },
): Promise<ActiveSource> {
  const {
    types,
    config: { server },
    looksLike,
  } = parts;
  const type = types.get(config.type);
  if (type === undefined) throw new Error(`There is no source type "${config.type}".`);
  const handshake = handshakeOf(type, config);
  const secrets = await secretsOf(config, handshake, parts);
  // One that was brought is there from then on, without a reload.
  const known = () => verifierOf(type, { ...config, secrets: secrets() }, server.publicUrl);
  const way = known();
  return {
    name: config.name,
    type,
    options: {
      ...(config.map !== undefined && { map: config.map }),
      ...(config.topics !== undefined && { topics: config.topics }),
    },
    ...(handshake !== undefined && { handshake: toActiveHandshake(handshake, config, { ...parts, secrets }) }),
    allows: (from) => addressAllowed(from, config.allowFrom),
    verify: (hook, now) => verifyHook(hook, handshake?.secret === 'auto' ? known() : way, now),
    looksLike: (hook) => looksLike(hook, type),
    withoutToken: (hook) => withoutToken(hook, way.verifier),
    maskProof: (request) => maskProof(request, way.verifier),
  };
}

/** Those in force whenever it is asked. */
async function secretsOf(
  { name, autoSecret, secrets }: SourceConfig,
  handshake: Handshake | undefined,
  parts: RuntimeParts,
): Promise<() => readonly Secret[]> {
  if (!autoSecret) return () => secrets;
  if (handshake?.secret === 'auto') return () => [parts.brought?.brought(name)].filter((one) => one !== undefined);
  const made = await parts.autoSecret(name);
  return () => [made];
}

function toActiveHandshake(
  { name, signed, methods, answer }: Handshake,
  config: SourceConfig,
  { config: { server }, brought, secrets }: RuntimeParts & { readonly secrets: () => readonly Secret[] },
): ActiveHandshake {
  const options = config.topics === undefined ? {} : { topics: config.topics };
  return {
    ...{ name, signed, methods },
    answer: (hook) => answer(hook, { secrets: secrets(), options, rateLimit: server.rateLimit }),
    keepSecret: async (secret) => config.autoSecret && (await brought?.keepBrought(config.name, secret)) === true,
  };
}
