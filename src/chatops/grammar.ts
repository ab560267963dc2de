import { CommandError } from '../core/errors.ts';
import { didYouMean, nearest } from '../core/nearest.ts';
import type { Command, CommandName } from './command.ts';
import { readClauses } from './grammar/clauses.ts';
import type { Draft } from './grammar/draft.ts';
import { FORMS } from './grammar/forms.ts';
import { COMMANDS, commandNamed } from './grammar/keywords.ts';
import { found, Mistake } from './grammar/mistake.ts';
import { printCommand } from './print.ts';
import { readWords, type Word, type Words } from './tokens.ts';

/** What was typed is no command. The message names what was found and what was expected, without the platform's prefix. */
export class GrammarError extends CommandError {
  /** A whole command that can be read, without prefix: what was meant, where that is clear. */
  readonly example: string;
  /** The command it was about. */
  readonly topic?: CommandName;

  constructor(message: string, about: { readonly example: string; readonly topic?: CommandName | undefined }) {
    super(message, 2);
    this.name = 'GrammarError';
    this.example = about.example;
    if (about.topic !== undefined) this.topic = about.topic;
  }
}

export const LONGEST_TEXT = 3_000;

/** Reads what somebody typed, without `/bellhop` or `@Bellhop`; nothing means help. Throws `GrammarError` only. */
export function parseCommand(text: string): Command {
  try {
    return readText(text);
  } catch (error) {
    throw toGrammarError(error, topicOf(text), (corrected) => readText(corrected));
  }
}

/**
 * The mistake with an example: the corrected command where it can be read, else one of the same sort. What is no
 * mistake of somebody typing comes back as it is.
 */
export function toGrammarError(
  error: unknown,
  topic: CommandName | undefined,
  read: (corrected: string) => Command,
): unknown {
  if (!(error instanceof Mistake)) return error;
  const meant = meantBy(error, read);
  const example = meant === undefined ? undefined : printCommand(meant);
  const isShort = example !== undefined && example.length <= 200;
  return new GrammarError(error.message, { example: isShort ? example : FORMS[topic ?? 'help'].example, topic });
}

const MOST_MISTAKES = 5;

/** The command with its mistakes corrected, one after the other; undefined when that leads nowhere. */
function meantBy(first: Mistake, read: (corrected: string) => Command): Command | undefined {
  let { corrected } = first;
  for (let i = 0; i < MOST_MISTAKES && corrected !== undefined; i++) {
    try {
      return read(corrected);
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      corrected = error.corrected;
    }
  }
  return undefined;
}

function readText(text: string): Command {
  if (text.length > LONGEST_TEXT)
    throw new Mistake(
      `That is ${text.length.toLocaleString('en')} characters long; a command has at most ${LONGEST_TEXT.toLocaleString('en')}.`,
    );
  const words = readWords(text);
  const first = firstWord(words);
  if (first === undefined) return { name: 'help' };
  const name = commandNamed(first.text);
  if (name === undefined) throw noCommand(words, first);
  const form = FORMS[name];
  const draft: Draft = {};
  form.subject(words, draft, first);
  readClauses(words, draft, { command: name, clauses: form.clauses });
  return printable(form.command(draft));
}

/** The command's name. People type the prefix out of habit, where the platform does not want one. */
function firstWord(words: Words): Word | undefined {
  const first = words.next();
  return first !== undefined && /^[/@]?bellhop$/i.test(first.text) ? words.next() : first;
}

function topicOf(text: string): CommandName | undefined {
  try {
    const word = firstWord(readWords(text.slice(0, LONGEST_TEXT)))?.text ?? '';
    return commandNamed(word) ?? commandNamed(nearest(word, COMMANDS) ?? '');
  } catch (error) {
    if (error instanceof Mistake) return undefined;
    throw error;
  }
}

function noCommand(words: Words, word: Word): Mistake {
  const near = nearest(word.text, COMMANDS);
  const known = near === undefined ? ` There are ${COMMANDS.join(', ')}.` : '';
  return new Mistake(
    `${found(word.text)} is no command${didYouMean(word.text, COMMANDS) || '.'}${known}`,
    words.instead(word, near ?? 'help'),
  );
}

/** The command, which can also be written down within the limit: quotes may make it longer than it was typed. */
export function printable(command: Command): Command {
  if (printCommand(command).length <= LONGEST_TEXT) return command;
  throw new Mistake(`With all its quotes that is longer than ${LONGEST_TEXT.toLocaleString('en')} characters.`);
}
