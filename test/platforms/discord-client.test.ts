import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelConfig } from '../../src/core/config.ts';
import { toSecret } from '../../src/core/secret.ts';
import { nonceOf } from '../../src/platforms/discord/bot.ts';
import { connectDiscord } from '../../src/platforms/discord/client.ts';
import { discord } from '../../src/platforms/discord/platform.ts';
import { aMessage, rememberingLog } from '../builders.ts';
import {
  DISCORD_CHANNEL_ID,
  DISCORD_TOKEN,
  DISCORD_WEBHOOK_TOKEN,
  type DiscordFake,
  startDiscordFake,
} from '../fakes/discord.ts';
import { type ConformanceCase, describePlatform, type Harness } from './conformance.ts';
import { aliveInDiscord } from './discord-alive.ts';

const BOT_CHANNEL: ChannelConfig = { name: 'oncall', platform: 'discord', id: DISCORD_CHANNEL_ID };
const REF = { channel: DISCORD_CHANNEL_ID, message: '800000000000000777' };

const webhookChannel = (webhookUrl: string): ChannelConfig => ({
  name: 'hooked',
  platform: 'discord',
  webhookUrl: toSecret(webhookUrl),
});

const refused = (status: number, code: number, message = 'Some words') => ({ status, body: { code, message } });
const html = { 'content-type': 'text/html' };

