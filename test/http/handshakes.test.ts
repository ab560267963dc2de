import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOON } from '../builders.ts';
import { until } from '../until.ts';
import { type Answer, type Sending, startTestApp, type TestApp } from './app.ts';

const SECRET = 'secret-of-the-test';
const V0 = (header: string) => ({
  hmac: {
    header: `X-${header}-Signature`,
    prefix: 'v0=',
    timestampHeader: `X-${header}-Request-Timestamp`,
    signed: 'v0:{timestamp}:{body}',
  },
});
const bearer = { auth: { bearer: SECRET } };

const CONFIG = {
  server: { rateLimit: 6_000 },
  sources: {
    slack: { type: 'generic', secret: SECRET, auth: V0('Slack'), handshake: 'slack' },
    zoom: { type: 'generic', secret: [SECRET, 'the-old-one'], auth: V0('Zm'), handshake: 'zoom' },
    files: { type: 'generic', ...bearer, handshake: 'dropbox' },
    pages: { type: 'generic', secret: SECRET, auth: { hmac: { header: 'X-Hub-Signature-256' } }, handshake: 'meta' },
    mail: { type: 'generic', ...bearer, handshake: 'graph' },
    grid: { type: 'generic', ...bearer, handshake: 'event-grid' },
    events: { type: 'standard-webhooks', secret: SECRET, handshake: 'cloudevents' },
    cards: { type: 'standard-webhooks', secret: SECRET, handshake: 'probe' },
    shop: { type: 'woocommerce', secret: SECRET },
    fenced: { type: 'generic', ...bearer, handshake: 'dropbox', allowFrom: ['10.0.0.0/8'] },
    none: { type: 'generic', ...bearer },
    github: { type: 'github', secret: SECRET },
  },
  channels: { screen: { platform: 'console', pace: false } },
  routes: [{ name: 'all', to: 'screen' }],
};

/** Signed as Slack and Zoom do. */
function signed(header: string, body: object, { secret = SECRET, at = NOON } = {}): Sending {
  const text = JSON.stringify(body);
  const seconds = Math.floor(at.getTime() / 1_000);
  const signature = createHmac('sha256', secret).update(`v0:${seconds}:${text}`).digest('hex');
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [`x-${header}-request-timestamp`]: String(seconds),
      [`x-${header}-signature`]: `v0=${signature}`,
    },
    body: text,
  };
}

const shown = ({ status, headers, text }: Answer) => [status, headers['content-type'], text];
const PLAIN = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const code = ({ status, body }: Answer) => [status, body?.error?.code];
const VALIDATION = 'Microsoft.EventGrid.SubscriptionValidationEvent';
const MARKUP = '<script>alert(1)</script>';

