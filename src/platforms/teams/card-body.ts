import type { Block } from '../../core/message.ts';
import { MAX_TABLE_COLUMNS } from './limits.ts';
import { literal, type TextRun, type TextStyle, toLines } from './text-runs.ts';

export type CardElement = Readonly<Record<string, unknown>>;

export interface BodyOptions {
  /** The host of the message's own address: links to it need not name it. */
  readonly ownHost: string | undefined;
}

/** A message's body as card elements, every leaf in a TextRun. */
export const toElements = (blocks: readonly Block[], options: BodyOptions): readonly CardElement[] =>
  elementsOf(blocks, { ...options, lead: '', indent: '', depth: 0 });

/** Lines of runs, one element each; lines after the first stand close. Empty ones are left out. */
export function richText(lines: readonly (readonly TextRun[])[], extra: CardElement = {}): readonly CardElement[] {
  return lines
    .filter((line) => line.some((run) => run.text.trim() !== ''))
    .map((inlines, at) => ({ type: 'RichTextBlock', inlines, ...(at === 0 ? extra : { ...extra, spacing: 'None' }) }));
}

/** Containers inside containers lose their edges on a phone. */
const QUOTE_DEPTH = 2;
/** No honest text nests deeper; a dishonest one must not exhaust the stack. */
const MAX_DEPTH = 100;
/** Ordinary spaces at the start of a line are swallowed. */
const INDENT = '\u2003';

interface Place extends BodyOptions {
  /** Before the first line of the first block: a list item's marker. */
  readonly lead: string;
  readonly indent: string;
  readonly depth: number;
}

function elementsOf(blocks: readonly Block[], place: Place): readonly CardElement[] {
  const elements: CardElement[] = [];
  let ruled = false;
  blocks.forEach((block, at) => {
    const [first, ...rest] = elementsOfBlock(block, at === 0 ? place : { ...place, lead: place.indent });
    if (block.kind === 'rule') ruled = true;
    if (first === undefined) return;
    elements.push(ruled ? { ...first, separator: true } : first, ...rest);
    ruled = false;
  });
  return elements;
}

function elementsOfBlock(block: Block, place: Place): readonly CardElement[] {
  if (place.depth > MAX_DEPTH) return richText([[{ type: 'TextRun', text: '…' }]]);
  switch (block.kind) {
    case 'paragraph':
      return richText(indented(toLines(block.children, {}, place.ownHost), place));
    case 'heading': {
      const style: TextStyle = { weight: 'Bolder', size: 'Medium' };
      return richText(indented(toLines(block.children, style, place.ownHost), place));
    }
    case 'quote': {
      const items = elementsOf(block.children, { ...place, lead: '', indent: '', depth: place.depth + 1 });
      if (place.depth >= QUOTE_DEPTH || items.length === 0) return items;
      return marked(place, { type: 'Container', style: 'emphasis', items });
    }
    case 'list':
      return block.items.flatMap((item, at) => {
        const marker = block.ordered ? `${block.start + at}. ` : '• ';
        return listItem(item, `${at === 0 ? place.lead : place.indent}${marker}`, place);
      });
    case 'code':
      return marked(place, { type: 'Container', style: 'emphasis', items: codeLines(block.text) });
    case 'table':
      return table(block, place);
    case 'rule':
      return [];
  }
}

function indented(lines: readonly (readonly TextRun[])[], { lead, indent }: Place): readonly (readonly TextRun[])[] {
  return lines.map((line, at) => {
    const text = at === 0 ? lead : indent;
    return text === '' || line.length === 0 ? line : [{ type: 'TextRun', text }, ...line];
  });
}

function listItem(item: readonly Block[], lead: string, place: Place): readonly CardElement[] {
  const indent = `${place.indent}${INDENT}`;
  const elements = elementsOf(item, { ...place, lead, indent, depth: place.depth + 1 });
  return elements.map((element) => ({ spacing: 'Small', ...element }));
}

/** An element that cannot carry a list item's marker itself, under a line that does. */
function marked({ lead }: Place, element: CardElement): readonly CardElement[] {
  if (lead.trim() === '') return [element];
  return [...richText([[{ type: 'TextRun', text: lead }]]), element];
}

function codeLines(text: string): readonly CardElement[] {
  const lines = literal(text).replace(/\n$/, '').split('\n');
  return lines.map((line, at) => ({
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', text: keepSpaces(line), fontType: 'Monospace' }],
    ...(at > 0 && { spacing: 'None' }),
  }));
}

/** Runs of spaces are shown as one unless they cannot break; an empty line needs something to stand on. */
const keepSpaces = (line: string): string => line.replace(/\t/g, '    ').replace(/^ | (?= )/g, '\u00A0') || '\u00A0';

function table(block: Extract<Block, { kind: 'table' }>, place: Place): readonly CardElement[] {
  const widest = Math.max(block.header.length, ...block.rows.slice(0, 1).map((row) => row.length));
  const columns = Math.min(widest, MAX_TABLE_COLUMNS);
  if (columns === 0) return [];
  const row = (cells: (typeof block.rows)[number], style: TextStyle): CardElement => ({
    type: 'TableRow',
    cells: Array.from({ length: columns }, (_, at) => {
      const items = richText(toLines(cells[at] ?? [], style, place.ownHost));
      return { type: 'TableCell', items: items.length > 0 ? items : richTextOf('\u00A0') };
    }),
  });
  return marked(place, {
    type: 'Table',
    columns: Array.from({ length: columns }, () => ({ width: 1 })),
    rows: [row(block.header, { weight: 'Bolder' }), ...block.rows.map((cells) => row(cells, {}))],
  });
}

const richTextOf = (text: string): readonly CardElement[] => [
  { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] },
];
