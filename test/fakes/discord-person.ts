import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { MessagePlace } from '../../src/core/platform.ts';
import { POSTED_BELOW } from '../../src/platforms/discord/answers.ts';
import { DISCORD_PATH } from '../../src/platforms/discord/inbound.ts';
import { until } from '../until.ts';
import { DISCORD_APPLICATION_ID, DISCORD_CHANNEL_ID, type DiscordFake } from './discord.ts';

type Json = Readonly<Record<string, unknown>>;

export const DISCORD_GUILD_ID = '700000000000000001';
export const DISCORD_USER_ID = '600000000000000001';

/** A key pair as Discord gives an application one. */
export interface DiscordKeys {
  /** For `platforms.discord.publicKey`. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

export function discordKeys(): DiscordKeys {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex') };
}

/** A request as Discord signs it; `at` is the signer's clock. */
export function signedByDiscord(body: string, privateKey: KeyObject, at: Date): RequestInit {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-signature-ed25519': sign(null, Buffer.from(timestamp + body), privateKey).toString('hex'),
      'x-signature-timestamp': timestamp,
    },
    body,
  };
}

/** What somebody sees after a command or a press. */
export interface SeenInDiscord {
  /** Content, title, description, fields and footer, a line each, Discord's Markdown as it was sent. */
  readonly text: string;
  readonly audience: 'person' | 'channel';
  readonly flags: number;
  readonly components: readonly Json[];
  /** It came after “Bellhop is thinking…”. */
  readonly late: boolean;
  readonly payload: Json;
}

/** Somebody in the fake's server. */
export interface DiscordPerson {
  /** `/bellhop <command>` with its options. */
  command(command: string, options?: Readonly<Record<string, string>>): Promise<SeenInDiscord>;
  /** A button's id, or a menu's choice. */
  press(id: string, on: MessagePlace, as?: 'button' | 'menu'): Promise<SeenInDiscord>;
  /** “Why this message?” in a message's menu. */
  whyThis(on: MessagePlace): Promise<SeenInDiscord>;
  /** What is suggested while an option is typed. */
  suggestions(command: string, option: string, text: string): Promise<readonly string[]>;
}

/** Brings an interaction to Bellhop and resolves with its first answer. */
export type Deliver = (interaction: Json) => Promise<Json>;

/** By signed HTTP, to a running server's base address. */
export const bySignedHttp =
  (url: string, { privateKey }: DiscordKeys, now: () => Date = () => new Date()): Deliver =>
  async (interaction) => {
    const request = signedByDiscord(JSON.stringify(interaction), privateKey, now());
    const response = await fetch(`${url}${DISCORD_PATH}`, request);
    if (response.status !== 200) throw new Error(`Bellhop answered Discord with ${response.status}`);
    return (await response.json()) as Json;
  };

/** By the fake's gateway, to whichever bot is signed in there. */
export const byGateway =
  (fake: DiscordFake): Deliver =>
  async (interaction) => {
    await until(() => fake.gateway.connected() > 0, 'the bot to sign in to the gateway');
    fake.gateway.dispatch('INTERACTION_CREATE', interaction);
    return until(
      () => fake.interactionCalls.find(({ kind, token }) => kind === 'callback' && token === interaction.token)?.body,
      'the answer to an interaction',
    );
  };

export interface PersonOptions {
  readonly fake: DiscordFake;
  readonly deliver: Deliver;
  readonly id?: string;
  readonly name?: string;
  readonly roles?: readonly string[];
  /** Where it is said. */
  readonly channel?: string;
  readonly guild?: string;
}

export function discordPerson(options: PersonOptions): DiscordPerson {
  const { fake, deliver } = options;

  async function seen(interaction: Json): Promise<SeenInDiscord> {
    const { type, data = {} } = (await deliver(interaction)) as { type: number; data?: Json };
    if (type === 4) return readMessage(data, Number(data.flags ?? 0), false);
    const flags = Number(data.flags ?? 0);
    const call = (kind: 'edit' | 'followUp') =>
      until(
        () => fake.interactionCalls.find((one) => one.kind === kind && one.token === interaction.token)?.body,
        `the ${kind} of a late answer`,
      );
    const edit = await call('edit');
    if (edit.content !== POSTED_BELOW) return readMessage(edit, flags, true);
    const followUp = await call('followUp');
    return readMessage(followUp, Number(followUp.flags ?? 0), true);
  }

  return {
    command: (command, given) => seen(aCommand(command, given, options)),
    press: (id, on, as = 'button') => seen(aPress(id, on, { ...options, as })),
    whyThis: (on) => seen(aMessageCommand(on, options)),
    async suggestions(command, option, text) {
      const { data } = (await deliver(aTyping(command, option, { ...options, text }))) as {
        data: { choices: readonly { readonly value: string }[] };
      };
      return data.choices.map(({ value }) => value);
    },
  };
}

