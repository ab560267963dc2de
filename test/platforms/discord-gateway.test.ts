import { createServer as createTcpServer } from 'node:net';
import { setTimeout as realPause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toSecret } from '../../src/core/secret.ts';
import { openDiscordInbound } from '../../src/platforms/discord/inbound.ts';
import type { Inbound } from '../../src/platforms/inbound.ts';
import { rememberingLog, type TestClock, testClock } from '../builders.ts';
import { DISCORD_CHANNEL_ID, DISCORD_TOKEN, type DiscordFake, startDiscordFake } from '../fakes/discord.ts';
import { aCommand, aPress, aTyping, byGateway, type DiscordPerson, discordPerson } from '../fakes/discord-person.ts';
import { until } from '../until.ts';
import { aReply, discordChat, noUnhandledRejections } from './discord-chat.ts';
import type { RecordingChat } from './recording-chat.ts';

const ON = { channel: DISCORD_CHANNEL_ID, message: '800000000000000777' };
const UP = 'The gateway is connected. The commands are registered.';

let fake: DiscordFake;
let chat: RecordingChat;
let clock: TestClock;
let log: ReturnType<typeof rememberingLog>;
let inbound: Inbound;
let mona: DiscordPerson;

noUnhandledRejections();

async function open(over: object = {}): Promise<Inbound> {
  const config = { botToken: toSecret(DISCORD_TOKEN), apiUrl: `${fake.apiUrl}/`, ...over };
  const opened = await openDiscordInbound(config, { chat, log, clock, newFaultId: () => 'fault_1' });
  if (opened === undefined) throw new Error('nothing was opened');
  inbound = opened;
  return opened;
}

beforeEach(async () => {
  fake = await startDiscordFake();
  chat = discordChat();
  clock = testClock();
  log = rememberingLog();
  mona = discordPerson({ fake, deliver: byGateway(fake) });
});

afterEach(async () => {
  await inbound.stop();
  await fake.close();
  fake.assertClean();
  expect(log.lines.join('\n')).not.toMatch(/aW50ZXJ|fake-discord/);
});

const untilUp = () => until(() => inbound.health().ok && fake.gateway.connected() > 0, 'the gateway');
const untilDown = () => until(() => !inbound.health().ok, 'the loss of the gateway');

