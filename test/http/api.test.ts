import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOON } from '../builders.ts';
import { until } from '../until.ts';
import { ADMIN_TOKEN, startTestApp, type TestApp } from './app.ts';

const SECRET = 'shop-secret-of-the-test';

const config = (secret = SECRET) => ({
  sources: {
    shop: {
      type: 'generic',
      secret,
      auth: { hmac: { header: 'X-Shop', algorithm: 'sha256', encoding: 'hex', prefix: '' } },
      map: {
        id: '{{payload.id}}',
        event: 'order.{{payload.status}}',
        title: 'Order {{payload.id}}',
        key: 'order:{{payload.id}}',
        state: '{{payload.status}}',
        severity: 'warning',
        url: 'https://shop.example.com/{{payload.id}}',
        labels: { region: '{{payload.region}}' },
      },
    },
    open: { type: 'generic', verify: 'none' },
    alerts: { type: 'alertmanager', verify: 'none' },
  },
  channels: { screen: { platform: 'console', pace: false }, scream: { platform: 'console', pace: false } },
  routes: [
    { name: 'paid', match: { event: 'order.paid' }, to: 'screen' },
    { name: 'both', match: { source: 'open' }, to: ['screen', 'scream'] },
  ],
});

const order = (id: string, status = 'paid') => ({ id, status, region: 'eu' });

function signed(body: object, secret = SECRET) {
  const bytes = JSON.stringify(body);
  const signature = createHmac('sha256', secret).update(bytes).digest('hex');
  return { method: 'POST', headers: { 'content-type': 'application/json', 'x-shop': signature }, body: bytes };
}

let bellhop: TestApp;
beforeAll(async () => {
  bellhop = await startTestApp(config());
});
afterAll(() => bellhop.stop());

const allSent = () =>
  until(async () => {
    const { deliveries } = (await bellhop.api('/api/deliveries?limit=500')).body;
    return deliveries.every(({ state }: { state: string }) => state === 'sent');
  }, 'every delivery to be sent');
const post = (path: string, body?: object | string) =>
  bellhop.api(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  });
const refusal = ({ status, body }: { status: number; body: { error?: { code: string; message: string } } }) => [
  status,
  body.error?.code,
  body.error?.message,
];

