import { describe, expect, it } from 'vitest';
import { hasSubjectParts, parseSubject } from '../../src/core/subject.ts';

const parts = (text: string) => parseSubject(text)?.map(({ name, value }) => `${name}:${value}`);

describe('the subject of a certificate', () => {
  it.each([
    ['CN=hooks.acme.example', ['cn:hooks.acme.example']],
    ['C = DE, O = "Acme, Inc.", CN = hooks', ['c:DE', 'o:Acme, Inc.', 'cn:hooks']],
    ['C=DE,O=Acme\\, Inc.,CN=hooks', ['c:DE', 'o:Acme, Inc.', 'cn:hooks']],
    ['O=Acme\\, Inc.\nCN=hooks', ['o:Acme, Inc.', 'cn:hooks']],
    ['CN=hooks + OU=Bell \\+ Hop', ['cn:hooks', 'ou:Bell + Hop']],
    ['CN=J\\C3\\BCrgen Öl', ['cn:Jürgen Öl']],
    ['2.5.4.97=VATDE-1', ['2.5.4.97:VATDE-1']],
    ['  cn =  hooks  ', ['cn:hooks']],
    ['CN=hooks\\ ', ['cn:hooks ']],
    ['CN=hooks\\\\ ', ['cn:hooks\\']],
    ['CN="a \\"b\\" c"', ['cn:a "b" c']],
    ['CN=a=b', ['cn:a=b']],
  ])('%s', (text, expected) => {
    expect(parts(text)).toEqual(expected);
  });

  it.each(['', ' ', 'hooks', 'CN=', 'CN=a,', 'CN=a,,O=b', '=a', 'CN="a', 'CN="a"b', 'CN=a\\', 'CN=\\FF', 'CN=""'])(
    'is not %j',
    (text) => {
      expect(parts(text)).toBeUndefined();
    },
  );

  it('never throws and ends soon, whatever is written', () => {
    for (const text of [
      '\\'.repeat(50_001),
      `CN=${' '.repeat(50_000)}x"`,
      `CN="${'\\"'.repeat(50_000)}`,
      'CN=a,'.repeat(20_000),
    ])
      expect(parts(text)).toBeUndefined();
  });
});

describe('the parts that a source asks for', () => {
  const given = 'C=DE, O=Acme\\, Inc., CN=hooks.acme.example';

  it.each(['CN=hooks.acme.example', 'cn=hooks.acme.example', 'CN=hooks.acme.example, O="Acme, Inc."', given])(
    'are all there: %s',
    (wanted) => {
      expect(hasSubjectParts(given, wanted)).toBe(true);
    },
  );

  it.each([
    'CN=hooks.acme.example, O=Acme',
    'CN=Hooks.acme.example',
    'CN=hooks.acme',
    'CN=*',
    'O=hooks.acme.example',
    'CN=hooks.acme.example, OU=Bell',
    '',
  ])('are not all there: %j', (wanted) => {
    expect(hasSubjectParts(given, wanted)).toBe(false);
  });

  it('are not found inside the value of another', () => {
    for (const sneaky of [
      'O=x\\, CN=hooks',
      'O="x, CN=hooks"',
      'O=x\\0ACN=hooks',
      'O=x\\+CN=hooks',
      'CN=hooks\\00.evil',
    ])
      expect([sneaky, hasSubjectParts(sneaky, 'CN=hooks')]).toEqual([sneaky, false]);
  });
});
