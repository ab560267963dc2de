import { afterEach, describe, expect, it } from 'vitest';
import type { ChannelConfig, TeamsConfig } from '../../src/core/config.ts';
import type { Payload } from '../../src/core/platform.ts';
import { toSecret } from '../../src/core/secret.ts';
import { connectTeams } from '../../src/platforms/teams/client.ts';
import { teams } from '../../src/platforms/teams/platform.ts';
import { aMessage, rememberingLog, testClock } from '../builders.ts';
import { startTeamsFake, TEAMS_BOT, TEAMS_CHANNEL, type TeamsFake, WORKFLOW_SIGNATURE } from '../fakes/teams.ts';
import { until } from '../until.ts';
import { type ConformanceCase, describePlatform, type Harness } from './conformance.ts';

const channel: ChannelConfig = { name: 'eng', platform: 'teams', id: TEAMS_CHANNEL };
const context = (log = rememberingLog()) => ({ log, print: () => {} });
const options = (signal: AbortSignal = AbortSignal.timeout(15_000)) => ({ once: 'dlv_1', signal });

let fakes: TeamsFake[] = [];
afterEach(async () => {
  await Promise.all(fakes.map((fake) => fake.close()));
  fakes = [];
});

async function setup(over: Partial<TeamsConfig> = {}) {
  const fake = await startTeamsFake();
  fakes.push(fake);
  const log = rememberingLog();
  const clock = testClock();
  const client = await connectTeams({ ...fake.config, ...over }, context(log), clock);
  return { fake, client, log, clock };
}

const refOn = (fake: TeamsFake, over: Readonly<Record<string, string>> = {}) => ({
  channel: TEAMS_CHANNEL,
  message: '1700000000001',
  conversation: `${TEAMS_CHANNEL};messageid=1700000000001`,
  serviceUrl: fake.settings.serviceUrl,
  ...over,
});

async function startBot(): Promise<Harness> {
  const fake = await startTeamsFake();
  const log = rememberingLog();
  return {
    client: await teams.connect({ teams: fake.config }, context(log)),
    channel,
    ref: refOn(fake),
    secrets: ['eyJ', TEAMS_BOT.clientSecret],
    lines: log.lines,
    script: fake.script,
    calls: () => fake.messageCalls().length,
    assertClean: fake.assertClean,
    stop: fake.close,
  };
}

async function startFlow(): Promise<Harness> {
  const fake = await startTeamsFake();
  const log = rememberingLog();
  return {
    client: await teams.connect({}, context(log)),
    channel: { name: 'flow', platform: 'teams', webhookUrl: fake.workflowUrl },
    ref: { channel: 'flow' },
    secrets: [WORKFLOW_SIGNATURE, 'sig=', fake.url],
    lines: log.lines,
    script: fake.script,
    calls: () => fake.messageCalls().length,
    assertClean: fake.assertClean,
    stop: fake.close,
  };
}

/** TextBlock and FactSet are read as Markdown and mentions; macros are replaced even elsewhere. */
function alive(payload: Payload): readonly string[] {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string' && /\{\{(DATE|TIME)\(/i.test(value)) found.push(value);
    if (typeof value !== 'object' || value === null) return;
    const { type } = value as { readonly type?: unknown };
    if (type === 'TextBlock' || type === 'FactSet' || type === 'mention') found.push(JSON.stringify(value));
    for (const child of Object.values(value)) walk(child);
  };
  walk(payload);
  return found;
}

const error = (code: string) => ({ error: { code, message: 'Bearer eyJhbGciOi.eyJpc3Mi.c2ln' } });
const blockedShape = { errorCode: 209, message: '{"subCode":"MessageWritesBlocked","details":"eyJhbGciOi"}' };
const gone = { kind: 'dead', gone: true, status: 404 };
const unreachable = { kind: 'dead', unreachable: true };

