import type { Condition, RouteConfig } from '../core/config.ts';
import type { Subject } from '../core/route.ts';
import { elementsOf, type Lookup, lookupOf, textOf } from './lookup.ts';
import { literalsOf } from './value-test.ts';

/** Finds the routes that can match a subject, as ascending places in the list of routes. */
export type RouteIndex = (subject: Subject) => readonly number[];

/** Everything in front of the first dot: what `pull_request.*` and `pull_request.opened` share. */
const FAMILY = 'family of event';

/**
 * Files every route under the values one of its conditions allows, so that an event meets only routes that can match: its
 * cost does not grow with the others. Of a route's conditions the one with the most different values among all routes is
 * taken, which keeps the drawers small. Routes without such a condition are always looked at.
 */
export function indexRoutes(routes: readonly Pick<RouteConfig, 'match'>[]): RouteIndex {
  const literals = routes.map((route) => literalConditions(route));
  const variety = countVariety(literals);
  const always: number[] = [];
  const drawers = new Map<string, Map<string, number[]>>();
  for (const [place, conditions] of literals.entries()) {
    const [key, values] = mostTelling(conditions, variety) ?? [];
    if (key === undefined || values === undefined) {
      always.push(place);
      continue;
    }
    const drawer = drawers.get(key) ?? new Map<string, number[]>();
    drawers.set(key, drawer);
    for (const value of new Set(values)) {
      const places = drawer.get(value);
      if (places === undefined) drawer.set(value, [place]);
      else places.push(place);
    }
  }
  const keyed = [...drawers].map(([key, drawer]) => ({ lookup: indexLookup(key), drawer }));
  return (subject) => {
    const found = [...always];
    for (const { lookup, drawer } of keyed) {
      for (const element of elementsOf(lookup(subject))) found.push(...(drawer.get(textOf(element) ?? '') ?? []));
    }
    if (found.length === always.length) return found;
    // A list label can lead to one route twice.
    return [...new Set(found)].sort((a, b) => a - b);
  };
}

type LiteralConditions = ReadonlyMap<string, readonly string[]>;

function literalConditions({ match = {} }: Pick<RouteConfig, 'match'>): LiteralConditions {
  const found = new Map<string, readonly string[]>();
  for (const [key, condition] of Object.entries(match)) {
    if (key === 'all' || key === 'any' || key === 'none' || condition === undefined) continue;
    const values = literalsOf(condition as Condition);
    if (values !== undefined) found.set(key, values);
    else if (key === 'event') {
      const families = eventFamilies(condition as Condition);
      if (families !== undefined) found.set(FAMILY, families);
    }
  }
  return found;
}

/** The families of positive patterns like `pull_request.*`; undefined when one of them reaches across families. */
function eventFamilies(condition: Condition): readonly string[] | undefined {
  if (typeof condition !== 'string' && !Array.isArray(condition)) return undefined;
  const wanted = [condition]
    .flat()
    .map(String)
    .filter((pattern) => !pattern.startsWith('!'));
  const families = wanted.map((pattern) => /^([^.*?]+)(?:\.|$)/.exec(pattern)?.[1]);
  return wanted.length > 0 && families.every((family) => family !== undefined) ? families : undefined;
}

function countVariety(routes: readonly LiteralConditions[]): ReadonlyMap<string, number> {
  const values = new Map<string, Set<string>>();
  for (const conditions of routes) {
    for (const [key, allowed] of conditions) {
      const seen = values.get(key) ?? new Set<string>();
      values.set(key, seen);
      for (const value of allowed) seen.add(value);
    }
  }
  return new Map([...values].map(([key, seen]) => [key, seen.size]));
}

function mostTelling(conditions: LiteralConditions, variety: ReadonlyMap<string, number>) {
  let best: readonly [string, readonly string[]] | undefined;
  for (const entry of conditions) {
    if (best === undefined || (variety.get(entry[0]) ?? 0) > (variety.get(best[0]) ?? 0)) best = entry;
  }
  return best;
}

const indexLookup = (key: string): Lookup =>
  key === FAMILY ? ({ event }) => event.event.split('.', 1)[0] : lookupOf(key);
