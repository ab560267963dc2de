import type { Position } from '../core/problem.ts';

/** A JSON document in which every value knows where it stands: at its key, or at itself in a list. */
export type Located = LocatedObject | LocatedList | LocatedValue;

export interface LocatedObject {
  readonly kind: 'object';
  readonly at: Position;
  readonly entries: ReadonlyMap<string, Located>;
}

export interface LocatedList {
  readonly kind: 'list';
  readonly at: Position;
  readonly items: readonly Located[];
}

export interface LocatedValue {
  readonly kind: 'value';
  readonly at: Position;
  readonly value: string | number | boolean | null;
}

/** The document as plain JSON. */
export function plainOf(node: Located): unknown {
  if (node.kind === 'value') return node.value;
  if (node.kind === 'list') return node.items.map(plainOf);
  return Object.fromEntries([...node.entries].map(([key, child]) => [key, plainOf(child)]));
}

/** Where a path stands; of one that is not there, where its last part that is there stands. */
export function positionOf(root: Located, path: readonly (string | number)[]): Position {
  let node = root;
  for (const key of path) {
    const next = childOf(node, key);
    if (next === undefined) break;
    node = next;
  }
  return node.at;
}

export function childOf(node: Located | undefined, key: string | number): Located | undefined {
  if (node?.kind === 'object') return node.entries.get(String(key));
  return node?.kind === 'list' && typeof key === 'number' ? node.items[key] : undefined;
}

/** What a value is, as the end of `is …`; never the value itself. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'a number' : String(value);
}
