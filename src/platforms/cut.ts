import type { Block, Inline } from '../core/message.ts';

const ELLIPSIS = '…';
/** No honest grapheme is longer; one that is (stacked accents without end) is cut between code points. */
const LONGEST_GRAPHEME = 128;

const ELLIPSIS_INLINE: Inline = { kind: 'text', text: ELLIPSIS };
const ELLIPSIS_BLOCK: Block = { kind: 'paragraph', children: [ELLIPSIS_INLINE] };

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * The text, or as much of its beginning as fits with a closing `…`. Never ends inside a grapheme or a surrogate pair.
 * `max` is in UTF-16 units unless `lengthOf` counts otherwise; `lengthOf` must not shrink as a text grows. Empty
 * when not even `…` fits.
 */
export function cutText(
  text: string,
  max: number,
  lengthOf: (text: string) => number = (whole) => whole.length,
): string {
  if (lengthOf(text) <= max) return text;
  const room = max - lengthOf(ELLIPSIS);
  if (room < 0) return '';
  const end = largest(room, text.length, (count) => lengthOf(text.slice(0, count)) <= room);
  return text.slice(0, graphemeStart(text, end)).trimEnd() + ELLIPSIS;
}

/**
 * The blocks, or as much of their beginning as `size` measures within `budget`: the tree is cut, never its markup, and
 * ends in `…`. Calls `size` about as often as the budget has binary digits. Empty when not even `…` fits.
 */
export function fitBlocks(
  blocks: readonly Block[],
  size: (blocks: readonly Block[]) => number,
  budget: number,
): readonly Block[] {
  if (size(blocks) <= budget) return blocks;
  const most = weigh(blocks);
  const kept = largest(Math.max(1, budget), most, (weight) => size(beginning(blocks, weight)) <= budget);
  const fitted = beginning(blocks, kept);
  return size(fitted) <= budget ? fitted : [];
}

/**
 * The largest count up to `most` that fits, tried upwards from `guess` so that a huge text costs no more than what
 * is kept of it.
 */
function largest(guess: number, most: number, fits: (count: number) => boolean): number {
  let low = 0;
  let high = Math.min(Math.max(1, guess), most);
  while (high < most && fits(high)) {
    low = high;
    high = Math.min(most, high * 2);
  }
  if (fits(high)) return high;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Where the grapheme begins that `at` would cut, or `at` itself when it stands between two. Looks at the
 * neighbourhood only.
 */
function graphemeStart(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const from = pairStart(text, Math.max(0, at - LONGEST_GRAPHEME));
  const around = graphemes.segment(text.slice(from, at + LONGEST_GRAPHEME)).containing(at - from);
  const start = from + (around?.index ?? 0);
  return start > from || from === 0 ? start : pairStart(text, at);
}

const pairStart = (text: string, at: number): number =>
  at > 0 && /^[\uDC00-\uDFFF]/.test(text.charAt(at)) && /^[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at;

/** Counts down while a tree is copied; `done` once the `…` is written. */
interface Allowance {
  left: number;
  done: boolean;
}

/** The first `weight` units of the tree: a unit is one character of text, one inline, one block, one item, one row. */
function beginning(blocks: readonly Block[], weight: number): readonly Block[] {
  return someBlocks(blocks, { left: weight, done: false });
}

function someBlocks(blocks: readonly Block[], allowance: Allowance): readonly Block[] {
  return some(blocks, allowance, { cut: cutBlock, ellipsis: ELLIPSIS_BLOCK });
}

function someInlines(inlines: readonly Inline[], allowance: Allowance): readonly Inline[] {
  return some(inlines, allowance, { cut: cutInline, ellipsis: ELLIPSIS_INLINE });
}

/** Parts until the allowance is used up, then one `…` if none was written deeper down. */
function some<T>(
  parts: readonly T[],
  allowance: Allowance,
  { cut, ellipsis }: { readonly cut: (part: T, allowance: Allowance) => T; readonly ellipsis: T },
): readonly T[] {
  const kept: T[] = [];
  for (const part of parts) {
    if (allowance.done) break;
    if (allowance.left <= 0) {
      allowance.done = true;
      kept.push(ellipsis);
      break;
    }
    allowance.left -= 1;
    kept.push(cut(part, allowance));
  }
  return kept;
}

function cutBlock(block: Block, allowance: Allowance): Block {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return { ...block, children: someInlines(block.children, allowance) };
    case 'quote':
      return { ...block, children: someBlocks(block.children, allowance) };
    case 'list':
      return { ...block, items: some(block.items, allowance, { cut: someBlocks, ellipsis: [ELLIPSIS_BLOCK] }) };
    case 'code':
      return { ...block, text: cutLeaf(block.text, allowance) };
    case 'table':
      return {
        ...block,
        header: block.header.map((cell) => someInlines(cell, allowance)),
        rows: some(block.rows, allowance, {
          cut: (row) => row.map((cell) => someInlines(cell, allowance)),
          ellipsis: block.header.map((_, at) => (at === 0 ? [ELLIPSIS_INLINE] : [])),
        }),
      };
    case 'rule':
      return block;
  }
}

function cutInline(inline: Inline, allowance: Allowance): Inline {
  if (inline.kind === 'break') return inline;
  if (inline.kind === 'text' || inline.kind === 'code') return { ...inline, text: cutLeaf(inline.text, allowance) };
  return { ...inline, children: someInlines(inline.children, allowance) };
}

function cutLeaf(text: string, allowance: Allowance): string {
  if (text.length > allowance.left) {
    allowance.done = true;
    const cut = allowance.left > 0 ? cutText(text, allowance.left) : ELLIPSIS;
    allowance.left = 0;
    return cut;
  }
  allowance.left -= text.length;
  return text;
}

/** What the whole tree weighs, in the units of `beginning`. */
function weigh(blocks: readonly Block[]): number {
  const everything: Allowance = { left: Number.MAX_SAFE_INTEGER, done: false };
  someBlocks(blocks, everything);
  return Number.MAX_SAFE_INTEGER - everything.left;
}
