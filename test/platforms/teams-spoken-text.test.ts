import { describe, expect, it } from 'vitest';
import { SPOKEN_CHARS } from '../../src/platforms/teams/limits.ts';
import { mentionsIn, spokenText } from '../../src/platforms/teams/spoken-text.ts';

const BOT = '28:bot';
const mention = (id: string, name: string) => ({ type: 'mention', text: `<at>${name}</at>`, mentioned: { id, name } });
const bellhop = mention(BOT, 'Bellhop');
const heard = (text: string, ...entities: readonly unknown[]) => spokenText(text, mentionsIn({ entities }), BOT);

describe('what was said to the bot', () => {
  it.each<readonly [string, string, readonly unknown[], string]>([
    ['without its name', '<at>Bellhop</at>&nbsp;mute disk 2h\n', [bellhop], 'mute disk 2h'],
    ['with its name at the end', 'status <at>Bellhop</at>', [bellhop], 'status'],
    ['with its name in a tag with an id', '<at id="0">Bellhop</at> status', [bellhop], 'status'],
    ['named twice', '<at>Bellhop</at> status <at>Bellhop</at>', [bellhop, bellhop], 'status'],
    [
      'with somebody of the same name',
      '<at>Bellhop</at> mute alerts because <at>Bellhop</at> said so',
      [bellhop, mention('29:other', 'Bellhop')],
      'mute alerts because Bellhop said so',
    ],
    [
      'after somebody of the same name',
      '<at>Bellhop</at> said: <at>Bellhop</at> status',
      [mention('29:other', 'Bellhop'), bellhop],
      'Bellhop said: status',
    ],
    [
      'with others, as they are called',
      '<at>Bellhop</at> mute x because <at>Bob &amp; Co</at>',
      [bellhop, mention('29:bob', 'Bob &amp; Co')],
      'mute x because Bob & Co',
    ],
    ['with a tag that means nobody', '<at>Bellhop</at> mute <at>disk</at>', [bellhop], 'mute disk'],
    [
      'with a channel that was tagged',
      '<at>Bellhop</at> route alerts to <at>War room</at>',
      [bellhop, mention('19:war@thread.tacv2', 'War room')],
      'route alerts to <#19:war@thread.tacv2>',
    ],
    [
      'decoded',
      '<at>Bellhop</at> mute a &lt; b &gt; c &amp; &quot;d&quot; &#39;e&#x27;',
      [bellhop],
      `mute a < b > c & "d" 'e'`,
    ],
    ['decoded once', '<at>Bellhop</at> &amp;lt;at&amp;gt;', [bellhop], '&lt;at&gt;'],
    ['with a tag that somebody typed', '<at>Bellhop</at> &lt;at&gt;x&lt;/at&gt;', [bellhop], '<at>x</at>'],
    ['on one line', '<at>Bellhop</at>\r\n mute\u00A0disk \n\n for&nbsp;2h', [bellhop], 'mute disk for 2h'],
    ['without what it quotes', '<quoted messageId="17"/> <at>Bellhop</at> why', [bellhop], 'why'],
    ['and nothing else', '<at>Bellhop</at>', [bellhop], ''],
    [
      'in letters that are none',
      '<at>Bellhop</at> &#0; &#9999999; &#x110000; &bogus;',
      [bellhop],
      '&#0; &#9999999; &#x110000; &bogus;',
    ],
  ])('%s', (_name, text, entities, expected) => {
    expect(heard(text, ...entities)).toBe(expected);
  });

  it('is looked at as far as a command could be long, at once', () => {
    expect(heard('x'.repeat(1_000_000))).toHaveLength(SPOKEN_CHARS);
    for (const piece of ['<at>', '<at >', '<at x', '&#', '&amp', '<quoted ', '</at>', '<at><at></at>', '\u00A0'])
      expect(heard(piece.repeat(300_000)).length).toBeLessThanOrEqual(SPOKEN_CHARS);
  });
});

describe('whom a text names', () => {
  it.each([
    undefined,
    null,
    'x',
    7,
    {},
    [null, 7, 'x', []],
    [{ type: 'mention' }],
    [{ type: 'mention', mentioned: {} }],
  ])('is nobody by %j', (entities) => {
    expect(mentionsIn({ entities })).toEqual([]);
  });

  it('is looked for among the first hundred', () => {
    expect(mentionsIn({ entities: Array.from({ length: 10_000 }, () => bellhop) })).toHaveLength(100);
    expect(mentionsIn({ entities: [{ ...bellhop, text: '<at>'.repeat(100_000) }] })).toEqual([{ id: BOT, name: '' }]);
  });
});
