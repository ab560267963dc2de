import type { Hook } from '../core/hook.ts';
import type { ReadOptions, SourceType } from '../core/source.ts';
import { leavesOf } from './leaves.ts';

/** A sample as the hook its sender would send. */
export interface SampleHook {
  readonly hook: Hook;
  readonly options: ReadOptions;
}

/**
 * Where in a hook the dedupe key of one of its events stands: one place (`x-github-delivery`, `payload.event.id`), or
 * several when it is made of them, in their order. Empty when it has none. Places in lists have no number.
 */
export function idPlaces(type: SourceType, sample: SampleHook, index: number): readonly string[] {
  const { key, payload } = keyOf(type, sample, index);
  if (key === undefined) return [];
  const candidates = [
    ...Object.entries(sample.hook.headers)
      .map(([place, text]) => ({ place, text }))
      .filter(({ place, text }) => key.includes(text) && keyOf(type, withHeader(sample, place), index).key !== key),
    ...leavesOf(payload).map(({ path, text }) => ({ place: placeOf(path), text })),
  ];
  const whole = candidates.find(({ text }) => text === key);
  if (whole !== undefined) return [whole.place];
  const places: string[] = [];
  for (let at = 0; at < key.length; ) {
    const found = atWordStart(key, at) ? longestAt(key, at, candidates) : undefined;
    if (found !== undefined) places.push(found.place);
    at += found?.text.length ?? 1;
  }
  return [...new Set(places)];
}

function keyOf(
  type: SourceType,
  { hook, options }: SampleHook,
  index: number,
): { readonly key?: string | undefined; readonly payload?: unknown } {
  const reading = type.read(hook, options);
  const event = reading.kind === 'events' ? reading.events[index] : undefined;
  return event === undefined ? {} : { key: type.dedupeKey(hook, event), payload: event.payload };
}

/** Senders repeat an id under several names; the one that is read is the one whose change changes the key. */
const withHeader = ({ hook, options }: SampleHook, name: string): SampleHook => ({
  hook: { ...hook, headers: { ...hook.headers, [name]: 'another' } },
  options,
});

interface Candidate {
  readonly place: string;
  readonly text: string;
}

/** Case is not compared: a declaration may write a word in small letters. */
function longestAt(key: string, at: number, candidates: readonly Candidate[]): Candidate | undefined {
  const rest = key.slice(at).toLowerCase();
  return candidates
    .filter(({ text }) => rest.startsWith(text.toLowerCase()) && !/^\w/.test(rest.slice(text.length)))
    .reduce<Candidate | undefined>((best, one) => (one.text.length > (best?.text.length ?? 0) ? one : best), undefined);
}

const atWordStart = (key: string, at: number): boolean => at === 0 || !/\w/.test(key[at - 1] ?? '');

const placeOf = (path: readonly string[]): string =>
  ['payload', ...path.map((key) => (/^\d+$/.test(key) ? '*' : key))].join('.');
