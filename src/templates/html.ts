import { decodeEntities } from './entities.ts';

const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
const UNSEEN = /<(script|style|template)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi;
const LINE_END = /<(?:br|\/p|\/div|\/h[1-6]|\/li|\/tr|\/summary|\/blockquote|hr)\b[^<>]*>/gi;
const ITEM = /<li\b[^<>]*>/gi;
const TAG = /<(?:\/?[a-zA-Z!?][^<>]*)>/g;

/** What a block of HTML says, a line each: the tags go, their text stays. */
export function htmlLines(html: string): readonly string[] {
  const text = html
    .replace(COMMENT, '')
    .replace(UNSEEN, '')
    .replace(LINE_END, '\n')
    .replace(ITEM, '• ')
    .replace(TAG, (tag) => imageText(tag));
  return decodeEntities(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '•');
}

/** What one tag inside a line stands for: `<img alt="x">` its text, `<br>` a new line, everything else nothing. */
export function tagText(tag: string): string {
  if (/^<br\b/i.test(tag)) return '\n';
  return decodeEntities(imageText(tag));
}

function imageText(tag: string): string {
  if (!/^<img\b/i.test(tag)) return '';
  const [, double, single] = /\salt\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag) ?? [];
  return double ?? single ?? '';
}