describe('a handshake', () => {
  let bellhop: TestApp;
  beforeAll(async () => {
    bellhop = await startTestApp(CONFIG);
  });
  afterAll(async () => {
    const { events } = (await bellhop.api('/api/events')).body;
    expect(events).toEqual([]);
    expect(bellhop.printed).toEqual([]);
    await bellhop.stop();
  });
  const send = (path: string, init?: Sending) => bellhop.send(`/hooks/${path}`, init);

  it('of Slack: a signed url_verification gets its challenge back as text', async () => {
    const answer = await send('slack', signed('slack', { type: 'url_verification', challenge: MARKUP }));
    expect(shown(answer)).toEqual([200, PLAIN, MARKUP]);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  it('of Slack: with a bad or an old signature it is refused, and nothing given back', async () => {
    const asked = { type: 'url_verification', challenge: MARKUP };
    expect(code(await send('slack', signed('slack', asked, { secret: 'wrong' })))).toEqual([401, 'bad_signature']);
    const old = new Date(NOON.getTime() - 301_000);
    expect(code(await send('slack', signed('slack', asked, { at: old })))).toEqual([401, 'stale_timestamp']);
    const unsigned = await send('slack', { body: asked });
    expect(code(unsigned)).toEqual([401, 'bad_signature']);
    expect(unsigned.text).not.toContain(MARKUP);
  });

  it.each([[['a']], [{ a: 1 }], [''], [null], [7], [undefined], ['x'.repeat(1_025)]])(
    'of Slack: the challenge %j is refused',
    async (challenge) => {
      const answer = await send('slack', signed('slack', { type: 'url_verification', challenge }));
      expect(answer.status).toBe(403);
      expect(answer.body).toEqual({
        error: {
          code: 'handshake_refused',
          message: 'The challenge in the body is no text of at most 1024 characters.',
        },
      });
    },
  );

  it('of Zoom: a signed plainToken comes back with its HMAC', async () => {
    const plainToken = 'qgg8vlvZRS6UYooatFL8Aw';
    const asked = { event: 'endpoint.url_validation', payload: { plainToken }, event_ts: 1 };
    const answer = await send('zoom', signed('zm', asked));
    const encryptedToken = createHmac('sha256', SECRET).update(plainToken).digest('hex');
    expect(shown(answer)).toEqual([200, JSON_TYPE, JSON.stringify({ plainToken, encryptedToken })]);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(code(await send('zoom', signed('zm', asked, { secret: 'wrong' })))).toEqual([401, 'bad_signature']);
  });

  it('of Zoom: nothing is signed that could pass for the signature of a hook', async () => {
    for (const plainToken of ['v0:1:{}', '{"a":1}', MARKUP, ['a'], {}, 7, null, '', 'x'.repeat(257)]) {
      const asked = { event: 'endpoint.url_validation', payload: { plainToken } };
      expect(code(await send('zoom', signed('zm', asked)))).toEqual([403, 'handshake_refused']);
    }
    for (const payload of [undefined, null, [], 'x'])
      expect(code(await send('zoom', signed('zm', { event: 'endpoint.url_validation', payload })))).toEqual([
        403,
        'handshake_refused',
      ]);
  });

  it('of Dropbox: the challenge of a GET, as text; other GETs are refused', async () => {
    const answer = await send(`files?challenge=${encodeURIComponent(MARKUP)}`);
    expect(shown(answer)).toEqual([200, PLAIN, MARKUP]);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(shown(await send('files?challenge=a&challenge=b'))).toEqual([200, PLAIN, 'b']);
    expect(shown(await send('files?challenge=%FF%00'))).toEqual([200, PLAIN, '�\0']);
    expect(code(await send('files?challenge='))).toEqual([403, 'handshake_refused']);
    expect(code(await send(`files?challenge=${'x'.repeat(1_025)}`))).toEqual([403, 'handshake_refused']);
    expect(code(await send('files?other=1'))).toEqual([401, 'bad_signature']);
    expect(code(await send('files?challenge=x', { body: {} }))).toEqual([401, 'bad_signature']);
  });

  it('of Meta: the challenge when the token is the source’s secret', async () => {
    const ask = (token: string, challenge = '&hub.challenge=1158201444') =>
      send(`pages?hub.mode=subscribe&hub.verify_token=${token}${challenge}`);
    expect(shown(await ask(SECRET))).toEqual([200, PLAIN, '1158201444']);
    for (const token of ['', 'wrong', `${SECRET}x`, SECRET.slice(1)])
      expect(code(await ask(token))).toEqual([401, 'bad_signature']);
    expect(code(await ask(SECRET, ''))).toEqual([403, 'handshake_refused']);
    expect(code(await send('pages?hub.mode=subscribe'))).toEqual([401, 'bad_signature']);
  });

  it('of Microsoft Graph: the token of the query, decoded', async () => {
    const answer = await send(`mail?validationToken=${encodeURIComponent('Validation: <b>1+1</b>')}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });
    expect(shown(answer)).toEqual([200, PLAIN, 'Validation: <b>1+1</b>']);
  });

  it('of Event Grid: the code as JSON; the address beside it is not called', async () => {
    const asked = (validationCode: unknown) =>
      JSON.stringify([
        {
          id: '2d1781af-3a4c-4d7c-bd0c-e34b19da4e66',
          topic: '/subscriptions/1/resourceGroups/acme/providers/Microsoft.Storage/storageAccounts/acme',
          subject: '',
          data: { validationCode, validationUrl: 'http://127.0.0.1:1/never' },
          eventType: VALIDATION,
          eventTime: '2026-11-21T12:00:00.0000000Z',
        },
      ]);
    const answer = await send('grid', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'aeg-event-type': 'SubscriptionValidation' },
      body: asked('512d38b6-c7b8-40c8-89fe-f46f9e9622b6'),
    });
    expect(shown(answer)).toEqual([200, JSON_TYPE, '{"validationResponse":"512d38b6-c7b8-40c8-89fe-f46f9e9622b6"}']);
    for (const bad of [MARKUP, ['a'], {}, null, 7, 'x'.repeat(101)])
      expect(code(await send('grid', { method: 'POST', body: asked(bad) }))).toEqual([403, 'handshake_refused']);
  });

  it('of CloudEvents: the origin is allowed, at the rate of server.rateLimit', async () => {
    const answer = await send('events', {
      method: 'OPTIONS',
      headers: {
        'webhook-request-origin': 'eventemitter.example.com',
        'webhook-request-callback': 'http://127.0.0.1:1/never',
        'webhook-request-rate': '120',
      },
    });
    expect(shown(answer)).toEqual([200, PLAIN, '']);
    expect(answer.headers).toMatchObject({
      allow: 'POST',
      'webhook-allowed-origin': 'eventemitter.example.com',
      'webhook-allowed-rate': '6000',
    });
    expect(code(await send('events', { method: 'OPTIONS' }))).toEqual([405, 'method_not_allowed']);
    const odd = await send('events', { method: 'OPTIONS', headers: { 'webhook-request-origin': 'a b<c>' } });
    expect(code(odd)).toEqual([403, 'handshake_refused']);
  });

  it('of those that only look: HEAD and a bare GET', async () => {
    expect(shown(await send('cards', { method: 'HEAD' }))).toEqual([200, PLAIN, '']);
    expect(shown(await send('cards'))).toEqual([200, PLAIN, '']);
    const queried = await send('cards?a=1');
    expect(queried.body.error.message).toBe('"cards" takes POST, PUT, PATCH; this was GET, and no handshake of probe.');
    expect(queried.headers.allow).toBe('POST, PUT, PATCH');
  });

  it('of WooCommerce: the unsigned form of a webhook that is saved', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const ping = (body: string, headers: Record<string, string> = {}) =>
      send('shop', { method: 'POST', headers: { ...form, ...headers }, body });
    expect(shown(await ping('webhook_id=7'))).toEqual([200, PLAIN, '']);
    expect(code(await ping('webhook_id=7&action=x'))).toEqual([401, 'bad_signature']);
    expect(code(await ping('webhook_id=x'))).toEqual([401, 'bad_signature']);
    expect(code(await ping('webhook_id=7', { 'x-wc-webhook-topic': 'order.created' }))).toEqual([401, 'bad_signature']);
  });

  it('is answered to allowed addresses only', async () => {
    expect(code(await send('fenced?challenge=x'))).toEqual([403, 'address_not_allowed']);
  });

  it('is made by no source that does not say so', async () => {
    const asked: readonly [string, Sending][] = [
      ['?challenge=x', {}],
      [`?hub.mode=subscribe&hub.verify_token=${SECRET}&hub.challenge=x`, {}],
      ['?validationToken=x', { method: 'POST' }],
      ['', { method: 'HEAD' }],
      ['', { method: 'OPTIONS', headers: { 'webhook-request-origin': 'example.com' } }],
      ['', { method: 'POST', body: 'webhook_id=7' }],
      ['', { body: { type: 'url_verification', challenge: 'x' } }],
      ['', { method: 'POST', headers: { 'x-hook-secret': 'x'.repeat(20) } }],
    ];
    for (const source of ['none', 'github'])
      for (const [query, init] of asked) {
        const { status, headers, text } = await send(`${source}${query}`, init);
        expect([401, 405]).toContain(status);
        expect(headers['content-type']).toBe(JSON_TYPE);
        expect(text).not.toContain('"x"');
      }
  });

  it('of a megabyte is answered briefly', async () => {
    const challenge = 'x'.repeat(1_000_000);
    for (const [source, init] of [
      ['slack', signed('slack', { type: 'url_verification', challenge })],
      ['grid', { method: 'POST', body: `[{"eventType":"${VALIDATION}","data":{"validationCode":"${challenge}"}}]` }],
      ['shop', { method: 'POST', body: `webhook_id=${'7'.repeat(1_000_000)}` }],
    ] as const) {
      const answer = await send(source, init);
      expect(answer.status).toBeLessThan(500);
      expect(answer.text.length).toBeLessThan(1_024);
    }
  });

  it('is counted and logged', async () => {
    await send('files?challenge=x');
    const { text } = await bellhop.send('/metrics');
    expect(text).toMatch(/bellhop_hooks_total\{source="files",status="handshake"\} [1-9]/);
    expect(bellhop.log.lines).toContain('info a handshake was answered {"source":"files","handshake":"dropbox"}');
  });
});

describe('a ping without an answer of its own', () => {
  const hex = (algorithm: string, text: string) => createHmac(algorithm, SECRET).update(text).digest('hex');
  const pings: readonly {
    readonly type: string;
    readonly body: object;
    readonly headers?: Record<string, string>;
    readonly sign?: (text: string) => Record<string, string>;
  }[] = [
    {
      type: 'github',
      headers: { 'x-github-event': 'ping', 'x-github-delivery': '1' },
      body: { zen: 'Design for failure.', hook_id: 1, hook: { type: 'Repository', events: ['push'], config: {} } },
      sign: (text) => ({ 'x-hub-signature-256': `sha256=${hex('sha256', text)}` }),
    },
    {
      type: 'bitbucket',
      headers: { 'x-event-key': 'diagnostics:ping' },
      body: { test: true },
      sign: (text) => ({ 'x-hub-signature': `sha256=${hex('sha256', text)}` }),
    },
    {
      type: 'circleci',
      headers: { 'circleci-event-type': 'ping' },
      body: { type: 'ping', id: '1', happened_at: '2026-11-21T12:00:00Z', webhook: { id: '2', name: 'Bells' } },
      sign: (text) => ({ 'circleci-signature': `v1=${hex('sha256', text)}` }),
    },
    {
      type: 'buildkite',
      headers: { 'x-buildkite-event': 'ping' },
      body: { event: 'ping', service: { id: '1' }, organization: { slug: 'acme' }, sender: { name: 'Mona Lisa' } },
      sign: (text) => {
        const seconds = Math.floor(NOON.getTime() / 1_000);
        const signature = hex('sha256', `${seconds}.${text}`);
        return { 'x-buildkite-signature': `timestamp=${seconds},signature=${signature}` };
      },
    },
    {
      type: 'pagerduty',
      body: { event: { id: '1', event_type: 'pagey.ping', resource_type: 'pagey', data: { message: 'Hello' } } },
      sign: (text) => ({ 'x-pagerduty-signature': `v1=${hex('sha256', text)}` }),
    },
    {
      type: 'intercom',
      body: { type: 'notification_event', topic: 'ping', id: null, data: { item: { type: 'ping' } } },
      sign: (text) => ({ 'x-hub-signature': `sha1=${hex('sha1', text)}` }),
    },
    {
      type: 'terraform-cloud',
      body: {
        payload_version: 1,
        notification_configuration_id: 'nc-1',
        run_id: null,
        run_url: null,
        workspace_name: null,
        notifications: [{ message: 'Verification of Bells', trigger: 'verification', run_status: null }],
      },
      sign: (text) => ({ 'x-tfe-notification-signature': hex('sha512', text) }),
    },
    {
      type: 'uptime-kuma',
      headers: { authorization: `Bearer ${SECRET}` },
      body: { heartbeat: null, monitor: null, msg: 'Bells Testing' },
    },
  ];
  let bellhop: TestApp;
  beforeAll(async () => {
    bellhop = await startTestApp({
      sources: Object.fromEntries(pings.map(({ type }) => [type, { type, secret: SECRET }])),
      channels: { screen: { platform: 'console', pace: false } },
      routes: [{ name: 'all', to: 'screen' }],
    });
  });
  afterAll(() => bellhop.stop());

  it.each(pings)('of $type is answered 200, and read', async ({ type, body, headers = {}, sign }) => {
    const text = JSON.stringify(body);
    const answer = await bellhop.send(`/hooks/${type}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers, ...sign?.(text) },
      body: text,
    });
    expect(answer.status).toBe(200);
    expect(['accepted', 'ignored']).toContain(answer.body.status);
  });
});

