/** Something typed that cannot be read: a sentence, and what was probably meant. Becomes a `GrammarError`. */
export class Mistake extends Error {
  /** The whole text as it was probably meant; tried, and shown only if it can be read. */
  readonly corrected: string | undefined;

  constructor(message: string, corrected?: string) {
    super(message);
    this.name = 'Mistake';
    this.corrected = corrected;
  }
}

const LONGEST_FOUND = 40;

/** What somebody typed, in quotes and short enough for a sentence. */
export const found = (text: string): string => `"${shortened(text)}"`;

/** The same without quotes, for what holds some of its own. */
export function shortened(text: string): string {
  const visible = [...text.replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim()];
  const short = visible.length > LONGEST_FOUND ? [...visible.slice(0, LONGEST_FOUND - 1), '…'] : visible;
  return short.join('');
}

/** `a`, `a or b`, `a, b or c`. */
export const anyOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
