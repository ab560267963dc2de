import { quotedAt } from './grammar/quotes.ts';

/** A piece of the text between spaces, its quotes and platform markup taken away. */
export interface Word {
  readonly text: string;
  /** For each character of `text` whether it stood in quotes: then it is nothing but itself. */
  readonly literal: readonly boolean[];
  /** The address, when the word is a link as Slack writes it: `<https://…|text>`. */
  readonly link?: string;
  readonly start: number;
  readonly end: number;
}

/** A text read word by word. */
export interface Words {
  /** Whether words such as `for` begin a clause; false for the value of one typed option. */
  readonly hasClauses: boolean;
  /** The next word; undefined at the end. Throws `Mistake` when a quote in it is not closed. */
  peek(): Word | undefined;
  next(): Word | undefined;
  /** Everything after the last word, as it was typed; nothing is left then. */
  rest(): string;
  /** Where reading stands: the end of the last word. */
  at(): number;
  /** The text with another word in the place of this one. */
  instead(place: { readonly start: number; readonly end: number }, by: string): string;
}

export function readWords(typed: string, { hasClauses = true } = {}): Words {
  const { text, ends } = cleaned(typed);
  let at = 0;
  let ahead: Word | undefined;
  const peek = (): Word | undefined => {
    ahead ??= wordAt(text, skipSpaces(text, at));
    return ahead;
  };
  return {
    hasClauses,
    peek,
    next() {
      const word = peek();
      at = word?.end ?? at;
      ahead = undefined;
      return word;
    },
    rest() {
      const left = typed.slice(ends[at - 1] ?? 0);
      at = text.length;
      ahead = undefined;
      return left;
    },
    at: () => at,
    instead: ({ start, end }, by) => text.slice(0, start) + by + text.slice(end),
  };
}

/** The word in lower case when nothing of it is quoted; what is quoted never is a word of the grammar. */
export const keywordOf = (word: Word | undefined): string =>
  word === undefined || word.literal.includes(true) ? '' : word.text.toLowerCase();

/** Controls, halves of characters, and characters of no width, which come along when people copy. */
const HIDDEN = /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u;

/** The text without hidden characters and with plain spaces; `ends` is where each character ended in the original. */
function cleaned(typed: string): { readonly text: string; readonly ends: readonly number[] } {
  let text = '';
  let read = 0;
  const ends: number[] = [];
  for (const char of typed) {
    read += char.length;
    const kept = char !== '\ufeff' && /[\s\u0085]/.test(char) ? ' ' : HIDDEN.test(char) ? '' : char;
    text += kept;
    for (let i = 0; i < kept.length; i++) ends.push(read);
  }
  return { text, ends };
}

/** A reason as it is kept: its own words, on one line, without controls. Undefined when nothing of it can be seen. */
export function reasonOf(typed: string): string | undefined {
  const line = typed
    .replace(/(?![\s\u0085])[\p{Cc}\p{Cs}]/gu, '')
    .replace(/[\s\u0085]+/gu, ' ')
    .trim();
  return cleaned(line).text.trim() === '' ? undefined : line;
}

const skipSpaces = (text: string, from: number): number => {
  let at = from;
  while (text[at] === ' ') at++;
  return at;
};

/** Phones and word processors put these where a hyphen was typed. */
const DASHES = new Set('-‐‑‒–—―−');
const BARE_LINK = /https?:\/\/[^ ]*/iy;
/** What Slack and Discord make of channels, people and links: `<#C012|ops>`, `<@U012>`, `<https://…|text>`. */
const MARKUP = /<(?<sort>[#@!]|https?:\/\/|mailto:)(?<rest>[^<>|]*)(?:\|(?<label>[^<>]*))?>/iy;

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

function wordAt(text: string, start: number): Word | undefined {
  if (start >= text.length) return undefined;
  // A link may hold anything but spaces, quotes too.
  const bare = matchAt(BARE_LINK, text, start)?.[0];
  if (bare !== undefined)
    return { text: bare, literal: Array.from(bare, () => false), start, end: start + bare.length };

  let at = start;
  let value = '';
  let link: { readonly url: string; readonly end: number } | undefined;
  const literal: boolean[] = [];
  const add = (piece: string, isLiteral: boolean, end: number): void => {
    value += piece;
    for (let i = 0; i < piece.length; i++) literal.push(isLiteral);
    at = end;
  };
  // Quotes and dashes mean something where a value begins, and are letters like others everywhere else (`don't`).
  let begins = true;
  while (at < text.length && text[at] !== ' ') {
    const char = text[at] ?? '';
    const markup = matchAt(MARKUP, text, at);
    const quoted = begins && markup === null ? quotedAt(text, at) : undefined;
    if (markup !== null) {
      const shown = shownOf(markup);
      const end = at + markup[0].length;
      if (at === start && shown.link !== undefined) link = { url: shown.link, end };
      add(shown.text, shown.literal, end);
      begins = false;
    } else if (quoted !== undefined) {
      add(quoted.text, true, quoted.end);
      begins = false;
    } else if (begins && (DASHES.has(char) || char === '!')) {
      add(char === '!' ? '!' : '-', false, at + 1);
    } else {
      add(char, false, at + 1);
      begins = char === ':' || char === ',';
    }
  }
  return { text: value, literal, start, end: at, ...(link?.end === at && { link: link.url }) };
}

/** What was typed before the platform made markup of it: `acme.com` becomes `<http://acme.com|acme.com>` in Slack. */
function shownOf(markup: RegExpExecArray): {
  readonly text: string;
  readonly literal: boolean;
  readonly link?: string;
} {
  const { sort = '', rest = '', label } = markup.groups ?? {};
  if (sort === '#') return { text: markup[0], literal: false };
  if (sort === '@' || sort === '!') return { text: markup[0], literal: true };
  const wasTyped = label !== undefined && label !== '' && [label, `${label}/`].includes(rest);
  const link = sort.toLowerCase() === 'mailto:' ? {} : { link: sort + rest };
  return { text: wasTyped ? label : sort + rest, literal: true, ...link };
}