/** Answers that mean the same through a bot and through a webhook address. */
const COMMON: readonly ConformanceCase[] = [
  ...[10003, 10004, 50001, 50013, 50007, 50278, 50008, 50009, 50024, 160005, 220001, 40066, 40067].map((code) => ({
    name: `${code}: the channel cannot be posted in`,
    reply: refused(403, code),
    expected: { kind: 'dead', status: 403, unreachable: true, reason: new RegExp(`code ${code}: Some words\\)\\.$`) },
  })),
  ...[40001, 50014, 50025].map((code) => ({
    name: `${code}: the token is not accepted`,
    reply: refused(403, code),
    expected: { kind: 'retry', lane: true, unreachable: true },
  })),
  ...[50006, 50109, 50045].map((code) => ({
    name: `${code}: the form is refused`,
    reply: refused(400, code),
    expected: { kind: 'dead', status: 400, form: true },
  })),
  {
    name: '50035: the form is refused, and where',
    reply: {
      status: 400,
      body: {
        code: 50035,
        message: 'Invalid Form Body',
        errors: { embeds: { 0: { title: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Too long.' }] } } } },
      },
    },
    expected: {
      kind: 'dead',
      form: true,
      reason: /^Discord refused the message’s form \(Discord’s code 50035: Invalid/,
    },
  },
  ...[200000, 240000, 20009].map((code) => ({
    name: `${code}: the content is refused`,
    reply: refused(400, code),
    expected: { kind: 'dead', status: 400 },
  })),
  ...[20016, 20028, 20029, 20022, 40062, 40004, 40006, 110000, 110001, 130000, 160006].map((code) => ({
    name: `${code}: later`,
    reply: refused(400, code),
    expected: { kind: 'retry', lane: true, status: 400 },
  })),
  {
    name: 'slow mode names its wait',
    reply: { status: 400, body: { code: 20016, message: 'slow', retry_after: 12.5 } },
    expected: { kind: 'retry', lane: true, afterMs: 12_500 },
  },
  {
    name: 'a 429 without headers (Cloudflare 1015): a minute',
    reply: { status: 429, body: 'error code: 1015' },
    expected: { kind: 'retry', lane: true, afterMs: 60_000, status: 429 },
  },
  {
    name: 'a 403 page (Cloudflare)',
    reply: { status: 403, headers: html, body: '<html>blocked</html>' },
    expected: { kind: 'retry', lane: true, reason: /Cloudflare/ },
  },
  { name: '500', reply: { status: 500 }, expected: { kind: 'ambiguous', status: 500 } },
  { name: '502', reply: { status: 502, headers: html, body: '<html>' }, expected: { kind: 'ambiguous', status: 502 } },
  {
    name: '200 with a page instead of a message',
    reply: { status: 200, headers: html, body: '<html>fine</html>' },
    expected: { kind: 'ambiguous', reason: 'Discord’s answer named no message.' },
  },
  { name: '200 without an id', reply: { body: {} }, expected: { kind: 'ambiguous' } },
  {
    name: '200 with broken JSON',
    reply: { headers: { 'content-type': 'application/json' }, body: '{"id"' },
    expected: { kind: 'ambiguous' },
  },
  {
    name: 'a connection that breaks',
    reply: 'reset',
    expected: { kind: 'ambiguous', reason: 'Discord broke the connection before it answered.' },
  },
  { name: 'an unknown code with 400', reply: refused(400, 999999), expected: { kind: 'dead', form: true } },
  { name: 'an unknown code with 403', reply: refused(403, 999999), expected: { kind: 'dead', unreachable: true } },
  { name: 'an unknown code with 409', reply: refused(409, 999999), expected: { kind: 'dead', status: 409 } },
  {
    name: 'an edit of a deleted message',
    op: 'update',
    reply: refused(404, 10008),
    expected: { kind: 'dead', gone: true },
  },
  { name: 'an edit too many', op: 'update', reply: refused(400, 30046), expected: { kind: 'dead', gone: true } },
  {
    name: 'an edit refused for its form',
    op: 'update',
    reply: refused(400, 50035),
    expected: { kind: 'dead', form: true },
  },
];

const BOT_CASES: readonly ConformanceCase[] = [
  ...COMMON,
  {
    name: '401: the token is not accepted',
    reply: { status: 401, body: { code: 0, message: '401: Unauthorized' } },
    expected: {
      kind: 'retry',
      lane: true,
      unreachable: true,
      reason: 'Discord does not accept the bot’s token (HTTP 401: 401: Unauthorized).',
    },
  },
  {
    name: '429 for the channel',
    reply: {
      status: 429,
      headers: { 'retry-after': '2' },
      body: { message: 'limited', retry_after: 2, global: false },
    },
    expected: { kind: 'retry', lane: true, afterMs: 2_050, status: 429 },
  },
  {
    name: '429 for everything',
    reply: {
      status: 429,
      headers: { 'retry-after': '3', 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' },
      body: { message: 'limited', retry_after: 3, global: true },
    },
    expected: { kind: 'retry', lane: true, afterMs: 3_050 },
  },
  {
    name: 'an archived thread is opened',
    reply: refused(400, 50083),
    expected: { kind: 'retry', reason: 'The Discord thread was archived; it is open again.' },
  },
];

const WEBHOOK_CASES: readonly ConformanceCase[] = [
  ...COMMON,
  { name: '10015: the webhook was deleted', reply: refused(404, 10015), expected: { kind: 'dead', unreachable: true } },
  { name: '50027: its token is wrong', reply: refused(401, 50027), expected: { kind: 'dead', unreachable: true } },
  {
    name: '429 with a fraction of a second',
    reply: { status: 429, headers: { 'retry-after': '1' }, body: { message: 'limited', retry_after: 0.64 } },
    expected: { kind: 'retry', lane: true, afterMs: 640 },
  },
  {
    name: '429 with a header alone',
    reply: { status: 429, headers: { 'retry-after': '7' } },
    expected: { kind: 'retry', lane: true, afterMs: 7_000 },
  },
  {
    name: 'a redirect',
    reply: { status: 302, headers: { location: 'https://evil.example/' } },
    expected: { kind: 'dead', unreachable: true, status: 302 },
  },
];

async function start(channelOf: (fake: DiscordFake) => ChannelConfig): Promise<Harness> {
  const fake = await startDiscordFake();
  const log = rememberingLog();
  const client = await connectDiscord(
    { discord: { botToken: toSecret(DISCORD_TOKEN), apiUrl: fake.apiUrl } },
    { log, print: () => {} },
  );
  return {
    client,
    channel: channelOf(fake),
    ref: REF,
    secrets: [DISCORD_TOKEN, DISCORD_WEBHOOK_TOKEN, 'PR #12 opened'],
    lines: log.lines,
    script: fake.script,
    calls: () => fake.messageCalls().length,
    assertClean: fake.assertClean,
    async stop() {
      await client.stop();
      await fake.close();
    },
  };
}

describePlatform({
  name: 'discord bot',
  platform: discord,
  start: () => start(() => BOT_CHANNEL),
  cases: BOT_CASES,
  alive: aliveInDiscord,
});

describePlatform({
  name: 'discord webhook',
  platform: discord,
  start: () => start((fake) => webhookChannel(fake.webhookUrl)),
  cases: WEBHOOK_CASES,
  alive: aliveInDiscord,
});

describe('the discord client', () => {
  let fake: DiscordFake;
  beforeEach(async () => {
    fake = await startDiscordFake();
  });
  afterEach(() => fake.close());

  const connect = (now?: () => number) =>
    connectDiscord(
      { discord: { botToken: toSecret(DISCORD_TOKEN), apiUrl: `${fake.apiUrl}/` } },
      { log: rememberingLog(), print: () => {} },
      now,
    );
  const payload = discord.compose(aMessage(), BOT_CHANNEL);
  const anyTry = (once = 'dlv_1') => ({ once, signal: AbortSignal.timeout(10_000) });

  it('posts with an enforced nonce that is the same for every try, so that a repeated post is the same message', async () => {
    const client = await connect();
    fake.script({ status: 502 });

    const first = await client.send(BOT_CHANNEL, payload, anyTry('dlv_1'));
    const second = await client.send(BOT_CHANNEL, payload, anyTry('dlv_1'));
    const third = await client.send(BOT_CHANNEL, payload, anyTry('dlv_1'));
    await client.send(BOT_CHANNEL, payload, anyTry('dlv_2'));

    expect(first.kind).toBe('ambiguous');
    expect(third).toEqual(second);
    const nonces = fake.messageCalls().map(({ parsed }) => (parsed as { nonce: string }).nonce);
    expect(nonces).toEqual([nonceOf('dlv_1'), nonceOf('dlv_1'), nonceOf('dlv_1'), nonceOf('dlv_2')]);
    expect(nonceOf('dlv_1')).toMatch(/^[\w-]{24}$/);
    expect(nonceOf('dlv_1')).not.toBe(nonceOf('dlv_2'));
    fake.assertClean();
  });

  it('sends its token again after a 401', async () => {
    const client = await connect();
    fake.script({ status: 401, body: { code: 0, message: '401: Unauthorized' } });

    expect(await client.send(BOT_CHANNEL, payload, anyTry())).toMatchObject({ kind: 'retry', unreachable: true });
    expect(await client.send(BOT_CHANNEL, payload, anyTry())).toMatchObject({ kind: 'sent' });
    fake.assertClean();
  });

  it('does not ask again before an exhausted bucket is full', async () => {
    const client = await connect();
    const headers = {
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset-after': '30',
      'x-ratelimit-bucket': 'exhausted',
    };
    const sent = { headers, body: { id: '1', channel_id: DISCORD_CHANNEL_ID } };
    fake.script(sent, sent);
    await client.send(BOT_CHANNEL, payload, anyTry());
    await client.send(BOT_CHANNEL, payload, anyTry());

    const outcome = await client.send(BOT_CHANNEL, payload, anyTry());

    expect(outcome).toMatchObject({ kind: 'retry', lane: true, status: 429 });
    expect(outcome.kind === 'retry' && outcome.afterMs).toBeGreaterThan(20_000);
    expect(fake.messageCalls()).toHaveLength(2);
  });

  it('edits with the mentions it may make, and blanks what an earlier state showed', async () => {
    const client = await connect();
    await client.update(BOT_CHANNEL, REF, { content: 'closed', allowed_mentions: { parse: [] } }, anyTry());

    const [call] = fake.messageCalls();
    expect(call?.method).toBe('PATCH');
    expect(call?.path).toBe(`/api/v10/channels/${REF.channel}/messages/${REF.message}`);
    expect(call?.parsed).toEqual({ content: 'closed', embeds: [], components: [], allowed_mentions: { parse: [] } });
    fake.assertClean();
  });

  it('edits what a webhook posted, in the thread its address names', async () => {
    const client = await connect();
    const channel = webhookChannel(`${fake.webhookUrl}?thread_id=77`);

    const sent = await client.send(channel, payload, anyTry());
    expect(sent).toEqual({
      kind: 'sent',
      status: 200,
      ref: { channel: DISCORD_CHANNEL_ID, message: '800000000000000001' },
    });
    const edited = await client.update(channel, sent.kind === 'sent' ? sent.ref : {}, payload, anyTry());

    expect(edited).toEqual(sent);
    expect(fake.messageCalls().map(({ method, query }) => ({ method, query }))).toEqual([
      { method: 'POST', query: { thread_id: '77', wait: 'true', with_components: 'true' } },
      { method: 'PATCH', query: { thread_id: '77', with_components: 'true' } },
    ]);
    fake.assertClean();
  });

  it('opens an archived thread', async () => {
    const client = await connect();
    fake.script(refused(400, 50083));
    await client.send(BOT_CHANNEL, payload, anyTry());
    expect(fake.calls.at(-1)).toMatchObject({
      method: 'PATCH',
      path: `/api/v10/channels/${DISCORD_CHANNEL_ID}`,
      parsed: { archived: false },
    });
    fake.assertClean();
  });

  it('does not post anew what somebody deleted after an earlier try', async () => {
    const client = await connect();
    fake.script(refused(404, 10008, 'Unknown Message'));
    expect(await client.send(BOT_CHANNEL, payload, anyTry())).toEqual({
      kind: 'dead',
      status: 404,
      reason: 'The Discord message was deleted (Discord’s code 10008: Unknown Message).',
    });
  });

  it('needs a bot for an id, and an id that is one', async () => {
    const client = await connectDiscord({}, { log: rememberingLog(), print: () => {} });
    expect(await client.send(BOT_CHANNEL, payload, anyTry())).toMatchObject({ kind: 'dead', unreachable: true });
    expect(await client.health()).toEqual({ ok: true, detail: 'Only Discord webhooks are used; they need no bot.' });
    const withBot = await connect();
    expect(await withBot.send({ ...BOT_CHANNEL, id: '../users' }, payload, anyTry())).toMatchObject({
      kind: 'dead',
      unreachable: true,
    });
    expect(fake.calls).toHaveLength(0);
  });

  it('can try again when nobody listens, through the bot and through a webhook', async () => {
    const client = await connect();
    const channel = webhookChannel(fake.webhookUrl);
    await fake.close();
    const unsent = { kind: 'retry', reason: 'Discord refused the connection.' };
    expect(await client.send(BOT_CHANNEL, payload, anyTry())).toEqual(unsent);
    expect(await client.send(channel, payload, anyTry())).toEqual(unsent);
  });

  it('sends nothing once the attempt has ended', async () => {
    const client = await connect();
    const options = { once: 'dlv_1', signal: AbortSignal.abort() };
    expect(await client.send(BOT_CHANNEL, payload, options)).toMatchObject({ kind: 'retry' });
    expect(await client.update(BOT_CHANNEL, REF, payload, options)).toMatchObject({ kind: 'retry' });
    expect(fake.calls).toHaveLength(0);
  });

  it('asks for its health once a minute', async () => {
    let now = 0;
    const client = await connect(() => now);
    expect(await client.health()).toEqual({ ok: true, detail: 'Signed in to Discord as bellhop.' });
    now = 59_999;
    await client.health();
    expect(fake.calls).toHaveLength(1);
    now = 60_000;
    await client.health();
    expect(fake.calls).toHaveLength(2);
    await fake.close();
    now = 120_000;
    expect(await client.health()).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/^Discord .+ the connection/),
    });
  });

  it('tells no payload and no token in what it logs', async () => {
    const log = rememberingLog();
    const client = await connectDiscord(
      { discord: { botToken: toSecret(DISCORD_TOKEN), apiUrl: fake.apiUrl } },
      { log, print: () => {} },
    );
    for (let i = 0; i < 3; i++) fake.script(refused(403, 50013));
    for (let i = 0; i < 3; i++) await client.send(BOT_CHANNEL, payload, anyTry());
    expect(log.lines.join('\n')).not.toMatch(/PR #12|fake-discord/);
  });
});
