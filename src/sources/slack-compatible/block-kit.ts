import type { Block, Button, Inline } from '../../core/message.ts';
import { safeWebUrl } from '../../core/url.ts';
import { emojiRead } from '../markup/emoji-names.ts';
import { mrkdwnBlocks, mrkdwnLine } from '../markup/mrkdwn.ts';
import { mrkdwnInlines } from '../markup/mrkdwn-inline.ts';
import { asButton, asTextObject, type SlackBlock, type SlackButton, type SlackText } from './payloads.ts';
import { richTextBlocks } from './rich-text.ts';

/** What one block of Block Kit shows. A header is a heading; what can only be pressed in Slack is left out. */
export function blocksOf(block: SlackBlock): readonly Block[] {
  switch (block.type) {
    case 'header': {
      const text = lineOf(block.text);
      return text === '' ? [] : [{ kind: 'heading', children: [{ kind: 'text', text }] }];
    }
    case 'section':
      return [...textBlocks(block.text), ...fieldList(block.fields)];
    case 'markdown':
      return textBlocks({ type: 'mrkdwn', text: block.text?.text });
    case 'context': {
      const children = contextInlines(block.elements);
      return children.length === 0 ? [] : [{ kind: 'paragraph', children }];
    }
    case 'rich_text':
      return richTextBlocks(block.elements);
    case 'image':
    case 'video': {
      const text = lineOf(block.title) || (block.alt_text ?? '');
      const words: readonly Inline[] = [{ kind: 'text', text }];
      const children: readonly Inline[] =
        block.title_url === undefined ? words : [{ kind: 'link', url: block.title_url, children: words }];
      return text === '' ? [] : [{ kind: 'paragraph', children }];
    }
    case 'divider':
      return [{ kind: 'rule' }];
    case 'table':
      return tableOf(block.rows);
    default:
      return [];
  }
}

/** The buttons of a block that open an address. */
export function buttonsOf(block: SlackBlock): readonly Button[] {
  const elements = block.type === 'actions' ? block.elements.slice(0, MOST_ELEMENTS).map(asButton) : [block.accessory];
  return elements.flatMap((element) => (element === undefined ? [] : buttonOf(element)));
}

export function buttonOf({ text, url }: SlackButton): readonly Button[] {
  const safe = safeWebUrl(url ?? '');
  const label = lineOf(text);
  return safe === undefined || label === '' ? [] : [{ label, url: safe }];
}

/** In `plain_text`, marks are characters. */
export function textBlocks(text: SlackText | undefined): readonly Block[] {
  if (text?.text === undefined) return [];
  if (text.type !== 'plain_text') return mrkdwnBlocks(text.text);
  const lines = text.text.slice(0, LONGEST_PLAIN).split('\n');
  const children = lines.flatMap((line, at): readonly Inline[] => [
    ...(at > 0 ? [{ kind: 'break' as const }] : []),
    { kind: 'text', text: emojiRead(line) },
  ]);
  return [{ kind: 'paragraph', children }];
}

/** The words of a text object in one line. */
export function lineOf(text: SlackText | undefined): string {
  const line = (text?.text ?? '').slice(0, LONGEST_PLAIN).replace(/\s+/g, ' ').trim();
  return text?.type === 'plain_text' ? emojiRead(line) : mrkdwnLine(line);
}

const MOST_ELEMENTS = 50;
const LONGEST_PLAIN = 3_000;

/** `*Status:*` over `down` is a name and its value. */
function fieldList(fields: readonly SlackText[]): readonly Block[] {
  const items = fields.slice(0, MOST_ELEMENTS).flatMap((field): readonly (readonly Block[])[] => {
    const [name = '', ...rest] = (field.text ?? '').slice(0, LONGEST_PLAIN).split('\n');
    const value = rest.join(' ').trim();
    const children = value === '' ? mrkdwnInlines(name) : namedInlines(mrkdwnLine(name.replace(/^\*|\*$/g, '')), value);
    return children.length === 0 ? [] : [[{ kind: 'paragraph', children }]];
  });
  return items.length === 0 ? [] : [{ kind: 'list', ordered: false, start: 1, items }];
}

/** `**Status:** down`. */
export function namedInlines(name: string, value: string): readonly Inline[] {
  const label = name.replace(/(?<![\s:])[\s:]+$/, '');
  const inlines = mrkdwnInlines(inOneLine(value));
  if (label === '') return inlines;
  return [{ kind: 'strong', children: [{ kind: 'text', text: `${label}:` }] }, { kind: 'text', text: ' ' }, ...inlines];
}

/** Each run of white space is looked at once. */
const inOneLine = (text: string): string => text.slice(0, LONGEST_PLAIN).replace(/(?<!\s)\s*\n\s*/g, ' ');

/** Pictures of a context are avatars: their words are enough where there are no others. */
function contextInlines(elements: readonly unknown[]): readonly Inline[] {
  const words = elements.slice(0, MOST_ELEMENTS).flatMap((element) => {
    const text = inOneLine(asTextObject(element)?.text ?? '');
    return text.trim() === '' ? [] : [mrkdwnInlines(text)];
  });
  return words.flatMap((inlines, at) => [...(at > 0 ? [{ kind: 'text' as const, text: ' · ' }] : []), ...inlines]);
}

const MOST_ROWS = 12;
const MOST_CELLS = 6;

function tableOf(rows: SlackBlock['rows']): readonly Block[] {
  const [header, ...rest] = rows.slice(0, MOST_ROWS).map((row) => row.slice(0, MOST_CELLS).map(cellOf));
  return header === undefined ? [] : [{ kind: 'table', header, rows: rest }];
}

/** A cell is rich text, or `raw_text`. */
function cellOf(cell: unknown): readonly Inline[] {
  const text = asTextObject(cell)?.text;
  if (text !== undefined) return [{ kind: 'text', text }];
  const elements = typeof cell === 'object' && cell !== null && 'elements' in cell ? cell.elements : [];
  return richTextBlocks(Array.isArray(elements) ? elements : []).flatMap((block) =>
    block.kind === 'paragraph' ? block.children : [],
  );
}
