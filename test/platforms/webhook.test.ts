import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelConfig } from '../../src/core/config.ts';
import { toSecret } from '../../src/core/secret.ts';
import { createWebhookClient } from '../../src/platforms/webhook/client.ts';
import { webhook } from '../../src/platforms/webhook/platform.ts';
import { signedHeaders } from '../../src/platforms/webhook/sign.ts';
import { aMessage, NOON } from '../builders.ts';
import { FANOUT_SECRET, startWebhookFake, type WebhookFake } from '../fakes/webhook.ts';
import { type ConformanceCase, describePlatform } from './conformance.ts';

const channelOf = (url: string, secret: string | undefined = FANOUT_SECRET): ChannelConfig => ({
  name: 'zapier',
  platform: 'webhook',
  url: toSecret(url),
  secret: toSecret(secret),
});
const anyTry = (once = 'dlv_1') => ({ once, signal: AbortSignal.timeout(10_000) });

const CASES: readonly ConformanceCase[] = [
  ...[200, 201, 202, 204].map((status) => ({
    name: `${status}`,
    reply: { status },
    expected: { kind: 'sent', status, ref: { channel: 'zapier', message: 'dlv_1' } },
  })),
  ...[301, 302, 307, 308].map((status) => ({
    name: `${status} is not followed`,
    reply: { status, headers: { location: 'https://evil.example/?fake-webhook-token' } },
    expected: { kind: 'dead', status, unreachable: true, reason: /^127\.0\.0\.1:\d+ answers with a redirect/ },
  })),
  ...[400, 413, 415, 422].map((status) => ({
    name: `${status}`,
    reply: { status },
    expected: { kind: 'dead', status, reason: /^127\.0\.0\.1:\d+ refused the message \(HTTP \d+\)\.$/ },
  })),
  ...[401, 403, 404, 405, 410].map((status) => ({
    name: `${status}`,
    reply: { status },
    expected: { kind: 'dead', status, unreachable: true },
  })),
  { name: '409', reply: { status: 409 }, expected: { kind: 'dead', status: 409 } },
  ...[408, 425, 429, 503].flatMap((status) => [
    { name: `${status}`, reply: { status }, expected: { kind: 'retry', status, reason: /asks to wait/ } },
    {
      name: `${status} with a wait`,
      reply: { status, headers: { 'retry-after': '7' } },
      expected: { kind: 'retry', status, afterMs: 7_000, lane: true },
    },
  ]),
  ...[500, 502, 504].map((status) => ({
    name: `${status}`,
    reply: { status },
    expected: { kind: 'ambiguous', status },
  })),
  {
    name: 'a connection that breaks',
    reply: 'reset',
    expected: { kind: 'ambiguous', reason: /^127\.0\.0\.1:\d+ broke the connection before it answered\.$/ },
  },
];

describePlatform({
  name: 'webhook',
  platform: webhook,
  async start() {
    const fake = await startWebhookFake();
    return {
      client: await webhook.connect({}, { log: { debug() {}, info() {}, warn() {}, error() {} }, print() {} }),
      channel: channelOf(fake.hookUrl),
      ref: { channel: 'zapier', message: 'dlv_0' },
      secrets: [FANOUT_SECRET, 'fake-webhook-token', '/hooks/catch'],
      lines: [],
      script: fake.script,
      calls: () => fake.calls.length,
      assertClean: fake.assertClean,
      stop: fake.close,
    };
  },
  cases: CASES,
  // Data, not markup: nothing in it is read by anybody but the receiver's own program.
  alive: () => [],
});

describe('a fan-out message', () => {
  it('is the message as data', () => {
    const payload = webhook.compose(
      aMessage({
        url: 'https://example.com/pr/12',
        body: [{ kind: 'paragraph', children: [{ kind: 'strong', children: [{ kind: 'text', text: 'Rings' }] }] }],
        fields: [{ name: 'Branch', value: [{ kind: 'code', text: 'bell' }] }],
        buttons: [
          { label: 'Open', url: 'https://example.com/pr/12' },
          { label: 'Bad', url: 'javascript:alert(1)' },
        ],
        context: [{ kind: 'text', text: 'acme/api' }],
        mentions: [{ name: 'oncall', slack: 'S1' }],
        notes: ['Replayed.'],
      }),
      channelOf('https://example.com/'),
    );
    expect(payload).toEqual({
      type: 'pull_request.opened',
      timestamp: '2026-11-21T12:00:00.000Z',
      data: {
        event: {
          id: 'evt_1',
          source: 'github',
          severity: 'info',
          state: 'open',
          key: 'pr:acme/api#12',
          labels: { repo: 'acme/api' },
        },
        title: 'PR #12 opened: Add a bell',
        emoji: '🟢',
        tone: 'info',
        url: 'https://example.com/pr/12',
        text: 'Rings',
        fields: [{ name: 'Branch', value: 'bell' }],
        buttons: [
          { label: 'Open', url: 'https://example.com/pr/12' },
          { label: 'Bad', url: null },
        ],
        context: 'acme/api',
        mentions: ['oncall'],
        notes: ['Replayed.'],
        body: [{ kind: 'paragraph', children: [{ kind: 'strong', children: [{ kind: 'text', text: 'Rings' }] }] }],
      },
    });
  });

  it('is whatever a template’s own form says, unless that is absurdly big', () => {
    const channel = channelOf('https://example.com/');
    expect(webhook.compose(aMessage({ native: { any: ['thing'] } }), channel)).toEqual({ any: ['thing'] });
    expect(webhook.compose(aMessage({ native: { any: 'x'.repeat(1_000_001) } }), channel)).toMatchObject({
      type: 'pull_request.opened',
    });
    expect(webhook.check({ any: 'x'.repeat(1_000_000) }, channel)).toEqual([
      ': has 1000010 bytes; at most 1000000 are sent.',
    ]);
  });
});

