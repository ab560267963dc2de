import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toSecret } from '../../src/core/secret.ts';
import { discordCommands, isRegistered } from '../../src/platforms/discord/commands.ts';
import { openDiscordInbound } from '../../src/platforms/discord/inbound.ts';
import type { Inbound } from '../../src/platforms/inbound.ts';
import { rememberingLog, type TestClock, testClock } from '../builders.ts';
import { DISCORD_APPLICATION_ID, DISCORD_TOKEN, type DiscordFake, startDiscordFake } from '../fakes/discord.ts';
import { commandProblems } from '../fakes/discord-commands.ts';
import { until } from '../until.ts';
import { discordChat, noUnhandledRejections } from './discord-chat.ts';
import type { RecordingChat } from './recording-chat.ts';

const PUBLIC_KEY = 'ab'.repeat(32);
const GLOBAL = `/applications/${DISCORD_APPLICATION_ID}/commands`;
const GUILD = `/applications/${DISCORD_APPLICATION_ID}/guilds/77/commands`;
const DONE = { ok: true, detail: 'The commands are registered.' };

let fake: DiscordFake;
let chat: RecordingChat;
let clock: TestClock;
let log: ReturnType<typeof rememberingLog>;
let inbound: Inbound;

noUnhandledRejections();

beforeEach(async () => {
  fake = await startDiscordFake();
  chat = discordChat();
  clock = testClock();
  log = rememberingLog();
});

afterEach(async () => {
  await inbound.stop();
  await fake.close();
  fake.assertClean();
  expect(log.lines.join('\n')).not.toMatch(/fake-discord/);
});

async function start(over: object = {}): Promise<void> {
  const config = { botToken: toSecret(DISCORD_TOKEN), publicKey: PUBLIC_KEY, apiUrl: fake.apiUrl, ...over };
  const opened = await openDiscordInbound(config, { chat, log, clock, newFaultId: () => 'fault_1' });
  if (opened === undefined) throw new Error('nothing was opened');
  inbound = opened;
  inbound.start();
}

const registered = () => until(() => inbound.health().detail === DONE.detail, 'the commands');
const routes = () => fake.calls.map(({ method, path }) => `${method} ${path.replace('/api/v10', '')}`);

