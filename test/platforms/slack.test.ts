import { describe, expect, it } from 'vitest';
import type { ChannelConfig, PlatformsConfig } from '../../src/core/config.ts';
import type { Payload } from '../../src/core/platform.ts';
import { toSecret } from '../../src/core/secret.ts';
import { slack } from '../../src/platforms/slack/platform.ts';
import { aMessage, rememberingLog } from '../builders.ts';
import { failed, startSlackFake } from '../fakes/slack.ts';
import { type ConformanceCase, describePlatform, type Harness } from './conformance.ts';

const BOT_CHANNEL: ChannelConfig = { name: 'ops', platform: 'slack', id: 'C0123456789' };
const HTML = '<!DOCTYPE html><title>Sign in</title><h1>channel_not_found</h1>';

async function botHarness(): Promise<Harness> {
  const fake = await startSlackFake();
  const log = rememberingLog();
  const platforms: PlatformsConfig = { slack: { botToken: toSecret(fake.token), apiUrl: fake.apiUrl } };
  const client = await slack.connect(platforms, { log, print: () => {} });
  const first = await client.send(BOT_CHANNEL, slack.compose(aMessage(), BOT_CHANNEL), {
    once: 'dlv_0',
    signal: AbortSignal.timeout(5_000),
  });
  if (first.kind !== 'sent') throw new Error('the fake took no message');
  fake.clear();
  return {
    client,
    channel: BOT_CHANNEL,
    ref: first.ref,
    secrets: [fake.token],
    lines: log.lines,
    script: fake.script,
    calls: () => fake.posts().length,
    assertClean: fake.assertClean,
    stop: fake.close,
  };
}

async function webhookHarness(): Promise<Harness> {
  const fake = await startSlackFake();
  const log = rememberingLog();
  const client = await slack.connect({}, { log, print: () => {} });
  return {
    client,
    channel: { name: 'hooks', platform: 'slack', webhookUrl: toSecret(fake.webhookUrl) },
    ref: { channel: 'hooks' },
    secrets: [fake.webhookUrl, 'fakewebhooksecret'],
    lines: log.lines,
    script: fake.script,
    calls: () => fake.posts().length,
    assertClean: fake.assertClean,
    stop: fake.close,
  };
}

/** Every error word of one class, posted and edited alike. */
const each = (
  codes: string,
  expected: ConformanceCase['expected'],
  op: 'send' | 'update' = 'send',
): ConformanceCase[] =>
  codes
    .split(/\s+/)
    .map((code) => ({ name: `${op}: ${code}`, op, reply: failed(code), expected: { ...expected, status: 200 } }));

