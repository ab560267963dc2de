import type { Block, Inline } from '../../core/message.ts';
import { dateTime } from '../human-time.ts';
import { emojiOf } from '../markup/emoji-names.ts';
import { richElement } from './payloads.ts';

/** What a `rich_text` block says, as blocks; people and channels are ids there, and come out as words. */
export const richTextBlocks = (elements: readonly unknown[]): readonly Block[] =>
  elements.slice(0, MOST_ELEMENTS).flatMap(blockOf);

const MOST_ELEMENTS = 50;
const MOST_INLINES = 300;
/** More than is shown of a whole message. */
const LONGEST = 3_000;

function blockOf(value: unknown): readonly Block[] {
  const { data: element } = richElement.safeParse(value);
  if (element === undefined) return [];
  switch (element.type) {
    case 'rich_text_preformatted':
      return [{ kind: 'code', text: plain(element.elements) }];
    case 'rich_text_quote':
      return [{ kind: 'quote', children: [{ kind: 'paragraph', children: inlines(element.elements) }] }];
    case 'rich_text_list': {
      const items = element.elements.slice(0, MOST_ELEMENTS).map((item): readonly Block[] => {
        const { data: section } = richElement.safeParse(item);
        return [{ kind: 'paragraph', children: inlines(section?.elements ?? []) }];
      });
      return [{ kind: 'list', ordered: element.style === 'ordered', start: 1, items }];
    }
    case 'rich_text_section':
      return [{ kind: 'paragraph', children: inlines(element.elements) }];
    default:
      return [];
  }
}

const inlines = (elements: readonly unknown[]): readonly Inline[] =>
  elements.slice(0, MOST_INLINES).flatMap((value) => {
    const { data: element } = richElement.safeParse(value);
    return element === undefined ? [] : styled(element, wordsOf(element));
  });

type Element = ReturnType<typeof richElement.parse>;

function wordsOf(element: Element): readonly Inline[] {
  switch (element.type) {
    case 'text':
      return lines(element.text ?? '');
    case 'link':
      return [{ kind: 'link', url: element.url ?? '', children: lines(element.text || (element.url ?? '')) }];
    case 'emoji':
      return lines(emojiText(element));
    case 'user':
      return lines('@someone');
    case 'usergroup':
      return lines('@group');
    case 'channel':
      return lines('#channel');
    case 'broadcast':
      return lines(`@${element.range ?? 'channel'}`);
    case 'date':
      return lines(element.fallback ?? dateTime(new Date((element.timestamp ?? Number.NaN) * 1_000)) ?? '');
    default:
      return lines(element.text ?? '');
  }
}

/** `1f6a8`, or `1f468-200d-1f4bb` of several. */
function emojiText({ name = '', unicode = '' }: Element): string {
  const points = unicode.split('-').map((hex) => (/^[\da-f]{2,6}$/i.test(hex) ? Number.parseInt(hex, 16) : Number.NaN));
  if (points.every((point) => point <= 0x10ffff)) return String.fromCodePoint(...points);
  return emojiOf(name) ?? (name === '' ? '' : `:${name}:`);
}

const lines = (text: string): readonly Inline[] =>
  text
    .slice(0, LONGEST)
    .split('\n')
    .flatMap((line, at): readonly Inline[] => [
      ...(at > 0 ? [{ kind: 'break' as const }] : []),
      ...(line === '' ? [] : [{ kind: 'text' as const, text: line }]),
    ]);

function styled({ style }: Element, words: readonly Inline[]): readonly Inline[] {
  if (typeof style !== 'object') return words;
  if (style.code === true)
    return words.map((inline) => (inline.kind === 'text' ? { kind: 'code', text: inline.text } : inline));
  const marks = [style.bold && 'strong', style.italic && 'emphasis', style.strike && 'strike'] as const;
  return marks.reduce<readonly Inline[]>(
    (children, kind) => (kind === undefined || kind === false ? children : [{ kind, children }]),
    words,
  );
}

const plain = (elements: readonly unknown[]): string =>
  elements
    .slice(0, MOST_INLINES)
    .map((value) => {
      const { data: element } = richElement.safeParse(value);
      return element?.text ?? element?.url ?? '';
    })
    .join('')
    .trimEnd();
