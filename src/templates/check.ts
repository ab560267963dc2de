import type { HookEvent } from '../core/event.ts';
import { didYouMean } from '../core/nearest.ts';
import type { Templates } from './load.ts';
import { namesFor, renderTemplate } from './render.ts';
import { openScope } from './scope.ts';
import type { Name } from './tags.ts';
import { textOf } from './value.ts';

/** A name that a template prints and that no sample has. */
export interface UnusedName {
  /** The template's file, relative to its folder. */
  readonly template: string;
  readonly name: string;
  /** A sentence, with the name that was probably meant. */
  readonly message: string;
  /** No event has it; otherwise some would, and only the samples never do. */
  readonly unknown: boolean;
}

/** The names that were looked up by a template and came to nothing in every one of the events that use it. */
export function unusedNames(templates: Templates, events: readonly HookEvent[]): readonly UnusedName[] {
  const byFile = new Map<string, { readonly seen: Map<string, boolean>; readonly known: Set<string> }>();
  for (const event of events) {
    const name = namesFor(event).find((candidate) => templates.portable.has(candidate));
    const template = templates.portable.get(name ?? '');
    if (template?.made === undefined) continue;
    const { seen, known } = byFile.get(template.file) ?? { seen: new Map(), known: new Set() };
    byFile.set(template.file, { seen, known });
    for (const path of pathsOf(event)) known.add(path);
    const watch = (looked: Name, value: unknown): void => {
      const written = looked.join('.');
      seen.set(written, (seen.get(written) ?? false) || isThere(value));
    };
    renderTemplate(template.made, event, openScope(event, watch));
  }
  return [...byFile].flatMap(([template, { seen, known }]) =>
    [...seen]
      .filter(([name, there]) => !there && name !== '')
      .map(([name]) => ({ template, name, message: sentence(name, known), unknown: !known.has(name) })),
  );
}

/** A section may well be false in every sample; a name that is not there at all is worth a word. */
const isThere = (value: unknown): boolean =>
  value === false || (Array.isArray(value) && value.length === 0) || textOf(value) !== '';

function sentence(name: string, known: ReadonlySet<string>): string {
  return `{{${name}}} is empty for every sample${known.has(name) ? '' : didYouMean(name, known)}`;
}

/** The names a template can write, two keys deep: payloads are the senders' own and too many to guess from. */
function pathsOf(event: HookEvent): readonly string[] {
  return Object.entries(event).flatMap(([key, value]) =>
    (key === 'facts' || key === 'labels') && typeof value === 'object'
      ? [key, ...Object.keys(value).map((inner) => `${key}.${inner}`)]
      : [key],
  );
}
