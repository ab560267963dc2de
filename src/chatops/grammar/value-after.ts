import type { Word, Words } from '../tokens.ts';
import { clauseOf } from './keywords.ts';
import { Mistake } from './mistake.ts';

/** The word that a clause cannot do without. */
export function valueAfter(
  words: Words,
  clause: Word | undefined,
  { needs, typical }: { readonly needs: string; readonly typical: string },
): Word {
  const word = words.peek();
  const asker = clause === undefined ? 'This' : `"${clause.text.toLowerCase()}"`;
  const corrected = clause && words.instead(clause, `${clause.text} ${typical}`);
  const keyword = clauseOf(words, word);
  if (word === undefined) throw new Mistake(`${asker} needs ${needs}.`, corrected);
  if (keyword !== undefined)
    throw new Mistake(`${asker} needs ${needs}; the next word, "${keyword}", begins something else.`, corrected);
  words.next();
  if (word.text.trim() === '')
    throw new Mistake(`${asker} needs ${needs}; there is nothing between the quotes.`, words.instead(word, typical));
  return word;
}
