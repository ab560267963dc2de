/** All but tab and line feed: they drive terminals, and some clients cut a text at them. */
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;
/** Marks that turn the reading direction: with them a text shows as something it is not. */
const DIRECTIONS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** The text without control characters, direction marks and halves of characters; lines end in `\n`. Escapes nothing. */
export const cleanText = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(CONTROLS, '')
    .replace(DIRECTIONS, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD');

/** The same on one line, white space in single spaces. */
export const cleanLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim();
