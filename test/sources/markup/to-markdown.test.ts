import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPlainText } from '../../../src/core/message.ts';
import { adfToMarkdown, toMarkdown } from '../../../src/sources/markup/to-markdown.ts';
import { readBack } from './read-back.ts';

describe('HTML', () => {
  it.each<[string, string, string]>([
    ['keeps bold, italic, struck and code', '<b>a</b> <em>b</em> <del>c</del> <code>d*</code>', '**a** _b_ ~~c~~ `d*`'],
    ['puts white space outside of marks', 'see <b>this </b>and<i> that</i>', 'see **this** and _that_'],
    ['leaves out a mark that Markdown would not read', 'a<b>"q"</b>b', 'a"q"b'],
    [
      'has links',
      '<a href="https://a.example/x?y=1&amp;z=2">the <b>page</b></a>',
      '[the **page**](<https://a.example/x?y=1&amp;z=2>)',
    ],
    [
      'links nothing else than the web and mail',
      '<a href="javascript:alert(1)">a</a> <a href="/b">b</a> <a href="mailto:m@a.example">c</a>',
      'a b [c](<mailto:m@a.example>)',
    ],
    [
      'has paragraphs and lines',
      '<p>one<br>two</p><div>three</div>four<br><br>five',
      'one\ntwo\n\nthree\n\nfour\n\nfive',
    ],
    [
      'has lists in lists',
      '<ul><li>a<ol start="3"><li>b</li></ol></li><li><p>c</p><p>d</p></li></ul>',
      '- a\n\n  3. b\n- c\n\n  d',
    ],
    ['has quotes', '<blockquote><p>a</p><p>b</p></blockquote>', '> a\n>\n> b'],
    [
      'has code as it is written',
      '<pre><code class="language-ts">a &lt; b\n  ```</code></pre>',
      '````ts\na < b\n  ```\n````',
    ],
    ['has headings', '<h2>Why #</h2>', '### Why \\#'],
    [
      'has tables with headings',
      '<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td><b>3</b></td></tr></table>',
      '| a | b |\n| --- | --- |\n| 1\\|2 | **3** |',
    ],
    ['reads the tables of mail cell by cell', '<table><tr><td><p>a</p></td><td>b</td></tr></table>', 'a\n\nb'],
    [
      'shows no picture, script or hidden text',
      '<img src="x" alt="y"><script>a</script><style>b</style><p style="display: none">c</p>d',
      'd',
    ],
    ['is literal where it is text', '1. &lt;b&gt; *x* [y](z) # &amp;amp;', '1\\. \\<b\\> \\*x\\* \\[y\\](z) # \\&amp;'],
    [
      'links addresses in text',
      'see https://a.example/a_b. or m_x@a.example',
      'see <https://a.example/a_b>. or <m_x@a.example>',
    ],
    ['is nothing', '<p> </p><br>', ''],
  ])('%s', (_name, html, expected) => {
    expect(toMarkdown(html, 'html')).toBe(expected);
  });
});

describe('wiki text', () => {
  it.each<[string, string, string]>([
    ['keeps bold, italic, struck and code', '*a* _b_ -c- {{d*}} {*}e{*}f', '**a** _b_ ~~c~~ `d*` **e**f'],
    [
      'leaves names and numbers alone',
      'snake_case_name 2025-11-21 a*b*c - d',
      'snake\\_case\\_name 2025-11-21 a\\*b\\*c - d',
    ],
    [
      'has links',
      '[the page|https://a.example] [https://b.example/x_y] [c|https://c.example|smart-link]',
      '[the page](<https://a.example/>) [https\\://b.example/x\\_y](<https://b.example/x_y>) [c](<https://c.example/>)',
    ],
    ['calls nobody by an id', '[~mona] and [~accountid:5b10a2844c20165700ede21g]', '@mona and @somebody'],
    ['has headings, rules and quotes', 'h1. A\nbq. b\n----\n{quote}\nc\n{quote}', '### A\n\n> b\n\n---\n\n> c'],
    ['has lists in lists', '* a\n** b\n*# c\n# d', '- a\n  - b\n  1. c\n\n1. d'],
    [
      'has code as it is written',
      '{code:java}\nint *a*;\n{code}\n{noformat}b{noformat}',
      '```java\nint *a*;\n```\n\n```\nb\n```',
    ],
    [
      'has tables',
      '||a||b||\n|1|[x|https://x.example]|',
      '| a | b |\n| --- | --- |\n| 1 | [x](<https://x.example/>) |',
    ],
    ['has panels', '{panel:title=Why|borderColor=#ccc}\nBecause.\n{panel}', '### Why\n\nBecause.'],
    ['drops colours and pictures', '{color:#ff0000}red{color} !shot.png|thumbnail! (/)', 'red  ✅'],
    ['is literal where nothing closes', '{code:java} *a [b', '{code:java} \\*a \\[b'],
    ['is HTML where an editor stored that', '<p>a <b>b</b></p>', 'a **b**'],
    ['escapes', '\\*a\\* and \\{{b}}', '\\*a\\* and {{b}}'],
  ])('%s', (_name, text, expected) => {
    expect(toMarkdown(text, 'wiki')).toBe(expected);
  });
});

