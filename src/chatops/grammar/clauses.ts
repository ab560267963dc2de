import { nearest } from '../../core/nearest.ts';
import { reasonOf, type Word, type Words } from '../tokens.ts';
import type { Draft } from './draft.ts';
import { durationOf, readDuration, readUntil } from './end.ts';
import { type Clause, clauseOf, isClause } from './keywords.ts';
import { anyOf, found, Mistake } from './mistake.ts';
import { readChannel } from './names.ts';
import { readWhere } from './where.ts';

/** Reads what follows a clause's word into the draft; without `word` it is the value of a typed option. */
type ReadClause = (words: Words, draft: Draft, word?: Word) => void;

export const READ_CLAUSE: Readonly<Record<Clause, ReadClause>> = {
  where(words, draft, word) {
    draft.where ??= new Map();
    readWhere(words, draft.where, word);
  },
  for(words, draft, word) {
    const end = { kind: 'for', ms: readDuration(words, word) } as const;
    once(draft.end, 'The end', { words, word });
    draft.end = end;
  },
  until(words, draft, word) {
    const end = readUntil(words, word);
    once(draft.end, 'The end', { words, word });
    draft.end = end;
  },
  forever(words, draft, word) {
    once(draft.end, 'The end', { words, word });
    draft.end = { kind: 'forever' };
  },
  in(words, draft, word) {
    const channel = readChannel(words, word);
    once(draft.in ?? draft.everywhere, 'Where it holds', { words, word });
    draft.in = channel;
  },
  everywhere(words, draft, word) {
    once(draft.in ?? draft.everywhere, 'Where it holds', { words, word });
    draft.everywhere = true;
  },
  to(words, draft, word) {
    const channel = readChannel(words, word);
    once(draft.to, 'The channel', { words, word });
    draft.to = channel;
  },
  copy(words, draft, word) {
    once(draft.mode, '"copy" or "move"', { words, word });
    draft.mode = 'copy';
  },
  move(words, draft, word) {
    once(draft.mode, '"copy" or "move"', { words, word });
    draft.mode = 'move';
  },
  now(words, draft, word) {
    once(draft.now, '"now"', { words, word });
    draft.now = true;
  },
  because(words, draft, word) {
    const reason = reasonOf(words.rest());
    if (reason === undefined)
      throw new Mistake('"because" needs a reason after it.', word && words.instead(word, 'because deploy'));
    draft.because = reason;
  },
};

/** Refuses the second of its sort. */
function once(
  before: unknown,
  what: string,
  { words, word }: { readonly words: Words; readonly word: Word | undefined },
): void {
  if (before === undefined) return;
  const without = word && words.instead({ start: word.start, end: words.at() }, '');
  throw new Mistake(`${what} is said twice; once is enough.`, without);
}

/** Everything after what a command is about, in any order. */
export function readClauses(
  words: Words,
  draft: Draft,
  about: { readonly command: string; readonly clauses: readonly Clause[] },
): void {
  for (let word = words.next(); word !== undefined; word = words.next()) {
    const clause = clauseOf(words, word);
    if (clause === undefined || !about.clauses.includes(clause)) throw unexpected(words, word, about);
    READ_CLAUSE[clause](words, draft, word);
  }
}

/** A word nobody waited for, with what it was probably meant to be. */
export function unexpected(
  words: Words,
  word: Word,
  { command, clauses }: { readonly command: string; readonly clauses: readonly Clause[] },
): Mistake {
  const expected = clauses.length === 0 ? '' : ` Expected: ${anyOf(clauses)}.`;
  const clause = clauseOf(words, word);
  if (clause !== undefined) {
    const other = OTHER_WORD.find(([one]) => one === clause)?.[1];
    const meant = clauses.find((known) => known === other);
    const hint = meant === undefined ? '.' : `; did you mean "${meant}"?`;
    return new Mistake(`"${command}" takes no "${clause}"${hint}${expected}`, words.instead(word, meant ?? ''));
  }
  const meant = guess(word, clauses);
  const complete = clauses.length === 0 ? `; "${command}" is complete without it.` : '.';
  const hint = meant === undefined ? complete : `; did you mean ${found(meant)}?`;
  return new Mistake(`${found(word.text)} was not expected here${hint}${expected}`, words.instead(word, meant ?? ''));
}

/** Channels are named after `in` by one command and after `to` by another. */
const OTHER_WORD: readonly (readonly [Clause, Clause])[] = [
  ['to', 'in'],
  ['in', 'to'],
];

function guess(word: Word, clauses: readonly Clause[]): string | undefined {
  const { text } = word;
  const option = text.slice(0, Math.max(0, text.indexOf(':'))).toLowerCase();
  const guesses: readonly (readonly [clause: Clause, fits: boolean, meant: string])[] = [
    ['for', durationOf(text) !== undefined, `for ${text}`],
    ['until', /^(?:\d\d?(?::\d\d)?[ap]m|\d\d?:\d\d|\d{4}-\d\d-\d\d|resolved)$/i.test(text), `until ${text}`],
    ['to', /^<?#/.test(text), `to ${text}`],
    ['in', /^<?#/.test(text), `in ${text}`],
    // As commands with options are typed elsewhere: `for:2h`.
    ...clauses.map((clause) => [clause, clause === option, text.replace(':', ' ')] as const),
    ['where', /^[-!]?[\p{L}_][^:=]*!?[:=]+[^:=]/u.test(text) && !isClause(option), `where ${text}`],
  ];
  const fitting = guesses.find(([clause, fits]) => fits && clauses.includes(clause))?.[2] ?? nearest(text, clauses);
  // What takes a channel before all else was probably given one.
  return fitting ?? (clauses[0] === 'to' && /^[\w.-]+$/.test(text) ? `to ${text}` : undefined);
}
