import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pressId } from '../../src/core/press.ts';
import { toSecret } from '../../src/core/secret.ts';
import { DISCORD_PATH, openDiscordInbound } from '../../src/platforms/discord/inbound.ts';
import type { Inbound } from '../../src/platforms/inbound.ts';
import { NOON, rememberingLog, type TestClock, testClock } from '../builders.ts';
import { DISCORD_CHANNEL_ID, DISCORD_TOKEN, type DiscordFake, startDiscordFake } from '../fakes/discord.ts';
import {
  aCommand,
  aMessageCommand,
  anInteraction,
  aPress,
  aTyping,
  bySignedHttp,
  DISCORD_GUILD_ID,
  DISCORD_USER_ID,
  type DiscordPerson,
  discordKeys,
  discordPerson,
  signedByDiscord,
} from '../fakes/discord-person.ts';
import { until } from '../until.ts';
import { aReply, discordChat, noUnhandledRejections } from './discord-chat.ts';
import type { RecordingChat } from './recording-chat.ts';

type Json = Readonly<Record<string, unknown>>;

const KEYS = discordKeys();
const ON = { channel: DISCORD_CHANNEL_ID, message: '800000000000000777' };

let fake: DiscordFake;
let chat: RecordingChat;
let clock: TestClock;
let log: ReturnType<typeof rememberingLog>;
let inbound: Inbound;
let server: Server;
let mona: DiscordPerson;

noUnhandledRejections();

async function open(over: object = {}): Promise<Inbound> {
  let faults = 0;
  const opened = await openDiscordInbound(
    { botToken: toSecret(DISCORD_TOKEN), publicKey: KEYS.publicKey, apiUrl: fake.apiUrl, ...over },
    { chat, log, clock, newFaultId: () => `fault_${++faults}` },
  );
  if (opened === undefined) throw new Error('nothing was opened');
  return opened;
}

