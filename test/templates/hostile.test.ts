import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HookEvent } from '../../src/core/event.ts';
import { bodyOf, messageOf } from './rendering.ts';

const TEMPLATE = `---
title: "{{facts.a}} {{facts.b}}"
fields:
  One: "{{facts.a}} → **{{facts.b}}**"
  Two: "{{#facts.list}}{{.}}, {{/facts.list}}"
buttons:
  "{{facts.a}}": "https://example.com/"
context: "{{facts.a}} · {{facts.b}}"
---
# {{facts.a}}

Text {{facts.b}} and **{{facts.a}}**, [{{facts.b}}](https://example.com/), \`{{facts.a}}\`
{{facts.a}}

{{#facts.list}}
- {{.}} is _{{facts.a}}_
  > {{facts.b}}
{{/facts.list}}

| a | b |
|---|---|
{{#facts.list}}
| {{.}} | {{facts.b}} |
{{/facts.list}}

\`\`\`
{{facts.a}}
\`\`\`
`;

const MARKUP = [
  '# h',
  '\n\n',
  '- x',
  '> ',
  '**',
  '`',
  '```\n',
  '| a |',
  '[x](https://evil.example)',
  '<b>',
  '{{facts.a}}',
  '{{{facts.b}}}',
  '{{#facts.list}}',
  '\ue000',
  '\u2ff0',
  ' · ',
  '---',
  '<!channel>',
  '@everyone',
  '\u202e',
  '](',
  '~~',
  '&amp;',
  '1. ',
  '__proto__',
];

const hostile = fc
  .array(fc.oneof(fc.constantFrom(...MARKUP), fc.string({ unit: 'binary' })), { maxLength: 8 })
  .map((parts) => `w${parts.join('')}w`);

/** The tree without its words. */
const shapeOf = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, inner) => (['text', 'title', 'label'].includes(key) ? '' : inner));

const render = (a: string, b: string, list: readonly string[]) => messageOf(TEMPLATE, { facts: { a, b, list } });

test('no text in a payload becomes structure, wherever it stands', () => {
  fc.assert(
    fc.property(hostile, hostile, fc.array(hostile, { minLength: 1, maxLength: 3 }), (a, b, list) => {
      const harmless = render(
        'word',
        'word',
        list.map(() => 'word'),
      );
      expect(shapeOf(render(a, b, list))).toEqual(shapeOf(harmless));
    }),
    { numRuns: 300 },
  );
});

test('a payload’s text is printed as it is', () => {
  const words = '**x** <b> [y](https://evil.example) {{title}} &lt; `z`';
  expect(bodyOf('{{facts.v}}', { v: words })).toEqual([
    { kind: 'paragraph', children: [{ kind: 'text', text: words }] },
  ]);
});

describe('a payload’s own Markdown', () => {
  test.each([
    ['[', 8_000],
    ['**a ', 8_000],
    ['> ', 8_000],
    ['- ', 8_000],
    ['1. ', 8_000],
    ['__1.', 8_000],
    ['www."~', 8_000],
    ['<!--', 8_000],
    ['| a ', 8_000],
    ['![a](', 8_000],
    ['[a]: b\n', 8_000],
    ['x', 5_000_000],
  ])('%j for %d characters comes out small', (pattern, length) => {
    const body = bodyOf('{{{facts.v}}} {{{facts.v}}}\n\n{{{facts.v}}}\n\n{{{facts.v}}}', {
      v: pattern.repeat(Math.ceil(length / pattern.length)),
    });
    expect(JSON.stringify(body).length).toBeLessThan(400_000);
  });

  test('holds only http, https and mailto links, no HTML, no control characters', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom(...MARKUP, '[a](javascript:x)', '<a href="x">', '&#x202e;', '![i](data:x)'),
            fc.string(),
          ),
          { maxLength: 12 },
        ),
        (parts) => {
          const json = JSON.stringify(bodyOf('> {{{facts.v}}}\n\nx {{{facts.v}}}', { v: parts.join('') }));
          for (const [, url] of json.matchAll(/"url":"([^"]*)"/g)) expect(url).toMatch(/^(?:https?:\/\/|mailto:)/);
          expect(json).not.toMatch(/[\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]/);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test.each<[string, Partial<HookEvent>]>([
  ['a deep document', { payload: JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) }],
  ['a long list', { payload: Array.from({ length: 100_000 }, (_, at) => ({ at })) }],
  ['a circle', { payload: circle() }],
])('%s prints short', (_, event) => {
  expect(messageOf('---\ntitle: "x{{payload}}"\n---\n{{payload}}', event).title.length).toBeLessThanOrEqual(201);
});

function circle(): unknown {
  const self: Record<string, unknown> = {};
  self.self = self;
  return self;
}
