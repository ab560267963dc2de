import { valueAt } from '../core/path.ts';
import type { Name, Section } from './tags.ts';
import { isFilled } from './value.ts';

/** Where a render stands: the views it looks names up in, and what it may still spend. */
export interface Scope {
  /** The event first, then the item of each section that is open. */
  readonly views: unknown[];
  /** Passes through a section and values put in, over the whole message. */
  steps: number;
  /** Characters of values, over the whole message. */
  chars: number;
  /** Characters of the payload's own Markdown still to be read. */
  markdown: number;
  /** Values and sections that came to something, so that a field without any can be left out. */
  filled: number;
  /** Told about every name that is looked up; only checks listen. */
  readonly watch?: (name: Name, value: unknown) => void;
}

/** More than any message can show; a list of a million items ends here. */
const STEPS = 5_000;
const CHARS = 200_000;
const MARKDOWN_CHARS = 12_000;

export function openScope(view: unknown, watch?: (name: Name, value: unknown) => void): Scope {
  return { views: [view], steps: STEPS, chars: CHARS, markdown: MARKDOWN_CHARS, filled: 0, ...(watch && { watch }) };
}

/** The value of a name: own properties only, the innermost view that has it. */
export function lookUp(scope: Scope, name: Name): unknown {
  const value = find(scope.views, name);
  scope.watch?.(name, value);
  return value;
}

function find(views: readonly unknown[], name: Name): unknown {
  if (name.length === 0) return views.at(-1);
  for (let i = views.length - 1; i >= 0; i--) {
    const value = valueAt(views[i], name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Runs `render` once per pass of a section: never, once, or for each item of a list. */
export function eachPass<Item>(
  scope: Scope,
  section: Section<Item>,
  render: (children: Section<Item>['children']) => void,
): void {
  const value = lookUp(scope, section.name);
  if (section.inverted === isFilled(value)) return;
  if (section.inverted || value === true) {
    pass(scope, () => render(section.children));
    return;
  }
  for (const item of Array.isArray(value) ? value : [value]) {
    if (scope.steps <= 0) return;
    scope.views.push(item);
    pass(scope, () => render(section.children));
    scope.views.pop();
  }
}

function pass(scope: Scope, render: () => void): void {
  scope.steps -= 1;
  scope.filled += 1;
  render();
}
