import { describe, expect, test } from 'vitest';
import { bodyOf, bullets, messageOf, mistakesIn, paragraph, text } from './rendering.ts';

describe('a section on lines of its own', () => {
  const commits = '{{#facts.c}}\n- {{sha}}\n{{/facts.c}}\n{{^facts.c}}\nNo commits.\n{{/facts.c}}\n\nEnd.';

  test('repeats list items into one list', () => {
    expect(bodyOf(commits, { c: [{ sha: 'a' }, { sha: 'b' }] })).toEqual([bullets('a', 'b'), paragraph('End.')]);
  });

  test('or is left out', () => {
    expect(bodyOf(commits, { c: [] })).toEqual([paragraph('No commits.'), paragraph('End.')]);
  });

  test('joins the list around it', () => {
    expect(bodyOf('- a\n{{#facts.c}}\n- {{.}}\n{{/facts.c}}\n- z', { c: ['b', 'c'] })).toEqual([
      bullets('a', 'b', 'c', 'z'),
    ]);
  });

  test('nests in a list item', () => {
    expect(bodyOf('- a:\n  {{#facts.c}}\n  - {{.}}\n  {{/facts.c}}\n- z', { c: ['b', 'c'] })).toEqual([
      { kind: 'list', ordered: false, start: 1, items: [[paragraph('a:'), bullets('b', 'c')], [paragraph('z')]] },
    ]);
  });

  test('repeats rows of a table', () => {
    const table =
      '| n | v |\n|---|---|\n{{#facts.c}}\n| {{n}} | *{{v}}* |\n{{/facts.c}}\n{{^facts.c}}\n| none | |\n{{/facts.c}}\n';
    const header = [[text('n')], [text('v')]];
    expect(bodyOf(table, { c: [{ n: 1, v: '|' }] })).toEqual([
      { kind: 'table', header, rows: [[[text('1')], [{ kind: 'emphasis', children: [text('|')] }]]] },
    ]);
    expect(bodyOf(table)).toEqual([{ kind: 'table', header, rows: [[[text('none')], []]] }]);
  });

  test('repeats a whole table, a quote and lines of code', () => {
    expect(bodyOf('{{#facts.c}}\n| a |\n|---|\n| {{.}} |\n{{/facts.c}}', { c: [1, 2] })).toHaveLength(2);
    expect(bodyOf('> {{#facts.c}}\n> {{.}}\n> {{/facts.c}}', { c: ['a', 'b'] })).toEqual([
      { kind: 'quote', children: [paragraph('a'), paragraph('b')] },
    ]);
    expect(bodyOf('```js\n{{#facts.c}}\n{{.}};\n{{/facts.c}}\nend\n```', { c: ['a', 'b\nc'] })).toEqual([
      { kind: 'code', text: 'a;\nb\nc;\nend', language: 'js' },
    ]);
  });

  test('nests and may be indented', () => {
    expect(bodyOf('{{#facts.a}}\n    {{#b}}\n    {{.}}\n    {{/b}}\n{{/facts.a}}', { a: [{ b: ['x', 'y'] }] })).toEqual(
      [paragraph('x'), paragraph('y')],
    );
  });
});

describe('a section inside a line', () => {
  test('repeats running text with its links and emphasis', () => {
    const body = bodyOf('By {{#facts.c}}[_{{n}}_]({{u}}), {{/facts.c}}and me', {
      c: [
        { n: 'mona', u: 'https://example.com/m' },
        { n: 'octocat', u: 'data:x' },
      ],
    });
    expect(body).toEqual([
      {
        kind: 'paragraph',
        children: [
          text('By '),
          {
            kind: 'link',
            url: 'https://example.com/m',
            children: [{ kind: 'emphasis', children: [text('mona')] }],
          },
          text(', '),
          { kind: 'emphasis', children: [text('octocat')] },
          text(', and me'),
        ],
      },
    ]);
  });

  test('lets emphasis stand beside its tags', () => {
    expect(bodyOf('{{#facts.a}}_by {{.}}_{{/facts.a}}', { a: 'mona' })).toEqual([
      { kind: 'paragraph', children: [{ kind: 'emphasis', children: [text('by mona')] }] },
    ]);
  });

  test('works in an address', () => {
    expect(bodyOf('[x](https://example.com/{{#facts.a}}a{{/facts.a}}{{^facts.a}}b{{/facts.a}})')).toEqual([
      { kind: 'paragraph', children: [{ kind: 'link', url: 'https://example.com/b', children: [text('x')] }] },
    ]);
  });
});

