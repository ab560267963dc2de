import { valueAt } from '../../core/path.ts';
import { oneLine } from '../one-line.ts';
import { filled } from './filled.ts';
import type { Scope } from './form.ts';
import { formOf, isList } from './form-of.ts';
import type { Value } from './value.ts';

/** Renders one mustache template as plain text, nothing escaped. */
export type RenderText = (template: string, view: object) => string;

export interface ValueContext {
  readonly view: object;
  readonly renderText: RenderText;
}

const LONGEST_LINE = 500;

/** What a declared value comes to for one document; undefined when it has none. Never throws. */
export const valueText = (value: Value | undefined, context: ValueContext): string | undefined =>
  scopeOf(context).text(value);

function scopeOf(context: ValueContext): Scope {
  const scope: Scope = {
    text(value) {
      if (value === undefined) return undefined;
      if (typeof value === 'string') return filled(oneLine(rendered(value, context), LONGEST_LINE));
      if (isList(value)) return firstText(value, scope);
      return formOf(value)?.text(value, scope);
    },
    lines: (template) => filled(rendered(template, context)),
    at: (path) => valueAt(context.view, path.split('.')),
    with: (names) => scopeOf({ ...context, view: { ...context.view, ...names } }),
  };
  return scope;
}

function firstText(values: readonly Value[], scope: Scope): string | undefined {
  for (const value of values) {
    const text = scope.text(value);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Templates are checked when they are read; one that fails all the same on one document is an empty value. */
function rendered(template: string, { view, renderText }: ValueContext): string {
  try {
    return renderText(template, view);
  } catch {
    return '';
  }
}
