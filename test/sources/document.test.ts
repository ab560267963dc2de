import { describe, expect, test } from 'vitest';
import { readDocument } from '../../src/sources/document.ts';
import { aHook } from '../builders.ts';

const read = (contentType: string | undefined, body: string | Buffer, query: Record<string, string> = {}) =>
  readDocument(
    aHook({
      headers: contentType === undefined ? {} : { 'content-type': contentType },
      body: Buffer.from(body),
      query,
    }),
  );

const document = (value: unknown) => ({ kind: 'document', document: value });
const UNREADABLE = { kind: 'unreadable', reason: expect.stringMatching(/^[A-Z].{10,150}\.$/) };

describe('what it is written in', () => {
  test.each([
    ['application/json', '{"a":1}'],
    ['application/json; charset=utf-8', ' {"a":1}\n'],
    ['APPLICATION/JSON', '\ufeff{"a":1}'],
    ['application/cloudevents+json', '{"a":1}'],
    ['text/plain', '{"a":1}'],
    ['application/x-www-form-urlencoded', '{"a":1}'],
    ['application/octet-stream', '{"a":1}'],
    [undefined, '{"a":1}'],
    ['application/x-www-form-urlencoded', 'payload=%7B%22a%22%3A1%7D'],
    ['application/x-www-form-urlencoded', 'data=%7B%22a%22%3A1%7D'],
    ['text/html', '{"a":1}'],
    ['application/x-json-stream', '{"a":1}'],
  ])('%s: %s', (contentType, body) => {
    expect(read(contentType, body)).toEqual(document({ a: 1 }));
  });

  test('JSON that is no object stays what it is', () => {
    expect(read('application/json', '[1,"b"]')).toEqual(document([1, 'b']));
    expect(read('application/json', '42')).toEqual(document(42));
    expect(read('application/json', 'null')).toEqual(document(null));
  });

  test('forms', () => {
    const form = 'application/x-www-form-urlencoded';
    expect(read(form, 'a=1&b=x+y%26&a=2&c')).toEqual(document({ a: ['1', '2'], b: 'x y&', c: '' }));
    expect(read(form, 'id=5&data=%7B%22a%22%3A1%7D')).toEqual(document({ id: '5', data: { a: 1 } }));
    expect(read(form, 'Level=ERROR&Payload=%7B%22a%22%3A1%7D')).toEqual(
      document({ Level: 'ERROR', Payload: { a: 1 } }),
    );
    expect(read(undefined, 'text=hello&user=ada')).toEqual(document({ text: 'hello', user: 'ada' }));
    expect(read(form, 'a=%ff%zz')).toEqual(document({ a: '\ufffd%zz' }));
  });

  test('multipart: fields are read, files are not', () => {
    const part = (name: string, value: string, more = '') =>
      `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
    const form = (...parts: string[]) => read('multipart/form-data; boundary=x', `${parts.join('')}--x--\r\n`);
    expect(form(part('a', '1'), part('b', 'ü'), part('f', 'bytes', '; filename="f.txt"'))).toEqual(
      document({ a: '1', b: 'ü' }),
    );
    expect(form(part('data', '{"a":1}'))).toEqual(document({ a: 1 }));
    expect(form(part('f', 'bytes', '; filename="f.txt"'))).toEqual(UNREADABLE);
  });

  test('XML: attributes, repeated elements, CDATA, the five entities and numbers', () => {
    const xml =
      '<?xml version="1.0"?><job id="a&amp;b"><i>007</i><i>2</i><log><![CDATA[<!DOCTYPE x> &amp;]]></log><t>&lt;&#233;&gt;</t></job>';
    const job = { '@id': 'a&b', i: ['007', '2'], log: '<!DOCTYPE x> &amp;', t: '<é>' };
    expect(read('application/xml', xml)).toEqual(document({ job }));
    expect(read('text/plain', xml)).toEqual(document({ job }));
    expect(read(undefined, xml)).toEqual(document({ job }));
  });

  test('text', () => {
    expect(read('text/plain', 'Backup done.')).toEqual(document({ text: 'Backup done.' }));
    expect(read('text/plain', '{not json')).toEqual(document({ text: '{not json' }));
    expect(read(undefined, 'a = b, said nobody')).toEqual(document({ text: 'a = b, said nobody' }));
  });

  test('a query, where there is no body', () => {
    expect(read(undefined, '', { title: 'Done' })).toEqual(document({ title: 'Done' }));
    expect(read(undefined, '', { payload: '{"a":1}' })).toEqual(document({ a: 1 }));
    expect(read('application/json', '')).toEqual(UNREADABLE);
    expect(read('application/json', '{"a":1}', { b: '2' })).toEqual(document({ a: 1 }));
  });

  test('the encoding that the content type or the XML prolog names', () => {
    expect(read('text/plain; charset=iso-8859-1', Buffer.from('Grüße', 'latin1'))).toEqual(document({ text: 'Grüße' }));
    expect(read('text/xml', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>', 'latin1'))).toEqual(
      document({ a: 'ü' }),
    );
    expect(read('text/plain; charset=klingon', 'ü')).toEqual(document({ text: 'ü' }));
  });
});

describe('what cannot be lost', () => {
  test('integers that a double cannot hold are strings; all others are numbers', () => {
    const body =
      '{"ns":1700000000123456789,"id":-9007199254740993,"safe":9007199254740991,"f":0.12345678901234567890,"e":1234567890123456e3,"s":"\\\\\\"1700000000123456789","l":[12345678901234567890]}';
    expect(read('application/json', body)).toEqual(
      document({
        ns: '1700000000123456789',
        id: '-9007199254740993',
        safe: 9007199254740991,
        f: 0.12345678901234568,
        e: 1234567890123456e3,
        s: '\\"1700000000123456789',
        l: ['12345678901234567890'],
      }),
    );
  });

  test('a broken byte costs that byte', () => {
    const body = Buffer.concat([Buffer.from('{"a":"x'), Buffer.from([0xff]), Buffer.from('y"}')]);
    expect(read('application/json', body)).toEqual(document({ a: 'x\ufffdy' }));
  });
});

describe('what must not hurt', () => {
  test('nesting', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const nested = (depth: number) => read('application/json', `${open.repeat(depth)}1${close.repeat(depth)}`);
      expect(nested(200).kind).toBe('document');
      expect(nested(201)).toEqual(UNREADABLE);
      expect(nested(150_000)).toEqual(UNREADABLE);
    }
    expect(read('application/xml', '<a>'.repeat(50_000))).toEqual(UNREADABLE);
    expect(read('application/xml', `${'<a>'.repeat(500)}${'</a>'.repeat(500)}`)).toEqual(UNREADABLE);
  });

  test('prototypes', () => {
    const bodies: readonly (readonly [string, string])[] = [
      [
        'application/json',
        '{"__proto__":{"polluted":1},"a":{"\\u005f_proto__":{"polluted":1}},"constructor":{"prototype":{"polluted":1}}}',
      ],
      ['application/x-www-form-urlencoded', '__proto__=1&__proto__=2&constructor=3&a=4'],
      [
        'multipart/form-data; boundary=x',
        '--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n',
      ],
      [
        'application/xml',
        '<a><__proto__><polluted>1</polluted></__proto__><constructor>1</constructor><toString>1</toString></a>',
      ],
    ];
    for (const [contentType, body] of bodies) {
      const reading = read(contentType, body);
      expect(reading.kind, contentType).toBe('document');
      if (reading.kind === 'document') expect(JSON.stringify(reading.document)).not.toMatch(/"__proto__"/);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    }
    const query = JSON.parse('{"__proto__":"1","a":"2"}') as Record<string, string>;
    expect(readDocument(aHook({ body: Buffer.alloc(0), query }))).toEqual(document({ a: '2' }));
  });

  test('entity bombs and external entities', () => {
    const bomb = `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i} "&a;&a;&a;&a;">`).join('')}]><l>&a19;</l>`;
    expect(read('text/xml', bomb)).toEqual(UNREADABLE);
    expect(read('text/xml', '<?xml version="1.0"?><!doctype l SYSTEM "file:///etc/passwd"><l>&x;</l>')).toEqual(
      UNREADABLE,
    );
    expect(read('text/plain', bomb)).toEqual(document({ text: bomb }));
  });

  test('XML of a hundred thousand tags is not read', () => {
    const tags = `<l>${'<a/>'.repeat(100_000)}</l>`;
    expect(read('text/xml', tags)).toEqual({ kind: 'unreadable', reason: 'The XML has over 50,000 tags.' });
    expect(read('text/plain', tags)).toEqual(document({ text: tags }));
  });

  test('a form of a million fields is cut', () => {
    const reading = read(
      'application/x-www-form-urlencoded',
      Array.from({ length: 1_000_000 }, (_, i) => `k${i}=v`).join('&'),
    );
    expect(reading.kind === 'document' && Object.keys(reading.document as object)).toHaveLength(1_000);
    const parts = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'.repeat(20_000);
    const multi = read('multipart/form-data; boundary=x', `${parts}--x--`);
    expect(multi.kind === 'document' && (multi.document as { a: string[] }).a.length).toBeLessThanOrEqual(1_000);
  });

  test.each([
    ['application/json', '{"a":'],
    ['application/json', 'not json'],
    ['application/json', '{"a":12345678901234567890'],
    ['application/xml', '<a><b></a>'],
    ['application/xml', 'no xml'],
    ['multipart/form-data', '--x'],
    ['multipart/form-data; boundary=x', 'nothing of the sort'],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: \0\r\n\r\n1\r\n--x--'],
    ['image/png', '\x89PNG'],
    ['application/octet-stream', '\0\x01\x02'],
  ])('%s that is none says so: %s', (contentType, body) => {
    expect(read(contentType, body)).toEqual(UNREADABLE);
  });

  test('a reason never quotes the body', () => {
    for (const contentType of ['application/json', 'application/xml']) {
      const reading = read(contentType, 'hunter2 <');
      expect(reading.kind === 'unreadable' && reading.reason).not.toContain('hunter2');
    }
  });
});