const BOT_CASES: readonly ConformanceCase[] = [
  {
    name: '201 with thread and message',
    reply: { status: 201, body: { id: `${TEAMS_CHANNEL};messageid=1700`, activityId: '1700' } },
    expected: {
      kind: 'sent',
      ref: expect.objectContaining({
        channel: TEAMS_CHANNEL,
        message: '1700',
        conversation: `${TEAMS_CHANNEL};messageid=1700`,
      }),
    },
  },
  { name: '200 with a proxy’s page', reply: { status: 200, body: '<html>' }, expected: { kind: 'ambiguous' } },
  {
    name: '429 with Retry-After',
    reply: { status: 429, headers: { 'retry-after': '7' }, body: error('Throttled') },
    expected: {
      kind: 'retry',
      lane: true,
      afterMs: 7_000,
      status: 429,
      reason: 'Teams is throttling this channel (429 Throttled).',
    },
  },
  { name: '429 without Retry-After', reply: { status: 429 }, expected: { kind: 'retry', lane: true, status: 429 } },
  ...[408, 412, 500, 502, 503, 504].flatMap((status): ConformanceCase[] => [
    { name: `${status} on a post`, reply: { status, body: '<html>' }, expected: { kind: 'retry', status } },
    { name: `${status} on an edit`, op: 'update', reply: { status }, expected: { kind: 'retry', status } },
  ]),
  {
    name: '503 with Retry-After',
    reply: { status: 503, headers: { 'retry-after': '2' } },
    expected: { kind: 'retry', afterMs: 2_000 },
  },
  {
    name: '401 BotNotRegistered',
    reply: { status: 401, body: error('BotNotRegistered') },
    expected: { kind: 'retry', lane: true, unreachable: true, status: 401, reason: /BotNotRegistered/ },
  },
  {
    name: '403 BotNotInConversationRoster',
    reply: { status: 403, body: error('BotNotInConversationRoster') },
    expected: {
      ...unreachable,
      status: 403,
      reason: 'The bot is not in this team: add the Bellhop app to it (403 BotNotInConversationRoster).',
    },
  },
  {
    name: '403 in its other shape',
    reply: { status: 403, body: blockedShape },
    expected: { ...unreachable, status: 403, reason: /MessageWritesBlocked/ },
  },
  {
    name: '403 BotDisabledByAdmin',
    reply: { status: 403, body: error('BotDisabledByAdmin') },
    expected: { ...unreachable, reason: /administrator/ },
  },
  {
    name: '403 without a word',
    reply: { status: 403, body: 'eyJhbGciOi' },
    expected: { ...unreachable, reason: 'The bot may not post in this channel (403).' },
  },
  {
    name: '404 ConversationNotFound',
    reply: { status: 404, body: error('ConversationNotFound') },
    expected: { ...unreachable, status: 404, reason: /no such channel/ },
  },
  {
    name: '404 ConversationNotFound on an edit',
    op: 'update',
    reply: { status: 404, body: error('ConversationNotFound') },
    expected: unreachable,
  },
  {
    name: '404 ActivityNotFoundInConversation on an edit',
    op: 'update',
    reply: { status: 404, body: error('ActivityNotFoundInConversation') },
    expected: gone,
  },
  { name: '404 on an edit', op: 'update', reply: { status: 404 }, expected: gone },
  {
    name: '400 BadArgument',
    reply: { status: 400, body: error('BadArgument') },
    expected: { kind: 'dead', form: true, status: 400 },
  },
  {
    name: '413 MessageSizeTooBig',
    reply: { status: 413, body: error('MessageSizeTooBig') },
    expected: { kind: 'dead', form: true, status: 413, reason: /too big/ },
  },
  { name: '409', reply: { status: 409 }, expected: { kind: 'dead', status: 409 } },
  {
    name: 'a redirect is not followed',
    reply: { status: 302, headers: { location: '/elsewhere' } },
    expected: { kind: 'dead', status: 302 },
  },
  {
    name: 'a token in place of a code word',
    reply: { status: 403, body: { error: { code: 'eyJhbGciOi' } } },
    expected: unreachable,
  },
  { name: 'a cut connection on a post', reply: 'reset', expected: { kind: 'ambiguous' } },
  { name: 'a cut connection on an edit', op: 'update', reply: 'reset', expected: { kind: 'retry' } },
];

