import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/chatops/command.ts';
import { GrammarError, parseCommand } from '../../src/chatops/grammar.ts';
import { commandFromOptions, optionsOf } from '../../src/chatops/options.ts';
import { printCommand } from '../../src/chatops/print.ts';
import { anyCommand, anyText, wordSoup } from './grammar-arbitraries.ts';

/** Undefined for what is refused; anything else that is thrown fails the test. */
function read(parse: () => Command): Command | GrammarError {
  try {
    return parse();
  } catch (error) {
    if (error instanceof GrammarError) return error;
    throw error;
  }
}

/** An answer comes back, what was read is printed and read again, and a refusal's example can be copied. */
function holds(answer: Command | GrammarError): void {
  if (answer instanceof GrammarError) {
    expect(answer.message).not.toBe('');
    expect(answer.message).not.toMatch(/[\p{Cc}\p{Cs}]/u);
    expect(answer.message.length).toBeLessThan(400);
    parseCommand(answer.example);
    return;
  }
  const printed = printCommand(answer);
  const again = parseCommand(printed);
  deepStrictEqual(again, answer);
  expect(printCommand(again)).toBe(printed);
  deepStrictEqual(commandFromOptions(answer.name, optionsOf(answer)), answer);
}

const commandsText = anyCommand.map(printCommand);
/** A command with one character changed, as fingers do. */
const mistyped = fc
  .tuple(commandsText, fc.nat(), anyText)
  .map(
    ([text, at, typed]) =>
      text.slice(0, at % (text.length + 1)) + typed.slice(0, 1) + text.slice((at % (text.length + 1)) + 1),
  );

describe('whatever is typed', () => {
  it.each([
    ['anything', fc.oneof(anyText, fc.string({ unit: 'binary', maxLength: 4_000 })), 1_000],
    [
      'a command and anything',
      fc
        .tuple(fc.constantFrom('mute ', 'route x ', 'why ', 'mute github where '), anyText)
        .map((parts) => parts.join('')),
      1_000,
    ],
    ['the grammar’s words in any order', wordSoup, 2_000],
    ['a command with a typing mistake', mistyped, 1_000],
  ] as const)('%s: an answer comes back and its print reads the same', (_, texts, numRuns) => {
    fc.assert(
      fc.property(texts, (text) => holds(read(() => parseCommand(text)))),
      { numRuns },
    );
  });

  it('the soup is edible: more than half of it is commands', () => {
    const soup = fc.sample(wordSoup, { numRuns: 500, seed: 7 });
    const eaten = soup.filter((text) => !(read(() => parseCommand(text)) instanceof GrammarError));
    expect(eaten.length).toBeGreaterThan(250);
  });

  it('options of any name with anything in them: an answer comes back', () => {
    const name = fc.constantFrom(
      'mute',
      'route',
      'why',
      'recent',
      'unmute',
      'test',
      'nonsense',
      '__proto__',
      'toString',
    );
    const option = fc.constantFrom(
      'what',
      'where',
      'for',
      'until',
      'in',
      'to',
      'because',
      'about',
      'which',
      'count',
      'mode',
      'x',
      '__proto__',
    );
    const options = fc.dictionary(
      option,
      fc.oneof(anyText, fc.constantFrom('github', '2h', 'here', 'repo:a', '#3', '5', 'copy')),
    );
    fc.assert(
      fc.property(name, options, (command, values) => holds(read(() => commandFromOptions(command, values)))),
      { numRuns: 2_000 },
    );
  });
});

describe('every command', () => {
  it('is printed and read again as the same, as a text and as options', () => {
    fc.assert(
      fc.property(anyCommand, (command) => {
        deepStrictEqual(parseCommand(printCommand(command)), command);
        deepStrictEqual(commandFromOptions(command.name, optionsOf(command)), command);
      }),
      { numRuns: 3_000 },
    );
  });
});