const cases: ConformanceCase[] = [
  ...each(
    `channel_not_found not_in_channel is_archived is_inactive restricted_action restricted_action_read_only_channel
    restricted_action_thread_only_channel restricted_action_non_threadable_channel restricted_action_thread_locked
    ekm_access_denied team_not_found messages_tab_disabled slack_connect_canvas_sharing_blocked
    slack_connect_file_upload_sharing_blocked cannot_reply_to_message app_access_restricted no_permission`,
    { kind: 'dead', unreachable: true },
  ),
  ...each(
    `invalid_auth not_authed account_inactive token_revoked token_expired missing_scope not_allowed_token_type
    two_factor_setup_required access_denied accesslimited enterprise_is_restricted`,
    { kind: 'retry', lane: true, unreachable: true },
  ),
  ...each(
    `invalid_blocks invalid_blocks_format msg_blocks_too_long msg_too_long no_text invalid_attachments
    attachment_payload_limit_exceeded too_many_attachments too_many_contact_cards markdown_text_conflict metadata_too_large
    invalid_metadata_format invalid_metadata_schema metadata_must_be_sent_from_app invalid_arg_name invalid_array_arg
    invalid_charset invalid_form_data invalid_post_type missing_post_type cant_broadcast_message
    no_dual_broadcast_content_update`,
    { kind: 'dead', form: true },
  ),
  ...each('unknown_method method_deprecated deprecated_endpoint is_bot as_user_not_supported', { kind: 'dead' }),
  ...each(
    'message_not_found cant_update_message edit_window_closed block_mismatch',
    { kind: 'dead', gone: true },
    'update',
  ),
  ...each('message_not_found block_mismatch', { kind: 'ambiguous' }),
  ...each(
    'ratelimited rate_limited service_unavailable team_added_to_org external_channel_migrating org_login_required',
    { kind: 'retry', lane: true },
  ),
  ...each('message_limit_exceeded', { kind: 'retry', lane: true, afterMs: 600_000 }),
  ...each('streaming_state_conflict', { kind: 'retry' }),
  ...each(
    `fatal_error internal_error request_timeout duplicate_message_not_found duplicate_channel_not_found
    something_new_from_slack __proto__ constructor`,
    { kind: 'ambiguous' },
  ),
  ...each('fatal_error internal_error update_failed something_new', { kind: 'retry' }, 'update'),
  ...each('channel_not_found', { kind: 'dead', unreachable: true }, 'update'),
  {
    name: 'says how to get the bot into a channel',
    reply: failed('channel_not_found'),
    expected: {
      reason:
        /^Slack does not know the channel C0123456789, or the bot is not in it: invite it with \/invite @bellhop\.$/,
    },
  },
  {
    name: 'says what was wrong with a block',
    reply: failed('invalid_blocks', ['[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]']),
    expected: {
      kind: 'dead',
      form: true,
      reason:
        /^Slack refused the form of the message \(invalid_blocks\): must be less than 151 characters \[json-pointer:\/blocks\/0\/text\/text\]\.$/,
    },
  },
  {
    name: '429 with Retry-After 2',
    reply: { status: 429, headers: { 'retry-after': '2' } },
    expected: { kind: 'retry', lane: true, status: 429, afterMs: 2_000 },
  },
  {
    name: '429 with Retry-After 1.5, which the client cuts',
    reply: { status: 429, headers: { 'retry-after': '1.5' } },
    expected: { kind: 'retry', lane: true, status: 429, afterMs: 1_000 },
  },
  {
    name: '429 with Retry-After 0',
    reply: { status: 429, headers: { 'retry-after': '0' } },
    expected: { kind: 'retry', lane: true, status: 429, afterMs: 0 },
  },
  { name: '429 without Retry-After', reply: { status: 429 }, expected: { kind: 'retry', lane: true, status: 429 } },
  {
    name: 'ratelimited with Retry-After',
    reply: { headers: { 'retry-after': '7' }, body: { ok: false, error: 'ratelimited' } },
    expected: { kind: 'retry', lane: true, afterMs: 7_000 },
  },
  { name: '500', reply: { status: 500 }, expected: { kind: 'ambiguous', status: 500 } },
  { name: '503 of a proxy', reply: { status: 503, body: HTML }, expected: { kind: 'ambiguous', status: 503 } },
  { name: '403 of a proxy', reply: { status: 403, body: HTML }, expected: { kind: 'ambiguous', status: 403 } },
  { name: '404 of a proxy', reply: { status: 404, body: HTML }, expected: { kind: 'ambiguous', status: 404 } },
  {
    name: '200 of a proxy',
    reply: { body: HTML },
    expected: {
      kind: 'ambiguous',
      status: 200,
      reason: /^Slack answered with an error that does not say whether the message was posted\.$/,
    },
  },
  { name: '200 without a body', reply: { body: '' }, expected: { kind: 'ambiguous' } },
  { name: '200 with JSON that is no object', reply: { body: 'null' }, expected: { kind: 'ambiguous' } },
  { name: '302', reply: { status: 302, headers: { location: '/login' } }, expected: { kind: 'ambiguous' } },
  {
    name: 'reset',
    reply: 'reset',
    expected: { kind: 'ambiguous', reason: /^Slack broke the connection before it answered\.$/ },
  },
  { name: 'edit: 500', op: 'update', reply: { status: 500 }, expected: { kind: 'retry', status: 500 } },
  { name: 'edit: reset', op: 'update', reply: 'reset', expected: { kind: 'retry' } },
  {
    name: 'edit: 429',
    op: 'update',
    reply: { status: 429, headers: { 'retry-after': '3' } },
    expected: { kind: 'retry', lane: true, afterMs: 3_000 },
  },
];

