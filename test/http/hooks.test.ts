import { createHmac } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOON } from '../builders.ts';
import { type Sending, startTestApp, type TestApp } from './app.ts';

const GITHUB_SECRET = 'github-secret-of-the-test';
const STRIPE_SECRET = 'whsec_stripe-secret-of-the-test';
const TOKEN = 'token-of-the-test';

const CONFIG = {
  server: { trustProxy: 1 },
  sources: {
    github: { type: 'github', secret: GITHUB_SECRET },
    stripe: { type: 'stripe', secret: STRIPE_SECRET },
    shop: { type: 'generic', auth: { bearer: TOKEN }, map: { id: '{{payload.id}}', title: '{{payload.title}}' } },
    fenced: { type: 'generic', verify: 'none', allowFrom: ['10.0.0.0/8'] },
    secretive: { type: 'generic', auth: { urlToken: TOKEN } },
    gcp: { type: 'gcp-monitoring', secret: TOKEN },
    gated: { type: 'generic', secret: TOKEN, auth: { token: { header: 'X-Gate' } } },
  },
  channels: { screen: { platform: 'console', pace: false } },
  routes: [{ name: 'all', to: 'screen' }],
};

const PUSH = {
  ref: 'refs/heads/main',
  before: 'a'.repeat(40),
  after: 'b'.repeat(40),
  created: false,
  deleted: false,
  forced: false,
  compare: 'https://github.com/acme/api/compare/a...b',
  commits: [],
  head_commit: null,
  pusher: { name: 'mona' },
  sender: { login: 'mona' },
  repository: { id: 1, full_name: 'acme/api', html_url: 'https://github.com/acme/api', default_branch: 'main' },
};

let deliveries = 0;
function github(event: string, body: object | Buffer, headers: Record<string, string> = {}): Sending {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': `delivery-${++deliveries}`,
      'x-hub-signature-256': `sha256=${createHmac('sha256', GITHUB_SECRET).update(bytes).digest('hex')}`,
      ...headers,
    },
    body: bytes,
  };
}

function stripe(at: Date): Sending {
  const body = JSON.stringify({ id: 'evt_1', object: 'event', type: 'customer.created', data: { object: {} } });
  const seconds = Math.floor(at.getTime() / 1_000);
  const signature = createHmac('sha256', STRIPE_SECRET).update(`${seconds}.${body}`).digest('hex');
  return { method: 'POST', headers: { 'stripe-signature': `t=${seconds},v1=${signature}` }, body };
}

const bearer = { authorization: `Bearer ${TOKEN}` };