describe('the gateway', () => {
  it('brings commands, presses and what is being typed, and takes no HTTP', async () => {
    await open();
    expect(inbound.paths).toEqual([]);
    expect(inbound.health().ok).toBe(false);
    inbound.start();
    await untilUp();
    expect(inbound.health()).toEqual({ ok: true, detail: UP });

    chat.answer = () => aReply('Muted', 'channel');
    expect(await mona.command('mute', { what: 'github' })).toMatchObject({ audience: 'channel', text: 'Muted' });
    chat.answer = () => aReply('Because', 'person');
    expect(await mona.press('why:evt_1', ON)).toMatchObject({ audience: 'person', flags: 64, text: 'Because' });
    expect(await mona.whyThis(ON)).toMatchObject({ text: 'Because' });
    chat.suggestions = () => ['github'];
    expect(await mona.suggestions('mute', 'what', 'g')).toEqual(['github']);

    expect(chat.requests.map(({ input }) => input.kind)).toEqual(['options', 'press', 'text']);
    expect(fake.gateway.identifies()).toBe(1);
  });

  it('answers late, in private and in the channel', async () => {
    await open();
    inbound.start();
    await untilUp();
    for (const audience of ['person', 'channel'] as const) {
      let finish = (): void => {};
      chat.answer = () => new Promise((done) => (finish = () => done(aReply('At last', audience))));
      const asked = chat.requests.length;
      const seen = mona.command('why');
      await until(() => chat.requests.length > asked, 'the command');
      await clock.advance(1_500);
      finish();
      expect(await seen).toMatchObject({ audience, late: true, text: 'At last' });
    }
    expect(fake.interactionCalls.map(({ kind }) => kind)).toEqual(['callback', 'edit', 'callback', 'edit', 'followUp']);
  });

  it.each<readonly [string, number, object, number, number, readonly string[]]>([
    ['again after a failure', 502, {}, 2, 1, []],
    ['not again when it came through after all', 400, { code: 40060, message: 'acknowledged' }, 1, 0, []],
    [
      'not again when it is too late',
      404,
      { code: 10062, message: 'Unknown interaction' },
      1,
      0,
      [
        'warn discord: the answer to a command did not get through {"reason":"Discord does not let the bot post there (Discord’s code 10062: Unknown interaction)."}',
      ],
    ],
  ])('tries an answer %s', async (_, status, body, calls, arrived, warnings) => {
    await open();
    inbound.start();
    await untilUp();
    const interaction = aCommand('list');
    const route = `/interactions/${String(interaction.id)}/${String(interaction.token)}/callback`;
    fake.refuse(`POST ${route}`, { status, body }, 1);
    fake.gateway.dispatch('INTERACTION_CREATE', interaction);
    const tries = () => fake.calls.filter(({ path }) => path.endsWith(route)).length;
    await until(() => tries() === calls, 'the tries');
    await inbound.stop();
    expect(tries()).toBe(calls);
    expect(fake.interactionCalls).toHaveLength(arrived);
    expect(log.lines.filter((line) => line.startsWith('warn'))).toEqual(warnings);
  });

  it('does what is dispatched twice once', async () => {
    await open();
    inbound.start();
    await untilUp();
    const twice = aCommand('mute');
    fake.gateway.dispatch('INTERACTION_CREATE', twice);
    fake.gateway.dispatch('INTERACTION_CREATE', twice);
    await mona.command('list');
    expect(chat.requests).toHaveLength(2);
  });

  it('is not shaken by what it does not know', async () => {
    await open();
    inbound.start();
    await untilUp();
    const strange = [
      null,
      7,
      'x',
      [],
      {},
      { type: 2 },
      { type: 3, id: {}, data: null },
      { ...aCommand('x'), data: null },
      { ...aCommand('x'), channel: 'x', member: null },
      { ...aPress('x', ON), data: { component_type: 99 }, user: null, member: undefined },
      { ...aTyping('a', 'b', { text: '' }), data: 7 },
      { ...aCommand('x'), guild: 3, channel: { id: {}, type: {}, recipients: 7 } },
    ];
    for (const payload of strange) fake.gateway.dispatch('INTERACTION_CREATE', payload);
    fake.gateway.dispatch('MESSAGE_CREATE_OF_THE_FUTURE', { id: 1 });
    expect(await mona.command('list')).toMatchObject({ text: 'Fine' });
    expect(inbound.health().ok).toBe(true);
  });

  it.each<readonly [string, () => void]>([
    ['Discord closes it', () => fake.gateway.cut(4000)],
    ['the connection breaks', () => fake.gateway.cut(0)],
    ['Discord asks it to', () => fake.gateway.send(7)],
    ['Discord has lost its session for a moment', () => fake.gateway.send(9, true)],
  ])('resumes when %s', async (_, cut) => {
    await open();
    inbound.start();
    await untilUp();
    cut();
    await until(() => fake.gateway.resumes() === 1, 'the resumption');
    await untilUp();
    expect(await mona.command('list')).toMatchObject({ text: 'Fine' });
    expect(fake.gateway.identifies()).toBe(1);
  });

  it('tells when the token is taken away, and asks again after a minute, not before', async () => {
    await open();
    inbound.start();
    await untilUp();
    fake.gateway.cut(4004);
    await untilDown();
    expect(inbound.health()).toEqual({
      ok: false,
      detail:
        'The gateway is not connected: Discord does not accept the bot’s token; next try in 1 min. The commands are registered.',
    });
    await clock.advance(59_999);
    expect(fake.gateway.opened()).toBe(1);
    await clock.advance(1);
    await untilUp();
    expect(await mona.command('list')).toMatchObject({ text: 'Fine' });
  });

  it('waits longer each time when it is turned away at the door', async () => {
    await open();
    fake.gateway.script({ close: 4004 }, { close: 4014 }, { close: 4004 });
    inbound.start();
    for (const [count, wait, rest] of [
      [1, '1 min', 60_000],
      [2, '1 min', 60_000],
      [3, '2 min', 120_000],
    ] as const) {
      await until(() => inbound.health().detail.includes(`next try in ${wait}`), `the wait after sign-in ${count}`);
      await until(() => log.lines.filter((line) => line.includes('not connected')).length === count, 'the log');
      await clock.advance(rest - 1);
      expect(fake.gateway.opened()).toBe(count);
      await clock.advance(1);
      await until(() => fake.gateway.opened() === count + 1, 'the next try');
    }
    await untilUp();
  });

  it('is told a wrong token by Discord’s REST API too', async () => {
    await open({ botToken: toSecret('wrong') });
    fake.refuse('GET /gateway/bot', { status: 401, body: { code: 0, message: '401: Unauthorized' } });
    fake.refuse('GET /applications/@me', { status: 401, body: { code: 0, message: '401: Unauthorized' } });
    inbound.start();
    await until(() => log.lines.length >= 2, 'the log');
    expect(inbound.health()).toEqual({
      ok: false,
      detail:
        'The gateway is not connected: Discord does not accept the bot’s token; next try in 1 min. The commands could not be registered; next try in 1 min. Discord does not accept the bot’s token (HTTP 401: 401: Unauthorized).',
    });
    // The fake has noticed the wrong token, as it should.
    fake.clear();
  });

  it('is not opened when the config says so, and beside HTTP when it says that', async () => {
    const publicKey = 'ab'.repeat(32);
    const config = { botToken: toSecret(DISCORD_TOKEN), apiUrl: fake.apiUrl };
    const context = { chat, log, clock, newFaultId: () => 'fault_1' };
    expect(await openDiscordInbound({ ...config, gateway: false }, context)).toBeUndefined();
    await open({ publicKey });
    inbound.start();
    await until(() => inbound.health().detail === 'The commands are registered.', 'the commands');
    expect(fake.gateway.opened()).toBe(0);
    await inbound.stop();
    await open({ publicKey, gateway: true });
    expect(inbound.paths).toEqual(['/discord/interactions']);
    inbound.start();
    await untilUp();
    for (const wrong of ['ab', 'x'.repeat(64), '0'.repeat(64)]) {
      await expect(openDiscordInbound({ ...config, publicKey: wrong }, context)).rejects.toThrow(
        'platforms.discord.publicKey is no public key; expected the 64 hexadecimal characters',
      );
    }
  });
});