const webhookCases: ConformanceCase[] = [
  {
    name: 'names no message',
    reply: { body: 'ok' },
    expected: { kind: 'sent', status: 200, ref: { channel: 'hooks' } },
  },
  {
    name: 'archived',
    reply: { status: 410, body: 'channel_is_archived' },
    expected: { kind: 'dead', unreachable: true, status: 410 },
  },
  {
    name: 'prohibited',
    reply: { status: 403, body: 'action_prohibited' },
    expected: { kind: 'dead', unreachable: true, status: 403 },
  },
  {
    name: 'no channel',
    reply: { status: 404, body: 'channel_not_found' },
    expected: { kind: 'dead', unreachable: true },
  },
  {
    name: 'an address that is no longer good',
    reply: { status: 404, body: 'no_service' },
    expected: { kind: 'retry', lane: true, unreachable: true, reason: /make a new one\.$/ },
  },
  {
    name: 'a bad token',
    reply: { status: 403, body: 'invalid_token' },
    expected: { kind: 'retry', lane: true, unreachable: true },
  },
  {
    name: 'a bad form',
    reply: { status: 400, body: 'invalid_payload' },
    expected: { kind: 'dead', form: true, status: 400 },
  },
  { name: 'bad blocks', reply: { status: 400, body: 'invalid_blocks' }, expected: { kind: 'dead', form: true } },
  {
    name: '429',
    reply: { status: 429, headers: { 'retry-after': '30' } },
    expected: { kind: 'retry', lane: true, status: 429, afterMs: 30_000 },
  },
  { name: '429 without a wait', reply: { status: 429 }, expected: { kind: 'retry', lane: true, status: 429 } },
  { name: '500', reply: { status: 500, body: 'rollup_error' }, expected: { kind: 'ambiguous', status: 500 } },
  { name: '200 of a proxy', reply: { body: HTML }, expected: { kind: 'ambiguous', status: 200 } },
  { name: '404 of a proxy', reply: { status: 404, body: HTML }, expected: { kind: 'ambiguous', status: 404 } },
  {
    name: 'an unknown word',
    reply: { status: 400, body: 'something_new' },
    expected: { kind: 'ambiguous', status: 400 },
  },
  { name: '302', reply: { status: 302, headers: { location: '/elsewhere' } }, expected: { kind: 'ambiguous' } },
  { name: 'reset', reply: 'reset', expected: { kind: 'ambiguous' } },
  {
    name: 'cannot be edited',
    op: 'update',
    reply: { body: 'ok' },
    expected: { kind: 'dead', gone: true },
    calls: 0,
  },
];

describePlatform({ name: 'slack bot', platform: slack, start: botHarness, cases, alive });
describePlatform({
  name: 'slack incoming webhook',
  platform: slack,
  start: webhookHarness,
  cases: webhookCases.filter(({ op }) => op !== 'update'),
  alive,
  updates: false,
});

