import type { Block, Inline } from '../../core/message.ts';
import { safeLink } from '../../core/url.ts';
import { type DomNode, documentOf } from './dom.ts';
import { htmlTable } from './html-table.ts';

/** Mail nests its layout deep, and what lies deeper still is nobody's text. */
const DEEPEST = 100;
/** Longer lists of nodes are read to here. */
const MOST_NODES = 5_000;

/** What a person sees of HTML: pictures, scripts and hidden text left out. Never throws, whatever is sent. */
export function htmlBlocks(html: string): readonly Block[] {
  return blocksOf(documentOf(html), { budget: { nodes: MOST_NODES }, depth: 0 });
}

/** How deep it is, and what may still be read in all. */
export interface Reading {
  readonly budget: { nodes: number };
  readonly depth: number;
}

/** Blocks, and the running text at their end that may go on. */
interface Out {
  readonly blocks: Block[];
  run: Inline[];
}

/** The blocks of these nodes; running text between them makes paragraphs. */
export function blocksOf(nodes: readonly DomNode[], reading: Reading): readonly Block[] {
  const out: Out = { blocks: [], run: [] };
  collect(nodes, out, reading);
  endParagraph(out);
  return out.blocks;
}

function collect(nodes: readonly DomNode[], out: Out, reading: Reading): void {
  for (const node of nodes) {
    if (!mayRead(reading)) return;
    if (node.type === 'text') out.run.push(textOf(node));
    else if (isShown(node)) collectElement(node, out, reading);
  }
}

function collectElement(node: DomNode, out: Out, reading: Reading): void {
  const name = nameOf(node);
  if (INLINE.has(name)) {
    out.run.push(...inlineOf(node, reading));
    return;
  }
  const inner = within(reading);
  if (inner.depth > DEEPEST) return;
  const isBlock = BLOCKS.has(name);
  if (isBlock) endParagraph(out);
  const made = blockOf(node, inner);
  if (made === undefined) collect(node.children, out, inner);
  else out.blocks.push(...made);
  if (isBlock) endParagraph(out);
}

