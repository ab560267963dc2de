import type { WhyAbout } from '../command.ts';
import { keywordOf, type Word, type Words } from '../tokens.ts';
import { clauseOf, DELIVERY_ID, EVENT_ID } from './keywords.ts';
import { found, Mistake } from './mistake.ts';
import { readSource } from './names.ts';
import { readCondition, readWhere } from './where.ts';

/** An id, a link, `this` or nothing, or what did not arrive: `github pull_request.opened repo:acme/api`. */
export function readAbout(words: Words): WhyAbout {
  const word = words.next();
  if (word === undefined || keywordOf(word) === 'this') return { kind: 'this' };
  const link = word.link ?? (/^https?:\/\//i.test(word.text) ? word.text : undefined);
  if (link !== undefined) return { kind: 'link', link: checked(words, word, link) };
  const isPlain = !word.literal.includes(true);
  if (isPlain && (EVENT_ID.test(word.text) || DELIVERY_ID.test(word.text))) return { kind: 'id', id: word.text };
  if (clauseOf(words, word) !== undefined || word.text.trim() === '')
    throw new Mistake(
      `"why" needs an id, a link to a message, or a source, before ${found(word.text)}.`,
      words.instead(word, `github ${word.text}`),
    );
  return readMatch(words, readSource(words, word));
}

function readMatch(words: Words, named: { readonly source: string; readonly event?: string }): WhyAbout {
  const where = new Map<string, string[]>();
  let event = named.event;
  for (let word = words.peek(); word !== undefined; word = words.peek()) {
    if (keywordOf(word) === 'where') {
      words.next();
      readWhere(words, where, word);
    } else if (/[:=]/.test(word.text) && clauseOf(words, word) === undefined) {
      readCondition(words, where);
    } else if (event === undefined && where.size === 0 && isName(words, word)) {
      words.next();
      event = word.text;
    } else break;
  }
  return {
    kind: 'match',
    source: named.source,
    ...(event !== undefined && { event }),
    where: Object.fromEntries(where),
  };
}

const isName = (words: Words, word: Word): boolean => clauseOf(words, word) === undefined && word.text.trim() !== '';

function checked(words: Words, word: Word, typed: string): string {
  const link = typed.trim().replaceAll(' ', '%20');
  if (URL.canParse(link)) return link;
  throw new Mistake(
    `${found(typed)} is no link that leads anywhere; copy it from the message's menu.`,
    words.instead(word, 'this'),
  );
}
