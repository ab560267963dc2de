import { didYouMean, nearest } from '../../core/nearest.ts';
import { LIST_TOPICS, MOST_RECENT } from '../command.ts';
import { keywordOf, type Word, type Words } from '../tokens.ts';
import type { Draft } from './draft.ts';
import { COMMANDS, commandNamed } from './keywords.ts';
import { anyOf, found, Mistake } from './mistake.ts';
import { valueAfter } from './value-after.ts';

/** What `help` is asked about: a command. */
export function readTopic(words: Words, draft: Draft): void {
  const word = words.next();
  if (word === undefined) return;
  const topic = commandNamed(word.text);
  if (topic === undefined) throw oneOf(words, word, COMMANDS);
  draft.topic = topic;
}

/** What `list` is asked for. */
export function readListTopic(words: Words, draft: Draft): void {
  const word = words.next();
  if (word === undefined) return;
  const what = LIST_TOPICS.find((known) => known === keywordOf(word));
  if (what === undefined) throw oneOf(words, word, LIST_TOPICS);
  draft.what = what;
}

/** The word is none of a few. */
export function oneOf(words: Words, word: Word, known: readonly string[]): Mistake {
  const expected = anyOf(known);
  return new Mistake(
    `${found(word.text)} was not expected here${didYouMean(word.text, known) || '.'} Expected: ${expected}.`,
    words.instead(word, nearest(word.text, known) ?? ''),
  );
}

/** A number from 1 to `MOST_RECENT` and a source, each once, in either order. */
export function readRecent(words: Words, draft: Draft): void {
  for (let word = words.peek(); word !== undefined; word = words.peek()) {
    if (draft.count === undefined && isNumber(word)) readCount(words, draft);
    else if (draft.source === undefined && !isNumber(word)) readRecentSource(words, draft);
    else return;
  }
}

const isNumber = (word: Word): boolean => /^[-+]?\d+$/.test(keywordOf(word));

/** A number from 1 to `MOST_RECENT`. */
export function readCount(words: Words, draft: Draft): void {
  const word = valueAfter(words, undefined, { needs: `a number from 1 to ${MOST_RECENT}`, typical: '5' });
  const count = /^\d{1,9}$/.test(word.text) ? Number(word.text) : 0;
  if (count < 1 || count > MOST_RECENT)
    throw new Mistake(
      `${found(word.text)} is no number from 1 to ${MOST_RECENT}.`,
      words.instead(word, /^\d+$/.test(word.text) && Number(word.text) > MOST_RECENT ? String(MOST_RECENT) : '5'),
    );
  draft.count = count;
}

/** The source whose events are wanted. */
export function readRecentSource(words: Words, draft: Draft): void {
  draft.source = valueAfter(words, undefined, { needs: 'the name of a source', typical: 'github' }).text;
}

/** `github`, `github/pull_request.opened`. */
export function readSample(words: Words, draft: Draft, name?: Word): void {
  const needs = 'a type of source, and if you like a sample of it: github/pull_request.opened';
  const word = valueAfter(words, name, { needs, typical: 'github' });
  const slash = word.text.indexOf('/');
  const [type, sample] = slash < 0 ? [word.text] : [word.text.slice(0, slash), word.text.slice(slash + 1)];
  if (type?.trim() === '' || sample?.trim() === '')
    throw new Mistake(
      `${found(word.text)} is half of a name; a type was expected, and after its slash a sample: github/pull_request.opened`,
      words.instead(word, type || 'github'),
    );
  draft.type = type ?? '';
  if (sample !== undefined) draft.sample = sample;
}
