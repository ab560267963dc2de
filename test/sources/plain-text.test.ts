import { expect, it } from 'vitest';
import { plainText } from '../../src/sources/plain-text.ts';

it.each([
  ['a tag that never ends', '<b '],
  ['a link that never ends', '<a href="'],
  ['white space within a line', ' \t'],
])('a megabyte of %s is read in a moment', (_what, unit) => {
  // Minutes, where each beginning looks for an end of its own: the time limit of a test ends that.
  expect(plainText(`x${unit.repeat(1_000_000 / unit.length)}x`, 100).length).toBeLessThanOrEqual(100);
});

it.each([
  ['x < y and y > z', 'x < y and y > z'],
  ['x <b>y</b>', 'x y'],
  ['x <b', 'x <b'],
  ['two  \nlines\t', 'two\nlines'],
])('%j is %j', (written, plain) => {
  expect(plainText(written, 100)).toBe(plain);
});
