import { describe, expect, test } from 'vitest';
import { bodyOf, bullets, paragraph, text } from './rendering.ts';

const blocks = (markdown: string) => bodyOf('{{{facts.m}}}', { m: markdown });
const inline = (markdown: string) => bodyOf('x {{&facts.m}}', { m: markdown });
const link = (url: string, words: string) => ({ kind: 'link', url, children: [text(words)] });

describe('a payload’s Markdown alone in a paragraph', () => {
  test('becomes blocks', () => {
    expect(blocks('# H\n\n1. a\n2. b\n\n---\n\n    code\n\n~~gone~~\nnext')).toEqual([
      { kind: 'heading', children: [text('H')] },
      { kind: 'list', ordered: true, start: 1, items: [[paragraph('a')], [paragraph('b')]] },
      { kind: 'rule' },
      { kind: 'code', text: 'code' },
      { kind: 'paragraph', children: [{ kind: 'strike', children: [text('gone')] }, { kind: 'break' }, text('next')] },
    ]);
  });

  test('keeps tasks and tables', () => {
    expect(blocks('- [x] a\n- [ ] **b**\n\n|h|\n|-|\n|c|')).toEqual([
      {
        kind: 'list',
        ordered: false,
        start: 1,
        items: [
          [paragraph('☑ a')],
          [{ kind: 'paragraph', children: [text('☐ '), { kind: 'strong', children: [text('b')] }] }],
        ],
      },
      { kind: 'table', header: [[text('h')]], rows: [[[text('c')]]] },
    ]);
  });

  test('loses its HTML and keeps what it says', () => {
    expect(
      blocks(
        '<!-- hidden -->\n<details><summary>More &amp; more</summary>\n\nIn **here** <i>too</i><br>x\n\n</details>\n\n<img src="x" alt="A bell"> <script>alert(1)</script>\n\n<ul><li>a</li><li>b</li></ul>',
      ),
    ).toEqual([
      paragraph('More & more'),
      {
        kind: 'paragraph',
        children: [
          text('In '),
          { kind: 'strong', children: [text('here')] },
          text(' too'),
          { kind: 'break' },
          text('x'),
        ],
      },
      paragraph('A bell alert(1)'),
      { kind: 'paragraph', children: [text('• a'), { kind: 'break' }, text('• b')] },
    ]);
  });

  test('turns pictures into links, and keeps only addresses that are safe', () => {
    expect(
      blocks(
        '![a bell](https://example.com/b.png) ![](https://example.com/c.png) ![no](data:x) [bad](javascript:x) <mailto:mona@example.com>',
      ),
    ).toEqual([
      {
        kind: 'paragraph',
        children: [
          link('https://example.com/b.png', 'a bell'),
          text(' '),
          link('https://example.com/c.png', 'image'),
          text(' no bad '),
          link('mailto:mona@example.com', 'mailto:mona@example.com'),
        ],
      },
    ]);
    expect(blocks('[![badge](https://example.com/b.png)](https://example.com/ci)')).toEqual([
      { kind: 'paragraph', children: [link('https://example.com/ci', 'badge')] },
    ]);
  });

  test('never joins the template’s own list', () => {
    expect(bodyOf('- a\n\n{{{facts.m}}}', { m: '- b' })).toEqual([bullets('a'), bullets('b')]);
  });

  test('is cut, and nests only so deep', () => {
    expect(JSON.stringify(blocks('word '.repeat(5_000))).length).toBeLessThan(6_200);
    expect(JSON.stringify(blocks('> '.repeat(50).concat('x'))).match(/"quote"/g)).toHaveLength(8);
  });

  test('may stand in a section on one line', () => {
    expect(bodyOf('{{#facts.m}}{{{facts.m}}}{{/facts.m}}', { m: '- b' })).toEqual([bullets('b')]);
    expect(bodyOf('{{#facts.m}}{{{facts.m}}}{{/facts.m}}', { m: '' })).toEqual([]);
  });

  test('stands in a list item and in a quote', () => {
    expect(bodyOf('- {{{facts.m}}}\n\n> {{{facts.m}}}', { m: '- b' })).toEqual([
      { kind: 'list', ordered: false, start: 1, items: [[bullets('b')]] },
      { kind: 'quote', children: [bullets('b')] },
    ]);
  });
});

describe('a payload’s Markdown inside a line', () => {
  test('becomes running text on that line', () => {
    expect(inline('**b**\n# no heading\n- no list')).toEqual([
      {
        kind: 'paragraph',
        children: [text('x '), { kind: 'strong', children: [text('b')] }, text(' # no heading - no list')],
      },
    ]);
  });

  test('puts no link into a link, and is literal in code', () => {
    expect(
      bodyOf('[{{{facts.m}}}](https://example.com/) `{{{facts.m}}}`', { m: '[a](https://evil.example/)' }),
    ).toEqual([
      {
        kind: 'paragraph',
        children: [link('https://example.com/', 'a'), text(' '), { kind: 'code', text: '[a](https://evil.example/)' }],
      },
    ]);
  });
});
