import { type Block, type Inline, inlineText as plainText } from '../../core/message.ts';
import { safeLink } from '../../core/url.ts';
import { escapeMarkdown } from './escape-markdown.ts';

/** The Markdown that reads back as these blocks: whatever their text holds, none of it becomes markup. */
export function writeMarkdown(blocks: readonly Block[]): string {
  return blocks
    .map(blockText)
    .filter((text) => text !== '')
    .join('\n\n');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return lines(block.children);
    case 'heading': {
      const text = oneLine(inlineText(block.children)).replace(/#+$/, (marks) => marks.replaceAll('#', '\\#'));
      return text === '' ? '' : `### ${text}`;
    }
    case 'quote':
      return prefixed(writeMarkdown(block.children), '> ', '> ');
    case 'list':
      return list(block);
    case 'code': {
      const text = block.text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();
      const fence = fenceFor(text, 3);
      const language = /^[\w+#.-]{1,40}$/.test(block.language ?? '') ? block.language : '';
      return text === '' ? '' : `${fence}${language}\n${text}\n${fence}`;
    }
    case 'table':
      return table(block);
    case 'rule':
      return '---';
  }
}

function list({ ordered, start, items }: Extract<Block, { readonly kind: 'list' }>): string {
  const texts = items.map(itemText).filter((text) => text !== '');
  return texts
    .map((text, at) => {
      const marker = ordered ? `${start + at}. ` : '- ';
      return prefixed(text, marker, ' '.repeat(marker.length));
    })
    .join('\n');
}

/** A list in an item stands right below its text; one that begins at 2 would be read as text there. */
function itemText(item: readonly Block[]): string {
  let text = '';
  for (const block of item) {
    const written = blockText(block);
    const isClose = block.kind === 'list' && (!block.ordered || block.start === 1);
    if (written !== '') text += `${text === '' ? '' : isClose ? '\n' : '\n\n'}${written}`;
  }
  return text;
}

function table({ header, rows }: Extract<Block, { readonly kind: 'table' }>): string {
  const width = header.length;
  // A heading without rows is a line.
  if (rows.length === 0)
    return lines(header.flatMap((cell, at) => (at > 0 ? [{ kind: 'text', text: ' | ' }, ...cell] : cell)));
  const row = (cells: readonly (readonly Inline[])[]): string =>
    `| ${Array.from({ length: width }, (_, at) => oneLine(inlineText(cells[at] ?? [], IN_CELL)).replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(header), `|${' --- |'.repeat(width)}`, ...rows.map(row)].join('\n');
}

/** Every line of a paragraph, none of which begins a block of another kind. */
function lines(inlines: readonly Inline[]): string {
  return inlineText(inlines)
    .split('\n')
    .map((line) => line.trim().replace(/^(?:[-+=>#:|]|\d{1,9}(?=[.)]))/, beginning))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** `1.` would begin a list by its dot, the others by themselves. */
const beginning = (found: string): string => (/\d/.test(found) ? `${found}\\` : `\\${found}`);

const MARKS = { strong: '**', emphasis: '_', strike: '~~' } as const;
type Mark = keyof typeof MARKS;

/** Where a run stands: the characters on both sides, and the marks around it. */
interface Place {
  readonly before: string;
  readonly after: string;
  readonly open: readonly (Mark | 'link' | 'cell')[];
}

const AT_EDGE: Place = { before: ' ', after: ' ', open: [] };
const IN_CELL: Place = { ...AT_EDGE, open: ['cell'] };

function inlineText(inlines: readonly Inline[], place: Place = AT_EDGE): string {
  const whole = joined(inlines);
  let text = '';
  let before = place.before;
  whole.forEach((inline, at) => {
    const next = whole[at + 1];
    const after = next === undefined ? place.after : edgeOf(next);
    const piece = pieceText(inline, { before, after, open: place.open });
    // Asked of the whole text, its end would cost what the text is long, each time.
    before = piece.at(-1) ?? before;
    text += piece;
  });
  return text;
}

function pieceText(inline: Inline, place: Place): string {
  switch (inline.kind) {
    case 'text':
      return escapeMarkdown(inline.text, !place.open.includes('link'));
    case 'code': {
      const text = oneLine(inline.text);
      if (place.before === '`' || isOddWithin(place, text)) return escapeMarkdown(text, false);
      const fence = fenceFor(text, 1);
      const pad = /^`|`$/.test(text) ? ' ' : '';
      return text === '' ? '' : `${fence}${pad}${text}${pad}${fence}`;
    }
    case 'break':
      return '\n';
    case 'link':
      return link(inline, place);
    default:
      return marked(inline, place);
  }
}

