import { escapeMarkdown } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../../src/platforms/clean-text.ts';
import { escapeDiscord, escapeLine, fence, inlineCode } from '../../src/platforms/discord/escape.ts';
import { aliveIn } from './discord-alive.ts';

const ZERO_WIDTH = '\u200B';

/** Text made mostly of what Discord's Markdown is made of. */
const markupText = fc
  .array(fc.constantFrom(...'\\*_~|`[]()<>@#&:!-+.\n 019ax', '```', '@everyone', '](', '-# ', '# ', '1. ', '* ', '||'))
  .map((pieces) => pieces.join(''));

/** Where in the original a backslash was put before a character. */
function escapedPlaces(original: string, escaped: string): readonly number[] {
  const places: number[] = [];
  let at = 0;
  for (let i = 0; i < escaped.length; i++) {
    if (escaped[i] === ZERO_WIDTH) continue;
    if (escaped[i] === '\\' && !(original[at] === '\\' && escaped[i + 1] !== '\\')) {
      places.push(at);
      i += 1;
    }
    at += 1;
  }
  return places;
}

describe('escapeDiscord', () => {
  it.each([
    ['marks', '*b* _i_ ~~s~~ ||x|| `c` \\', '\\*b\\* \\_i\\_ \\~\\~s\\~\\~ \\|\\|x\\|\\| \\`c\\` \\\\'],
    ['mentions and times', '<@1> <@&2> <#3> <t:0:R> </help:1>', '\\<@1> \\<@&2> \\<#3> \\<t:0:R> \\</help:1>'],
    ['broadcasts', '@everyone @here @mona', `@${ZERO_WIDTH}everyone @${ZERO_WIDTH}here @mona`],
    ['masked links', '[a](b)', '\\[a\\](b)'],
    ['headings', '# a\n ## b\nC# is #12', '\\# a\n \\#\\# b\nC\\# is #12'],
    ['quotes and subtext', '> a\n>>> b\n-# c', '\\> a\n\\>>> b\n\\-\\# c'],
    ['lists', '- a\n  * b\n+ c\n1. d\n2) e', '\\- a\n  \\* b\n\\+ c\n1\\. d\n2\\) e'],
    ['controls and directions', 'a\u0000\u001B[31m\u202Eb\r\nc', 'a\\[31mb\nc'],
    ['half a character', 'a\uD800b 😀', 'a\uFFFDb 😀'],
    ['nothing', 'v1.2.3 is (mostly) done: 3 > 2 & 1 + 1', 'v1.2.3 is (mostly) done: 3 > 2 & 1 + 1'],
  ])('takes the meaning from %s', (_, text, expected) => {
    expect(escapeDiscord(text)).toBe(expected);
  });

  it.each([
    ['bare', 'see https://example.com/a?b=c.', 'see <https://example.com/a?b=c>.'],
    ['at the end', 'see https://example.com/a', 'see https://example.com/a'],
    ['with marks in it', 'https://example.com/a_b_(c) x', '<https://example.com/a_b_(c)> x'],
    [
      'with a way out',
      'https://example.com/](https://evil.example)',
      '<https://example.com/>\\](<https://evil.example>)',
    ],
  ])('keeps an address clickable: %s', (_, text, expected) => {
    expect(escapeDiscord(text)).toBe(expected);
  });

  it('escapes at least what discord.js escapes', () => {
    fc.assert(
      fc.property(markupText, (text) => {
        const oracle = escapeMarkdown(text, {
          heading: true,
          bulletedList: true,
          numberedList: true,
          maskedLink: true,
        });
        const ours = new Set(escapedPlaces(text, escapeDiscord(text)));
        expect(escapedPlaces(text, oracle).filter((place) => !ours.has(place))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves nothing alive, and every character in place', () => {
    fc.assert(
      fc.property(markupText, (text) => {
        const escaped = escapeDiscord(text);
        expect(aliveIn(escaped)).toEqual([]);
        expect(escaped.replace(/\\([^0-9A-Za-z\s])/g, '$1').replaceAll(ZERO_WIDTH, '')).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes time in proportion to the text', () => {
    for (const piece of [' ', '\n', '1', 'https://', '#', '@', '\\', '.']) {
      expect(escapeDiscord(piece.repeat(300_000)).length).toBeGreaterThanOrEqual(300_000);
    }
  });
});

describe('escapeLine', () => {
  it('makes one line without clickable addresses', () => {
    expect(escapeLine(' a\n\nb_c  https://x.example/a_b ')).toBe('a b\\_c https://x.example/a\\_b');
  });
});

describe('code', () => {
  it('cannot be left', () => {
    expect(fence('a\n```\n@everyone', 'ts')).toBe(`\`\`\`ts\na\n\`${ZERO_WIDTH}\`${ZERO_WIDTH}\`\n@everyone\n\`\`\``);
    expect(fence('x', 'ts\n```')).toBe('```\nx\n```');
    expect(inlineCode('a*b')).toBe('`a*b`');
    expect(inlineCode('a`b``')).toBe(`\`\`${ZERO_WIDTH}a\`b\`${ZERO_WIDTH}\`${ZERO_WIDTH}\`\``);
    expect(inlineCode('a\nb')).toBe('`a b`');
    expect(inlineCode(' ')).toBe('');
  });

  it('holds whatever text', () => {
    fc.assert(
      fc.property(markupText, (text) => {
        expect(aliveIn(fence(text))).toEqual([]);
        expect(aliveIn(inlineCode(text))).toEqual([]);
      }),
    );
  });
});

describe('cleanText', () => {
  it('keeps emoji families and accents', () => {
    expect(cleanText('👩‍👩‍👧 e\u0301 日本')).toBe('👩‍👩‍👧 e\u0301 日本');
  });
});