describe('the commands on Discord', () => {
  it('are registered everywhere, once, and not again while they stay the same', async () => {
    await start();
    expect(inbound.health()).toEqual({ ok: true, detail: 'The commands are being registered.' });
    await registered();
    expect(inbound.health()).toEqual(DONE);
    expect(routes()).toEqual(['GET /applications/@me', `GET ${GLOBAL}`, `PUT ${GLOBAL}`]);
    await inbound.stop();

    await start();
    await registered();
    expect(routes().slice(3)).toEqual(['GET /applications/@me', `GET ${GLOBAL}`]);
    await inbound.stop();

    const [help, ...others] = chat.commands;
    Object.assign(chat, { commands: [{ ...help, description: 'Another' }, ...others] });
    await start();
    await registered();
    expect(routes().slice(5)).toEqual(['GET /applications/@me', `GET ${GLOBAL}`, `PUT ${GLOBAL}`]);
  });

  it('are registered in one server where the config names it, without saying where', async () => {
    await start({ guildId: '77', applicationId: DISCORD_APPLICATION_ID });
    await registered();
    expect(routes()).toEqual(['GET /applications/@me', `GET ${GUILD}`, `PUT ${GUILD}`]);
  });

  it.each<readonly [string, number, number, object, string]>([
    ['Discord fails', 5_000, 500, {}, 'Discord failed inside (HTTP 500).'],
    [
      'the token is wrong',
      60_000,
      401,
      { code: 0, message: '401: Unauthorized' },
      'Discord does not accept the bot’s token',
    ],
    ['the day’s commands are used up', 3_600_000, 400, { code: 30034, message: 'Max number' }, 'Discord’s code 30034'],
  ])('are registered later when %s', async (_, waitMs, status, body, words) => {
    fake.refuse(`PUT ${GLOBAL}`, { status, body });
    await start();
    await until(() => !inbound.health().ok, 'the failure');
    expect(inbound.health().detail).toContain(words);
    expect(log.lines).toHaveLength(1);
    fake.refuse(`PUT ${GLOBAL}`, undefined);
    await clock.advance(waitMs - 1);
    expect(routes()).toHaveLength(3);
    await clock.advance(1);
    await registered();
    expect(inbound.health()).toEqual(DONE);
  });

  it('are not registered after a stop', async () => {
    fake.refuse('GET /applications/@me', { status: 500 });
    await start();
    await until(() => !inbound.health().ok, 'the failure');
    await inbound.stop();
    await clock.advance(3_600_000);
    expect(routes()).toEqual(['GET /applications/@me']);
  });

  it('come with a warning where the developer portal contradicts the config', async () => {
    fake.application.verify_key = 'cd'.repeat(32);
    await start({ applicationId: '12' });
    await registered();
    await inbound.stop();
    fake.application.interactions_endpoint_url = 'https://bellhop.example.com/discord/interactions';
    await start({ publicKey: undefined });
    await until(() => log.lines.some((line) => line.includes('Endpoint')), 'the warning');
    const warnings = log.lines.filter((line) => line.startsWith('warn'));
    expect(warnings).toEqual([
      'warn discord: platforms.discord.applicationId is not the application that the bot’s token belongs to.',
      'warn discord: platforms.discord.publicKey is not the key of the bot’s application; copy it from “General Information”.',
      'warn discord: the application has an Interactions Endpoint URL, so Discord sends nothing through the gateway; empty it in the developer portal, or set platforms.discord.publicKey.',
    ]);
  });

  it('are one command with a subcommand for each of the chat’s, and one on messages', () => {
    const commands = discordCommands(chat.commands, 'everywhere');
    expect(commandProblems(commands, 'everywhere')).toEqual([]);
    expect(commands).toEqual([
      {
        type: 1,
        name: 'bellhop',
        description: 'Mute, re-route and ask about what Bellhop posts',
        options: [
          { type: 1, name: 'help', description: 'What can be said', options: [] },
          {
            type: 1,
            name: 'mute',
            description: `Hold messages back ${'x'.repeat(80)}…`,
            options: [
              { type: 3, name: 'what', description: 'What to mute', required: true, autocomplete: true },
              { type: 3, name: 'for', description: 'How long', autocomplete: true },
              {
                type: 3,
                name: 'everywhere',
                description: 'In all channels',
                choices: [{ name: 'yes', value: 'yes' }],
              },
            ],
          },
        ],
        contexts: [0],
        integration_types: [0],
      },
      { type: 3, name: 'Why this message?', contexts: [0], integration_types: [0] },
    ]);
    expect(commandProblems(discordCommands(chat.commands, 'server'), 'server')).toEqual([]);
  });

  it('are compared by what they say', () => {
    const wanted = discordCommands(chat.commands, 'everywhere');
    const [first, second] = JSON.parse(JSON.stringify(wanted)) as Record<string, unknown>[];
    const asDiscordSays = [
      { ...second, id: '1', description: '', options: [], nsfw: false },
      { ...first, id: '2', name_localizations: null, default_member_permissions: null },
    ];
    expect(isRegistered(asDiscordSays, wanted)).toBe(true);
    const [help, mute] = (first?.options ?? []) as readonly Record<string, unknown>[];
    const spelledOut = { ...first, options: [{ ...help, required: false, autocomplete: false }, mute] };
    expect(isRegistered([second, spelledOut], wanted)).toBe(true);
    expect(isRegistered([second, { ...first, options: [mute, help] }], wanted)).toBe(false);
    expect(isRegistered([...asDiscordSays, { type: 1, name: 'old', description: 'x' }], wanted)).toBe(false);
    expect(isRegistered([{ ...second, contexts: [0, 1] }, first], wanted)).toBe(false);
    expect(isRegistered([second, { ...first, name: 'Bellhop' }], wanted)).toBe(false);
    for (const odd of [undefined, null, {}, 'x', [null, 7]]) expect(isRegistered(odd, wanted)).toBe(false);
  });
});