/** Within a link and a cell, marked looks for brackets, backslashes and bars before it knows of code. */
const isOddWithin = ({ open }: Place, code: string): boolean =>
  (open.includes('link') && /[`[\]\\]/.test(code)) || (open.includes('cell') && /[|\\]/.test(code));

/** `**text**`, where Markdown would read it so; else the text without its marks. */
function marked({ kind, children }: Extract<Inline, { readonly kind: Mark }>, place: Place): string {
  if (place.open.includes(kind)) return inlineText(children, place);
  const mark = MARKS[kind];
  const open = [...place.open, kind];
  const inner = inlineText(children, { before: mark, after: mark, open }).replace(/\s*\n\s*/g, '\n');
  const text = inner.trim();
  if (text === '') return inner;
  const opens = mayOpen(mark, inner.startsWith(text) ? place.before : ' ', text.charAt(0));
  const closes = mayOpen(mark, inner.endsWith(text) ? place.after : ' ', text.charAt(text.length - 1));
  if (!opens || !closes) return inlineText(children, place);
  return aroundSpace(inner, `${mark}${text}${mark}`);
}

/** What was made of a text without the white space at its ends, with that white space. */
function aroundSpace(inner: string, made: string): string {
  const left = inner.slice(0, inner.length - inner.trimStart().length);
  return left + made + inner.slice(inner.trimEnd().length);
}

/** Beside a letter a mark counts only if a letter follows it, and `_` not even then. https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis */
function mayOpen(mark: string, outside: string, inside: string): boolean {
  // Marked counts `~` among the letters.
  const isOutside = outside !== '~' && /[\s\p{P}\p{S}]/u.test(outside);
  if (mark === '_') return isOutside && !/[_*]/.test(outside);
  return outside !== mark.charAt(0) && (isOutside || !/[\p{P}\p{S}]/u.test(inside));
}

function link({ url, children }: Extract<Inline, { readonly kind: 'link' }>, place: Place): string {
  const address = safeLink(url);
  if (address === undefined || place.open.includes('link')) return inlineText(children, place);
  const inner = inlineText(children, { before: '[', after: ']', open: [...place.open, 'link'] });
  const text = oneLine(inner);
  if (text === '') return inner;
  // As it must be written between angle brackets, and read back with its `&amp;`.
  const written = address.replaceAll('\\', '%5C').replaceAll('<', '%3C').replaceAll('>', '%3E');
  return aroundSpace(inner, `[${text}](<${written.replaceAll('&', '&amp;')}>)`);
}

/** Neighbours of a kind as one: an address may be in two pieces, and two code spans in a row would be read as one odd one. */
function joined(inlines: readonly Inline[]): readonly Inline[] {
  const whole: Inline[] = [];
  for (const inline of inlines) {
    const last = whole.at(-1);
    if (plainText([inline]) === '') continue;
    if ((inline.kind === 'text' || inline.kind === 'code') && last?.kind === inline.kind)
      whole[whole.length - 1] = { kind: inline.kind, text: last.text + inline.text };
    else whole.push(inline);
  }
  return whole;
}

/** The first character of a piece; a letter for one whose marks may yet be left out, so that none depend on them. */
function edgeOf(inline: Inline): string {
  if (inline.kind === 'text') return inline.text.charAt(0);
  return inline.kind === 'break' ? '\n' : 'a';
}

/** More backticks than stand in a row in the text. */
function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function prefixed(text: string, first: string, rest: string): string {
  if (text === '') return '';
  return text
    .split('\n')
    .map((line, at) => (at === 0 ? first : line === '' ? rest.trimEnd() : rest) + line)
    .join('\n');
}
