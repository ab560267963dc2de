import { didYouMean, nearest } from '../../core/nearest.ts';
import { isSeverity, SEVERITIES } from '../../core/severity.ts';
import type { Word, Words } from '../tokens.ts';
import { CLAUSES, clauseOf, isClause } from './keywords.ts';
import { anyOf, found, Mistake } from './mistake.ts';

/** Keys that are no labels; they are the same in any case. */
const EVENT_KEYS = ['source', 'type', 'event', 'severity', 'state'];
const REQUEST_KEY = /^(?:payload|headers|query)(?:\.|$)/i;
const KEY = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_./-]*$/u;

type Conditions = Map<string, string[]>;

/** `k:v k:-v k:a,b …` up to the next clause. Adds to `where`; the same key again adds values. */
export function readWhere(words: Words, where: Conditions, clause?: Word): void {
  const first = words.peek();
  if (first === undefined || clauseOf(words, first) !== undefined)
    throw new Mistake(
      '"where" needs a condition: a label, a colon and a value.',
      clause && words.instead(clause, 'where repo:acme/api'),
    );
  while (words.peek() !== undefined && clauseOf(words, words.peek()) === undefined) readCondition(words, where);
}

/** One `key:value,value`. */
export function readCondition(words: Words, where: Conditions): void {
  const word = words.next();
  if (word === undefined) return;
  const colon = word.text.indexOf(':');
  if (colon < 0) throw noCondition(words, word);
  const key = keyOf(words, word, word.text.slice(0, colon));
  const next = words.peek();
  if (endsInComma(word) && next !== undefined && isValueAlone(words, next)) throw spacedValue(words, word, next);
  const values = piecesOf(word, colon + 1).map((piece) => keptValue(words, { word, key, piece }));
  const known = where.get(key) ?? [];
  where.set(key, [...known, ...values.filter((value, at) => !known.includes(value) && values.indexOf(value) === at)]);
}

function noCondition(words: Words, word: Word): Mistake {
  const near = nearest(word.text, CLAUSES);
  const [, key, not, value] = /^([^=!]+)(!?)==?(.+)$/.exec(word.text) ?? [];
  const equals = key === undefined ? undefined : `${key}:${not === '' ? '' : '-'}${value}`;
  const meant = near ?? equals;
  return new Mistake(
    `${found(word.text)} is no condition${didYouMean(word.text, CLAUSES) || '.'} A label, a colon and a value were expected, such as repo:acme/api, or author:-bot for "not".`,
    meant && words.instead(word, meant),
  );
}

function keyOf(words: Words, word: Word, key: string): string {
  if (REQUEST_KEY.test(key))
    throw new Mistake(
      `${found(key)} cannot be asked for in chat; mutes and chat routes look at ${EVENT_KEYS.join(', ')} and labels.`,
      words.instead(word, 'repo:acme/api'),
    );
  // What is typed option by option elsewhere: `for:2h`.
  if (isClause(key.toLowerCase()))
    throw new Mistake(
      `${found(word.text)} would be a label called ${found(key)}; "${key.toLowerCase()}" is followed by a space, not by a colon.`,
      words.instead(word, word.text.replace(':', ' ')),
    );
  const unsigned = key.replace(/^[-!]/, '');
  if (unsigned !== key && KEY.test(unsigned))
    throw new Mistake(
      `${found(word.text)} has its "not" at the label; it belongs to the value.`,
      words.instead(word, `${unsigned}:-${word.text.slice(key.length + 1)}`),
    );
  if (!KEY.test(key))
    throw new Mistake(
      `${found(key)} is no label; letters, digits and _ . / - were expected before the colon.`,
      words.instead(word, 'repo:acme/api'),
    );
  const lower = key.toLowerCase();
  if (lower === '__proto__') throw new Mistake(`${found(key)} is no label.`, words.instead(word, 'repo:acme/api'));
  return EVENT_KEYS.includes(lower) ? lower : key;
}

interface Piece {
  readonly text: string;
  readonly literal: readonly boolean[];
}

/** What stands between the commas that are not quoted. A comma at the end counts for nothing: people write lists so. */
function piecesOf(word: Word, from: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = from;
  for (let at = from; at <= word.text.length; at++) {
    if (at < word.text.length && (word.text[at] !== ',' || word.literal[at])) continue;
    pieces.push({ text: word.text.slice(start, at), literal: word.literal.slice(start, at) });
    start = at + 1;
  }
  const last = pieces[pieces.length - 1];
  return pieces.length > 1 && last?.text === '' ? pieces.slice(0, -1) : pieces;
}

/** A value as `Where` keeps it: with a leading `!` when it is not wanted. */
function keptValue(words: Words, one: { readonly word: Word; readonly key: string; readonly piece: Piece }): string {
  const { word, key, piece } = one;
  const isNegated = /^[-!]/.test(piece.text) && piece.literal[0] === false;
  const value = isNegated ? piece.text.slice(1) : piece.text;
  if (value.trim() === '') throw noValue(words, word);
  if (!isNegated && value.startsWith('!'))
    throw new Mistake(
      `A value that begins with "!" cannot be asked for, because that means "not"; "?" stands for any one character and finds it.`,
      words.instead(word, `${key}:"?${value.slice(1)}"`),
    );
  const sign = isNegated ? '!' : '';
  if (key !== 'severity' || /[*?]/.test(value)) return sign + value;
  const severity = value.toLowerCase();
  if (isSeverity(severity)) return sign + severity;
  throw new Mistake(
    `${found(value)} is no severity${didYouMean(value, SEVERITIES) || '.'} Expected: ${anyOf(SEVERITIES)}.`,
    words.instead(word, `severity:${isNegated ? '-' : ''}${nearest(value, SEVERITIES) ?? 'warning'}`),
  );
}

function noValue(words: Words, word: Word): Mistake {
  const next = words.peek();
  if (next !== undefined && isValueAlone(words, next)) return spacedValue(words, word, next);
  return new Mistake(
    `${found(word.text)} has no value; one was expected after the colon and after each comma.`,
    words.instead(word, word.literal.includes(true) ? 'repo:acme/api' : fewerCommas(word.text)),
  );
}

/** `repo:a,,b` as `repo:a,b`; a condition to copy where nothing else is left. */
function fewerCommas(text: string): string {
  const fewer = text.replace(/,(?=,|$)/g, '').replace(/:,/, ':');
  return fewer === text ? 'repo:acme/api' : fewer;
}

const endsInComma = (word: Word): boolean => word.text.endsWith(',') && word.literal[word.text.length - 1] === false;

const isValueAlone = (words: Words, word: Word): boolean =>
  clauseOf(words, word) === undefined && !word.text.includes(':');

const spacedValue = (words: Words, word: Word, next: Word): Mistake =>
  new Mistake(
    `There is a space between ${found(word.text)} and ${found(next.text)}; a label and its values are one word.`,
    words.instead({ start: word.end, end: next.start }, ''),
  );