describe('a sender that brings its secret', () => {
  let bellhop: TestApp;
  beforeAll(async () => {
    const auth = (header: string) => ({ hmac: { header, prefix: header === 'X-Notion-Signature' ? 'sha256=' : '' } });
    bellhop = await startTestApp({
      sources: {
        tasks: { type: 'generic', secret: 'auto', auth: auth('X-Hook-Signature'), handshake: 'asana' },
        pages: { type: 'generic', secret: 'auto', auth: auth('X-Notion-Signature'), handshake: 'notion' },
      },
      channels: { screen: { platform: 'console', pace: false } },
      routes: [{ name: 'all', to: 'screen' }],
    });
  });
  afterAll(() => bellhop.stop());

  const BROUGHT = 'b537207f20cbfa02357cf448134da559e8bd39d61597dcd5631b8012eae53e81';
  const hook = (header: string, lead: string, secret: string, body: object): Sending => {
    const text = JSON.stringify(body);
    const signature = createHmac('sha256', secret).update(text).digest('hex');
    return { method: 'POST', headers: { [header]: lead + signature }, body: text };
  };

  it('Asana: the first one is kept and given back, another is refused, and hooks are verified by it', async () => {
    const event = hook('x-hook-signature', '', BROUGHT, { action: 'changed', title: 'Ring the bell' });
    expect(code(await bellhop.send('/hooks/tasks', event))).toEqual([401, 'bad_signature']);
    const bring = (secret: string) =>
      bellhop.send('/hooks/tasks', { method: 'POST', headers: { 'x-hook-secret': secret }, body: '{}' });
    expect(code(await bring('short'))).toEqual([403, 'handshake_refused']);
    const answer = await bring(BROUGHT);
    expect(shown(answer)).toEqual([200, PLAIN, '']);
    expect(answer.headers['x-hook-secret']).toBe(BROUGHT);
    const second = await bring('another-secret-of-somebody');
    expect(code(second)).toEqual([403, 'handshake_refused']);
    expect(second.headers['x-hook-secret']).toBeUndefined();
    expect(second.body.error.message).toMatch(/^"tasks" has a secret already, and only the first one is kept\. /);
    expect((await bring(BROUGHT)).status).toBe(200);
    expect((await bellhop.send('/hooks/tasks', event)).body).toMatchObject({ status: 'accepted' });
    const kept = JSON.parse(await readFile(join(bellhop.folder, 'data', 'secrets.json'), 'utf8'));
    expect(kept.brought).toEqual({ tasks: BROUGHT });
    expect(bellhop.log.lines.join('\n')).not.toContain(BROUGHT);
  });

  it('Notion: the token is kept, and hooks are verified by it', async () => {
    const token = 'secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl';
    const bring = (verification_token: unknown) => bellhop.send('/hooks/pages', { body: { verification_token } });
    for (const bad of ['', 'short', ['a'], {}, 7, null, MARKUP])
      expect(code(await bring(bad))).toEqual([403, 'handshake_refused']);
    expect(shown(await bring(token))).toEqual([200, PLAIN, '']);
    expect(code(await bring(`${token}x`))).toEqual([403, 'handshake_refused']);
    const event = hook('x-notion-signature', 'sha256=', token, { type: 'page.created', title: 'Bells' });
    expect((await bellhop.send('/hooks/pages', event)).body).toMatchObject({ status: 'accepted' });
    expect(bellhop.log.lines).toContain(
      'info a handshake was answered, and the secret it brought is kept ("bellhop sources" shows it) {"source":"pages","handshake":"notion"}',
    );
  });
});