describe('the admin token', () => {
  it('opens the API in the header, whatever the case of "Bearer", and nowhere else', async () => {
    const status = async (authorization: string | undefined, query = '') => {
      const headers = authorization === undefined ? {} : { authorization };
      return (await bellhop.send(`/api/stats${query}`, { headers })).status;
    };
    expect(await status(`Bearer ${ADMIN_TOKEN}`)).toBe(200);
    expect(await status(`bearer ${ADMIN_TOKEN}`)).toBe(200);
    expect(await status(`BEARER ${ADMIN_TOKEN}`)).toBe(200);
    for (const wrong of [undefined, '', 'Bearer', 'Bearer ', 'Bearer wrong', ADMIN_TOKEN, `Basic ${ADMIN_TOKEN}`])
      expect([wrong, await status(wrong)]).toEqual([wrong, 401]);
    expect(await status(`Bearer ${ADMIN_TOKEN}x`)).toBe(401);
    expect(await status(`Bearer ${ADMIN_TOKEN}, Bearer x`)).toBe(401);
    expect(await status(undefined, `?token=${ADMIN_TOKEN}&access_token=${ADMIN_TOKEN}`)).toBe(401);
  });

  it('is asked for before anything is read or looked up', async () => {
    for (const [method, path] of [
      ['GET', '/api'],
      ['GET', '/api/no-such-thing'],
      ['GET', '/api/events/evt_1'],
      ['POST', '/api/explain'],
      ['DELETE', '/api/mutes/1'],
    ] as const) {
      const answer = await bellhop.send(path, { method, ...(method === 'POST' ? { body: '{"broken' } : {}) });
      expect([path, ...refusal(answer)]).toEqual([
        path,
        401,
        'unauthorized',
        'The admin token is missing or wrong; send it as "Authorization: Bearer <token>".',
      ]);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
  });
});

describe('events and deliveries', () => {
  it('have exactly the documented shapes', async () => {
    const { body: answer } = await bellhop.send('/hooks/shop?from=till', signed(order('o-1')));
    await allSent();
    const { body } = await bellhop.api('/api/events?q=o-1');
    expect(body).toEqual({
      events: [
        {
          id: expect.stringMatching(/^evt_\w{24}$/),
          source: 'shop',
          type: 'generic',
          event: 'order.paid',
          title: 'Order o-1',
          severity: 'warning',
          state: 'paid',
          key: 'order:o-1',
          url: 'https://shop.example.com/o-1',
          labels: expect.objectContaining({ region: 'eu' }),
          receivedAt: NOON.toISOString(),
          at: NOON.toISOString(),
          routes: ['paid'],
          deliveries: [expect.stringMatching(/^dlv_\w{24}$/)],
        },
      ],
      next: null,
    });
    const [event] = body.events;
    const delivery = {
      id: event.deliveries[0],
      eventId: event.id,
      channel: 'screen',
      platform: 'console',
      route: 'paid',
      state: 'sent',
      dueAt: NOON.toISOString(),
      ref: { channel: 'screen', message: event.deliveries[0] },
      attempts: [{ at: NOON.toISOString(), outcome: 'sent', status: null, reason: null, tookMs: 0 }],
      lateBy: 0,
    };
    expect((await bellhop.api('/api/deliveries?channel=screen&state=sent')).body).toEqual({
      deliveries: [delivery],
      next: null,
    });
    expect((await bellhop.api(`/api/deliveries/${delivery.id}`)).body).toEqual(delivery);
    expect((await bellhop.api(`/api/events/${event.id}`)).body).toEqual({
      ...event,
      template: 'generic/default.mustache',
      request: {
        method: 'POST',
        from: '127.0.0.1',
        headers: expect.objectContaining({ 'x-shop': '‹secret›', 'content-type': 'application/json' }),
        query: { from: 'till' },
        body: JSON.stringify(order('o-1')),
        bodyEncoding: 'utf8',
      },
      trace: [
        { name: 'paid', matched: true },
        {
          name: 'both',
          matched: false,
          failed: { path: 'match.source', expected: '"open"', found: 'shop' },
        },
      ],
      mutes: [],
      deliveries: [delivery],
    });
    expect(answer.id).toMatch(/^hook_/);
  });

  it('what an event does not have is null, and a body that is no text is base64', async () => {
    await bellhop.send('/hooks/open', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: Buffer.from([0x68, 0x69, 0xff]),
    });
    const { events } = (await bellhop.api('/api/events?source=open&limit=1')).body;
    expect(events[0]).toMatchObject({ state: null, key: null, url: null, routes: ['both'] });
    const { request } = (await bellhop.api(`/api/events/${events[0].id}`)).body;
    expect([request.body, request.bodyEncoding]).toEqual(['aGn/', 'base64']);
  });

  it('every filter narrows, and together they do too', async () => {
    await bellhop.send('/hooks/shop', signed(order('o-2', 'refunded')));
    const titles = async (query: string) =>
      (await bellhop.api(`/api/events?${query}`)).body.events.map(({ title }: { title: string }) => title).sort();
    expect(await titles('source=shop')).toEqual(['Order o-1', 'Order o-2']);
    expect(await titles('event=order.refunded')).toEqual(['Order o-2']);
    expect(await titles('state=paid')).toEqual(['Order o-1']);
    expect(await titles('q=ORDER+o-2')).toEqual(['Order o-2']);
    expect(await titles('channel=screen&source=shop')).toEqual(['Order o-1']);
    expect(await titles('source=shop&state=paid&event=order.refunded')).toEqual([]);
    expect(await titles('source=%27%20OR%201=1')).toEqual([]);
    expect(await titles('source=shop&q=%25')).toEqual([]);
  });

  it('cursors walk through everything once, newest first, at any limit', async () => {
    for (let i = 0; i < 40; i++) await bellhop.send('/hooks/open', { body: { title: `walk ${i}` } });
    await allSent();
    for (const kind of ['events', 'deliveries'] as const) {
      const all = (await bellhop.api(`/api/${kind}?limit=500`)).body[kind].map(({ id }: { id: string }) => id);
      expect(all).toEqual([...all].sort().reverse());
      expect(new Set(all).size).toBe(all.length);
      for (const limit of [1, 2, 7, 20, all.length - 1, all.length, all.length + 1, 500]) {
        const walked: string[] = [];
        let pages = 0;
        for (let cursor: string | null = ''; cursor !== null; pages++) {
          const page: { next: string | null } & Record<string, { id: string }[]> = (
            await bellhop.api(`/api/${kind}?limit=${limit}${cursor === '' ? '' : `&before=${cursor}`}`)
          ).body;
          walked.push(...(page[kind] ?? []).map(({ id }) => id));
          cursor = page.next;
        }
        expect([kind, limit, walked, pages]).toEqual([kind, limit, all, Math.ceil(all.length / limit)]);
      }
    }
  });

  it('says what is wrong with a parameter', async () => {
    for (const limit of ['0', '501', '-1', '1.5', 'ten', '1e9', 'NaN', '%00'])
      expect([limit, ...refusal(await bellhop.api(`/api/events?limit=${limit}`))]).toEqual([
        limit,
        400,
        'bad_request',
        `"limit" is "${decodeURIComponent(limit)}"; a number from 1 to 500 was expected.`,
      ]);
    expect((await bellhop.api('/api/events?limit=')).status).toBe(200);
    expect(refusal(await bellhop.api('/api/deliveries?state=snet'))).toEqual([
      400,
      'bad_request',
      '"state" is "snet"; one of queued, sending, sent, muted, held, collapsed, dead was expected; did you mean "sent"?',
    ]);
    expect(refusal(await bellhop.api('/api/events?source=a&source=b'))).toEqual([
      400,
      'bad_request',
      '"source" is given more than once; once was expected.',
    ]);
  });
});

