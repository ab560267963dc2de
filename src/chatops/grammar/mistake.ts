import { listed, oneLine } from '../words.ts';

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
export const shortened = (text: string): string => oneLine(text, LONGEST_FOUND);

/** `a`, `a or b`, `a, b or c`. */
export const anyOf = (words: readonly string[]): string => listed(words, { most: words.length, last: 'or' });
