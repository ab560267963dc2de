import type { Scope } from './form.ts';

/** Longer lists are looked through to here: each element costs a template. */
const MOST_ELEMENTS = 200;

/** The document once for each element of a list at a path, with the element as `found`; none where there is no list. */
export function elementsAt(path: string, scope: Scope): readonly Scope[] {
  const list = scope.at(path);
  return Array.isArray(list) ? list.slice(0, MOST_ELEMENTS).map((found: unknown) => scope.with({ found })) : [];
}