it('text without markup keeps its lines and shows its marks', () => {
  expect(toMarkdown('*a*\r\n- b\n \n# c', 'text')).toBe('\\*a\\*\n\\- b\n\n\\# c');
});

describe('an Atlassian document', () => {
  const paragraph = (...content: readonly object[]) => ({ type: 'paragraph', content });
  const text = (written: string, ...marks: readonly object[]) => ({ type: 'text', text: written, marks });

  it('has paragraphs, marks, links, mentions, lists, code and tables', () => {
    const cell = (type: string, written: string) => ({ type, content: [paragraph(text(written))] });
    const document = {
      type: 'doc',
      version: 1,
      content: [
        paragraph(
          { type: 'mention', attrs: { id: '5b10', text: '@Mona Lisa' } },
          text(' see '),
          text('this', { type: 'link', attrs: { href: 'https://a.example' } }, { type: 'strong' }),
        ),
        { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph(text('a'))] }] },
        { type: 'taskList', content: [{ type: 'taskItem', attrs: { state: 'DONE' }, content: [text('b')] }] },
        { type: 'codeBlock', attrs: { language: 'sh' }, content: [text('ls *')] },
        {
          type: 'panel',
          content: [
            paragraph({ type: 'status', attrs: { text: 'LATE' } }, text(' by '), {
              type: 'date',
              attrs: { timestamp: '1763683200000' },
            }),
          ],
        },
        {
          type: 'table',
          content: [
            { type: 'tableRow', content: [cell('tableHeader', 'k'), cell('tableHeader', 'v')] },
            { type: 'tableRow', content: [cell('tableCell', 'x'), cell('tableCell', 'y')] },
          ],
        },
      ],
    };
    expect(adfToMarkdown(document)).toBe(
      '@Mona Lisa see **[this](<https://a.example/>)**\n\n- a\n\n- ☑ b\n\n```sh\nls *\n```\n\n**LATE** by 21 Nov 2025\n\n| k | v |\n| --- | --- |\n| x | y |',
    );
  });

  it('is nothing where there is none', () => {
    expect(
      [undefined, 'text', [], {}, { type: 'doc' }, { type: 'doc', content: [null, 'a', { type: 'text' }] }].map(
        adfToMarkdown,
      ),
    ).toEqual(['', '', '', '', '', '']);
  });
});

it('cuts between marks, and says so', () => {
  const cut = toMarkdown(`<p>${'a'.repeat(1_990)} <b>${'b'.repeat(50)}</b></p><p>c</p>`, 'html');
  expect(cut).toBe(`${'a'.repeat(1_990)} **${'b'.repeat(8)}…**`);
});

const pieces = fc.constantFrom(
  ...[
    '<b>',
    '</b>',
    '<a href="',
    'https://a.example',
    '">',
    '<ul><li>',
    '</li>',
    '<pre>',
    '<table><tr><th>',
    '<blockquote>',
    '<!--',
    '-->',
    '<script>',
    '&lt;',
    '<br>',
  ],
  ...[
    '{code}',
    '{code:x}',
    '{quote}',
    '{panel:title=',
    '}',
    '*',
    '_',
    '[',
    '|',
    ']',
    '||',
    '\n* ',
    '\n#* ',
    '{{',
    '}}',
    '!',
    '\\',
    'h1. ',
    'bq. ',
    '\n',
  ],
  ...['a', ' ', '<', '`', '```', '~~', '@everyone', '<!channel>', '\u202e', '\0', '\ud83d'],
);

it.each(['html', 'wiki', 'text'] as const)(
  'of %s, never throws, is bounded, and reads back without a tag of it',
  (of) => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const markdown = toMarkdown(parts.join(''), of);
        expect(markdown.length).toBeLessThan(20_000);
        expect(markdown).not.toMatch(/[\0\u202e]/);
        const read = toPlainText(readBack(markdown));
        if (of === 'html') expect(read.replace(/<!channel>/g, '')).not.toMatch(/<(?:b|a|li|ul|pre|table|script)>/);
      }),
      { numRuns: 300 },
    );
  },
);

it.each([
  '<b>',
  '<ul><li>',
  '</p>',
  '<blockquote>',
  '[a|',
  '*a ',
  '{code:x}',
  '{quote}',
  '* a\n** ',
  '||',
  '`',
  '\\',
  '(',
])('of %s a hundred thousand times, is done at once', (part) => {
  const much = part.repeat(100_000);
  expect(
    [toMarkdown(much, 'html'), toMarkdown(much, 'wiki'), toMarkdown(much, 'text')].map((text) => text.length < 20_000),
  ).toEqual([true, true, true]);
});
