import { sourceTypes } from '../blueprint.ts';
import type { SourceConfig } from '../core/config.ts';
import { CommandError } from '../core/errors.ts';
import type { Handshake } from '../core/handshake.ts';
import type { Verifier } from '../core/source.ts';
import { handshakeOf } from '../sources/handshakes/index.ts';
import { verifierOf } from '../sources/verifier-of.ts';
import { verifierText } from '../sources/verifier-text.ts';
import { openSecrets, type Secrets } from '../store/secrets.ts';
import { defaultUrl, openApi, type ServerOptions } from './api-client.ts';
import { readOffline } from './offline.ts';
import { localTime, print, printJson, style, table } from './output.ts';
import { readSettings } from './settings.ts';
import { sourceAddress } from './source-address.ts';

/** `bellhop sources`, also with `--types`: where each sender posts to and how it proves itself, or every type with its events. */
export async function sources(options: ServerOptions & { readonly types?: boolean }): Promise<number> {
  if (options.types) return types(options.json);
  const settings = readSettings();
  const kept = await openSecrets(settings.data);
  const { runtime } = await readOffline(settings, (name) => kept.source(name));
  const local = options.url ?? defaultUrl(settings, runtime.config.server);
  const base = runtime.config.server.publicUrl ?? defaultUrl(settings, runtime.config.server);
  const lastHooks = await openApi(settings, local)
    .then((api) => api.get<{ readonly lastHooks: Readonly<Record<string, string>> }>('/api/stats'))
    .then((stats) => stats.lastHooks)
    .catch((error: unknown) => {
      if (error instanceof CommandError && error.exitCode === 2) throw error;
      return undefined;
    });
  const rows = await Promise.all(
    Object.values(runtime.config.sources).map(async (config) => {
      const type = runtime.types.get(config.type);
      const verifier = type === undefined ? undefined : verifierOf(type, config).verifier;
      const handshake = type === undefined ? undefined : handshakeOf(type, config);
      return {
        source: config.name,
        type: config.type,
        address: sourceAddress(base, config, type),
        authentication: config.verify === 'none' || verifier === undefined ? 'none' : verifierText(verifier),
        secret: await shownSecret(config, { handshake, verifier, kept }),
        handshake: handshake?.name ?? null,
        lastHook: lastHooks?.[config.name] ?? null,
      };
    }),
  );
  const unknownTime = lastHooks === undefined ? '?' : 'never';
  if (options.json) {
    printJson({ running: lastHooks !== undefined, sources: rows });
    return 0;
  }
  print(
    table(
      ['source', 'type', 'last hook', 'authentication', 'address', 'secret'],
      rows.map((row) => [
        row.source,
        row.type,
        row.lastHook === null ? unknownTime : localTime(row.lastHook),
        row.authentication,
        row.address,
        row.secret,
      ]),
    ),
  );
  if (lastHooks === undefined) {
    print(`\nNothing answers at ${local}, so the last hooks are not known.`);
  }
  return 0;
}

interface Known {
  readonly handshake: Handshake | undefined;
  readonly verifier: Verifier | undefined;
  readonly kept: Secrets;
}

/** Only a secret that the config does not hold is shown: it has to be pasted at the sender. */
async function shownSecret(config: SourceConfig, { handshake, verifier, kept }: Known): Promise<string> {
  if (config.autoSecret && handshake?.secret === 'auto')
    return kept.brought(config.name)?.reveal() ?? 'comes with the sender’s handshake';
  if (config.autoSecret) return (await kept.source(config.name)).reveal();
  const needsNone = verifier?.scheme === 'custom' && verifier.secret === 'none';
  return config.verify === 'none' || needsNone ? '' : 'from the config';
}

function types(json = false): number {
  const list = [...sourceTypes.values()];
  if (json) {
    printJson({
      types: list.map(({ type, title, docs, events, ignores, verifier, handshake }) => ({
        type,
        title,
        docs,
        authentication: verifierText(verifier),
        handshake: handshake?.name ?? null,
        events,
        ignores,
      })),
    });
    return 0;
  }
  for (const { type, title, docs, events, verifier } of list) {
    print(`${style('bold', type)}  ${title}, ${docs}\n  ${verifierText(verifier)}`);
    const names = Object.entries(events);
    print(
      names.length === 0
        ? '  any event: you name them\n'
        : `${table(
            ['  event', 'meaning'],
            names.map(([name, meaning]) => [`  ${name}`, meaning]),
          )}\n`,
    );
  }
  return 0;
}