/** The block an element stands for; undefined where it only holds others. */
function blockOf(node: DomNode, reading: Reading): readonly Block[] | undefined {
  const name = nameOf(node);
  if (/^h[1-6]$/.test(name)) return filled({ kind: 'heading', children: inlinesOf(node.children, reading) });
  switch (name) {
    case 'ul':
    case 'ol':
      return list(node, reading);
    case 'pre': {
      const text = rawText(node);
      const [, language] = /\b(?:language|lang|code)-([\w+#.-]{1,40})/.exec(classesOf(node)) ?? [];
      return text.trim() === '' ? [] : [{ kind: 'code', text, ...(language !== undefined && { language }) }];
    }
    case 'blockquote': {
      const children = blocksOf(node.children, reading);
      return children.length === 0 ? [] : [{ kind: 'quote', children }];
    }
    case 'hr':
      return [{ kind: 'rule' }];
    case 'table':
      return htmlTable(node, reading);
    default:
      return undefined;
  }
}

function list(node: DomNode, reading: Reading): readonly Block[] {
  const ordered = nameOf(node) === 'ol';
  const items = node.children
    .filter((child) => child.type === 'tag' && isShown(child))
    .map((child) => blocksOf(nameOf(child) === 'li' ? child.children : [child], reading))
    .filter((item) => item.length > 0);
  const start = Number(attribute(node, 'start') ?? 1);
  const from = Number.isInteger(start) && start >= 0 && start < 1e6 ? start : 1;
  return items.length === 0 ? [] : [{ kind: 'list', ordered, start: ordered ? from : 1, items }];
}

/** Running text of these nodes; a block among them only breaks the line. */
export function inlinesOf(nodes: readonly DomNode[], reading: Reading): readonly Inline[] {
  const inner = within(reading);
  if (inner.depth > DEEPEST) return [];
  return nodes.flatMap((node): readonly Inline[] => {
    if (!mayRead(inner)) return [];
    if (node.type === 'text') return [textOf(node)];
    return isShown(node) ? inlineOf(node, inner) : [];
  });
}

function inlineOf(node: DomNode, reading: Reading): readonly Inline[] {
  const name = nameOf(node);
  if (name === 'br') return [{ kind: 'break' }];
  const mark = MARKS[name];
  if (mark === 'code') {
    const text = rawText(node).trim();
    return text === '' ? [] : [{ kind: 'code', text }];
  }
  const children = inlinesOf(node.children, reading);
  if (mark !== undefined) return [{ kind: mark, children }];
  if (name === 'a') {
    const url = safeLink(attribute(node, 'href') ?? '');
    return url === undefined ? children : [{ kind: 'link', url, children }];
  }
  return BLOCKS.has(name) ? [{ kind: 'break' }, ...children, { kind: 'break' }] : children;
}

function endParagraph(out: Out): void {
  out.blocks.push(...filled({ kind: 'paragraph', children: out.run }));
  out.run = [];
}

const filled = (block: Extract<Block, { readonly kind: 'paragraph' | 'heading' }>): readonly Block[] =>
  block.children.every((inline) => inline.kind === 'break' || (inline.kind === 'text' && inline.text.trim() === ''))
    ? []
    : [block];

/** White space in HTML is one space. */
const textOf = (node: DomNode): Inline => ({ kind: 'text', text: (node.data ?? '').replace(/\s+/g, ' ') });

/** The text as it is written, for code. */
function rawText(node: DomNode, depth = 0): string {
  if (node.type === 'text') return node.data ?? '';
  if (nameOf(node) === 'br') return '\n';
  if (depth > DEEPEST || !isShown(node)) return '';
  return node.children.map((child) => rawText(child, depth + 1)).join('');
}

export const nameOf = (node: DomNode): string => (node.type === 'tag' ? (node.name ?? '') : '');

export function attribute({ attribs }: DomNode, name: string): string | undefined {
  const value: unknown =
    typeof attribs === 'object' && attribs !== null && Object.hasOwn(attribs, name) ? attribs[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** A language stands at the `<pre>`, or at the `<code>` in it. */
const classesOf = (node: DomNode): string =>
  [node, ...node.children.slice(0, 3)].map((one) => attribute(one, 'class') ?? '').join(' ');

const isShown = (node: DomNode): boolean =>
  node.type === 'tag' && !UNSEEN.has(nameOf(node)) && !/display\s*:\s*none/i.test(attribute(node, 'style') ?? '');

const within = ({ budget, depth }: Reading): Reading => ({ budget, depth: depth + 1 });

function mayRead({ budget }: Reading): boolean {
  budget.nodes -= 1;
  return budget.nodes >= 0;
}

const UNSEEN: ReadonlySet<string> = new Set(
  'head title script style template noscript iframe object svg select textarea img picture video audio'.split(' '),
);

const MARKS: Readonly<Record<string, 'strong' | 'emphasis' | 'strike' | 'code' | undefined>> = {
  b: 'strong',
  strong: 'strong',
  i: 'emphasis',
  em: 'emphasis',
  cite: 'emphasis',
  s: 'strike',
  del: 'strike',
  strike: 'strike',
  code: 'code',
  tt: 'code',
  kbd: 'code',
  samp: 'code',
};

/** Read as running text, whatever they hold. */
const INLINE: ReadonlySet<string> = new Set(['a', 'br', ...Object.keys(MARKS)]);

const BLOCKS: ReadonlySet<string> = new Set(
  'p div section article header footer main aside nav address figure figcaption details summary h1 h2 h3 h4 h5 h6 ul ol li dl dt dd pre blockquote hr table thead tbody tfoot tr td th caption form fieldset'.split(
    ' ',
  ),
);
