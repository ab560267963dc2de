import type { Declaration, Value } from './declaration.ts';

/** One mustache text of a declaration, with the keys that lead to it. */
export interface DeclaredTemplate {
  readonly path: readonly (string | number)[];
  readonly template: string;
}

/** Every mustache text of a declaration, so that a broken one is found when it is read and not when a hook comes. */
export function templatesOf(declaration: Omit<Declaration, 'type'>): readonly DeclaredTemplate[] {
  const { requires, event, id, key, state, severity, url, at, titles, labels = {}, facts = {}, answer } = declaration;
  const single = { requires, event, id, key, state, severity, url, at };
  return [
    ...within(answer?.when, ['answer', 'when']),
    ...Object.entries(single).flatMap(([name, value]) => within(value, [name])),
    ...Object.entries({ titles, labels, facts }).flatMap(([name, values]) =>
      Object.entries(values).flatMap(([inner, value]) => within(value, [name, inner])),
    ),
  ];
}

function within(value: Value | undefined, path: DeclaredTemplate['path']): readonly DeclaredTemplate[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return [{ path, template: value }];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    if (key === 'map' || key === 'with')
      return Object.entries(inner as Readonly<Record<string, Value>>).flatMap(([word, one]) =>
        within(one, [...at, word]),
      );
    if (NO_TEMPLATES.has(key)) return [];
    return within(inner as Value, at);
  });
}

/** Parts of a value that are words, paths and numbers. */
const NO_TEMPLATES: ReadonlySet<string> = new Set('unit to minor of adf after before first list is most'.split(' '));
