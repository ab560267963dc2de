import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPlainText } from '../../src/core/message.ts';
import { mrkdwnBlocks, mrkdwnLine } from '../../src/sources/markup/mrkdwn.ts';
import { writeMarkdown } from '../../src/sources/markup/write-markdown.ts';

const markdown = (mrkdwn: string): string => writeMarkdown(mrkdwnBlocks(mrkdwn));

describe('mrkdwn as Markdown', () => {
  it.each([
    ['bold', '*down* now', '**down** now'],
    ['italic', 'is _really_ down', 'is _really_ down'],
    ['struck', '~old~ new', '~~old~~ new'],
    ['marks within marks', '*a _b_ c*', '**a _b_ c**'],
    ['Markdown’s own bold', '**down** now', '**down** now'],
    ['no italic within a word', 'shop_db_main', 'shop\\_db\\_main'],
    ['no bold in a sum', '2*3*4', '2\\*3\\*4'],
    ['a mark that nothing closes', '*down and _out_', '\\*down and _out_'],
    ['marks that cross', '*a _b* c_', '**a \\_b** c\\_'],
    ['marks over two lines', '*a\nb*', '\\*a\nb\\*'],
    ['code', 'run `a*b*c` twice', 'run `a*b*c` twice'],
    ['code with references', '`a &lt; b`', '`a < b`'],
    ['a block of code', 'log:\n```\nx &amp;&amp; *y*\n```\nend', 'log:\n\n```\nx && *y*\n```\n\nend'],
    ['an address with words', '<https://a.example/x|the page>', '[the page](<https://a.example/x>)'],
    ['an address with emoji in its words', '<https://a.example/|:fire: hot>', '[🔥 hot](<https://a.example/>)'],
    ['Markdown’s own link', '[the page](https://a.example/x)', '[the page](<https://a.example/x>)'],
    ['marks in a bare address', 'https://a.example/a_b_c _x_', '<https://a.example/a_b_c> _x_'],
    ['no address', '<javascript:alert(1)|press>', 'press'],
    ['a call to everybody', '<!channel> and <!here|@here>', '@channel and @here'],
    ['a call to people', '<@U012AB3CD> <@U1|mona> <!subteam^S1|@ops>', '@someone @mona @ops'],
    ['a channel', '<#C1|general> <#C2>', '\\#general #channel'],
    ['a time', '<!date^1763726400^{date} at {time}|21 Nov>', '21 Nov'],
    ['a time without words', '<!date^1763726400^{date}>', '21 Nov, 12:00 UTC'],
    ['less than', 'a < b > c', 'a \\< b \\> c'],
    ['references', '&lt;b&gt; &amp;amp;', '\\<b\\> \\&amp;'],
    ['emoji', ':white_check_mark: done :shipit:', '✅ done :shipit:'],
    ['a quote', '&gt; a\n> b\nc', '> a\n> b\n\nc'],
    ['a quote to the end', 'x\n>>> a\nb', 'x\n\n> a\n> b'],
    ['a list', '• a\n- b\ntext', '- a\n- b\n\ntext'],
    ['numbers', '1. a\n2. b', '1\\. a\n2\\. b'],
    ['two paragraphs', 'a\n\nb', 'a\n\nb'],
    ['HTML', '<b>x</b>', '\\<b\\>x\\</b\\>'],
  ])('%s', (_name, mrkdwn, expected) => {
    expect(markdown(mrkdwn)).toBe(expected);
  });

  it('reads whatever is written, however long', () => {
    for (const piece of ['*a ', '_a', '~a', '`', '<', '[', '<!', ':x', '```', '> ', 'https://a', '*_~'])
      expect(toPlainText(mrkdwnBlocks(piece.repeat(50_000))).length).toBeLessThanOrEqual(6_100);
  });

  it('never throws', () => {
    const marks = fc.constantFrom(
      '*',
      '_',
      '~',
      '`',
      '<',
      '>',
      '|',
      '\n',
      ' ',
      'a',
      ':',
      '&lt;',
      '!',
      '@',
      '```',
      '[',
      '](',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(marks, fc.string()), { maxLength: 40 }), (pieces) => {
        expect(typeof markdown(pieces.join(''))).toBe('string');
      }),
      { numRuns: 500 },
    );
  });
});

it('is plain words in a title', () => {
  expect(mrkdwnLine('*Build* <https://a.example/|#128> of `api` :x:')).toBe('Build #128 of api ❌');
});