/** What would call somebody or be read as markup: Slack parses `text` and mrkdwn objects, and obeys some rich text elements. */
function alive(payload: Payload): readonly string[] {
  const found: string[] = [];
  const parsed = (text: string, where: string) => {
    if (/[<>]/.test(text.replace(/<https?:\/\/example\.com[^<>|]*(\|[^<>]*)?>/g, ''))) found.push(`${where}: ${text}`);
  };
  const visit = (value: unknown, where: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const { type, text, verbatim, emoji } = value as Record<string, unknown>;
    if (['broadcast', 'user', 'usergroup', 'channel', 'team', 'emoji', 'markdown'].includes(String(type)))
      found.push(`${where} ${type}`);
    if (type === 'plain_text' && emoji !== false) found.push(`${where}: emoji names are read`);
    if (type === 'mrkdwn') {
      parsed(String(text), where);
      if (verbatim !== true) found.push(`${where}: not verbatim`);
      if (/[_~`]|:\w+:/.test(String(text))) found.push(`${where}: ${text}`);
    }
    for (const [key, child] of Object.entries(value)) visit(child, `${where}/${key}`);
  };
  parsed(String(payload.text), '/text');
  visit(payload, '');
  return found;
}

describe('slack client', () => {
  it('posts a form with the token in its header, the channel, and the delivery in its metadata', async () => {
    const fake = await startSlackFake();
    const client = await slack.connect(
      { slack: { botToken: toSecret(fake.token), apiUrl: fake.apiUrl } },
      { log: rememberingLog(), print: () => {} },
    );

    const outcome = await client.send(BOT_CHANNEL, slack.compose(aMessage(), BOT_CHANNEL), {
      once: 'dlv_7',
      signal: AbortSignal.timeout(5_000),
    });

    expect(outcome).toEqual({
      kind: 'sent',
      status: 200,
      ref: { channel: 'C0123456789', message: '1763726400.000010' },
    });
    const [call] = fake.posts();
    expect(call?.path).toBe('/api/chat.postMessage');
    expect(call?.headers.authorization).toBe(`Bearer ${fake.token}`);
    expect(call?.parsed).toMatchObject({
      channel: 'C0123456789',
      unfurl_links: 'false',
      metadata: '{"event_type":"bellhop_delivery","event_payload":{"id":"dlv_7"}}',
    });
    fake.assertClean();
    await fake.close();
  });

  it('an edit replaces the whole message, and nothing in it is parsed', async () => {
    const fake = await startSlackFake();
    const client = await slack.connect(
      { slack: { botToken: toSecret(fake.token), apiUrl: fake.apiUrl } },
      { log: rememberingLog(), print: () => {} },
    );
    const options = { once: 'dlv_7', signal: AbortSignal.timeout(5_000) };
    const open = aMessage({ context: [{ kind: 'text', text: 'acme/api' }] });
    const sent = await client.send(BOT_CHANNEL, slack.compose(open, BOT_CHANNEL), options);
    const ref = sent.kind === 'sent' ? sent.ref : {};

    const merged = slack.compose(aMessage({ title: 'PR #12 merged', emoji: '🟣' }), BOT_CHANNEL);
    const outcome = await client.update(BOT_CHANNEL, ref, merged, options);

    expect(outcome).toEqual({ kind: 'sent', status: 200, ref });
    expect(fake.posts()[1]?.parsed).toEqual({
      channel: 'C0123456789',
      ts: '1763726400.000010',
      text: '🟣 PR #12 merged',
      blocks:
        '[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"🟣 "},' +
        '{"type":"text","text":"PR #12 merged","style":{"bold":true}}]}]}]',
      attachments: '[]',
      parse: 'none',
    });
    expect(fake.messages()).toMatchObject([{ edits: 1 }]);
    fake.assertClean();
    await fake.close();
  });

  it('what follows a refused form is words alone', async () => {
    const fake = await startSlackFake();
    const client = await slack.connect(
      { slack: { botToken: toSecret(fake.token), apiUrl: fake.apiUrl } },
      { log: rememberingLog(), print: () => {} },
    );
    const options = { once: 'dlv_7', signal: AbortSignal.timeout(5_000) };
    const message = aMessage({
      body: [{ kind: 'paragraph', children: [{ kind: 'text', text: '*one* <!channel>' }] }],
      fields: [{ name: 'Repo', value: [{ kind: 'text', text: 'acme/api' }] }],
      mentions: [{ name: 'oncall', slack: 'S0123456' }],
      notes: ['Shown in the plain form.'],
    });
    fake.script(failed('invalid_blocks'));

    const payload = slack.compose(message, BOT_CHANNEL);
    expect(await client.send(BOT_CHANNEL, payload, options)).toMatchObject({ kind: 'dead', form: true });
    expect(await client.send(BOT_CHANNEL, payload, options)).toMatchObject({ kind: 'sent' });
    expect(await client.send(BOT_CHANNEL, payload, { ...options, once: 'dlv_8' })).toMatchObject({ kind: 'sent' });

    const [words, other] = fake.messages().slice(-2);
    expect(words?.payload.attachments).toEqual([]);
    expect(words?.payload.blocks).toEqual([
      {
        type: 'section',
        text: {
          type: 'plain_text',
          text: '🟢 PR #12 opened: Add a bell\n*one* <!channel>\nRepo: acme/api\nShown in the plain form.',
          emoji: false,
        },
      },
      { type: 'section', text: { type: 'mrkdwn', text: '<!subteam^S0123456>', verbatim: true } },
    ]);
    expect(other?.payload).toMatchObject(payload);
    fake.assertClean();
    await fake.close();
  });

  it('asks nothing when the attempt ended before it began', async () => {
    const harness = await botHarness();
    const outcome = await harness.client.send(BOT_CHANNEL, {}, { once: 'dlv_1', signal: AbortSignal.abort() });
    expect(outcome.kind).toBe('retry');
    expect(harness.calls()).toBe(0);
    await harness.stop();
  });

  it('a server that is not there got nothing: the lane waits', async () => {
    const fake = await startSlackFake();
    await fake.close();
    const client = await slack.connect(
      { slack: { botToken: toSecret(fake.token), apiUrl: fake.apiUrl } },
      { log: rememberingLog(), print: () => {} },
    );
    const options = { once: 'dlv_1', signal: AbortSignal.timeout(5_000) };
    expect(await client.send(BOT_CHANNEL, slack.compose(aMessage(), BOT_CHANNEL), options)).toEqual({
      kind: 'retry',
      lane: true,
      reason: 'Slack refused the connection.',
    });
    const webhook: ChannelConfig = { name: 'hooks', platform: 'slack', webhookUrl: toSecret(fake.webhookUrl) };
    expect(await client.send(webhook, slack.compose(aMessage(), webhook), options)).toMatchObject({
      kind: 'retry',
      lane: true,
    });
    expect(await client.health()).toEqual({ ok: false, detail: 'Slack refused the connection.' });
  });

  it('a channel with an id needs a bot', async () => {
    const client = await slack.connect({}, { log: rememberingLog(), print: () => {} });
    const options = { once: 'dlv_1', signal: AbortSignal.timeout(5_000) };
    expect(await client.send(BOT_CHANNEL, {}, options)).toMatchObject({ kind: 'retry', lane: true, unreachable: true });
  });

  it('what an incoming webhook posted is posted anew instead of edited', async () => {
    const harness = await webhookHarness();
    const payload = slack.compose(aMessage(), harness.channel);
    const options = { once: 'dlv_1', signal: AbortSignal.timeout(5_000) };
    expect(await harness.client.update(harness.channel, harness.ref, payload, options)).toMatchObject({
      kind: 'dead',
      gone: true,
    });
    expect(harness.calls()).toBe(0);
    await harness.stop();
  });

  it('a webhook address that is none is not told', async () => {
    const client = await slack.connect({}, { log: rememberingLog(), print: () => {} });
    const channel: ChannelConfig = { name: 'hooks', platform: 'slack', webhookUrl: toSecret('hooks.example secret') };
    const outcome = await client.send(channel, {}, { once: 'dlv_1', signal: AbortSignal.timeout(5_000) });
    expect(JSON.stringify(outcome)).not.toContain('secret');
  });

  it('refuses a token that Slack does not know, in words without it', async () => {
    const fake = await startSlackFake();
    const log = rememberingLog();
    const client = await slack.connect(
      { slack: { botToken: toSecret('xoxb-wrong'), apiUrl: fake.apiUrl } },
      { log, print: () => {} },
    );
    expect(await client.health()).toEqual({
      ok: false,
      detail: 'Slack does not accept the bot token: check platforms.slack.botToken.',
    });
    expect(log.lines.join('\n')).not.toContain('xoxb');
    await fake.close();
  });

  it('asks how Slack is once for many questions', async () => {
    const fake = await startSlackFake();
    const client = await slack.connect(
      { slack: { botToken: toSecret(fake.token), apiUrl: fake.apiUrl } },
      { log: rememberingLog(), print: () => {} },
    );
    const answers = await Promise.all([client.health(), client.health()]);
    answers.push(await client.health());
    expect(answers).toEqual(Array(3).fill({ ok: true, detail: 'Connected to Slack as bellhop in Acme.' }));
    expect(fake.calls.map(({ path }) => path)).toEqual(['/api/auth.test']);
    await fake.close();
  });
});
