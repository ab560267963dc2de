import type { types } from '@slack/bolt';
import { type Block, type Inline, inlineText } from '../../core/message.ts';
import { safeLink } from '../../core/url.ts';
import { cleanLine, cleanText } from '../clean-text.ts';
import { monospaceTable } from '../monospace-table.ts';
import { LIMITS } from './limits.ts';

type Style = NonNullable<types.RichTextText['style']>;
type Element = types.RichTextText | types.RichTextLink;
type Piece = types.RichTextBlock['elements'][number];
/** `offset` is documented, but not in the package's types. */
type List = types.RichTextList & { readonly offset?: number };

/**
 * A tree as Slack's rich text, the one form in which data is literal: nothing in a `text` element is parsed, neither
 * formatting nor mentions nor addresses. A rule becomes a divider between two rich texts. Empty for a tree without text.
 */
export function richText(blocks: readonly Block[]): readonly (types.RichTextBlock | types.DividerBlock)[] {
  const written: (types.RichTextBlock | types.DividerBlock)[] = [];
  let pieces: Piece[] = [];
  const close = () => {
    if (pieces.length > 0) written.push({ type: 'rich_text', elements: pieces });
    pieces = [];
  };
  let gap = '';
  for (const block of blocks) {
    if (block.kind === 'rule') {
      close();
      written.push({ type: 'divider' });
      continue;
    }
    const next = piecesOf(block);
    const last = pieces.at(-1);
    const first = next[0];
    if (last?.type === 'rich_text_section' && first?.type === 'rich_text_section')
      last.elements.push({ type: 'text', text: gap }, ...first.elements);
    else pieces.push(...next);
    gap = block.kind === 'heading' ? '\n' : '\n\n';
  }
  close();
  return written;
}

function piecesOf(block: Block): readonly Piece[] {
  switch (block.kind) {
    case 'list':
      return listPieces(block, 0);
    case 'quote': {
      const elements = flat(block.children, {});
      return elements.length === 0 ? [] : [{ type: 'rich_text_quote', elements }];
    }
    case 'code':
    case 'table': {
      const text = cleanText(block.kind === 'code' ? block.text : monospaceTable(block)).trimEnd();
      return text === '' ? [] : [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }];
    }
    default: {
      const elements = flat([block], {});
      return elements.length === 0 ? [] : [{ type: 'rich_text_section', elements }];
    }
  }
}

/**
 * Slack's lists do not nest: a deeper one is a list of its own with an indent, after which the outer one goes on
 * counting.
 */
function listPieces(list: Extract<Block, { kind: 'list' }>, indent: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let items: types.RichTextSection[] = [];
  let counted = Math.max(0, list.start - 1);
  const close = () => {
    if (items.length === 0) return;
    const closed: List = {
      type: 'rich_text_list',
      style: list.ordered ? 'ordered' : 'bullet',
      ...(indent > 0 && { indent: Math.min(indent, LIMITS.listIndent) }),
      ...(list.ordered && counted > 0 && { offset: counted }),
      elements: items,
    };
    pieces.push(closed);
    counted += items.length;
    items = [];
  };
  for (const item of list.items) {
    const nested = item.filter((block) => block.kind === 'list');
    const own = flat(
      item.filter((block) => block.kind !== 'list'),
      {},
    );
    // An item without any text would be refused, and left out it would change the numbers of those after it.
    items.push({ type: 'rich_text_section', elements: own.length > 0 ? own : [{ type: 'text', text: ' ' }] });
    if (nested.length === 0) continue;
    close();
    for (const inner of nested) pieces.push(...listPieces(inner, indent + 1));
  }
  close();
  return pieces;
}

/** Blocks as one run of elements, a line each: for places where Slack takes no blocks. */
function flat(blocks: readonly Block[], style: Style): Element[] {
  const elements: Element[] = [];
  for (const block of blocks) {
    const own = flatBlock(block, style);
    if (own.length > 0 && elements.length > 0) elements.push({ type: 'text', text: '\n' });
    elements.push(...own);
  }
  return elements;
}

function flatBlock(block: Block, style: Style): readonly Element[] {
  switch (block.kind) {
    case 'heading':
      return inlineElements(block.children, { ...style, bold: true });
    case 'paragraph':
      return inlineElements(block.children, style);
    case 'quote':
      return flat(block.children, style);
    case 'list':
      return block.items.flatMap((item, at) => [
        ...textElement(`${at === 0 ? '' : '\n'}${block.ordered ? `${block.start + at}.` : '•'} `, style),
        ...flat(item, style),
      ]);
    case 'code':
      return textElement(block.text, { ...style, code: true });
    case 'table':
      return textElement(monospaceTable(block), { ...style, code: true });
    case 'rule':
      return textElement('———', style);
  }
}

function inlineElements(inlines: readonly Inline[], style: Style): readonly Element[] {
  return inlines.flatMap((inline) => inlineElement(inline, style));
}

function inlineElement(inline: Inline, style: Style): readonly Element[] {
  switch (inline.kind) {
    case 'text':
      return textElement(inline.text, style);
    case 'break':
      return textElement('\n', style);
    case 'code':
      return textElement(inline.text, { ...style, code: true });
    case 'strong':
      return inlineElements(inline.children, { ...style, bold: true });
    case 'emphasis':
      return inlineElements(inline.children, { ...style, italic: true });
    case 'strike':
      return inlineElements(inline.children, { ...style, strike: true });
    case 'link':
      return linkElement(inline, style);
  }
}

function textElement(text: string, style: Style): readonly Element[] {
  const shown = cleanText(text);
  return shown === '' ? [] : [{ type: 'text', text: shown, ...styled(style) }];
}

function linkElement(link: Extract<Inline, { kind: 'link' }>, style: Style): readonly Element[] {
  const url = safeLink(link.url);
  if (url === undefined || url.length > LIMITS.url) return inlineElements(link.children, style);
  const label = cleanLine(inlineText(link.children));
  return [{ type: 'link', url, ...(label !== '' && { text: label }), ...styled(style) }];
}

const styled = (style: Style) => (Object.keys(style).length > 0 ? { style } : {});
