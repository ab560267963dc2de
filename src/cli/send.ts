import { randomBytes } from 'node:crypto';
import { systemClock } from '../core/clock.ts';
import type { SourceConfig } from '../core/config.ts';
import { CommandError } from '../core/errors.ts';
import type { Hook } from '../core/hook.ts';
import { createIds } from '../core/id.ts';
import type { Secret } from '../core/secret.ts';
import type { SourceType } from '../core/source.ts';
import type { ActiveSource, Runtime } from '../pipeline/runtime.ts';
import { handshakeOf } from '../sources/handshakes/index.ts';
import { cannotSign, signHook } from '../sources/sign.ts';
import { verifierOf } from '../sources/verifier-of.ts';
import { openSecrets, type Secrets } from '../store/secrets.ts';
import type { Sample } from '../templates/samples.ts';
import { defaultUrl, reach } from './api-client.ts';
import { findSample, findSource, readOffline } from './offline.ts';
import { print, style } from './output.ts';
import { readSettings } from './settings.ts';

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
  const secrets = await openSecrets(settings.data);
  const { runtime } = await readOffline(settings, (source) => secrets.source(source));
  const source =
    options.source === undefined ? sourceOfType(runtime, sample.type) : findSource(runtime, options.source);
  const config = runtime.config.sources[source.name];
  if (config === undefined) throw new CommandError(`There is no source "${source.name}" in the config.`);
  const { verifier, secrets: keys } = verifierOf(source.type, {
    ...config,
    secrets: await secretsOf(config, source.type, secrets),
  });
  const why = cannotSign(verifier);
  if (why !== undefined) throw new CommandError(why);
  const fresh = withFreshId(sample, source);
  const [key] = keys;
  const signature =
    key === undefined
      ? {}
      : signHook(verifier, key, {
          body: fresh.body,
          at: systemClock.now(),
          id: `msg_${randomBytes(12).toString('hex')}`,
        });
  const url = addressOf(options.to ?? defaultUrl(settings, runtime.config.server), source.name, {
    token: verifier.scheme === 'urlToken' ? key?.reveal() : undefined,
    query: sample.query,
  });
  const response = await reach(url, {
    method: sample.method,
    headers: { ...fresh.headers, ...signature },
    ...(sample.method === 'GET' ? {} : { body: new Uint8Array(fresh.body) }),
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

/** A sample has one id for ever; sent twice, its second time would be a duplicate. So its id is replaced wherever it stands. */
function withFreshId(sample: Sample, source: ActiveSource): Pick<Sample, 'headers' | 'body'> {
  const hook: Hook = {
    ...sample,
    id: createIds(systemClock, Math.random)('hook'),
    source: source.name,
    from: '127.0.0.1',
    at: systemClock.now(),
  };
  const reading = source.type.read(hook, source.options);
  const ids =
    reading.kind === 'events' ? reading.events.flatMap((event) => source.type.dedupeKey(hook, event) ?? []) : [];
  return ids.reduce<Pick<Sample, 'headers' | 'body'>>(({ headers, body }, id) => {
    const fresh = id.replace(/[0-9a-zA-Z]{8,}$/, (tail) =>
      randomBytes(tail.length).toString('hex').slice(0, tail.length),
    );
    return {
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value === id ? fresh : value])),
      body: Buffer.from(body.toString('utf8').replaceAll(`"${id}"`, `"${fresh}"`)),
    };
  }, sample);
}

function addressOf(
  to: string,
  source: string,
  { token, query }: { readonly token: string | undefined; readonly query: Readonly<Record<string, string>> },
): string {
  if (!URL.canParse(to))
    throw new CommandError(`--to "${to}" is no address; one like http://localhost:3000 was expected.`, 2);
  const url = new URL(to);
  if (!url.pathname.startsWith('/hooks/')) url.pathname = `/hooks/${source}${token === undefined ? '' : `/${token}`}`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
