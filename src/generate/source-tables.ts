import { SHIPPED_TEMPLATES, sourceTypes } from '../blueprint.ts';
import { sampleHook } from '../cli/sample-reading.ts';
import type { SourceType, Verifier } from '../core/source.ts';
import { forms } from '../sources/declared/forms/index.ts';
import { handshakes } from '../sources/handshakes/index.ts';
import { type DeliveryId, type Lifecycle, profileOf, type SourceProfile } from '../sources/profile.ts';
import { verifierText } from '../sources/verifier-text.ts';
import { loadSamples } from '../templates/samples.ts';
import { code, markdownTable } from './markdown-table.ts';

/**
 * Every type of source by its word: how it proves itself, how much of it Bellhop knows, and what its samples show of
 * ids, stories and links. The senders' pages stand below, so that a row fits on a screen.
 */
export async function sourceTable(): Promise<string> {
  const samples = await loadSamples([SHIPPED_TEMPLATES]);
  const types = sorted();
  const rows = types.map((type) => {
    const own = samples.filter((sample) => sample.type === type.type);
    const profile = profileOf(type, own.map(sampleHook));
    const count = Object.keys(type.events).length;
    return [
      code(type.type),
      `[${type.title}][${type.type}-docs]`,
      proofOf(type.verifier),
      count === 0 ? 'any' : String(count),
      idCell(profile.ids),
      profile.lifecycles.length > 0 && count === 0 ? 'any' : lifecycleCell(profile.lifecycles),
      linkCell(profile),
      String(own.length),
    ];
  });
  const headings = ['type', 'sender', 'authentication', 'events', 'id', 'lifecycle', 'link', 'samples'];
  return [markdownTable(headings, rows), '', ...types.map(({ type, docs }) => `[${type}-docs]: ${docs}`)].join('\n');
}

/** Every handshake that a source may name, and the types that make it by themselves. */
export function handshakeTable(): string {
  const rows = Object.values(handshakes).map(({ name, means, signed }) => {
    const types = [...sourceTypes.values()].filter(({ handshake }) => handshake?.name === name);
    return [code(name), means, signed ? 'yes' : 'no', types.map(({ type }) => code(type)).join(', ')];
  });
  return markdownTable(['handshake', 'what is asked and answered', 'signed', 'made by type'], rows);
}

/** Every form that a value of a declared type may be said in, as short as it can be written. */
export const valueTable = (): string =>
  markdownTable(
    ['form', 'what it comes to'],
    Object.values(forms).map(({ example, means }) => [code(shortJson(example)), means]),
  );

const shortJson = (value: object): string => JSON.stringify(value, undefined, 1).replace(/\n */g, ' ');

/** Every event by its type, those that begin alike together. */
export function eventList(): string {
  const named = sorted().filter(({ events }) => Object.keys(events).length > 0);
  return named.map(({ type, events }) => `- **${type}** ${families(Object.keys(events)).join('; ')}`).join('\n');
}

const sorted = (): readonly SourceType[] => [...sourceTypes.values()].sort((a, b) => (a.type < b.type ? -1 : 1));

const proofOf = (verifier: Verifier): string =>
  verifier.scheme === 'none' ? 'what `auth` says' : (verifierText(verifier).split(';', 1)[0] ?? '');

/** `x-request-uuid` or `x-request-id`; what most samples have stands first. */
function idCell(ids: readonly DeliveryId[]): string {
  const cells = ids
    .filter(({ places }) => places.length > 0)
    .map(({ places }) => (places.length === 1 ? code(places[0] ?? '') : `${places.length} values together`));
  const several = cells.join(' or ');
  const shown = several.length > WIDEST_ID && cells.length > 1 ? `${cells[0]} or another` : several;
  const without = ids.some(({ places }) => places.length === 0);
  return [shown, without ? 'none' : ''].filter(Boolean).join(' or ');
}

const WIDEST_ID = 45;

/** More would be wider than a screen; `bellhop sources <type>` shows all. */
const SHOWN_STATES = 3;

function lifecycleCell([first, ...rest]: readonly Lifecycle[]): string {
  if (first === undefined) return 'none';
  const closing = first.closing.length === 0 ? '' : `→ ${shortList(first.closing)}`;
  const more = rest.length === 0 ? '' : `; ${rest.length} more`;
  return `${first.about}: ${[shortList(first.open), closing].filter(Boolean).join(' ')}${more}`;
}

const shortList = (states: readonly string[]): string =>
  `${states.slice(0, SHOWN_STATES).join(', ')}${states.length > SHOWN_STATES ? ' …' : ''}`;

function linkCell({ links, events }: SourceProfile): string {
  if (links === events) return 'yes';
  return links === 0 ? 'no' : `${links} of ${events}`;
}

/** `pull_request.` opened, closed …: the common beginning once. */
function families(events: readonly string[]): readonly string[] {
  const byBeginning = new Map<string, string[]>();
  for (const event of events) {
    const end = event.lastIndexOf('.') + 1;
    const beginning = event.slice(0, end);
    byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), event.slice(end)]);
  }
  return [...byBeginning].map(([beginning, endings]) =>
    beginning === '' ? endings.map(code).join(', ') : `${code(beginning)} ${endings.join(', ')}`,
  );
}
