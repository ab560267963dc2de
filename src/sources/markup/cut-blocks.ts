import type { Block, Inline } from '../../core/message.ts';

/** Lists and quotes nest no deeper; what does is plain paragraphs. */
const DEEPEST = 5;

/** The blocks with at most about `max` characters of text, the last followed by `…` where something was cut. */
export function cutBlocks(blocks: readonly Block[], max: number): readonly Block[] {
  return cutAll(blocks, { left: max, cut: false }, 0);
}

interface Allowance {
  left: number;
  cut: boolean;
}

const cutAll = (blocks: readonly Block[], allowance: Allowance, depth: number): readonly Block[] =>
  blocks.flatMap((block) => cutBlock(block, allowance, depth));

function cutBlock(block: Block, allowance: Allowance, depth: number): readonly Block[] {
  if (allowance.left <= 0 && allowance.cut) return [];
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return [{ kind: block.kind, children: cutInlines(block.children, allowance) }];
    case 'quote': {
      const children = cutAll(block.children, allowance, depth + 1);
      return depth >= DEEPEST ? children : [{ kind: 'quote', children }];
    }
    case 'list': {
      const items = block.items.map((item) => cutAll(item, allowance, depth + 1)).filter((item) => item.length > 0);
      return depth >= DEEPEST ? items.flat() : [{ ...block, items }];
    }
    case 'code':
      return [{ ...block, text: cutText(block.text, allowance) }];
    case 'table': {
      const cells = (row: readonly (readonly Inline[])[]) => row.map((cell) => cutInlines(cell, allowance));
      const header = cells(block.header);
      const rows = block.rows.flatMap((row) => (allowance.left <= 0 ? [] : [cells(row)]));
      return [{ kind: 'table', header, rows }];
    }
    case 'rule':
      return depth > 0 ? [] : [block];
  }
}

function cutInlines(inlines: readonly Inline[], allowance: Allowance): readonly Inline[] {
  return inlines.flatMap((inline): readonly Inline[] => {
    if (allowance.left <= 0 && (allowance.cut || isBlank(inline))) return [];
    switch (inline.kind) {
      case 'break':
        allowance.left -= 1;
        return [inline];
      case 'text':
      case 'code':
        return [{ kind: inline.kind, text: cutText(inline.text, allowance) }];
      default:
        return [{ ...inline, children: cutInlines(inline.children, allowance) }];
    }
  });
}

/** Of these there may be thousands, and no text is missed with them. */
const isBlank = (inline: Inline): boolean =>
  inline.kind === 'break' || ((inline.kind === 'text' || inline.kind === 'code') && inline.text.trim() === '');

function cutText(text: string, allowance: Allowance): string {
  if (text.length <= allowance.left || text.trim() === '') {
    allowance.left -= text.length;
    return text;
  }
  const end = Math.max(allowance.left - 1, 0);
  // Never half a character.
  const kept = text.slice(0, /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end).trimEnd();
  allowance.left = 0;
  allowance.cut = true;
  return `${kept}…`;
}