describePlatform({ name: 'teams bot', platform: teams, start: startBot, cases: BOT_CASES, alive });

const FLOW_CASES: readonly ConformanceCase[] = [
  { name: '202', reply: { status: 202 }, expected: { kind: 'sent', ref: { channel: 'flow' }, status: 202 } },
  { name: '200', reply: { status: 200, body: 'ok' }, expected: { kind: 'sent', status: 200 } },
  {
    name: '429',
    reply: { status: 429, headers: { 'retry-after': '30' } },
    expected: { kind: 'retry', lane: true, afterMs: 30_000 },
  },
  ...[408, 500, 502, 503, 504].map((status) => ({
    name: `${status}`,
    reply: { status },
    expected: { kind: 'retry', status },
  })),
  { name: '400', reply: { status: 400, body: 'sig=' }, expected: { kind: 'dead', form: true } },
  { name: '413', reply: { status: 413 }, expected: { kind: 'dead', form: true } },
  { name: '401', reply: { status: 401 }, expected: { ...unreachable, reason: /Who can trigger/ } },
  { name: '403', reply: { status: 403 }, expected: { ...unreachable, reason: /Who can trigger/ } },
  { name: '404', reply: { status: 404 }, expected: { ...unreachable, reason: /deleted, turned off/ } },
  { name: '302', reply: { status: 302, headers: { location: 'https://example.com/' } }, expected: unreachable },
  { name: 'a cut connection', reply: 'reset', expected: { kind: 'ambiguous' } },
];

describePlatform({
  name: 'teams workflow',
  platform: teams,
  start: startFlow,
  cases: FLOW_CASES,
  alive,
  updates: false,
});

