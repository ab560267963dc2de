import { templateFolders } from '../blueprint.ts';
import { CommandError, ConfigError } from '../core/errors.ts';
import { OWN_SOURCE } from '../core/event.ts';
import { didYouMean } from '../core/nearest.ts';
import type { SourceType } from '../core/source.ts';
import type { Runtime } from '../pipeline/runtime.ts';
import { createSourceTypes } from '../sources/index.ts';
import { type DeliveryId, type Lifecycle, profileOf } from '../sources/profile.ts';
import { verifierText } from '../sources/verifier-text.ts';
import { loadSamples } from '../templates/samples.ts';
import { renderText } from '../templates/text.ts';
import { defaultUrl } from './api-client.ts';
import { readOffline } from './offline.ts';
import { print, printJson, style, table } from './output.ts';
import { sampleHook } from './sample-reading.ts';
import { readSettings, type Settings } from './settings.ts';
import { sourceAddress } from './source-address.ts';

/** `bellhop sources <type>`: everything about one type, with this config's addresses where it has a source of it. */
export async function sourceType(word: string, { json = false }: { readonly json?: boolean }): Promise<number> {
  const settings = readSettings();
  const runtime = await runtimeOf(settings);
  const type = typeOf(word, runtime);
  const samples = (await loadSamples(templateFolders(settings.folders))).filter((sample) => sample.type === type.type);
  const facts = { ...profileOf(type, samples.map(sampleHook)), addresses: addressesOf(type, runtime, settings) };
  const names = samples.map(({ name }) => name);
  if (json) {
    const { title, docs, setUp, events, ignores } = type;
    printJson({
      ...{
        type: type.type,
        title,
        docs,
        authentication: verifierText(type.verifier),
        handshake: type.handshake?.means ?? null,
        setUp,
        addresses: facts.addresses,
      },
      ...{ events, ignores, ids: facts.ids, lifecycles: facts.lifecycles },
      ...{ links: { with: facts.links, of: facts.events }, samples: names },
    });
    return 0;
  }
  const said = [heading(type), setUpText(type, facts.addresses), eventsText(type), ignoresText(type)];
  const shown = [
    ...said,
    idText(facts.ids),
    lifecycleText(facts.lifecycles),
    linkText(facts),
    samplesText(type, names),
  ];
  print(shown.filter((part) => part !== '').join('\n\n'));
  return 0;
}

/** Undefined where the config cannot be read: what Bellhop knows of its own types does not depend on it. */
async function runtimeOf(settings: Settings): Promise<Runtime | undefined> {
  try {
    return (await readOffline(settings)).runtime;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/** By the type's word, or by the name of a source that has it. */
function typeOf(word: string, runtime: Runtime | undefined): SourceType {
  const types = runtime?.types ?? createSourceTypes({ renderText });
  const found = types.get(word) ?? runtime?.sources.get(word)?.type;
  if (found !== undefined) return found;
  const known = [...types.keys()].filter((name) => name !== OWN_SOURCE).sort();
  throw new CommandError(`There is no type "${word}"${didYouMean(word, known)}\nThere are ${known.join(', ')}.`, 2);
}

/** Undefined where the config cannot be read. */
function addressesOf(
  { type }: SourceType,
  runtime: Runtime | undefined,
  settings: Settings,
): readonly string[] | undefined {
  if (runtime === undefined) return undefined;
  const { server, sources } = runtime.config;
  const base = server.publicUrl ?? defaultUrl(settings, server);
  return Object.values(sources)
    .filter((source) => source.type === type)
    .map((source) => sourceAddress(base, source, runtime.types.get(type)));
}

const section = (title: string, text: string): string => `${style('bold', title)}\n${text}`;

function heading({ type, title, docs, verifier, ...taken }: SourceType): string {
  const facts = [
    ['proof', verifierText(verifier)],
    ...(taken.eventHeader === undefined ? [] : [['event', `named in ${taken.eventHeader}`]]),
    ...(taken.handshake === undefined ? [] : [['asks', taken.handshake.means]]),
    ...(taken.takesGet === true ? [['method', 'POST, and GET with everything in the query']] : []),
    ...(docs === '' ? [] : [['page', docs]]),
  ];
  return [`${style('bold', type)}  ${title}`, ...facts.map(([name = '', text]) => `  ${name.padEnd(8)}${text}`)].join(
    '\n',
  );
}

function setUpText({ setUp }: SourceType, addresses: readonly string[] | undefined): string {
  const [first, ...more] = addresses ?? [];
  const unknown = addresses === undefined ? 'the config cannot be read' : 'no source of the config has this type yet';
  const where =
    first === undefined ? `The address is <address>: ${unknown}.` : `The address is ${[first, ...more].join(' or ')}.`;
  const text = first === undefined ? setUp : setUp.replaceAll('<address>', first);
  return section(
    'Set up',
    [text, where]
      .filter((sentence) => sentence !== '')
      .map(indented)
      .join('\n'),
  );
}

function eventsText({ events }: SourceType): string {
  const named = Object.entries(events);
  return section('Events', named.length === 0 ? '  any: you name them' : rows(['event', 'meaning'], named));
}

function ignoresText({ ignores }: SourceType): string {
  const left = Object.entries(ignores);
  return left.length === 0 ? '' : section('Left out on purpose', rows(['event', 'why'], left));
}

const idText = (ids: readonly DeliveryId[]): string =>
  section(
    'Delivery id, by which what comes twice is dropped',
    ids
      .map(({ places, events }) => `  ${places.length === 0 ? 'none' : places.join(' + ')}, in ${inSamples(events)}`)
      .join('\n') || '  unknown: there is no sample',
  );

function lifecycleText(lifecycles: readonly Lifecycle[]): string {
  const stories = lifecycles.map(({ about, open, closing }) => [about, open.join(', '), closing.join(', ')]);
  return stories.length === 0 ? '' : section('Lifecycle', rows(['about', 'goes on', 'is over'], stories));
}

const linkText = ({ links, events }: { readonly links: number; readonly events: number }): string =>
  section('Link', `  in ${links} of ${inSamples(events)}`);

const samplesText = ({ type }: SourceType, names: readonly string[]): string =>
  section('Samples', names.map((name) => `  ${type}/${name}`).join('\n') || '  none');

const inSamples = (events: number): string => `${events} ${events === 1 ? 'event' : 'events'} of the samples`;

const indented = (text: string): string => `  ${text}`;

const rows = (headings: readonly string[], lines: readonly (readonly string[])[]): string =>
  table(headings, lines).split('\n').map(indented).join('\n');
