import { expect, it } from 'vitest';
import { retryAfterMs } from '../../src/platforms/retry-after.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

it.each([
  ['seconds', '30', 30_000],
  ['none to wait', '0', 0],
  ['a fraction of a second, rounded up', '0.0001', 1],
  ['white space around', ' 5 ', 5_000],
  ['a date', 'Sat, 21 Nov 2026 12:00:07 GMT', 7_000],
  ['a date that has passed', 'Sat, 21 Nov 2026 11:00:00 GMT', 0],
])('reads %s', (_what, header, ms) => {
  expect(retryAfterMs(header, NOW)).toBe(ms);
});

it.each([
  null,
  undefined,
  '',
  '-1',
  '0x10',
  '1e9',
  'soon',
  '9'.repeat(10),
  `Sat, 21 Nov 2026${' '.repeat(100)}12:00:07 GMT`,
])('takes %j for no wait at all', (header) => {
  expect(retryAfterMs(header, NOW)).toBeUndefined();
});
