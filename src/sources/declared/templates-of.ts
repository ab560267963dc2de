import type { Declaration } from './declaration.ts';
import { formOf, isList } from './form-of.ts';
import type { Value } from './value.ts';

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
  if (isList(value)) return value.flatMap((one, index) => within(one, [...path, index]));
  const form = formOf(value);
  const held: readonly string[] = form?.values ?? [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (held.includes(key)) return within(inner, [...path, key]);
    return key === form?.named
      ? Object.entries<Value>(inner).flatMap(([name, one]) => within(one, [...path, key, name]))
      : [];
  });
}