describe('signedHeaders', () => {
  const at = { id: 'dlv_1', seconds: Math.floor(Date.now() / 1_000) };
  const body = '{"title":"Ünïcode 🔔"}';

  it.each([
    ['base64 after whsec_', FANOUT_SECRET, new Webhook(FANOUT_SECRET)],
    ['any other text', 'päss wörd', new Webhook(new TextEncoder().encode('päss wörd'), { format: 'raw' })],
  ])('verifies with the library that receivers use: %s', (_, secret, receiver) => {
    const headers = signedHeaders(body, secret, at);
    expect(receiver.verify(body, headers)).toEqual({ title: 'Ünïcode 🔔' });
    expect(() => receiver.verify(`${body} `, headers)).toThrow('No matching signature');
    expect(() => receiver.verify(body, { ...headers, 'webhook-id': 'dlv_2' })).toThrow('No matching signature');
  });

  it('is the signature of the specification’s own example', () => {
    const headers = signedHeaders('{"test": 2432232314}', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      seconds: 1614265330,
    });
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('names the message without a signature when there is no secret', () => {
    expect(signedHeaders(body, undefined, { id: 'dlv_1', seconds: 5 })).toEqual({
      'webhook-id': 'dlv_1',
      'webhook-timestamp': '5',
    });
  });
});

describe('the webhook client', () => {
  let fake: WebhookFake;
  beforeEach(async () => {
    fake = await startWebhookFake();
  });
  afterEach(() => fake.close());

  it('signs every try of a delivery with the same id', async () => {
    const client = createWebhookClient();
    fake.script({ status: 502 });
    await client.send(channelOf(fake.hookUrl), { a: 1 }, anyTry('dlv_7'));
    await client.send(channelOf(fake.hookUrl), { a: 1 }, anyTry('dlv_7'));
    expect(fake.calls.map(({ headers }) => headers['webhook-id'])).toEqual(['dlv_7', 'dlv_7']);
    expect([...fake.accepted]).toEqual(['dlv_7']);
    fake.assertClean();
  });

  it('says in an update which message it replaces', async () => {
    const ref = { channel: 'zapier', message: 'dlv_1' };
    const outcome = await createWebhookClient().update(channelOf(fake.hookUrl), ref, { a: 1 }, anyTry('dlv_2'));
    expect(outcome).toEqual({ kind: 'sent', status: 204, ref });
    expect(fake.calls[0]?.parsed).toEqual({ a: 1, replaces: 'dlv_1' });
    expect(fake.calls[0]?.headers['webhook-id']).toBe('dlv_2');
    fake.assertClean();
  });

  it('takes the time of its signature from the clock it is given', async () => {
    const client = createWebhookClient(() => NOON.getTime());
    await client.send(channelOf(fake.hookUrl), { a: 1 }, anyTry());
    expect(fake.calls[0]?.headers['webhook-timestamp']).toBe(String(NOON.getTime() / 1_000));
  });

  it.each([
    ['Sat, 21 Nov 2026 12:00:30 GMT', { afterMs: 30_000, lane: true }],
    ['Sat, 21 Nov 2026 11:00:00 GMT', { afterMs: 0, lane: true }],
  ])('waits until a date: %s', async (date, expected) => {
    const client = createWebhookClient(() => NOON.getTime());
    fake.script({ status: 503, headers: { 'retry-after': date } });
    expect(await client.send(channelOf(fake.hookUrl), { a: 1 }, anyTry())).toMatchObject({
      kind: 'retry',
      ...expected,
    });
  });

  it('makes nothing of a wait that is none', async () => {
    fake.script({ status: 429, headers: { 'retry-after': 'soon' } });
    const outcome = await createWebhookClient().send(channelOf(fake.hookUrl), { a: 1 }, anyTry());
    expect(outcome).toEqual({
      kind: 'retry',
      status: 429,
      reason: expect.stringMatching(/^127\.0\.0\.1:\d+ asks to wait/),
    });
  });

  it('counts a message as sent whatever the answer’s body is', async () => {
    fake.script(
      { status: 200, body: 'x'.repeat(1_000_000) },
      { status: 200, headers: { 'content-length': '10' }, body: 'short' },
    );
    const client = createWebhookClient();
    expect(await client.send(channelOf(fake.hookUrl), { a: 1 }, anyTry())).toMatchObject({ kind: 'sent' });
    const brief = { once: 'dlv_2', signal: AbortSignal.timeout(300) };
    expect(await client.send(channelOf(fake.hookUrl), { a: 1 }, brief)).toMatchObject({ kind: 'sent' });
  });

  it('keeps its connections', async () => {
    const client = createWebhookClient();
    for (let i = 0; i < 20; i++) await client.send(channelOf(fake.hookUrl), { a: 1 }, anyTry(`dlv_${i}`));
    expect(fake.accepted.size).toBe(20);
    fake.assertClean();
  });

  it('can try again when nobody listens or the attempt had ended', async () => {
    const client = createWebhookClient();
    const ended = { once: 'dlv_1', signal: AbortSignal.abort() };
    expect(await client.send(channelOf(fake.hookUrl), {}, ended)).toMatchObject({ kind: 'retry' });
    expect(fake.calls).toHaveLength(0);
    await fake.close();
    expect(await client.send(channelOf(fake.hookUrl), {}, anyTry())).toEqual({
      kind: 'retry',
      reason: expect.stringMatching(/^127\.0\.0\.1:\d+ refused the connection\.$/),
    });
    expect(await client.send(channelOf('nowhere'), {}, anyTry())).toMatchObject({ kind: 'dead', unreachable: true });
  });
});
