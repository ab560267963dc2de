import { expect, test } from 'vitest';
import { excerpt } from '../../src/sources/github/wording.ts';

test('a long description ends at a word', () => {
  const cut = excerpt('ring the bell '.repeat(100)) ?? '';
  expect(cut.length).toBeLessThanOrEqual(500);
  expect(cut).toMatch(/ (ring|the|bell)…$/);
});

test('one without spaces is cut all the same', () => {
  expect(excerpt('x'.repeat(1_000))).toBe(`${'x'.repeat(499)}…`);
});

test('many short lines are no excerpt', () => {
  expect(excerpt('- a\n'.repeat(50))).toBe(`${'- a\n'.repeat(12).trimEnd()}\n\n…`);
});
