import { type Leaf, renderLeaf, toLeaf } from './leaf.ts';
import { openScope } from './scope.ts';

/** Templates in a config are few; a bound keeps a caller with ever new ones from filling the memory. */
const MOST_KEPT = 500;
const kept = new Map<string, Leaf>();

/**
 * One mustache text over a view, as literal text: `Order {{payload.id}}`. Never throws for what the view holds; throws
 * an Error with a sentence when the text itself is broken, which `checkText` finds beforehand.
 */
export function renderText(template: string, view: object): string {
  return renderLeaf(leafFor(template), openScope(view)).trim();
}

/** What is wrong with a mustache text; undefined when nothing is. */
export function checkText(template: string): string | undefined {
  try {
    toLeaf(template);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function leafFor(template: string): Leaf {
  const known = kept.get(template);
  if (known !== undefined) return known;
  const leaf = toLeaf(template);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(template, leaf);
  return leaf;
}
