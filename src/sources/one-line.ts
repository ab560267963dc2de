const TITLE_LENGTH = 150;

/** Text as one line of plain words: no control or direction characters, no half emoji, whitespace folded, cut with `…` at `max` characters. */
export function oneLine(text: string, max = TITLE_LENGTH): string {
  // Cut first: what follows must not cost more for ten megabytes than for a title.
  const line = text
    .slice(0, max * 4)
    .replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ')
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
    .trim();
  const characters = [...line];
  return characters.length <= max && text.length <= max * 4
    ? line
    : `${characters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}