describe('stopping', () => {
  it('signs out', async () => {
    await open();
    inbound.start();
    await untilUp();
    await inbound.stop();
    await until(() => fake.gateway.connected() === 0, 'the sign-out');
    await clock.advance(3_600_000);
    expect(fake.gateway.opened()).toBe(1);
  });

  it('also while it signs in', async () => {
    await open();
    fake.gateway.script('silence');
    inbound.start();
    await until(() => fake.gateway.identifies() === 1, 'the sign-in');
    await inbound.stop();
    expect(chat.requests).toEqual([]);
  });

  it('also before the first answer of Discord', async () => {
    await open();
    inbound.start();
    await inbound.stop();
    // discord.js would connect half a second later at the latest.
    await realPause(700);
    expect(fake.gateway.opened()).toBe(0);
  });

  it('also while it waits to connect again: nobody comes back', async () => {
    await open();
    inbound.start();
    await untilUp();
    fake.gateway.cut(4000);
    await until(() => inbound.health().detail.includes('again'), 'the loss');
    await inbound.stop();
    await realPause(800);
    expect(fake.gateway.opened()).toBe(1);
    expect(fake.gateway.connected()).toBe(0);
  });

  it('also while a socket is on its way, which then fails', async () => {
    const sockets: { destroy(): void }[] = [];
    const deaf = createTcpServer((socket) => {
      socket.on('error', () => {});
      sockets.push(socket);
    });
    await new Promise<void>((done) => deaf.listen(0, '127.0.0.1', done));
    const { port } = deaf.address() as { port: number };
    fake.refuse('GET /gateway/bot', {
      body: {
        url: `ws://127.0.0.1:${port}`,
        shards: 1,
        session_start_limit: { total: 1_000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 },
      },
    });
    await open();
    inbound.start();
    await until(() => sockets.length === 1, 'the socket');
    await inbound.stop();
    for (const socket of sockets) socket.destroy();
    await realPause(800);
    expect(sockets).toHaveLength(1);
    await new Promise((done) => deaf.close(done));
  });
});