export type InteractionParts = Partial<Omit<PersonOptions, 'fake' | 'deliver'>>;

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object */
export function anInteraction(over: Json, parts: InteractionParts = {}): Json {
  const { id = DISCORD_USER_ID, name = 'mona', roles = [], channel = DISCORD_CHANNEL_ID, guild } = parts;
  const number = nextNumber();
  return {
    id: String(500_000_000_000_000_000n + number),
    application_id: DISCORD_APPLICATION_ID,
    token: `aW50ZXJhY3Rpb24_${number}.x-y`,
    version: 1,
    guild_id: guild ?? DISCORD_GUILD_ID,
    channel_id: channel,
    channel: { id: channel, type: 0, parent_id: '400000000000000001' },
    guild: { id: guild ?? DISCORD_GUILD_ID, locale: 'en-US', features: [] },
    locale: 'en-US',
    guild_locale: 'en-US',
    member: {
      user: { id, username: name, global_name: null, discriminator: '0' },
      nick: null,
      roles,
      permissions: '8',
      joined_at: '2026-01-01T00:00:00.000000+00:00',
      deaf: false,
      mute: false,
      flags: 0,
    },
    app_permissions: '8',
    entitlements: [],
    authorizing_integration_owners: {},
    context: 0,
    attachment_size_limit: 10_485_760,
    ...over,
  };
}

const textOptions = (given: Readonly<Record<string, string>>): readonly Json[] =>
  Object.entries(given).map(([name, value]) => ({ type: 3, name, value }));

export const aCommand = (
  command: string,
  given: Readonly<Record<string, string>> = {},
  parts?: InteractionParts,
): Json =>
  anInteraction(
    {
      type: 2,
      data: {
        id: '1',
        type: 1,
        name: 'bellhop',
        options: [{ type: 1, name: command, options: textOptions(given) }],
      },
    },
    parts,
  );

export function aPress(
  id: string,
  on: MessagePlace,
  parts: InteractionParts & { readonly as?: 'button' | 'menu' } = {},
): Json {
  const data =
    parts.as === 'menu'
      ? { component_type: 3, custom_id: 'bellhop_menu_0', values: [id] }
      : { component_type: 2, custom_id: id };
  return anInteraction(
    { type: 3, data, message: { id: on.message, channel_id: on.channel } },
    { channel: on.channel, ...parts },
  );
}

export const aMessageCommand = (on: MessagePlace, parts: InteractionParts = {}): Json =>
  anInteraction(
    {
      type: 2,
      data: {
        id: '2',
        type: 3,
        name: 'Why this message?',
        target_id: on.message,
        resolved: { messages: { [on.message]: { id: on.message, channel_id: on.channel } } },
      },
    },
    { ...parts, channel: on.channel },
  );

export const aTyping = (command: string, option: string, parts: InteractionParts & { readonly text: string }): Json =>
  anInteraction(
    {
      type: 4,
      data: {
        id: '1',
        type: 1,
        name: 'bellhop',
        options: [{ type: 1, name: command, options: [{ type: 3, name: option, value: parts.text, focused: true }] }],
      },
    },
    parts,
  );

let count = 0n;

function nextNumber(): bigint {
  count += 1n;
  return count;
}

interface Embed {
  readonly title?: string;
  readonly description?: string;
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
  readonly footer?: { readonly text: string };
}

function readMessage(payload: Json, flags: number, late: boolean): SeenInDiscord {
  const embeds = (payload.embeds ?? []) as readonly Embed[];
  const lines = [
    payload.content,
    ...embeds.flatMap(({ title, description, fields = [], footer }) => [
      title,
      description,
      ...fields.map(({ name, value }) => `${name}: ${value}`),
      footer?.text,
    ]),
  ];
  return {
    text: lines.filter((line) => typeof line === 'string' && line !== '').join('\n'),
    audience: flags & 64 ? 'person' : 'channel',
    flags,
    components: (payload.components ?? []) as readonly Json[],
    late,
    payload,
  };
}
