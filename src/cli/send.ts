import { systemClock } from '../core/clock.ts';
import type { SourceConfig } from '../core/config.ts';
import { CommandError } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import type { SourceType } from '../core/source.ts';
import type { ActiveSource, Runtime } from '../pipeline/runtime.ts';
import { handshakeOf } from '../sources/handshakes/index.ts';
import { verifierOf } from '../sources/verifier-of.ts';
import { openSecrets, type Secrets } from '../store/secrets.ts';
import { defaultUrl, reach } from './api-client.ts';
import { findSample, findSource, readOffline } from './offline.ts';
import { print, style } from './output.ts';
import { readSettings } from './settings.ts';
import { signedSample } from './signed-sample.ts';

export interface SendOptions {
  /** The server, or a whole `/hooks/…` address. */
  readonly to?: string;
  /** The source to send as, where several have this type. */
  readonly source?: string;
}

/** `bellhop send`: signs a shipped sample as its real sender would, and posts it. Returns the exit code. */
export async function send(name: string, options: SendOptions): Promise<number> {
  const settings = readSettings();
  const sample = await findSample(settings, name);
  const kept = await openSecrets(settings.data);
  const { runtime } = await readOffline(settings, (source) => kept.source(source));
  const source =
    options.source === undefined ? sourceOfType(runtime, sample.type) : findSource(runtime, options.source);
  const config = runtime.config.sources[source.name];
  if (config === undefined) throw new CommandError(`There is no source "${source.name}" in the config.`);
  const secrets = await secretsOf(config, source.type, kept);
  const proof = verifierOf(source.type, { ...config, secrets }, runtime.config.server.publicUrl);
  const to = options.to ?? defaultUrl(settings, runtime.config.server);
  const { url, method, headers, body } = signedSample({ sample, source, proof, to, at: systemClock.now() });
  const response = await reach(url, {
    ...{ method, headers },
    ...(method === 'GET' ? {} : { body: new Uint8Array(body) }),
  });
  const answer = await response.text();
  print(
    `${style(response.ok ? 'green' : 'red', String(response.status))}  ${sample.type}/${sample.name} → ${new URL(url).origin}/hooks/${source.name}\n${answer}`,
  );
  return response.ok ? 0 : 1;
}

async function secretsOf(config: SourceConfig, type: SourceType, kept: Secrets): Promise<readonly Secret[]> {
  if (!config.autoSecret) return config.secrets;
  if (handshakeOf(type, config)?.secret !== 'auto') return [await kept.source(config.name)];
  const brought = kept.brought(config.name);
  if (brought === undefined)
    throw new CommandError(`"${config.name}" has no secret yet: its sender brings it in the handshake.`);
  return [brought];
}

function sourceOfType(runtime: Runtime, type: string): ActiveSource {
  const found = [...runtime.sources.values()].find((source) => source.type.type === type);
  if (found !== undefined) return found;
  throw new CommandError(
    `The config has no source of type "${type}"; add one, or send a sample of a type it has: ${[...new Set([...runtime.sources.values()].map((source) => source.type.type))].join(', ')}.`,
  );
}
