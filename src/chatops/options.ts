import type { ChatCommand } from '../core/chat.ts';
import { didYouMean } from '../core/nearest.ts';
import type { Command, CommandName } from './command.ts';
import { unexpected } from './grammar/clauses.ts';
import type { Draft } from './grammar/draft.ts';
import { FORMS } from './grammar/forms.ts';
import { COMMANDS, commandNamed } from './grammar/keywords.ts';
import { anyOf, found, Mistake } from './grammar/mistake.ts';
import { TYPED, type TypedOption } from './grammar/typed.ts';
import { LONGEST_TEXT, printable, toGrammarError } from './grammar.ts';
import {
  printAbout,
  printChannel,
  printDuration,
  printName,
  printNumbered,
  printSample,
  printSource,
  printTarget,
  printUntil,
  printWhere,
} from './print.ts';
import { readWords, reasonOf } from './tokens.ts';

type Options = Readonly<Record<string, string>>;

/** The commands that platforms with typed options register. */
export const CHAT_COMMANDS: readonly ChatCommand[] = COMMANDS.flatMap((name) => {
  const { description, options } = TYPED[name];
  if (description === undefined) return [];
  return [{ name, description, options: options.map(({ read, ...option }) => option) }];
});

/** A command with typed options: the same as the text with the same words. Throws `GrammarError` only. */
export function commandFromOptions(name: string, options: Options): Command {
  const command = commandNamed(name);
  let values = options;
  let at = '';
  const read = (): Command =>
    readOptions(command ?? noCommand(name), values, (option) => {
      at = option;
    });
  try {
    return read();
  } catch (error) {
    throw toGrammarError(error, command, (corrected) => {
      values = { ...values, [at]: corrected };
      return read();
    });
  }
}

/** Reads the options in the order of their table; says first which one it is at. */
function readOptions(name: CommandName, values: Options, reading: (option: string) => void): Command {
  const { options } = TYPED[name];
  checkSize(values);
  const draft: Draft = {};
  for (const option of options) {
    const value = Object.hasOwn(values, option.name) ? values[option.name] : undefined;
    if (value !== undefined && reasonOf(value) !== undefined) {
      reading(option.name);
      readOption(name, option, { value, draft });
    } else if (option.required) {
      throw new Mistake(`"${name}" needs "${option.name}". ${option.description}.`);
    }
  }
  reading('');
  const known = options.map((option) => option.name);
  const stranger = Object.keys(values).find((option) => !known.includes(option));
  if (stranger !== undefined)
    throw new Mistake(`"${name}" has no option ${found(stranger)}${didYouMean(stranger, known) || '.'}`);
  return printable(FORMS[name].command(draft));
}

function readOption(
  name: CommandName,
  option: TypedOption,
  { value, draft }: { readonly value: string; readonly draft: Draft },
): void {
  const words = readWords(value, { hasClauses: false });
  option.read(words, draft);
  const left = words.peek();
  if (left !== undefined) throw unexpected(words, left, { command: `${name} ${option.name}`, clauses: [] });
}

function checkSize(values: Options): void {
  const size = Object.values(values).reduce((sum, value) => sum + value.length, 0);
  if (size > LONGEST_TEXT)
    throw new Mistake(
      `That is ${size.toLocaleString('en')} characters long; a command has at most ${LONGEST_TEXT.toLocaleString('en')}.`,
    );
}

function noCommand(name: string): never {
  const known = CHAT_COMMANDS.map((command) => command.name);
  throw new Mistake(`${found(name)} is no command${didYouMean(name, known) || '.'} There are ${anyOf(known)}.`);
}

/** How the same command is typed with options, without the prefix: `mute what:github for:2h because:deploy`. */
export const printOptions = (command: Command): string =>
  [command.name, ...Object.entries(optionsOf(command)).map(([name, value]) => `${name}:${value}`)].join(' ');

/** The options that give this command. */
export function optionsOf(command: Command): Options {
  const all = Object.entries(valuesOf(command));
  return Object.fromEntries(
    all.filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}

function valuesOf(command: Command): Readonly<Record<string, string | undefined>> {
  switch (command.name) {
    case 'help':
      return { topic: command.topic };
    case 'list':
      return { what: command.what };
    case 'status':
    case 'export':
      return {};
    case 'mute': {
      const { target, where, end, in: channel, everywhere, because } = command;
      return {
        what: target && printTarget(target),
        where: printWhere(where),
        for: end?.kind === 'for' ? printDuration(end.ms) : undefined,
        until: end === undefined || end.kind === 'for' ? undefined : printUntil(end),
        in: channel && printChannel(channel),
        everywhere: everywhere ? 'yes' : undefined,
        because,
      };
    }
    case 'unmute':
      return { which: printNumbered(command.which) };
    case 'route': {
      const { where, to, forMs, mode, because } = command;
      return {
        what: printSource(command),
        to: printChannel(to),
        where: printWhere(where),
        for: forMs === undefined ? undefined : printDuration(forMs),
        mode: mode === 'move' ? mode : undefined,
        because,
      };
    }
    case 'unroute':
      return { which: typeof command.which === 'string' ? printName(command.which) : printNumbered(command.which) };
    case 'why':
      return { about: command.about.kind === 'this' ? undefined : printAbout(command.about) };
    case 'recent':
      return { count: command.count?.toString(), source: command.source && printName(command.source) };
    case 'replay':
      return {
        event: command.event,
        to: command.to && printChannel(command.to),
        now: command.now ? 'yes' : undefined,
      };
    case 'test':
      return { sample: printSample(command), to: command.to && printChannel(command.to) };
    case 'acknowledge':
      return { event: command.event };
    case 'post':
      return { mute: command.mute };
  }
}
