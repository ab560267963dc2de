import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { type Answer, type Sending, startTestApp, type TestApp } from './app.ts';

const MIB = 1024 * 1024;

const CONFIG = {
  sources: {
    any: { type: 'generic', verify: 'none' },
    github: { type: 'github', verify: 'none' },
    stripe: { type: 'stripe', verify: 'none' },
    alerts: { type: 'alertmanager', verify: 'none' },
    shop: {
      type: 'generic',
      verify: 'none',
      map: { title: '{{payload.a.b}}{{payload.__proto__}}', labels: { x: '{{payload.constructor}}' } },
    },
  },
  channels: { screen: { platform: 'console', pace: false } },
  routes: [
    {
      name: 'deep',
      match: { 'payload.__proto__.polluted': 'yes', 'query.__proto__': '*', 'headers.__proto__': '*' },
      to: 'screen',
    },
    { name: 'all', fallback: true, to: 'screen' },
  ],
};

describe('hostile requests', () => {
  let bellhop: TestApp;
  beforeAll(async () => {
    bellhop = await startTestApp(CONFIG);
  });
  afterAll(() => bellhop.stop());
  afterEach(async () => {
    // Whatever came before: it lives, it answers, and no fault was logged.
    expect((await bellhop.send('/healthz')).status).toBe(200);
    expect(bellhop.log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  const post = (body: Sending['body'], headers: Sending['headers'] = {}, source = 'any'): Promise<Answer> =>
    bellhop.send(`/hooks/${source}`, { method: 'POST', headers, body });
  const statusOf = async (...post_: Parameters<typeof post>) => {
    const answer = await post(...post_);
    return `${answer.status} ${answer.body.status}`;
  };
  const json = { 'content-type': 'application/json' };

  it('documents nested without end are unreadable, for every type', async () => {
    const lists = '['.repeat(100_000) + ']'.repeat(100_000);
    const objects = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    const xml = '<a>'.repeat(100_000) + '</a>'.repeat(100_000);
    for (const source of ['any', 'shop', 'github', 'stripe', 'alerts']) {
      expect(await statusOf(lists, { ...json, 'x-github-event': 'push' }, source)).toBe('200 unreadable');
      expect(await statusOf(objects, { ...json, 'x-github-event': 'push' }, source)).toBe('200 unreadable');
    }
    expect(await statusOf('['.repeat(MIB), json)).toBe('200 unreadable');
    expect(await statusOf(xml, { 'content-type': 'application/xml' })).toBe('200 unreadable');
    expect(await statusOf(lists, { 'content-type': 'text/plain' })).toBe('200 accepted');
    expect(
      await statusOf(`payload=${encodeURIComponent(lists)}`, { 'content-type': 'application/x-www-form-urlencoded' }),
    ).toBe('200 accepted');
  });

  it('__proto__ and constructor are names like any other and pollute nothing', async () => {
    const bodies: readonly (readonly [string, string])[] = [
      ['{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}', 'application/json'],
      ['__proto__=x&__proto__[polluted]=yes&constructor=1', 'application/x-www-form-urlencoded'],
      ['<__proto__><polluted>yes</polluted></__proto__>', 'application/xml'],
      ['<a><constructor>x</constructor><__proto__ polluted="yes"/></a>', 'application/xml'],
    ];
    for (const [body, type] of bodies) {
      for (const source of ['any', 'shop']) {
        expect(await statusOf(body, { 'content-type': type, __proto__: 'polluted' }, source)).toBe('200 accepted');
      }
    }
    const got = await bellhop.send('/hooks/any?__proto__=polluted&constructor=x&hasOwnProperty=y&title=z', {
      headers: { constructor: 'x', hasownproperty: 'y' },
    });
    expect(got.body.status).toBe('accepted');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('bytes that are no text, forms without end, bombs and nonsense are answered 200 and kept', async () => {
    expect(await statusOf(Buffer.from([0xff, 0xfe, 0xfd, 0x00, 0x80]), json)).toBe('200 unreadable');
    expect(await statusOf(Buffer.from('{"title":"\xff\xfe"}', 'latin1'), json)).toBe('200 accepted');
    expect(await statusOf('a&'.repeat(MIB / 2), { 'content-type': 'application/x-www-form-urlencoded' })).toBe(
      '200 accepted',
    );
    const bomb = `<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY c "${'&a;'.repeat(1000)}">]><b>${'&c;'.repeat(1000)}</b>`;
    expect(await statusOf(bomb, { 'content-type': 'text/xml' })).toBe('200 unreadable');
    expect(await statusOf('--x', { 'content-type': 'multipart/form-data' })).toBe('200 unreadable');
    expect(await statusOf('--x\r\n\r\n', { 'content-type': 'multipart/form-data; boundary=x' })).toBe('200 unreadable');
    expect(await statusOf('--'.repeat(MIB / 2), { 'content-type': 'multipart/form-data; boundary=-' })).toBe(
      '200 unreadable',
    );
    expect(await statusOf('{}', { 'content-type': ';;;/// ===' })).toBe('200 accepted');
    expect(await statusOf('{}', { 'content-type': 'x'.repeat(8_000) })).toBe('200 accepted');
    expect(await statusOf('\u0000\u0001', { 'content-type': 'application/json; charset=no-such-thing' })).toBe(
      '200 unreadable',
    );
    expect(await statusOf('', json)).toBe('200 unreadable');
    expect(await statusOf(Buffer.alloc(0), {})).toBe('200 unreadable');
    expect(await statusOf('null', json)).toBe('200 unreadable');
    for (const scalar of ['1', '"text"', 'true', '[]', '[[]]', '[1,2]', '{}']) {
      expect((await post(scalar, json)).status).toBe(200);
      for (const source of ['github', 'stripe', 'alerts', 'shop'])
        expect((await post(scalar, { ...json, 'x-github-event': 'push' }, source)).status).toBe(200);
    }
  });

  it('ten thousand query parameters, and a query that is no query', async () => {
    const many = Array.from({ length: 2_000 }, (_, i) => `p${i}`).join('&');
    expect((await bellhop.send(`/hooks/any?${many}`)).body.status).toBe('accepted');
    for (const query of ['?', '??', '?%', '?%E0%A4%A=x', '?a=%00', '?=&&&=', '?a=1&a=2'])
      expect([query, (await bellhop.send(`/hooks/any${query}`)).status]).toEqual([query, 200]);
    const tooLong = await bellhop.raw(
      `GET /hooks/any?${Array.from({ length: 10_000 }, (_, i) => `p${i}`).join('&')} HTTP/1.1\r\nHost: x\r\n\r\n`,
    );
    expect(tooLong).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('broken percent-encoding is refused with a code word, and kept', async () => {
    for (const path of ['/hooks/%E0%A4%A', '/hooks/any/%', '/hooks/%ff']) {
      const answer = await bellhop.raw(
        `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).toContain('{"error":{"code":"unreadable_request","message":');
      const { rejected } = (await bellhop.api('/api/rejected?limit=1')).body;
      expect(rejected[0]).toMatchObject({ code: 'unreadable_request', method: 'POST', source: '' });
    }
  });

  it('strange request lines do not get in the way', async () => {
    for (const [target, status] of [
      ['http://[/hooks/any?a=1', 404],
      ['http://evil.example/hooks/any?title=x', 200],
      ['//hooks/any?x', 404],
      ['/hooks/any/a/b/c', 404],
      ['/hooks', 404],
      ['/hooks/', 404],
      ['*', 404],
      ['/hooks/any#fragment?x=1', 200],
      ['/hooks/any?x=1?y=2#z', 200],
      ['/HOOKS/any?x=1', 404],
    ] as const) {
      const answer = await bellhop.raw(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect([target, answer.split('\r\n', 1)[0]]).toEqual([target, expect.stringMatching(`^HTTP/1.1 ${status} `)]);
    }
  });

  it('headers of 64 KB are refused before they are kept; headers that come twice are joined', async () => {
    const big = await bellhop.raw(`POST /hooks/any HTTP/1.1\r\nHost: x\r\nX-Big: ${'x'.repeat(64 * 1024)}\r\n\r\n`);
    expect(big).toMatch(/^HTTP\/1\.1 431 /);
    const twice = await bellhop.send('/hooks/any', {
      headers: { 'x-twice': ['one', 'two'], 'x-event-type': ['a', 'b'] },
      body: { title: 'joined' },
    });
    expect(twice.body.status).toBe('accepted');
    const { events } = (await bellhop.api('/api/events?q=joined')).body;
    const { request } = (await bellhop.api(`/api/events/${events[0].id}`)).body;
    expect(request.headers['x-twice']).toBe('one, two');
  });

  it('what is no HTTP is answered 400 and closed', async () => {
    expect(await bellhop.raw('\x16\x03\x01\x02\x00\x01\x00\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(
      await bellhop.raw(
        'POST /hooks/any HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
      ),
    ).toMatch(/^HTTP\/1\.1 400 /);
    expect(
      await bellhop.raw(
        'POST /hooks/any HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n',
      ),
    ).toMatch(/^HTTP\/1\.1 400 |^$/);
    expect(
      await bellhop.raw(
        'POST /hooks/any HTTP/1.1\r\nHost: x\r\nExpect: nonsense\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
      ),
    ).toMatch(/^HTTP\/1\.1 417 /);
  });

  it('Expect: 100-continue is told to go on', async () => {
    const answer = await bellhop.raw(
      'POST /hooks/any HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 2\r\n\r\n',
      '{}',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain('"status":"accepted"');
  });

  it('requests sent without waiting are answered in their order', async () => {
    const one = (title: string, last = false) => {
      const body = JSON.stringify({ title });
      return `POST /hooks/any HTTP/1.1\r\nHost: x\r\n${last ? 'Connection: close\r\n' : ''}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    };
    const answer = await bellhop.raw(
      `${one('first')}POST /hooks/nobody HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}${one('third', true)}`,
    );
    expect(answer.match(/HTTP\/1\.1 (\d+)/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 404', 'HTTP/1.1 200']);
  });

  it('a body that ends early is refused and kept, compressed or not', async () => {
    const gzipped = gzipSync(Buffer.alloc(100_000, 'x'));
    for (const headers of ['', 'Content-Encoding: gzip\r\n', 'Transfer-Encoding: chunked\r\n']) {
      const before =
        (await bellhop.send('/metrics')).text.match(/source="any",status="unreadable_request"} (\d+)/)?.[1] ?? '0';
      const length = headers.startsWith('Transfer') ? '' : 'Content-Length: 5000\r\n';
      await new Promise<void>((done) => {
        const socket = connect(bellhop.app.address.port, '127.0.0.1');
        socket.on('error', () => {});
        socket.write(`POST /hooks/any HTTP/1.1\r\nHost: x\r\n${headers}${length}\r\n`);
        socket.write(headers.startsWith('Transfer') ? '5\r\nhel' : gzipped.subarray(0, 50));
        setTimeout(() => {
          socket.destroy();
          done();
        }, 50);
      });
      await until(
        async () =>
          (await bellhop.send('/metrics')).text.includes(
            `bellhop_hooks_total{source="any",status="unreadable_request"} ${Number(before) + 1}\n`,
          ),
        `the refusal of "${headers.trim()}" to be counted`,
        3,
      );
    }
  });

  it('large bodies are read in turn, and a sender that leaves or dawdles holds up no small one', async () => {
    const gzipped = gzipSync(Buffer.alloc(24 * MIB, ' '));
    const large = () => post(gzipped, { 'content-encoding': 'gzip', 'x-github-event': 'push' }, 'github');
    const dawdlers = Array.from({ length: 12 }, () => {
      const socket = connect(bellhop.app.address.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(`POST /hooks/github HTTP/1.1\r\nHost: x\r\nContent-Length: ${20 * MIB}\r\n\r\nx`);
      return socket;
    });
    const waiting = Array.from({ length: 10 }, large);
    expect(await statusOf('{"title":"small"}', json)).toBe('200 accepted');
    for (const socket of dawdlers) socket.destroy();
    const answers = await Promise.all(waiting);
    expect(answers.map(({ status, body }) => `${status} ${body.status}`)).toEqual(
      Array.from({ length: 10 }, () => '200 unreadable'),
    );
  });

  it('nothing was answered 500, and no answer holds a stack', async () => {
    const { text } = await bellhop.api('/api/rejected?limit=500');
    expect(text).not.toMatch(/\bat \w+ \(|node_modules/);
  });
});