test.each([
  ['x **{{#a}}y**{{/a}}', '1:5', '{{#a}}'],
  ['- a\n  {{#a}}\n- b\n  {{/a}}', '2:3', '{{#a}}'],
  ['---\ntone: good\n---\n\n[x{{#a}}](https://example.com) {{/a}}', '5:3', '{{#a}}'],
  ['```\n{{#a}}\n```\n{{/a}}', '2:1', '{{#a}}'],
  ['{{#a}}x\n\ny{{/a}}', '1:1', '{{#a}}'],
])('a section that straddles structure is refused: %j', (template, place, tag) => {
  expect(mistakesIn(template)).toEqual([
    `t.mustache:${place}: ${tag} has its other end in another part of the message; open and close a section within ` +
      "one line's text, link, emphasis or table cell, or put both tags on lines of their own around whole paragraphs, list items or rows",
  ]);
});

test.each([
  ['a\n{{#x}}', '2:1: the section "x" is not closed; write {{/x}} after it'],
  ['a {{/x}}', '1:3: {{/x}} closes a section that is not open'],
  ['a\n {{{x}}', '2:2: a tag is not closed; write }} after it'],
  ['{{=<% %>=}}', '1:1: a template cannot change its delimiters; write {{ and }}'],
  ['{{#if x}}a{{/if}}', '1:1: {{#if x}} has a space in its name; mustache knows names only, no helpers'],
  ['{{}}', '1:1: a tag has no name; write {{name}}'],
  ['a\n\n<div>{{x}}</div>', '3:6: HTML has no meaning in a message: <div>{{…}}</div>; write Markdown'],
])('a broken body is refused with its place: %j', (template, mistake) => {
  expect(mistakesIn(template)).toEqual([`t.mustache:${mistake}`]);
});

describe('values', () => {
  const said = (value: unknown, template = '{{facts.v}}') => {
    const [block] = bodyOf(template, { v: value });
    return block?.kind === 'paragraph' ? block.children : undefined;
  };

  test.each([
    ['a & <b> "c"', 'a & <b> "c"'],
    [12.5, '12.5'],
    [false, 'false'],
    [0, '0'],
    [12345678901234567890n, '12345678901234567890'],
    [['a', 1, null, 'b'], 'a, 1, b'],
    [{ a: 1, b: [2] }, '{"a":1,"b":[2]}'],
    [[{ a: 1 }], '[{"a":1}]'],
    [new Date('2026-11-21T12:00:00Z'), '2026-11-21 12:00 UTC'],
    ['line\n  two\t three', 'line two three'],
    ['a\u202eb\u2066c\ue000d\0e\x1bf', 'abcdef'],
    ['\ud800x', '\ufffdx'],
  ])('%o prints %j', (value, printed) => {
    expect(said(value)).toEqual([text(printed)]);
  });

  test.each([[null], [undefined], [''], [() => 'x'], [[]]])(
    '%j prints nothing and leaves its paragraph out',
    (value) => {
      expect(bodyOf('{{facts.v}}\n\n- {{facts.v}}\n- **{{facts.v}}**\n\n> {{facts.v}}', { v: value })).toEqual([]);
    },
  );

  test('other objects are cut', () => {
    const [inline] = said({ long: 'x'.repeat(10_000) }) ?? [];
    expect(inline?.kind === 'text' && inline.text).toHaveLength(200);
  });

  test('names read own properties only', () => {
    expect(
      bodyOf('{{payload.constructor}}{{constructor.name}}{{facts.__proto__}}{{facts.v.length}}', { v: 'abc' }),
    ).toEqual([]);
    expect(bodyOf('{{facts.__proto__.a}}', JSON.parse('{"__proto__":{"a":"own"}}'))).toEqual([paragraph('own')]);
  });

  test('an address that is none leaves the text', () => {
    expect(said('javascript:alert(1)', '[go **on**]({{facts.v}})')).toEqual([
      text('go '),
      { kind: 'strong', children: [text('on')] },
    ]);
    expect(said('', '[{{facts.v}}](https://example.com) x')).toEqual([text('x')]);
  });

  test('a list of a million items ends somewhere', () => {
    const [list] = bodyOf('{{#facts.v}}\n- {{.}}\n{{/facts.v}}', { v: Array.from({ length: 1_000_000 }, () => 'x') });
    expect(list?.kind === 'list' && list.items.length).toBe(2_500);
  });
});

test('a template’s lines stay lines; empty ones go', () => {
  expect(bodyOf('a {{title}}\n{{facts.none}}\n**c**  \nd <!-- no -->{{! no }}')).toEqual([
    {
      kind: 'paragraph',
      children: [
        text('a PR #12 opened: Add a bell'),
        { kind: 'break' },
        { kind: 'strong', children: [text('c')] },
        { kind: 'break' },
        text('d'),
      ],
    },
  ]);
});

test('the title is one line', () => {
  expect(messageOf('', { title: ' a\n\nb\u202e ' }).title).toBe('a b');
});
