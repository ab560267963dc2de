import { valueAt } from '../core/path.ts';
import type { Subject } from '../core/route.ts';

/** What stands under a condition's key; undefined where there is nothing. */
export type Lookup = (subject: Subject) => unknown;

const OF_EVENT = {
  source: ({ event }) => event.source,
  type: ({ event }) => event.type,
  event: ({ event }) => event.event,
  severity: ({ event }) => event.severity,
  state: ({ event }) => event.state,
} as const satisfies Record<string, Lookup>;

/** Finds the value a key names: a word of the event, a path (`payload.a.0.b`, `headers.x-name`, `query.x`), or a label. */
export function lookupOf(key: string): Lookup {
  if (Object.hasOwn(OF_EVENT, key)) return OF_EVENT[key as keyof typeof OF_EVENT];
  const [root, ...path] = key.split('.');
  if (path.length > 0) {
    if (root === 'payload') return ({ event }) => valueAt(event.payload, path);
    // Header names are not case-sensitive, and may hold dots.
    if (root === 'headers') return headerLookup(path.join('.').toLowerCase());
    if (root === 'query') return queryLookup(path.join('.'));
  }
  return labelLookup(key);
}

/** Finds the value of a word that people type: one of the event, or a label. Paths lead nowhere: they need the payload. */
export const wordLookup = (key: string): Lookup =>
  Object.hasOwn(OF_EVENT, key) ? OF_EVENT[key as keyof typeof OF_EVENT] : labelLookup(key);

const labelLookup =
  (key: string): Lookup =>
  ({ event }) =>
    Object.hasOwn(event.labels, key) ? event.labels[key] : undefined;

const headerLookup =
  (name: string): Lookup =>
  ({ headers }) =>
    Object.hasOwn(headers, name) ? headers[name] : undefined;

const queryLookup =
  (name: string): Lookup =>
  ({ query }) =>
    Object.hasOwn(query, name) ? query[name] : undefined;

/** A list's elements, one value alone, or nothing. */
export function elementsOf(found: unknown): readonly unknown[] {
  if (found === undefined || found === null) return [];
  return Array.isArray(found) ? found : [found];
}

/** A string, number or boolean as text, the way conditions compare; undefined for anything deeper. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
