import { Mistake, shortened } from './mistake.ts';

/** Each opening quote with what may close it. */
const DOUBLE_QUOTES = new Map([
  ['"', '"”'],
  ['“', '”“"'],
  ['”', '”"'],
  ['„', '“”"'],
  ['«', '»'],
  ['»', '«»'],
]);
const SINGLE_QUOTES = new Map([
  ["'", "'"],
  ['‘', "’'"],
  ['’', "’'"],
  ['‚', "‘’'"],
  ['`', '`'],
]);
const ESCAPABLE = new Set([...'\\', ...DOUBLE_QUOTES.keys(), ...SINGLE_QUOTES.keys()]);

/** What stands in the quotes that open here; undefined where none do. Inside, a backslash takes a quote's meaning away. */
export function quotedAt(text: string, start: number): { readonly text: string; readonly end: number } | undefined {
  const opening = text[start] ?? '';
  const single = SINGLE_QUOTES.get(opening);
  const closing = single ?? DOUBLE_QUOTES.get(opening);
  if (closing === undefined) return undefined;
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at] ?? '';
    const after = text[at + 1] ?? ' ';
    if (char === '\\' && at + 1 < text.length && ESCAPABLE.has(after)) {
      value += after;
      at++;
    } else if (closing.includes(char) && (single === undefined || ' ,'.includes(after))) {
      return { text: value, end: at + 1 };
    } else {
      value += char;
    }
  }
  // An apostrophe may stand alone.
  if (single !== undefined) return undefined;
  throw new Mistake(
    `A quote opens and is not closed: ${shortened(text.slice(start))}`,
    text.slice(0, start) + text.slice(start + 1),
  );
}

/** The word in quotes, so that it is read as nothing but itself. */
export const quoted = (text: string): string => `"${text.replace(/["”\\]/g, '\\$&')}"`;
