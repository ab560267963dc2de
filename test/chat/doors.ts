import type { MessagePlace } from '../../src/core/platform.ts';
import { DISCORD_APPLICATION_ID, DISCORD_CHANNEL_ID, DISCORD_TOKEN, startDiscordFake } from '../fakes/discord.ts';
import {
  byGateway,
  bySignedHttp,
  type Deliver,
  discordKeys,
  discordPerson,
  type SeenInDiscord,
} from '../fakes/discord-person.ts';
import { FAKE_APP_TOKEN, FAKE_SIGNING_SECRET, type SlackAnswer, startSlackFake } from '../fakes/slack.ts';
import { type SlackDoor, slackHttpDoor, slackSocketDoor } from '../fakes/slack-requests.ts';
import { startSlackSocketFake } from '../fakes/slack-socket.ts';
import { startTeamsFake, TEAMS_CHANNEL } from '../fakes/teams.ts';
import { type SeenInTeams, teamsPerson } from '../fakes/teams-person.ts';
import type { Said } from './scenarios.ts';
import { labelsOfPresses, textOf } from './seen-text.ts';

/** What somebody sees after a command or a press. */
export interface Seen {
  readonly audience: 'person' | 'channel';
  /** Every word of it, without markup. */
  readonly text: string;
  readonly buttons: readonly string[];
}

export interface Posted {
  readonly text: string;
  readonly buttons: readonly string[];
  readonly place: MessagePlace;
}

/** Mona may what everybody may; Bo is listed for everything. */
export type Who = 'mona' | 'bo';

/** One way in, as the people on the other side use it. */
export interface Door {
  readonly name: string;
  /** For `platforms`, `channels.team` and `chatops.permissions` of the config. */
  readonly settings: { readonly platforms: object; readonly channel: object; readonly bo: string };
  /** Bellhop runs: waits until its commands can arrive. */
  open(baseUrl: string): Promise<void>;
  say(said: Said, by?: Who, where?: 'team' | 'elsewhere'): Promise<Seen>;
  press(id: string, on: MessagePlace, by?: Who): Promise<Seen>;
  /** “Why this message?”, as the platform offers it. */
  whyThis(on: MessagePlace, by?: Who): Promise<Seen>;
  /** What Bellhop posted in the channel by itself, oldest first, as it stands now. */
  posted(): readonly Posted[];
  /** The next so many messages that Bellhop posts by itself meet a server that fails. */
  fails(times: number): void;
  /** Throws when a call surprised a fake or a payload was bad. */
  assertClean(): void;
  close(): Promise<void>;
}

export const DOORS = {
  'slack by http': () => slackDoor('http'),
  'slack by socket mode': () => slackDoor('socket'),
  'discord by http': () => discordDoor('http'),
  'discord by gateway': () => discordDoor('gateway'),
  teams: teamsDoor,
} as const satisfies Readonly<Record<string, () => Promise<Door>>>;

const SLACK = { channel: 'C0123456789', elsewhere: 'C0999999999', mona: 'U0MONA', bo: 'U0BO' };

async function slackDoor(by: 'http' | 'socket'): Promise<Door> {
  const socket = await startSlackSocketFake();
  const fake = await startSlackFake({ socketUrl: socket.url });
  let door: SlackDoor | undefined;
  const opened = (): SlackDoor => {
    if (door === undefined) throw new Error('the door is closed');
    return door;
  };
  const actor = (who: Who) => ({ user: SLACK[who], userName: who });
  const seen = ({ audience, payload }: SlackAnswer): Seen => ({
    audience,
    text: textOf(payload),
    buttons: labelsOfPresses(payload),
  });
  return {
    name: `slack by ${by}`,
    settings: {
      platforms: {
        slack: {
          botToken: fake.token,
          apiUrl: fake.apiUrl,
          ...(by === 'http' ? { signingSecret: FAKE_SIGNING_SECRET } : { appToken: FAKE_APP_TOKEN }),
        },
      },
      channel: { platform: 'slack', id: SLACK.channel, pace: false },
      bo: `slack:${SLACK.bo}`,
    },
    async open(baseUrl) {
      door = by === 'http' ? slackHttpDoor(fake, baseUrl) : slackSocketDoor(fake, socket);
    },
    say: async ({ text }, who = 'mona', where = 'team') =>
      seen(
        await opened().command(text, {
          ...actor(who),
          channel: where === 'team' ? SLACK.channel : SLACK.elsewhere,
        }),
      ),
    press: async (id, { message }, who = 'mona') => seen(await opened().press(id, { ...actor(who), message })),
    whyThis: async ({ message }, who = 'mona') => seen(await opened().why(message, actor(who))),
    posted: () =>
      fake.messages().map(({ channel, ts, payload }) => ({
        text: textOf(payload),
        buttons: labelsOfPresses(payload),
        place: { channel, message: ts },
      })),
    fails: (times) => fake.script(...Array.from({ length: times }, () => ({ status: 503 }))),
    assertClean: fake.assertClean,
    async close() {
      await socket.close();
      await fake.close();
    },
  };
}