describe('a bot', () => {
  it('opens a thread in a team’s channel and edits its first message', async () => {
    const { fake, client } = await setup();
    const sent = await client.send(channel, teams.compose(aMessage(), channel), options());
    const ref = sent.kind === 'sent' ? sent.ref : {};
    expect(ref).toEqual({
      channel: TEAMS_CHANNEL,
      message: '1700000000001',
      conversation: `${TEAMS_CHANNEL};messageid=1700000000001`,
      serviceUrl: fake.settings.serviceUrl,
    });

    await client.update(channel, ref, teams.compose(aMessage({ title: 'PR #12 merged' }), channel), options());

    expect(fake.messageCalls().map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /teams/v3/conversations',
      `PUT /teams/v3/conversations/${TEAMS_CHANNEL};messageid=1700000000001/activities/1700000000001`,
    ]);
    expect(fake.activities().map(({ summary }) => summary)).toEqual([
      '🟢 PR #12 opened: Add a bell',
      '🟢 PR #12 merged',
    ]);
    fake.assertClean();
  });

  it('posts to a group chat and into a thread as they are', async () => {
    const { fake, client } = await setup();
    for (const id of ['19:chat@unq.gbl.spaces', `${TEAMS_CHANNEL};messageid=1699`]) {
      const target = { ...channel, id };
      const outcome = await client.send(target, teams.compose(aMessage(), target), options());
      expect(outcome).toMatchObject({ kind: 'sent', ref: { channel: id.split(';')[0], conversation: id } });
    }
    expect(fake.messageCalls().map(({ path }) => path)).toEqual([
      '/teams/v3/conversations/19:chat@unq.gbl.spaces/activities',
      `/teams/v3/conversations/${TEAMS_CHANNEL};messageid=1699/activities`,
    ]);
    fake.assertClean();
  });

  it('keeps the order of five posts at once', async () => {
    const { fake, client } = await setup();
    const titles = ['n0', 'n1', 'n2', 'n3', 'n4'];
    await Promise.all(
      titles.map((title) => client.send(channel, teams.compose(aMessage({ title, emoji: '' }), channel), options())),
    );
    expect(fake.activities().map(({ summary }) => summary)).toEqual(titles);
    expect(fake.signIns()).toBe(1);
    fake.assertClean();
  });

  it('signs in again shortly before the token expires, and after it was refused', async () => {
    const { fake, client, clock } = await setup();
    const post = () => client.send(channel, teams.compose(aMessage(), channel), options());
    await post();
    await clock.advance(3_599_000 - 300_000 - 1);
    await post();
    expect(fake.signIns()).toBe(1);
    await clock.advance(1);
    await post();
    expect(fake.signIns()).toBe(2);
    fake.script({ status: 401 });
    await post();
    await post();
    expect(fake.signIns()).toBe(3);
    fake.assertClean();
  });

  it('sends its token to no address that is not Microsoft’s or the config’s', async () => {
    const evil = await startTeamsFake();
    fakes.push(evil);
    const { fake, client } = await setup();
    await client.update(
      channel,
      refOn(fake, { serviceUrl: `${evil.url}/teams` }),
      teams.compose(aMessage(), channel),
      options(),
    );
    expect(evil.calls).toEqual([]);
    expect(fake.messageCalls()).toHaveLength(1);
  });

  it.each([{ message: '../../v3/x' }, { message: '' }, { conversation: '19:a/../b' }, { conversation: '..' }])(
    'edits nothing at %j',
    async (over) => {
      const { fake, client } = await setup();
      const outcome = await client.update(channel, refOn(fake, over), teams.compose(aMessage(), channel), options());
      expect(outcome).toMatchObject({ kind: 'dead', gone: true });
      expect(fake.calls).toEqual([]);
    },
  );

  it.each([undefined, 'https://x/y', '19:a b', '..'])('posts nothing to the channel id %j', async (id) => {
    const { fake, client } = await setup();
    const target: ChannelConfig = { name: 'eng', platform: 'teams', ...(id !== undefined && { id }) };
    expect(await client.send(target, {}, options())).toMatchObject({ kind: 'dead', unreachable: true });
    expect(fake.calls).toEqual([]);
  });

  it('tries again when nothing was sent: nobody listens', async () => {
    const { client, fake } = await setup({ serviceUrl: 'http://127.0.0.1:9/teams' });
    expect(await client.send(channel, {}, options())).toEqual({
      kind: 'retry',
      reason: 'Microsoft refused the connection; nothing was sent.',
    });
    expect(fake.signIns()).toBe(1);
  });

  it('an aborted edit may be repeated', async () => {
    const { fake, client } = await setup();
    fake.script('hang');
    const ending = new AbortController();
    const pending = client.update(channel, refOn(fake), teams.compose(aMessage(), channel), options(ending.signal));
    await until(() => fake.messageCalls().length === 1);
    ending.abort();
    expect(await pending).toMatchObject({ kind: 'retry' });
  });

  it('sends nothing once its time is up', async () => {
    const { fake, client } = await setup();
    expect(await client.send(channel, {}, options(AbortSignal.abort()))).toMatchObject({ kind: 'retry' });
    expect(fake.messageCalls()).toEqual([]);
  });
});

