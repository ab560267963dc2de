import type { CommandName } from '../command.ts';
import { keywordOf, type Word, type Words } from '../tokens.ts';

/** Words that begin a clause, in every command: a name that is one of them is written in quotes. */
export const CLAUSES = [
  'where',
  'for',
  'until',
  'forever',
  'in',
  'everywhere',
  'to',
  'copy',
  'move',
  'now',
  'because',
] as const;
export type Clause = (typeof CLAUSES)[number];

export const isClause = (word: string): word is Clause => CLAUSES.some((known) => known === word);

/** The clause this word begins, if it begins one. */
export function clauseOf(words: Words, word: Word | undefined): Clause | undefined {
  const keyword = keywordOf(word);
  return words.hasClauses && isClause(keyword) ? keyword : undefined;
}

export const COMMANDS = [
  'help',
  'list',
  'status',
  'mute',
  'unmute',
  'route',
  'unroute',
  'why',
  'recent',
  'replay',
  'test',
  'acknowledge',
  'post',
  'export',
] as const satisfies readonly CommandName[];

/** The command that goes by this word. */
export function commandNamed(word: string): CommandName | undefined {
  const name = word.toLowerCase();
  return name === 'ack' ? 'acknowledge' : COMMANDS.find((known) => known === name);
}

/** Words that mean something where a name could stand. */
const MEANING = new Set<string>([...CLAUSES, 'route', 'key', 'event', 'this', 'here', 'all']);
const ID_OR_NUMBER = /^(?:(?:evt|dlv|mute)_.*|#.*|\d+)$/i;

/** Whether a name must be quoted to be nothing but a name. */
export const hasMeaning = (name: string): boolean => MEANING.has(name.toLowerCase()) || ID_OR_NUMBER.test(name);

export const EVENT_ID = /^evt_[\w-]{1,80}$/;
export const DELIVERY_ID = /^dlv_[\w-]{1,80}$/;
export const MUTE_ID = /^mute_[\w-]{1,80}$/;
