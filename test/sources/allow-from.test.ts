import { expect, test } from 'vitest';
import { addressAllowed } from '../../src/sources/allow-from.ts';

test.each([
  ['10.1.2.3', ['10.0.0.0/8'], true],
  ['11.1.2.3', ['10.0.0.0/8'], false],
  ['::ffff:10.1.2.3', ['10.0.0.0/8'], true],
  ['10.1.2.3', ['::ffff:10.0.0.0/104'], true],
  ['11.1.2.3', ['::ffff:10.0.0.0/104'], false],
  ['::1', ['10.0.0.0/8', '::1'], true],
  ['2001:db8::7', ['2001:db8::/32'], true],
  ['2001:db9::7', ['2001:db8::/32'], false],
  ['fe80::1%eth0', ['fe80::/10'], true],
  ['192.0.2.7', ['192.0.2.7'], true],
  ['192.0.2.8', ['192.0.2.7'], false],
  ['192.0.2.8', ['0.0.0.0/0'], true],
  ['2001:db8::7', ['0.0.0.0/0'], false],
  ['anywhere', [], true],
  ['', ['0.0.0.0/0', '::/0'], false],
  ['not an address', ['0.0.0.0/0'], false],
  ['10.0.0.1', ['10.0.0.0/33', '10.0.0.0/x', '10.0.0.0/-1', 'nonsense', ''], false],
])('%s in %j: %s', (from, allowFrom, allowed) => {
  expect(addressAllowed(from, allowFrom)).toBe(allowed);
});