describe('signing in', () => {
  const refusal = (description: string) => ({
    status: 401,
    body: { error: 'invalid_client', error_description: description },
  });

  it.each([
    {
      reply: refusal('AADSTS7000222: The keys have expired. Trace ID: x'),
      expected: { unreachable: true, lane: true, reason: /AADSTS7000222\): the client secret has expired/ },
    },
    {
      reply: { status: 400, body: { error: 'unauthorized_client' } },
      expected: { unreachable: true, lane: true, reason: /400 unauthorized_client/ },
    },
    { reply: { status: 503 }, expected: { reason: /503/ } },
    { reply: { status: 429, headers: { 'retry-after': '3' } }, expected: { lane: true, afterMs: 3_000 } },
    { reply: { status: 200, body: '<html>' }, expected: { reason: /did not work/ } },
    { reply: 'reset' as const, expected: { reason: /nothing was sent/ } },
  ])('tries again after $reply', async ({ reply, expected }) => {
    const { fake, client, log } = await setup();
    fake.scriptSignIn(reply);
    const outcome = await client.send(channel, teams.compose(aMessage(), channel), options());
    const { reason, ...rest } = expected as { readonly reason?: RegExp };
    expect(outcome).toMatchObject({ kind: 'retry', ...rest, ...(reason && { reason: expect.stringMatching(reason) }) });
    if (!('unreachable' in expected)) expect(outcome).not.toHaveProperty('unreachable');
    expect(fake.messageCalls()).toEqual([]);
    expect(JSON.stringify([outcome, log.lines])).not.toContain(TEAMS_BOT.clientSecret);
  });

  it('names the wrong secret and never shows it', async () => {
    const { client, log } = await setup({ clientSecret: toSecret('wrong~secret') });
    const outcome = await client.send(channel, {}, options());
    expect(outcome).toMatchObject({ kind: 'retry', unreachable: true, status: 401 });
    expect(JSON.stringify([outcome, log.lines])).not.toMatch(/wrong~secret|eyJ/);
    expect(await client.health()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('the client secret is wrong'),
    });
  });

  it('is asked about at most once a minute', async () => {
    const { fake, client, clock } = await setup();
    fake.scriptSignIn({ status: 503 });
    expect(await client.health()).toMatchObject({ ok: false });
    expect(await client.health()).toMatchObject({ ok: false });
    expect(fake.signIns()).toBe(1);
    await clock.advance(60_000);
    expect(await client.health()).toEqual({ ok: true, detail: 'Signed in at Microsoft.' });
    expect(fake.signIns()).toBe(2);
  });

  it('goes through MSAL to Microsoft when the config names no tokenUrl', async () => {
    const fake = await startTeamsFake();
    fakes.push(fake);
    const { tokenUrl, ...config } = fake.config;
    const original = globalThis.fetch;
    // MSAL accepts no authority on loopback; this is the one thing between it and the fake.
    globalThis.fetch = (input, init) =>
      original(
        input instanceof Request ? input : String(input).replace('https://login.microsoftonline.com', fake.url),
        init,
      );
    try {
      const log = rememberingLog();
      const client = await connectTeams(config, context(log), testClock());
      for (const _ of [1, 2])
        expect(await client.send(channel, teams.compose(aMessage(), channel), options())).toMatchObject({
          kind: 'sent',
        });
      expect(fake.signIns()).toBe(1);
      expect(log.lines.join('\n')).not.toContain('eyJ');
      fake.assertClean();

      const locked = await connectTeams(
        { ...config, clientSecret: toSecret('wrong~secret') },
        context(log),
        testClock(),
      );
      const refused = await locked.send(channel, {}, options());
      expect(refused).toMatchObject({
        kind: 'retry',
        lane: true,
        unreachable: true,
        reason: expect.stringContaining('the client secret is wrong'),
      });
      expect(JSON.stringify([refused, log.lines])).not.toMatch(/wrong~secret|eyJ/);
    } finally {
      globalThis.fetch = original;
    }
  });
});

describe('a Workflows address', () => {
  it('gets the card in its envelope', async () => {
    const harness = await startFlow();
    const payload = teams.compose(aMessage(), harness.channel);
    expect(Object.keys(payload)).toEqual(['type', 'attachments']);
    expect(payload).toMatchObject({
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null }],
    });
    await harness.stop();
  });

  it('cannot edit', async () => {
    const harness = await startFlow();
    const outcome = await harness.client.update(harness.channel, harness.ref, {}, options());
    expect(outcome).toMatchObject({ kind: 'dead', gone: true });
    await harness.stop();
  });

  it.each([
    'https://acme.webhook.office.com/webhookb2/sig-1',
    'https://outlook.office.com/webhook/sig-1',
    'file:///sig-1',
    'sig-1',
  ])('is not %s', async (address) => {
    const client = await teams.connect({}, context());
    const outcome = await client.send({ name: 'old', platform: 'teams', webhookUrl: toSecret(address) }, {}, options());
    expect(outcome).toMatchObject({ kind: 'dead', unreachable: true });
    expect(JSON.stringify(outcome)).not.toContain('sig-1');
  });

  it('needs no bot, a channel does', async () => {
    const client = await teams.connect({}, context());
    expect(await client.send(channel, {}, options())).toMatchObject({
      kind: 'dead',
      unreachable: true,
      reason: expect.stringContaining('platforms.teams'),
    });
    expect(await client.health()).toMatchObject({ ok: true });
  });
});
