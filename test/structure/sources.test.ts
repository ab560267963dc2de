import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceTypes } from '../../src/blueprint.ts';
import { ROOT } from './imports.ts';
import { missingDrawers } from './source-drawers.ts';

it('every type of source has all its drawers, and no drawer is without its type', () => {
  expect(missingDrawers(ROOT, [...sourceTypes.values()])).toEqual([]);
});

describe('what is missing is named', () => {
  const whole = [
    'src/sources/shop/source.ts',
    'templates/shop/order.mustache',
    'templates/shop/samples/order.paid.json',
    'templates/shop/samples/order.paid~late.json',
    'templates/shop/samples/order.lost.json',
    'test/golden/shop/order.paid~late.txt',
    'test/golden/shop/order.lost.txt',
    'templates/bellhop/note.mustache',
    'src/sources/verifiers/one.ts',
  ];
  const shop = { type: 'shop', events: { 'order.paid': '', 'order.lost': '' } };

  it.each<[string, { without?: string; and?: string; types?: readonly [] }, readonly string[]]>([
    ['nothing', {}, []],
    ['its code', { without: 'src/sources/shop/source.ts' }, ['The type shop has no src/sources/shop/source.ts.']],
    [
      'a template',
      { without: 'templates/shop/order.mustache' },
      [
        'The event order.paid of shop has no templates/shop/order.paid.mustache, and its family has none.',
        'The event order.lost of shop has no templates/shop/order.lost.mustache, and its family has none.',
      ],
    ],
    [
      'a sample',
      { without: 'templates/shop/samples/order.lost.json' },
      [
        'The type shop has 2 of 3 samples in templates/shop/samples.',
        'The event order.lost of shop has no templates/shop/samples/order.lost.json.',
      ],
    ],
    [
      'a golden text',
      { without: 'test/golden/shop/order.lost.txt' },
      ['The event order.lost of shop has no test/golden/shop/order.lost.txt; make it with: npm run golden.'],
    ],
    [
      'its line in the registry',
      { types: [] },
      [
        'src/sources/index.ts has no line for src/sources/shop/source.ts.',
        'templates/shop is of no type: src/sources/index.ts has no line for it.',
      ],
    ],
  ])('%s', (_what, { without, types = [shop] }, sentences) => {
    const root = checkoutWith(whole.filter((file) => file !== without));
    expect(missingDrawers(root, types)).toEqual(sentences);
    rmSync(root, { recursive: true });
  });

  it('the shapes that a type in code reads', () => {
    const root = checkoutWith(whole, 'export const shop = defineSource({});');
    expect(missingDrawers(root, [shop])).toEqual([
      'The type shop is code, and has no src/sources/shop/payloads.ts that describes what it reads.',
    ]);
    rmSync(root, { recursive: true });
  });
});

function checkoutWith(files: readonly string[], code = 'export const shop: Declaration = {};'): string {
  const root = mkdtempSync(join(tmpdir(), 'bellhop-drawers-'));
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), file.endsWith('source.ts') ? code : '');
  }
  for (const folder of ['src/sources', 'templates']) mkdirSync(join(root, folder), { recursive: true });
  return root;
}
