import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Block, type Inline, toPlainText } from '../../../src/core/message.ts';
import { writeMarkdown } from '../../../src/sources/markup/write-markdown.ts';
import { readBack } from './read-back.ts';

const words = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'ab1 .*_~`[]()<>!#&|\\-+:;=/@"{}\n'), maxLength: 12 }),
  fc.constantFrom('1. ', '- ', '# ', '> ', '&amp;', '<b>', '![', '](x)', '```', '---', 'a_b_c', '**', 'e', ' | '),
);
const address = fc.constantFrom(
  'https://acme.example/a_(b)?c=1&copy;=2',
  'http://a.example/*x*',
  'mailto:a_b@acme.example',
);
const { inline, block } = fc.letrec<{ inline: Inline; inlines: Inline[]; block: Block; blocks: Block[] }>((tie) => ({
  inline: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({ kind: fc.constant('text' as const), text: words }),
    fc.record({ kind: fc.constant('code' as const), text: words }),
    fc.constant({ kind: 'break' as const }),
    fc.record({
      kind: fc.constantFrom('strong' as const, 'emphasis' as const, 'strike' as const),
      children: tie('inlines'),
    }),
    fc.record({ kind: fc.constant('link' as const), url: address, children: tie('inlines') }),
  ),
  inlines: fc.array(tie('inline'), { maxLength: 4 }),
  block: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({ kind: fc.constantFrom('paragraph' as const, 'heading' as const), children: tie('inlines') }),
    fc.record({ kind: fc.constant('code' as const), text: words }),
    fc.record({ kind: fc.constant('quote' as const), children: tie('blocks') }),
    fc.record({
      kind: fc.constant('list' as const),
      ordered: fc.boolean(),
      start: fc.nat(12),
      items: fc.array(tie('blocks'), { maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('table' as const),
      header: fc.array(tie('inlines'), { minLength: 2, maxLength: 2 }),
      rows: fc.array(fc.tuple(tie('inlines'), fc.constant([{ kind: 'text' as const, text: 'x' }])), { maxLength: 2 }),
    }),
  ),
  blocks: fc.array(tie('block'), { maxLength: 3 }),
}));

/** The characters that people read, without white space and without what lists and quotes are shown with. */
const read = (blocks: readonly Block[]): string => toPlainText(blocks).replace(/[\s•>|\d.]/g, '');

it('reads back as the same text, whatever the text holds', () => {
  fc.assert(
    fc.property(fc.array(inline, { maxLength: 6 }), (children) => {
      const blocks: readonly Block[] = [{ kind: 'paragraph', children }];
      expect(read(readBack(writeMarkdown(blocks)))).toBe(read(blocks));
    }),
    { numRuns: 500 },
  );
});

it('reads back as the same text in lists, quotes and tables', () => {
  fc.assert(
    fc.property(block, (one) => {
      expect(read(readBack(writeMarkdown([one])))).toBe(read([one]));
    }),
    { numRuns: 300 },
  );
});
