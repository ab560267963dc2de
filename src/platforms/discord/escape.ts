import { cleanLine, cleanText } from '../clean-text.ts';

/** What Discord reads as markup anywhere in a line; `#` only where it could head one. */
const MARKUP = /[\\*_~|`[\]<]|#(?=[#\s])/g;
/** Headings, quotes, subtext and lists begin a line. */
const LINE_START = /^([^\S\n]*)([#>+-])/gm;
const NUMBERED = /^([^\S\n]*\d*)([.)])/gm;
/** No honest address needs more than these characters, and none of them ends `<…>`. */
const ADDRESS = /https?:\/\/[\w:/?#&=.%+,;@!$'~*()-]*[\w/=&#%+$~*-]/g;
const PLAIN_ADDRESS = /^[A-Za-z0-9:/?#&=.%+,;@-]*$/;

const ZERO_WIDTH = '\u200B';
/** Over twice the longest text Discord takes anywhere; escaping ten megabytes would hold up everything else. */
const LONGEST_LINE = 10_000;

/** Discord Markdown that shows the text as it is: no markup, mention, time or masked link comes alive. Addresses stay clickable. */
export function escapeDiscord(text: string): string {
  const clean = cleanText(text);
  let escaped = '';
  let end = 0;
  for (const { 0: matched, index } of clean.matchAll(ADDRESS)) {
    const address = withClosing(matched, clean.charAt(index + matched.length));
    escaped += end === 0 ? escapeMarkup(clean.slice(0, index)) : escapeInLine(clean.slice(end, index));
    end = index + address.length;
    // Discord takes a bare address up to the next space, backslashes of our own included; between <> it ends where we say.
    const bare = PLAIN_ADDRESS.test(address) && /^(\s|$)/.test(clean.slice(end, end + 1));
    escaped += bare ? address : `<${address}>`;
  }
  return escaped + (end === 0 ? escapeMarkup(clean) : escapeInLine(clean.slice(end)));
}

/** Like `escapeDiscord`, on one line and without clickable addresses: titles, field names, labels of links. */
export function escapeLine(text: string): string {
  return escapeMarkup(oneLine(text));
}

/** The text on one line, for places that know no markup: labels of buttons, footers. Of megabytes, what no limit reaches is left out. */
export const oneLine = (text: string): string => cleanLine(text.trimStart().slice(0, LONGEST_LINE));

/** A code block that its text cannot leave. */
export function fence(text: string, language = ''): string {
  const name = /^[a-z0-9+#-]{1,20}$/i.test(language) ? language : '';
  return `\`\`\`${name}\n${apart(cleanText(text))}\n\`\`\``;
}

/** Code in a line that its text cannot leave. */
export function inlineCode(text: string): string {
  const clean = cleanText(text).replaceAll('\n', ' ');
  if (clean.trim() === '') return '';
  if (!clean.includes('`')) return `\`${clean}\``;
  return `\`\`${ZERO_WIDTH}${apart(clean)}${ZERO_WIDTH}\`\``;
}

/** Backticks that stand together would end the code. */
const apart = (text: string): string => text.replace(/`(?=`)/g, `\`${ZERO_WIDTH}`);

/** `…/Bell_(instrument)`: the closing parenthesis belongs to the address that opened it. */
const withClosing = (address: string, next: string): string =>
  next === ')' && address.lastIndexOf('(') > address.lastIndexOf(')') ? `${address})` : address;

/** For text after something else: its beginning begins no line. */
const escapeInLine = (text: string): string => escapeMarkup(`x${text}`).slice(1);

function escapeMarkup(text: string): string {
  return text
    .replace(MARKUP, '\\$&')
    .replace(LINE_START, '$1\\$2')
    .replace(NUMBERED, '$1\\$2')
    .replace(/@(?=everyone|here|$)/g, `@${ZERO_WIDTH}`);
}
