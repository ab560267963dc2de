import type { SourceEvent } from '../core/event.ts';
import type { SourceType } from '../core/source.ts';
import { idPlaces, type SampleHook } from './id-place.ts';

/** What a type's samples show of it. Nothing of it is declared, so that it cannot differ from what is read. */
export interface SourceProfile {
  /** Where the sender's id of a delivery stands; what most samples have comes first. */
  readonly ids: readonly DeliveryId[];
  /** What keys are about over time; what most samples are about comes first. */
  readonly lifecycles: readonly Lifecycle[];
  readonly events: number;
  /** How many of these events lead somewhere. */
  readonly links: number;
}

/** The places of one id, more than one when it is made of several values. Without a place there is none. */
export interface DeliveryId {
  readonly places: readonly string[];
  readonly events: number;
}

export interface Lifecycle {
  /** `pull request` */
  readonly about: string;
  /** States in which it goes on; those of most samples come first. */
  readonly open: readonly string[];
  /** States that end it. */
  readonly closing: readonly string[];
}

export function profileOf(type: SourceType, samples: readonly SampleHook[]): SourceProfile {
  const read = samples.flatMap((sample) => {
    const reading = type.read(sample.hook, sample.options);
    return reading.kind === 'events' ? reading.events.map((event, index) => ({ sample, event, index })) : [];
  });
  return {
    ids: idsOf(read.map(({ sample, index }) => idPlaces(type, sample, index))),
    lifecycles: lifecyclesOf(read.map(({ event }) => event)),
    events: read.length,
    links: read.filter(({ event }) => event.url !== undefined).length,
  };
}

function idsOf(all: readonly (readonly string[])[]): readonly DeliveryId[] {
  const counted = countedBy(all, (places) => (places.length > 1 ? 'several' : (places[0] ?? 'none')));
  // Of ids made of several values, the one that has all of them.
  return counted.map((alike) => ({
    places: alike.reduce((most, places) => (places.length > most.length ? places : most), []),
    events: alike.length,
  }));
}

function lifecyclesOf(events: readonly SourceEvent[]): readonly Lifecycle[] {
  const stateful = events.filter(({ key, state }) => key !== undefined && state !== undefined);
  return countedBy(stateful, aboutOf).map((alike) => {
    const states = countedBy(alike, ({ state = '' }) => state);
    const named = (closing: boolean): readonly string[] =>
      states
        .filter((same) => same.some(({ closes }) => closes === true) === closing)
        .flatMap(([first]) => first?.state ?? []);
    return { about: alike[0] === undefined ? '' : aboutOf(alike[0]), open: named(false), closing: named(true) };
  });
}

/** Abbreviations in keys, as people say them. */
const WORDS: Readonly<Record<string, string>> = {
  pr: 'pull request',
  mr: 'merge request',
  deploy: 'deployment',
  flag: 'feature flag',
  workitem: 'work item',
};

/** `pull request` of `pr:acme/api#12`; of a key that the sender made, what the event's name begins with. */
function aboutOf({ key = '', event }: SourceEvent): string {
  const beginning = /^[a-z][\w.-]*(?=:)/i.exec(key)?.[0] ?? event.split('.')[0] ?? event;
  return WORDS[beginning] ?? beginning.replaceAll(/[._-]/g, ' ');
}

/** Those alike together, the most first; among equals those that came first. */
function countedBy<Item>(items: readonly Item[], by: (item: Item) => string): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(by(item), [...(groups.get(by(item)) ?? []), item]);
  return [...groups.values()].sort((a, b) => b.length - a.length);
}