describe('a hook is answered', () => {
  let bellhop: TestApp;
  beforeAll(async () => {
    bellhop = await startTestApp(CONFIG);
  });
  afterAll(() => bellhop.stop());

  const refused = async () => (await bellhop.api('/api/rejected?limit=1')).body.rejected[0];

  it('200 accepted, and duplicate with the first one’s id when it comes again', async () => {
    const hook = github('push', PUSH, { 'x-github-delivery': 'twice' });
    const first = await bellhop.send('/hooks/github', hook);
    expect(first).toMatchObject({ status: 200, headers: { 'content-type': 'application/json; charset=utf-8' } });
    expect(first.body).toEqual({ id: expect.stringMatching(/^hook_\w{24}$/), status: 'accepted', events: 1 });
    const second = await bellhop.send('/hooks/github', hook);
    expect(second.status).toBe(200);
    expect(second.body).toMatchObject({ id: first.body.id, status: 'duplicate', events: 0 });
  });

  it('200 ignored and 200 unreadable, with the reason', async () => {
    const ignored = await bellhop.send('/hooks/github', github('watch', { action: 'started' }));
    expect(ignored.status).toBe(200);
    expect(ignored.body).toEqual({
      id: expect.stringMatching(/^hook_/),
      status: 'ignored',
      events: 0,
      note: expect.stringMatching(/\w/),
    });
    const unreadable = await bellhop.send('/hooks/github', github('push', Buffer.from('{"no json')));
    expect(unreadable.status).toBe(200);
    expect(unreadable.body).toEqual({
      id: expect.stringMatching(/^hook_/),
      status: 'unreadable',
      events: 0,
      note: 'The body is not valid JSON.',
    });
  });

  it('401 bad_signature, kept with masked headers and its body', async () => {
    const answer = await bellhop.send('/hooks/github', {
      ...github('push', PUSH),
      headers: { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}`, authorization: 'Basic eDp5', 'x-plain': 'seen' },
    });
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({
      error: {
        code: 'bad_signature',
        message: 'The signature in x-hub-signature-256 does not fit the body and the source’s secret.',
      },
    });
    const kept = await refused();
    expect(kept).toEqual({
      bodyBytes: Buffer.byteLength(kept.body),
      id: expect.stringMatching(/^hook_/),
      at: NOON.toISOString(),
      source: 'github',
      from: '127.0.0.1',
      method: 'POST',
      url: '/hooks/github',
      code: 'bad_signature',
      reason: answer.body.error.message,
      headers: expect.objectContaining({
        'x-hub-signature-256': '‹secret›',
        authorization: '‹secret›',
        'x-plain': 'seen',
      }),
      body: JSON.stringify(PUSH),
      bodyEncoding: 'utf8',
    });
  });

  it('401 stale_timestamp to a right signature of another time, and 200 within five minutes', async () => {
    const late = await bellhop.send('/hooks/stripe', stripe(new Date(NOON.getTime() - 301_000)));
    expect([late.status, late.body.error.code]).toEqual([401, 'stale_timestamp']);
    const early = await bellhop.send('/hooks/stripe', stripe(new Date(NOON.getTime() + 301_000)));
    expect([early.status, early.body.error.code]).toEqual([401, 'stale_timestamp']);
    const fine = await bellhop.send('/hooks/stripe', stripe(new Date(NOON.getTime() - 300_000)));
    expect([fine.status, fine.body.status]).toEqual([200, 'accepted']);
  });

  it('403 address_not_allowed, believing one proxy and no forged hop before it', async () => {
    const from = async (forwarded: string | undefined) => {
      const answer = await bellhop.send('/hooks/fenced', {
        headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
        body: { title: 'from somewhere' },
      });
      return [answer.status, answer.body.error?.code ?? answer.body.status];
    };
    expect(await from('10.1.2.3')).toEqual([200, 'accepted']);
    expect(await from('192.0.2.7, 10.1.2.3')).toEqual([200, 'accepted']);
    expect(await from('10.1.2.3, 192.0.2.7')).toEqual([403, 'address_not_allowed']);
    expect(await from('unknown')).toEqual([403, 'address_not_allowed']);
    expect(await from('')).toEqual([403, 'address_not_allowed']);
    expect(await from(undefined)).toEqual([403, 'address_not_allowed']);
  });

  it('404 unknown_source, whatever the name', async () => {
    for (const name of [
      'nobody',
      '__proto__',
      'constructor',
      'git%2Fhub',
      '%00',
      'GitHub',
      'github%20',
      'ü',
      '..%2F',
    ]) {
      const answer = await bellhop.send(`/hooks/${encodeURI(decodeURI(name))}`, { body: {} });
      expect([name, answer.status, answer.body.error.code]).toEqual([name, 404, 'unknown_source']);
    }
  });

  it('405 with the methods that are taken; GET only where the query can be a hook', async () => {
    for (const method of ['GET', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE']) {
      const answer = await bellhop.send('/hooks/github', { method });
      expect([method, answer.status, answer.body.error.code, answer.headers.allow]).toEqual([
        method,
        405,
        'method_not_allowed',
        'POST, PUT, PATCH',
      ]);
    }
    const head = await bellhop.send('/hooks/github', { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([405, '']);
    for (const method of ['POST', 'PUT', 'PATCH']) {
      const answer = await bellhop.send('/hooks/shop', { method, headers: bearer, body: { title: method } });
      expect([method, answer.status, answer.body.status]).toEqual([method, 200, 'accepted']);
    }
    const got = await bellhop.send('/hooks/shop?title=by+query&id=q1', { headers: bearer });
    expect([got.status, got.body.status]).toEqual([200, 'accepted']);
    const { events } = (await bellhop.api('/api/events?q=by+query')).body;
    expect(events).toHaveLength(1);
  });

  it('413 too_large: plain, chunked and inflated; the limit is the source’s', async () => {
    const MIB = 1024 * 1024;
    const tooLarge = { error: { code: 'too_large', message: 'The body, or what it inflates to, is over 1024 KB.' } };
    const bodies: readonly (readonly [Sending['body'], Record<string, string>])[] = [
      [Buffer.alloc(MIB + 1, 'x'), {}],
      [[Buffer.alloc(MIB, 'x'), Buffer.alloc(MIB, 'x')], {}],
      [gzipSync(Buffer.alloc(64 * MIB)), { 'content-encoding': 'gzip' }],
      [brotliCompressSync(Buffer.alloc(64 * MIB)), { 'content-encoding': 'br' }],
      [deflateSync(Buffer.alloc(8 * MIB)), { 'content-encoding': 'deflate' }],
    ];
    for (const [body, headers] of bodies) {
      const answer = await bellhop.send('/hooks/shop', { method: 'POST', headers: { ...bearer, ...headers }, body });
      expect(answer.status).toBe(413);
      expect(answer.body).toEqual(tooLarge);
      expect(await refused()).toMatchObject({ source: 'shop', code: 'too_large', body: '' });
    }
    const justFits = await bellhop.send('/hooks/shop', {
      method: 'POST',
      headers: { ...bearer, 'content-type': 'text/plain' },
      body: Buffer.alloc(MIB, 'x'),
    });
    expect(justFits.status).toBe(200);
    const large = { ...PUSH, filler: 'x'.repeat(20 * MIB) };
    expect(await bellhop.send('/hooks/github', github('push', large))).toMatchObject({
      status: 200,
      body: { status: 'accepted' },
    });
    const larger = await bellhop.send('/hooks/github', github('push', Buffer.alloc(25 * MIB + 1, ' ')));
    expect([larger.status, larger.body.error]).toEqual([
      413,
      { code: 'too_large', message: 'The body, or what it inflates to, is over 25600 KB.' },
    ]);
  });

  it('415 unsupported_encoding', async () => {
    for (const encoding of ['compress', 'gzip, gzip', 'zstd', 'nonsense', '__proto__']) {
      const answer = await bellhop.send('/hooks/shop', {
        method: 'POST',
        headers: { ...bearer, 'content-encoding': encoding },
        body: '{}',
      });
      expect([encoding, answer.status, answer.body.error.code]).toEqual([encoding, 415, 'unsupported_encoding']);
    }
  });

  it('400 unreadable_request to damaged compression', async () => {
    const whole = gzipSync(JSON.stringify({ title: 'x'.repeat(1_000) }));
    for (const body of [whole.subarray(0, 20), Buffer.from('not gzip at all'), Buffer.alloc(0)]) {
      const answer = await bellhop.send('/hooks/shop', {
        method: 'POST',
        headers: { ...bearer, 'content-encoding': 'gzip' },
        body,
      });
      expect([answer.status, answer.body.error?.code]).toEqual([400, 'unreadable_request']);
    }
  });

  it('verifies the inflated bytes of gzip, deflate and br', async () => {
    const plain = github('push', PUSH);
    for (const [encoding, compress] of [
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['br', brotliCompressSync],
      ['GZIP', gzipSync],
    ] as const) {
      const answer = await bellhop.send('/hooks/github', {
        ...plain,
        headers: {
          ...plain.headers,
          'content-encoding': encoding,
          'x-github-delivery': `by-${encoding}-${++deliveries}`,
        },
        body: compress(plain.body as Buffer),
      });
      expect([encoding, answer.status, answer.body.status]).toEqual([encoding, 200, 'accepted']);
    }
  });

  it('takes the token at the end of the address, and never shows it', async () => {
    expect(await bellhop.send(`/hooks/secretive/${TOKEN}`, { body: { title: 'by token' } })).toMatchObject({
      status: 200,
      body: { status: 'accepted' },
    });
    for (const [path, url] of [
      ['/hooks/secretive', '/hooks/secretive'],
      ['/hooks/secretive/wrong-token', '/hooks/secretive/‹secret›'],
      ['/hooks/secretive/wrong-token/', '/hooks/secretive/‹secret›'],
      ['/hooks/secretive/wrong-token?token=wrong-token', '/hooks/secretive/‹secret›?…'],
      ['/hooks/secretive/wrong%2Ftoken', '/hooks/secretive/‹secret›'],
    ] as const) {
      const answer = await bellhop.send(path, { body: {} });
      expect([path, answer.status, answer.body.error.code]).toEqual([path, 401, 'bad_signature']);
      expect((await refused()).url).toBe(url);
    }
    const { text } = await bellhop.api('/api/rejected?limit=500');
    expect(text).not.toContain('wrong-token');
    const { events } = (await bellhop.api('/api/events?q=by+token')).body;
    expect((await bellhop.api(`/api/events/${events[0].id}`)).text).not.toContain(TOKEN);
  });

  it('takes the token in the query, and neither keeps nor shows it', async () => {
    const incident = { incident_id: '0.t', policy_name: 'By query token', state: 'open' };
    const send = (query: string) => bellhop.send(`/hooks/gcp${query}`, { body: { incident } });
    expect((await send('?auth_token=wrong-token')).status).toBe(401);
    expect((await refused()).url).toBe('/hooks/gcp?…');
    expect(await send(`?zone=eu&auth_token=${TOKEN}`)).toMatchObject({ status: 200, body: { status: 'accepted' } });
    const { events } = (await bellhop.api('/api/events?q=By+query+token')).body;
    const { body, text } = await bellhop.api(`/api/events/${events[0].id}`);
    expect(body.request.query).toEqual({ zone: 'eu' });
    expect(text).not.toContain(TOKEN);
    expect((await bellhop.api('/api/rejected?limit=500')).text).not.toContain('wrong-token');
  });

  it('takes a refused hook in with the address it came by, once the config is mended', async () => {
    const incident = { incident_id: '0.r', policy_name: 'Came by its address', state: 'open' };
    const replay = async () => {
      const { id } = await refused();
      return (await bellhop.api(`/api/rejected/${id}/replay`, { method: 'POST' })).body;
    };
    const config = (secret: string) => ({
      ...CONFIG,
      sources: {
        ...CONFIG.sources,
        gcp: { type: 'gcp-monitoring', secret },
        secretive: { type: 'generic', auth: { urlToken: secret } },
      },
    });
    const inQuery = () => bellhop.send('/hooks/gcp?auth_token=later%2Btoken', { body: { incident } });
    const inPath = () => bellhop.send('/hooks/secretive/later+token?a=b%20c', { body: { title: 'By path' } });
    for (const send of [inQuery, inPath]) {
      expect((await send()).status).toBe(401);
      expect((await replay()).error.message).toMatch(/^It is refused again \(bad_signature\): The token /);
      await bellhop.writeConfig(config('later+token'));
      await bellhop.app.reload();
      expect(await replay()).toMatchObject({ status: 'accepted', events: 1 });
      await bellhop.writeConfig(CONFIG);
      await bellhop.app.reload();
    }
    const { text } = await bellhop.api('/api/rejected?limit=500');
    expect(text).not.toMatch(/later(\+|%2B)token/);
  });

  it('masks the header that a source’s auth names, whatever it is called', async () => {
    await bellhop.send('/hooks/gated', { headers: { 'x-gate': 'wrong-pass' }, body: {} });
    expect((await refused()).headers['x-gate']).toBe('‹secret›');
    await bellhop.send('/hooks/gated', { headers: { 'x-gate': TOKEN }, body: { title: 'through the gate' } });
    const { events } = (await bellhop.api('/api/events?q=through+the+gate')).body;
    const { request } = (await bellhop.api(`/api/events/${events[0].id}`)).body;
    expect(request.headers['x-gate']).toBe('‹secret›');
  });

  it('accepts one of two identical hooks that come at the same moment', async () => {
    const hook = github('push', PUSH, { 'x-github-delivery': 'at-once' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => bellhop.send('/hooks/github', hook)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(answers.map(({ body }) => body.status).sort()).toEqual([
      'accepted',
      ...Array.from({ length: 19 }, () => 'duplicate'),
    ]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  it('counts answers by source and code, and strangers under one name', async () => {
    for (let i = 0; i < 30; i++) await bellhop.send(`/hooks/stranger-${i}`, { body: {} });
    const { text } = await bellhop.send('/metrics');
    const series = text.split('\n').filter((line) => line.startsWith('bellhop_hooks_total{'));
    expect(series.filter((line) => line.includes('unknown_source'))).toHaveLength(1);
    expect(series.some((line) => line.includes('stranger'))).toBe(false);
    expect(text).toContain('bellhop_hooks_total{source="gated",status="bad_signature"} 1\n');
  });
});