const DISCORD = { mona: '600000000000000001', bo: '600000000000000002', elsewhere: '112233445566770000' };

async function discordDoor(by: 'http' | 'gateway'): Promise<Door> {
  const fake = await startDiscordFake();
  const keys = discordKeys();
  let deliver: Deliver | undefined;
  const person = (who: Who, channel = DISCORD_CHANNEL_ID) => {
    if (deliver === undefined) throw new Error('the door is closed');
    return discordPerson({ fake, deliver, id: DISCORD[who], name: who, channel });
  };
  const seen = ({ audience, payload }: SeenInDiscord): Seen => ({
    audience,
    text: textOf(payload),
    buttons: labelsOfPresses(payload),
  });
  return {
    name: `discord by ${by}`,
    settings: {
      platforms: {
        discord: {
          botToken: DISCORD_TOKEN,
          apiUrl: fake.apiUrl,
          applicationId: DISCORD_APPLICATION_ID,
          ...(by === 'http' && { publicKey: keys.publicKey }),
        },
      },
      channel: { platform: 'discord', id: DISCORD_CHANNEL_ID, pace: false },
      bo: `discord:${DISCORD.bo}`,
    },
    async open(baseUrl) {
      deliver = by === 'http' ? bySignedHttp(baseUrl, keys) : byGateway(fake);
    },
    async say({ text, options = {} }, who = 'mona', where = 'team') {
      const [command = ''] = text.split(' ');
      const channel = where === 'team' ? DISCORD_CHANNEL_ID : DISCORD.elsewhere;
      return seen(await person(who, channel).command(command, options));
    },
    press: async (id, on, who = 'mona') => seen(await person(who).press(id, on)),
    whyThis: async (on, who = 'mona') => seen(await person(who).whyThis(on)),
    posted: () =>
      fake.posted().map(({ channel, message, body }) => ({
        text: textOf(body),
        buttons: labelsOfPresses(body),
        place: { channel, message },
      })),
    fails: (times) => fake.script(...Array.from({ length: times }, () => ({ status: 503 }))),
    assertClean: fake.assertClean,
    close: fake.close,
  };
}

const TEAMS = {
  elsewhere: '19:elsewhere@thread.tacv2',
  mona: '33333333-3333-4333-8333-333333333331',
  bo: '33333333-3333-4333-8333-333333333332',
};

async function teamsDoor(): Promise<Door> {
  const fake = await startTeamsFake();
  let baseUrl: string | undefined;
  const person = (who: Who, channel = TEAMS_CHANNEL) => {
    if (baseUrl === undefined) throw new Error('the door is closed');
    return teamsPerson({ fake, baseUrl, id: TEAMS[who], name: who, channel });
  };
  const seen = ({ audience, text, buttons }: SeenInTeams): Seen => ({
    audience,
    text: textOf(text),
    buttons: buttons.map(({ label }) => label),
  });
  return {
    name: 'teams',
    settings: {
      platforms: { teams: fake.settings },
      channel: { platform: 'teams', id: TEAMS_CHANNEL, pace: false },
      bo: `teams:${TEAMS.bo}`,
    },
    async open(url) {
      baseUrl = url;
    },
    say: async ({ text }, who = 'mona', where = 'team') =>
      seen(await person(who, where === 'team' ? TEAMS_CHANNEL : TEAMS.elsewhere).say(text)),
    press: async (id, on, who = 'mona') => seen(await person(who).press(id, on)),
    whyThis: async (on, who = 'mona') => seen(await person(who).say('why', on)),
    posted: () =>
      fake
        .posted()
        .filter(({ conversation }) => conversation.startsWith(TEAMS_CHANNEL))
        .map(({ message, activity }) => ({
          text: textOf(activity),
          buttons: labelsOfPresses(activity),
          place: { channel: TEAMS_CHANNEL, message },
        })),
    fails: (times) => fake.script(...Array.from({ length: times }, () => ({ status: 503 }))),
    assertClean: fake.assertClean,
    close: fake.close,
  };
}