beforeEach(async () => {
  fake = await startDiscordFake();
  chat = discordChat();
  clock = testClock();
  log = rememberingLog();
  inbound = await open();
  server = createServer((request, response) =>
    inbound.handle(request, response, (error) => {
      response.statusCode = error === undefined ? 404 : 500;
      response.end();
    }),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  mona = discordPerson({ fake, deliver: bySignedHttp(address(), KEYS, clock.now) });
});

afterEach(async () => {
  await inbound.stop();
  await fake.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  fake.assertClean();
  // Neither tokens nor what people typed belong in a log.
  expect(log.lines.join('\n')).not.toMatch(/aW50ZXJ|fake-discord|because of/);
});

const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function post(init: RequestInit): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${address()}${DISCORD_PATH}`, init);
  return { status: response.status, text: await response.text() };
}

const signed = (payload: unknown): RequestInit =>
  signedByDiscord(typeof payload === 'string' ? payload : JSON.stringify(payload), KEYS.privateKey, clock.now());
const raw = async (payload: unknown): Promise<Json> => JSON.parse((await post(signed(payload))).text) as Json;
const said = async (payload: unknown): Promise<Json> => (await raw(payload)).data as Json;

describe('a post to Discord’s address', () => {
  const body = JSON.stringify(aCommand('help'));
  const good = (at = NOON) => signedByDiscord(body, KEYS.privateKey, at);
  const withHeaders = (over: Readonly<Record<string, string>>) => {
    const init = good();
    return { ...init, headers: { ...(init.headers as Record<string, string>), ...over } };
  };
  const ago = (seconds: number) => good(new Date(NOON.getTime() - seconds * 1_000));

  it.each<readonly [string, () => RequestInit]>([
    ['without a proof', () => ({ method: 'POST', body })],
    ['with another body', () => ({ ...good(), body: body.replace('help', 'list') })],
    ['with one byte more', () => ({ ...good(), body: `${body} ` })],
    ['signed with another key', () => signedByDiscord(body, discordKeys().privateKey, NOON)],
    ['with a garbage signature', () => withHeaders({ 'x-signature-ed25519': 'z'.repeat(128) })],
    ['with a signature of zeros', () => withHeaders({ 'x-signature-ed25519': '0'.repeat(128) })],
    ['with a short signature', () => withHeaders({ 'x-signature-ed25519': 'ab'.repeat(63) })],
    ['with a long signature', () => withHeaders({ 'x-signature-ed25519': 'ab'.repeat(65) })],
    ['with an empty signature', () => withHeaders({ 'x-signature-ed25519': '' })],
    ['with another time', () => withHeaders({ 'x-signature-timestamp': String(NOON.getTime() / 1_000 + 1) })],
    ['with a time that is none', () => withHeaders({ 'x-signature-timestamp': 'now' })],
    ['with a time in hexadecimal', () => withHeaders({ 'x-signature-timestamp': '0x6921' })],
    ['with an endless time', () => withHeaders({ 'x-signature-timestamp': '9'.repeat(400) })],
    ['from 301 s ago', () => ago(301)],
    ['from 301 s ahead', () => ago(-301)],
  ])('%s is refused with 401, and nothing is done or said', async (_, request) => {
    expect(await post(request())).toEqual({ status: 401, text: '' });
    expect(chat.requests).toEqual([]);
    expect(fake.calls).toEqual([]);
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toMatch(/^warn discord: refused an interaction \{"because":"it/);
  });

  it.each([0, 300, -300])('signed %i s ago is taken', async (seconds) => {
    expect((await post(ago(seconds))).status).toBe(200);
    expect(chat.requests).toHaveLength(1);
  });

  it('is answered when Discord probes the address', async () => {
    expect(await raw({ type: 1, id: '1', application_id: '2' })).toEqual({ type: 1 });
    expect(await raw({ type: 1 })).toEqual({ type: 1 });
    expect(chat.requests).toEqual([]);
  });

  it('is over when it is over a megabyte', async () => {
    const huge = JSON.stringify({ ...aCommand('help'), more: 'x'.repeat(1024 * 1024) });
    expect(await post(signed(huge))).toEqual({
      status: 413,
      text: '{"error":{"code":"too_large","message":"The body is over 1048576 bytes."}}',
    });
    expect(chat.requests).toEqual([]);
  });

  it('may end in the middle', async () => {
    const { headers } = signed(aCommand('help'));
    await new Promise<void>((done) => {
      const call = httpRequest(`${address()}${DISCORD_PATH}`, {
        method: 'POST',
        headers: { ...(headers as Record<string, string>), 'content-length': '5000' },
      });
      call.on('error', () => done());
      call.write('{"type":2', () => call.destroy());
    });
    expect((await post(signed(aCommand('help')))).status).toBe(200);
    expect(chat.requests).toHaveLength(1);
  });

  it('goes on to the next handler when it is none', async () => {
    expect((await fetch(`${address()}${DISCORD_PATH}`)).status).toBe(404);
  });

  it('does a repeated interaction once', async () => {
    const interaction = aCommand('mute', { what: 'github' });
    expect((await post(signed(interaction))).status).toBe(200);
    expect(await post(signed(interaction))).toEqual({
      status: 409,
      text: '{"error":{"code":"conflict","message":"This interaction was answered before."}}',
    });
    expect(chat.requests).toHaveLength(1);
    await clock.advance(10 * 60_000);
    expect((await post(signed(interaction))).status).toBe(200);
  });
});

describe('what arrives from Discord', () => {
  it('is a command with its options', async () => {
    await mona.command('mute', { what: 'github', for: '2h', reason: 'because of <@&1>' });
    expect(chat.requests).toEqual([
      {
        platform: 'discord',
        person: {
          platform: 'discord',
          id: DISCORD_USER_ID,
          name: 'mona',
          roles: [],
          inGroup: expect.any(Function) as unknown,
        },
        place: DISCORD_CHANNEL_ID,
        input: { kind: 'options', command: 'mute', options: { what: 'github', for: '2h', reason: 'because of <@&1>' } },
      },
    ]);
    expect(await chat.requests[0]?.person.inGroup('S1')).toBe(false);
  });

  it('is a button’s press, and a menu’s choice', async () => {
    const id = pressId('mute', '1h', 'evt_1');
    await mona.press(id, ON);
    await mona.press(id, ON, 'menu');
    for (const request of chat.requests) {
      expect(request).toMatchObject({ place: DISCORD_CHANNEL_ID, on: ON, input: { kind: 'press', id } });
    }
    expect(chat.requests).toHaveLength(2);
  });

  it('is a message that somebody asks about', async () => {
    await mona.whyThis(ON);
    expect(chat.requests).toMatchObject([{ on: ON, input: { kind: 'text', text: 'why this' } }]);
  });

  it('belongs to the channel that a thread is in, but its message to the thread', async () => {
    const thread = { id: '777', type: 11, parent_id: DISCORD_CHANNEL_ID };
    await raw({ ...aPress('why:evt_1', { channel: '777', message: '8' }), channel_id: '777', channel: thread });
    expect(chat.requests).toMatchObject([{ place: DISCORD_CHANNEL_ID, on: { channel: '777', message: '8' } }]);
    // Of an ordinary channel, `parent_id` is its category.
    await mona.command('list');
    expect(chat.requests.at(-1)?.place).toBe(DISCORD_CHANNEL_ID);
  });

  it('has no place in private', async () => {
    const { guild_id, member, ...rest } = aPress('why:evt_1', ON) as Json & { member: { user: Json } };
    await raw({ ...rest, user: { ...member.user, global_name: 'Mona L.' } });
    expect(guild_id).toBe(DISCORD_GUILD_ID);
    expect(chat.requests).toHaveLength(1);
    expect(chat.requests[0]).not.toHaveProperty('place');
    expect(chat.requests[0]?.person).toMatchObject({ id: DISCORD_USER_ID, name: 'Mona L.', roles: [] });
  });

  it.each<readonly [string, Json, Json]>([
    ['the name of the server', { nick: 'Mo', user: { id: '1', username: 'm', global_name: 'M' } }, { name: 'Mo' }],
    ['the person’s own name', { user: { id: '1', username: 'm', global_name: 'M' } }, { name: 'M' }],
    ['the id where there is no name', { nick: '\u202E ', user: { id: '1', username: 7 } }, { name: '1' }],
    [
      'a name on one line and of a bearable length',
      { nick: `a\u0000\n${'b'.repeat(999)}`, user: { id: '1' } },
      { name: `a ${'b'.repeat(77)}…` },
    ],
    ['ids as roles', { roles: ['11', 'admin', 7, null, '22'], user: { id: '1' } }, { roles: ['11', '22'] }],
    ['no roles from a text', { roles: '11', user: { id: '1' } }, { roles: [] }],
  ])('takes %s', async (_, member, expected) => {
    await raw({ ...aCommand('help'), member });
    expect(chat.requests[0]?.person).toMatchObject(expected);
  });

  it('is suggested what fits', async () => {
    const long = 'x'.repeat(101);
    chat.suggestions = () => ['github', '', long, ' ', 'github', ...Array.from({ length: 40 }, (_, at) => `s${at}`)];
    const values = await mona.suggestions('mute', 'what', 'git');
    expect(values).toHaveLength(25);
    expect(values.slice(0, 3)).toEqual(['github', 's0', 's1']);
    expect(chat.typed).toEqual([{ command: 'mute', option: 'what', text: 'git' }]);
    expect(chat.requests).toEqual([]);
  });

  it('is suggested nothing when suggestions are late or fail', async () => {
    chat.suggestions = () => {
      throw new Error('broken');
    };
    expect(await mona.suggestions('mute', 'what', '')).toEqual([]);
    chat.suggestions = () => new Promise(() => {});
    const late = mona.suggestions('mute', 'what', '');
    await until(() => chat.typed.length === 2, 'the second question');
    await clock.advance(2_000);
    expect(await late).toEqual([]);
  });
});

describe('an answer to Discord', () => {
  it('is private or for the channel, with its buttons, and notifies nobody', async () => {
    const actions = [{ label: 'Unmute', id: 'unmute:mute_1', style: 'danger' }];
    const mentions = [{ name: 'oncall', discord: 'role:99887766' }];
    chat.answer = () => aReply('Muted *github* @everyone', 'channel', { actions, mentions });
    const open = await mona.command('mute', { what: 'github' });
    chat.answer = () => aReply('You may not', 'person');
    const closed = await mona.command('mute', { what: 'github' });

    expect(open).toMatchObject({ audience: 'channel', flags: 0, late: false });
    expect(open.text).toContain('Muted \\*github\\* @\u200Beveryone');
    expect(open.components).toEqual([
      { type: 1, components: [{ type: 2, style: 4, label: 'Unmute', custom_id: 'unmute:mute_1' }] },
    ]);
    expect(open.payload.allowed_mentions).toEqual({ parse: [] });
    expect(closed).toMatchObject({ audience: 'person', flags: 64, late: false, text: 'You may not' });
    expect(closed.payload.allowed_mentions).toEqual({ parse: [] });
    expect(fake.calls).toEqual([]);
  });

  it('comes later in private when it takes long', async () => {
    let finish = (): void => {};
    chat.answer = () => new Promise((done) => (finish = () => done(aReply('At last'))));
    const answered = mona.command('why', { about: 'evt_1' });
    await until(() => chat.requests.length === 1, 'the command');
    await clock.advance(1_499);
    expect(fake.interactionCalls).toEqual([]);
    await clock.advance(1);
    finish();

    expect(await answered).toMatchObject({ audience: 'person', late: true, text: 'At last' });
    expect(fake.interactionCalls.map(({ kind }) => kind)).toEqual(['edit']);
  });

  it('comes later in the channel when it takes long', async () => {
    let finish = (): void => {};
    chat.answer = () => new Promise((done) => (finish = () => done(aReply('Muted', 'channel'))));
    const answered = mona.command('mute', { what: 'github' });
    await until(() => chat.requests.length === 1, 'the command');
    await clock.advance(1_500);
    finish();

    expect(await answered).toMatchObject({ audience: 'channel', late: true, text: 'Muted' });
    // In this order: a message posted first would take the private place.
    expect(fake.interactionCalls.map(({ kind }) => kind)).toEqual(['edit', 'followUp']);
    expect(fake.interactionCalls[0]?.body).toEqual({
      content: 'Done: the answer is in the channel.',
      allowed_mentions: { parse: [] },
    });
  });

  it('is tried again when Discord does not know of the first answer yet', async () => {
    let finish = (): void => {};
    chat.answer = () => new Promise((done) => (finish = () => done(aReply('At last'))));
    const interaction = aCommand('why');
    const edit = `PATCH /webhooks/${String(interaction.application_id)}/${String(interaction.token)}/messages/@original`;
    fake.refuse(edit, { status: 404, body: { code: 10015, message: 'Unknown Webhook' } }, 1);
    const response = raw(interaction);
    await until(() => chat.requests.length === 1, 'the command');
    await clock.advance(1_500);
    await response;
    finish();
    await until(() => fake.calls.length === 1, 'the first try');
    expect(fake.interactionCalls).toEqual([]);
    await until(async () => {
      await clock.advance(1_000);
      return fake.interactionCalls.length === 1;
    }, 'the second try');
    expect(log.lines).toEqual([]);
  });

  it('is tried twice when it comes later, and then logged', async () => {
    let finish = (): void => {};
    chat.answer = () => new Promise((done) => (finish = () => done(aReply('At last'))));
    await fake.close();
    const response = raw(aCommand('why'));
    await until(() => chat.requests.length === 1, 'the command');
    await clock.advance(1_500);
    expect(await response).toEqual({ type: 5, data: { flags: 64 } });
    finish();
    await until(async () => {
      await clock.advance(1_000);
      return log.lines.length > 0;
    }, 'the log');
    expect(log.lines).toEqual([
      'warn discord: the late answer to a command did not get through {"reason":"Discord refused the connection."}',
    ]);
  });

  it('is an apology with an id when the chat fails', async () => {
    chat.answer = () => {
      throw new Error('the store is gone');
    };
    const seen = await mona.command('list');
    expect(seen).toMatchObject({ audience: 'person', text: expect.stringContaining('fault\\_1') as unknown });
    expect(log.lines.join('\n')).toMatch(
      /^error discord: a command met a fault in Bellhop \{"id":"fault_1".*store is gone/,
    );
  });

  it('says what it does not know', async () => {
    const other = { ...aCommand('x'), data: { type: 1, name: 'other', options: [] } };
    const onUser = { ...aCommand('x'), data: { type: 2, name: 'bellhop', target_id: '1' } };
    const modal = anInteraction({ type: 5, data: { custom_id: 'x' } });
    for (const interaction of [other, onUser, modal]) {
      expect(await said(interaction)).toMatchObject({
        flags: 64,
        embeds: [{ title: 'Bellhop has no such command or button.' }],
      });
    }
    expect(chat.requests).toEqual([]);
  });

  it('is for one server only where the config names it', async () => {
    await inbound.stop();
    inbound = await open({ guildId: DISCORD_GUILD_ID });
    const stranger = discordPerson({ fake, deliver: bySignedHttp(address(), KEYS, clock.now), guild: '1' });
    chat.suggestions = () => ['secret-source'];
    expect(await stranger.command('list')).toMatchObject({
      audience: 'person',
      text: 'Bellhop does not serve this server.',
    });
    expect(await stranger.suggestions('mute', 'what', '')).toEqual([]);
    expect(chat.requests).toEqual([]);
    expect(chat.typed).toEqual([]);
    await mona.command('list');
    expect(chat.requests).toHaveLength(1);
  });

  it('is waited for when Bellhop stops, for two seconds', async () => {
    let finish = (): void => {};
    chat.answer = () => new Promise((done) => (finish = () => done(aReply('At last'))));
    const first = mona.command('why');
    await until(() => chat.requests.length === 1, 'the command');
    const stopped = inbound.stop();
    finish();
    await stopped;
    expect(await first).toMatchObject({ text: 'At last' });

    const second = raw(aCommand('why'));
    await until(() => chat.requests.length === 2, 'the second command');
    const again = inbound.stop();
    await clock.advance(2_000);
    await again;
    expect(await second).toEqual({ type: 5, data: { flags: 64 } });
    finish();
    await until(() => fake.interactionCalls.length === 1, 'the late answer');
  });
});

describe('whatever Discord sends, signed', () => {
  const strange: readonly unknown[] = [
    null,
    7,
    'x',
    [],
    {},
    true,
    [[[]]],
    { id: {} },
    '\u0000',
    'x'.repeat(70_000),
    '__proto__',
  ];
  const paths = [
    ['id'],
    ['application_id'],
    ['token'],
    ['type'],
    ['guild_id'],
    ['channel_id'],
    ['channel'],
    ['member'],
    ['member', 'user'],
    ['member', 'user', 'id'],
    ['member', 'nick'],
    ['member', 'roles'],
    ['message'],
    ['message', 'id'],
    ['data'],
    ['data', 'name'],
    ['data', 'type'],
    ['data', 'options'],
    ['data', 'options', '0'],
    ['data', 'options', '0', 'name'],
    ['data', 'options', '0', 'options'],
    ['data', 'options', '0', 'options', '0'],
    ['data', 'options', '0', 'options', '0', 'value'],
    ['data', 'options', '0', 'options', '0', 'name'],
    ['data', 'custom_id'],
    ['data', 'component_type'],
    ['data', 'values'],
    ['data', 'target_id'],
    ['data', 'resolved'],
  ];

  const set = (document: unknown, [key = '', ...rest]: readonly string[], value: unknown): unknown => {
    const copy: Record<string, unknown> = Object.assign(Array.isArray(document) ? [] : {}, document);
    copy[key] = rest.length === 0 ? value : set(copy[key], rest, value);
    return copy;
  };

  it.each(paths.map((path) => [path.join('.'), path] as const))('with anything as %s', async (_, path) => {
    for (const value of [...strange, undefined]) {
      for (const make of [
        () => aCommand('mute', { what: 'x' }),
        () => aPress('why:e', ON),
        () => aPress('why:e', ON, { as: 'menu' }),
        () => aMessageCommand(ON),
        () => aTyping('mute', 'what', { text: 'x' }),
      ]) {
        const { status } = await post(signed(set(make(), path, value)));
        expect([200, 400, 409]).toContain(status);
      }
    }
    for (const { person, place, on, input } of chat.requests) {
      expect(person.id).toMatch(/^\d{1,20}$/);
      for (const id of [place, on?.channel, on?.message]) expect(id ?? '1').toMatch(/^\d{1,20}$/);
      if (input.kind === 'options') expect(Object.values(input.options).every((v) => typeof v === 'string')).toBe(true);
    }
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{"type":'],
    ['no object', '"x"'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an unknown type without an id', '{"type":99}'],
    ['a depth that no reader follows', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ])('is refused as %s', async (_, body) => {
    expect((await post(signed(body))).status).toBe(400);
    expect(chat.requests).toEqual([]);
  });

  it('may have options in any number and of any name', async () => {
    const many = Array.from({ length: 5_000 }, (_, at) => ({ type: 3, name: `o${at}`, value: 'x' }));
    const options = [{ type: 3, name: '__proto__', value: 'x' }, { type: 5, name: 'flag', value: true }, ...many];
    await raw({ ...aCommand('x'), data: { type: 1, name: 'bellhop', options: [{ type: 1, name: 'mute', options }] } });
    const { input } = chat.requests[0] ?? {};
    expect(input?.kind === 'options' && Object.keys(input.options).length).toBe(100);
    expect(input?.kind === 'options' && input.options.flag).toBe('true');
    expect(({} as Json).value).toBeUndefined();
  });
});