describe('what is not there', () => {
  it('is answered 404 in words, whatever the id', async () => {
    for (const id of ['evt_0', '..%2F..', '%00', '%F0%9F%94%94', '__proto__', "'%20OR%201=1--", 'x'.repeat(4_000)]) {
      for (const [method, path] of [
        ['GET', `/api/events/${id}`],
        ['POST', `/api/events/${id}/replay`],
        ['GET', `/api/deliveries/${id}`],
        ['POST', `/api/deliveries/${id}/retry`],
        ['POST', `/api/rejected/${id}/replay`],
      ] as const) {
        const answer = await bellhop.api(path, { method });
        expect([method, path, answer.status, answer.body.error.code]).toEqual([method, path, 404, 'not_found']);
        expect(answer.body.error.message).toContain(decodeURIComponent(id));
      }
    }
    for (const [method, path] of [
      ['GET', '/api'],
      ['GET', '/api/'],
      ['DELETE', '/api/events'],
      ['PUT', '/api/events/evt_1'],
      ['GET', '/nothing'],
      ['POST', '/healthz'],
    ] as const)
      expect([path, ...refusal(await bellhop.api(path, { method })).slice(0, 2)]).toEqual([path, 404, 'not_found']);
  });

  it('and a path that is broken is a bad request', async () => {
    const answer = await bellhop.raw(
      `GET /api/events/%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"code":"bad_request"');
  });
});

describe('replay and retry', () => {
  const eventId = async () => (await bellhop.api('/api/events?q=o-1')).body.events[0].id;

  it('goes by today’s routes, or to one channel, marked as a replay', async () => {
    const id = await eventId();
    const byRoutes = await post(`/api/events/${id}/replay`);
    expect([byRoutes.status, byRoutes.body]).toEqual([
      200,
      { deliveries: [{ id: expect.stringMatching(/^dlv_/), channel: 'screen', platform: 'console', route: 'paid' }] },
    ]);
    const toOne = await post(`/api/events/${id}/replay`, { channel: 'scream' });
    expect(toOne.body.deliveries).toEqual([
      { id: expect.stringMatching(/^dlv_/), channel: 'scream', platform: 'console', route: 'replay' },
    ]);
    await allSent();
    const { body } = await bellhop.api(`/api/deliveries/${toOne.body.deliveries[0].id}`);
    expect(body).toMatchObject({ replay: true, state: 'sent', eventId: id });
    expect(bellhop.printed.filter((text) => text.includes('Order o-1') && text.includes('Replayed'))).toHaveLength(2);
  });

  it('says which channel was meant, and what a body may hold', async () => {
    const path = `/api/events/${await eventId()}/replay`;
    expect(refusal(await post(path, { channel: 'screm' }))).toEqual([
      400,
      'bad_request',
      'There is no channel "screm" in the config; did you mean "scream"?',
    ]);
    for (const [body, said] of [
      [{ chanel: 'screen' }, 'chanel'],
      [{ channel: 7 }, 'channel'],
      ['[]', 'body'],
      ['"text"', 'body'],
    ] as const) {
      const [status, code, message] = refusal(await post(path, body));
      expect([status, code]).toEqual([400, 'bad_request']);
      expect(message).toContain(said);
    }
    expect(refusal(await post(path, '{"channel":'))).toEqual([400, 'bad_request', 'The body is no JSON.']);
    expect(refusal(await post(path, JSON.stringify({ channel: 'x'.repeat(1024 * 1024) })))).toEqual([
      413,
      'too_large',
      'The body is over 1 MiB.',
    ]);
  });

  it('does not send again what was sent', async () => {
    const { deliveries } = (await bellhop.api('/api/deliveries?state=sent&limit=1')).body;
    expect(refusal(await post(`/api/deliveries/${deliveries[0].id}/retry`))).toEqual([
      409,
      'conflict',
      `Delivery ${deliveries[0].id} is sent; only a dead or queued one can be retried.`,
    ]);
  });
});

describe('rejected hooks', () => {
  const newest = async () => (await bellhop.api('/api/rejected?limit=1')).body.rejected[0];

  it('are taken in after all once the config is mended, once', async () => {
    const refused = await bellhop.send('/hooks/shop', signed(order('o-3'), 'the new secret'));
    expect(refused.status).toBe(401);
    const { id } = await newest();
    expect(refusal(await post(`/api/rejected/${id}/replay`))).toEqual([
      409,
      'conflict',
      'It is refused again (bad_signature): The signature in x-shop does not fit the body and the source’s secret.',
    ]);
    await bellhop.writeConfig(config('the new secret'));
    await bellhop.app.reload();
    expect((await post(`/api/rejected/${id}/replay`)).body).toMatchObject({ status: 'accepted', events: 1 });
    expect(refusal(await post(`/api/rejected/${id}/replay`)).slice(0, 2)).toEqual([409, 'conflict']);
    expect((await bellhop.api('/api/events?q=o-3')).body.events).toHaveLength(1);
    await bellhop.writeConfig(config());
    await bellhop.app.reload();
  });

  it('cannot be when their body was not kept whole', async () => {
    await bellhop.send('/hooks/shop', signed({ ...order('o-4'), filler: 'x'.repeat(70_000) }, 'wrong'));
    const cut = await newest();
    expect(Buffer.byteLength(cut.body)).toBe(64 * 1024);
    expect(refusal(await post(`/api/rejected/${cut.id}/replay`))[2]).toBe(
      'What follows the first 64 KB of its body was not kept; only its sender can send this hook again.',
    );
    await bellhop.send('/hooks/shop', { method: 'POST', body: Buffer.alloc(1024 * 1024 + 1) });
    const large = await newest();
    expect(refusal(await post(`/api/rejected/${large.id}/replay`))[2]).toBe(
      'Its body was not kept; only its sender can send this hook again.',
    );
  });

  it('are the newest 500', async () => {
    for (let i = 0; i < 26; i++)
      await Promise.all(
        Array.from({ length: 20 }, (_, j) => bellhop.send(`/hooks/flood-${i * 20 + j}`, { body: { i, j } })),
      );
    const { rejected } = (await bellhop.api('/api/rejected?limit=500')).body;
    expect(rejected).toHaveLength(500);
    expect(new Set(rejected.map(({ source }: { source: string }) => source)).size).toBe(500);
    expect((await bellhop.api('/api/rejected')).body.rejected).toHaveLength(50);
    expect((await bellhop.api('/api/stats')).body.rejected).toBe(500);
  });
});

describe('stats', () => {
  it('counts what is stored', async () => {
    const { body } = await bellhop.api('/api/stats');
    expect(Object.keys(body).sort()).toEqual([
      'bytes',
      'deliveries',
      'events',
      'hooks',
      'lastHooks',
      'rejected',
      'waiting',
    ]);
    expect(body.lastHooks).toEqual({ open: NOON.toISOString(), shop: NOON.toISOString() });
    expect(body.waiting).toEqual([]);
    expect(body.events).toBe((await bellhop.api('/api/events?limit=500')).body.events.length);
  });
});

describe('explain', () => {
  it('takes a document or a body as text, and stores and sends nothing', async () => {
    const before = (await bellhop.api('/api/stats')).body;
    for (const payload of [order('o-9'), JSON.stringify(order('o-9'))]) {
      const { status, body } = await post('/api/explain', { source: 'shop', payload });
      expect(status).toBe(200);
      expect(Object.keys(body).sort()).toEqual(['events', 'messages', 'mutes', 'routes']);
      expect(body.events).toHaveLength(1);
      expect(body.events[0]).toMatchObject({
        source: 'shop',
        event: 'order.paid',
        title: 'Order o-9',
        key: 'order:o-9',
      });
      expect(body.routes).toEqual([
        { name: 'paid', matched: true },
        { name: 'both', matched: false, failed: { path: 'match.source', expected: '"open"', found: 'shop' } },
      ]);
      expect(body.messages).toEqual([
        expect.objectContaining({ channel: 'screen', platform: 'console', payload: expect.any(Object) }),
      ]);
      expect(body.messages[0].payload.title).toContain('Order o-9');
    }
    const after = (await bellhop.api('/api/stats')).body;
    expect([after.hooks, after.events, after.deliveries]).toEqual([before.hooks, before.events, before.deliveries]);
    expect(bellhop.printed.join()).not.toContain('o-9');
  });

  it('says why a payload cannot be read', async () => {
    for (const payload of ['{"broken', { no: 'alerts' }, null, 7, []]) {
      const { status, body } = await post('/api/explain', { source: 'alerts', payload });
      expect(status).toBe(200);
      expect(body).toEqual({
        status: 'unreadable',
        reason: expect.stringMatching(/\w/),
        events: [],
        routes: [],
        messages: [],
        mutes: [],
      });
    }
  });

  it('says what is wrong with the question', async () => {
    expect(refusal(await post('/api/explain', { source: 'shup', payload: {} }))).toEqual([
      400,
      'bad_request',
      'There is no source "shup" in the config; did you mean "shop"?',
    ]);
    for (const [body, said] of [
      [undefined, 'body'],
      ['null', 'body'],
      [{ source: 'shop' }, 'payload'],
      [{ payload: {} }, 'source'],
      [{ source: 'shop', payload: {}, evnt: 'x' }, 'evnt'],
      [{ source: 'shop', payload: {}, headers: { 'x-a': 1 } }, 'headers.x-a'],
      [{ source: '__proto__', payload: {} }, '__proto__'],
      [`{"source":"shop","payload":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'nested'],
    ] as const) {
      const [status, code, message] = refusal(await post('/api/explain', body));
      expect([said, status, code]).toEqual([said, 400, 'bad_request']);
      expect(message).toContain(said);
    }
  });

  it('sees headers, whatever their case and name', async () => {
    const { status } = await post(
      '/api/explain',
      '{"source":"open","payload":{"title":"x"},"headers":{"__proto__":"x","X-Event-Type":"it.happened","":"y"}}',
    );
    expect(status).toBe(200);
    const { body } = await post('/api/explain', {
      source: 'open',
      payload: { title: 'x' },
      headers: { 'X-Event-Type': 'it.happened' },
    });
    expect(body.events[0].event).toBe('it.happened');
  });
});

it('met no fault of Bellhop’s own in all of this', () => {
  expect(bellhop.log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
});