describe('a topic of Amazon SNS that is not listed', () => {
  const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';
  const config = (topic: string) => ({
    sources: { aws: { type: 'aws-sns', verify: 'none', topics: [topic] } },
    channels: { screen: { platform: 'console', pace: false } },
    routes: [{ name: 'all', to: 'screen' }],
  });

  it('is refused with what to do, and taken in once that is done', async () => {
    const bellhop = await startTestApp(config(`${TOPIC}-of-another`));
    const Message = JSON.stringify({ AlarmName: 'bells', NewStateValue: 'ALARM' });
    const message = { Type: 'Notification', MessageId: 'm-1', TopicArn: TOPIC, Message };
    const answer = await bellhop.send('/hooks/aws', {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=UTF-8' },
      body: JSON.stringify(message),
    });
    expect(answer.status).toBe(403);
    expect(answer.body.error).toEqual({
      code: 'topic_not_allowed',
      message: `The topic ${TOPIC} is not in the source’s topics; if it is yours, add "${TOPIC}" there.`,
    });
    const [refused] = (await bellhop.api('/api/rejected')).body.rejected;
    expect(refused).toMatchObject({ source: 'aws', code: 'topic_not_allowed', reason: answer.body.error.message });
    await bellhop.writeConfig(config(TOPIC));
    await bellhop.app.reload();
    const replayed = await bellhop.api(`/api/rejected/${refused.id}/replay`, { method: 'POST' });
    expect(replayed.body).toMatchObject({ status: 'accepted', events: 1 });
    await until(() => bellhop.printed.some((text) => text.includes('ALARM: bells')), 'the message');
    await bellhop.stop();
  });
});
