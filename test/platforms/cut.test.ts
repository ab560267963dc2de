import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, toPlainText } from '../../src/core/message.ts';
import { cutText, fitBlocks } from '../../src/platforms/cut.ts';

const paragraph = (text: string): Block => ({ kind: 'paragraph', children: [{ kind: 'text', text }] });
const plainLength = (blocks: readonly Block[]): number => toPlainText(blocks).length;

describe('cutText', () => {
  it.each([
    ['fits', 'bell', 4, 'bell'],
    ['is cut', 'bellhop', 5, 'bell…'],
    ['loses the space before the dots', 'bell hop', 6, 'bell…'],
    ['keeps no half of a surrogate pair', 'ab😀cd', 4, 'ab…'],
    ['keeps no half of a family', 'a👩‍👩‍👧‍👦b', 9, 'a…'],
    ['keeps no letter without its accent', 'ae\u0301f', 3, 'a…'],
    ['has room for the dots alone', 'bellhop', 1, '…'],
    ['has no room at all', 'bellhop', 0, ''],
  ])('a text that %s', (_, text, max, expected) => {
    expect(cutText(text, max)).toBe(expected);
  });

  it('counts as it is told', () => {
    const escaped = (text: string) => text.replaceAll('&', '&amp;').length;
    expect(cutText('&&&&', 11, escaped)).toBe('&&…');
    const bytes = (text: string) => Buffer.byteLength(text);
    expect(cutText('äöüß', 7, bytes)).toBe('äö…');
  });

  it('cuts one endless grapheme between code points', () => {
    expect(cutText(`a${'\u0301'.repeat(10_000)}`, 300)).toHaveLength(300);
    expect(cutText(`${'👩‍'.repeat(5_000)}`, 300)).not.toMatch(/\p{Surrogate}/u);
  });

  it('cuts megabytes without walking through all of them', () => {
    expect(cutText('x'.repeat(10_000_000), 3_000, (text) => text.length)).toHaveLength(3_000);
  });

  it('never exceeds the limit and never tears a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, max) => {
        const cut = cutText(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut).not.toMatch(/\p{Surrogate}/u);
        if (text.length > max && max > 0) expect(cut.endsWith('…')).toBe(true);
      }),
    );
  });
});

describe('fitBlocks', () => {
  it('leaves what fits as it is', () => {
    const blocks = [paragraph('one')];
    expect(fitBlocks(blocks, plainLength, 3)).toBe(blocks);
  });

  it('cuts the last text that fits', () => {
    const fitted = fitBlocks([paragraph('one'), paragraph('two and more')], plainLength, 9);
    expect(toPlainText(fitted)).toBe('one\ntwo…');
  });

  it('cuts a list between its items, and inside the last', () => {
    const list: Block = {
      kind: 'list',
      ordered: false,
      start: 1,
      items: ['first', 'second', 'third'].map((item) => [paragraph(item)]),
    };
    expect(toPlainText(fitBlocks([list], plainLength, 14))).toBe('• first\n• sec…');
  });

  it('cuts inside code, quotes, links and tables', () => {
    const link: Block = {
      kind: 'paragraph',
      children: [{ kind: 'link', url: 'https://example.com/', children: [{ kind: 'text', text: 'a long label' }] }],
    };
    expect(fitBlocks([link], plainLength, 7)).toEqual([
      {
        kind: 'paragraph',
        children: [{ kind: 'link', url: 'https://example.com/', children: [{ kind: 'text', text: 'a long…' }] }],
      },
    ]);
    expect(fitBlocks([{ kind: 'code', text: 'line\nline' }], plainLength, 6)).toEqual([
      { kind: 'code', text: 'line…' },
    ]);
    const quote: Block = { kind: 'quote', children: [paragraph('quoted words')] };
    expect(toPlainText(fitBlocks([quote], plainLength, 9))).toBe('> quoted…');
    const cell = (value: string) => [{ kind: 'text', text: value } as const];
    const table: Block = {
      kind: 'table',
      header: [cell('a'), cell('b')],
      rows: [
        [cell('1'), cell('2')],
        [cell('3'), cell('4')],
      ],
    };
    expect(toPlainText(fitBlocks([table], plainLength, 14))).toMatch(/^a \| b\n1 \| …/);
  });

  it('counts what it is told to count', () => {
    const fitted = fitBlocks([paragraph('one'), paragraph('two'), paragraph('three')], (blocks) => blocks.length, 2);
    expect(toPlainText(fitted)).toBe('one\nt…');
  });

  it('gives nothing where not even the dots fit', () => {
    expect(fitBlocks([paragraph('one')], plainLength, 0)).toEqual([]);
  });

  it('cuts ten megabytes with few measurements', () => {
    let measured = 0;
    const fitted = fitBlocks(
      Array.from({ length: 100_000 }, () => paragraph('x'.repeat(100))),
      (blocks) => {
        measured += 1;
        return plainLength(blocks);
      },
      3_000,
    );
    expect(plainLength(fitted)).toBeLessThanOrEqual(3_000);
    expect(plainLength(fitted)).toBeGreaterThan(2_900);
    expect(measured).toBeLessThan(40);
  });
});
