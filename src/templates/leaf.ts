import { eachPass, lookUp, type Scope } from './scope.ts';
import { TemplateError } from './source-file.ts';
import { type Name, nestSections, type Section, scanTags, showTag, type Tag, toName } from './tags.ts';
import { cutText, textOf } from './value.ts';

/** A piece of a line: literal, or a value. */
export type LeafPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly name: Name; readonly markdown: boolean };

/** How a value becomes text; `markdown` says that it stands in three braces. */
export type Show = (value: unknown, markdown: boolean) => string;

/** A mustache text that renders to one string, whatever its values hold. */
export type Leaf = readonly (LeafPart | Section<LeafPart>)[];

/** Prepares one text. `{{{x}}}` is the same as `{{x}}` here: a string has no markup. Throws a TemplateError. */
export function toLeaf(text: string): Leaf {
  const flat: (LeafPart | Tag)[] = [];
  let at = 0;
  for (const tag of scanTags(text)) {
    if (tag.start > at) flat.push({ kind: 'text', text: text.slice(at, tag.start) });
    at = tag.end;
    if (tag.kind === 'partial')
      throw new TemplateError(
        `${showTag(tag)} stands where no partial can: partials work in templates only`,
        tag.start,
      );
    if (tag.kind !== 'comment') flat.push(leafPart(tag));
  }
  if (at < text.length) flat.push({ kind: 'text', text: text.slice(at) });
  return nestSections(flat, isTag);
}

/** A value, or the tag itself where it opens or closes a section. */
export const leafPart = (tag: Tag): LeafPart | Tag =>
  tag.kind === 'value' || tag.kind === 'markdown'
    ? { kind: 'value', name: toName(tag.name), markdown: tag.kind === 'markdown' }
    : tag;

export const isTag = (entry: object): entry is Tag => 'end' in entry;

/** The leaf's text. */
export function renderLeaf(leaf: Leaf, scope: Scope, show: Show = textOf): string {
  const [only] = leaf;
  if (only?.kind === 'text' && leaf.length === 1) return only.text;
  let text = '';
  const run = (parts: Leaf): void => {
    for (const part of parts) {
      if (part.kind === 'text') text += part.text;
      else if (part.kind === 'value') text += valueText(part, scope, show);
      else eachPass(scope, part, run);
    }
  };
  run(leaf);
  return text;
}

/** A value's text, taken out of what the message may still spend. */
export function valueText(
  part: { readonly name: Name; readonly markdown?: boolean },
  scope: Scope,
  show: Show = textOf,
) {
  if (scope.steps <= 0 || scope.chars <= 0) return '';
  const text = cutText(show(lookUp(scope, part.name), part.markdown ?? false), scope.chars);
  scope.steps -= 1;
  scope.chars -= text.length;
  if (text.trim() !== '') scope.filled += 1;
  return text;
}
