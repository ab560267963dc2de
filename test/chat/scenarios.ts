import { expect } from 'vitest';
import { pressId } from '../../src/core/press.ts';
import { until } from '../until.ts';
import type { Door, Seen } from './doors.ts';
import type { World } from './world.ts';

/** What is typed: as text, and with the names of the options where a platform has typed ones. */
export interface Said {
  readonly text: string;
  readonly options?: Readonly<Record<string, string>>;
}

export interface Scenario {
  readonly name: string;
  /** The state before. */
  readonly given?: (world: World) => Promise<unknown>;
  /** What somebody says or presses. */
  readonly when: (door: Door, world: World) => Promise<Seen>;
  /** Only who asked sees it, or everybody in the channel does. */
  readonly audience: Seen['audience'];
  /** What the answer says, and what it must not say. */
  readonly says: readonly RegExp[];
  readonly never?: readonly RegExp[];
  /** The labels of its buttons. */
  readonly buttons?: readonly string[];
  /** The state after. */
  readonly after?: (world: World, door: Door, seen: Seen) => Promise<unknown>;
}

const newest = async (world: World): Promise<string> => {
  const { body } = await world.app.api('/api/events?source=alerts&limit=1');
  return String(body.events[0].id);
};

const noMutes = async (world: World): Promise<void> => expect(await world.mutes()).toEqual([]);

const muted = async (world: World): Promise<void> => {
  expect(await world.deliveries(await world.alert())).toEqual(['team muted']);
};

const HERE = { source: 'alerts', channel: 'team', for: '2h' };

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'help is for who asks',
    when: (door) => door.say({ text: 'help' }),
    audience: 'person',
    says: [/mute/, /unmute/, /route/, /why/, /replay/, /status/],
  },
  {
    name: 'a mute that is no command gets the nearest one and an example',
    when: (door) => door.say({ text: 'unmute', options: {} }),
    audience: 'person',
    says: [/unmute/, /#\d|all/],
  },
  {
    name: 'a source is muted here',
    given: (world) => world.alert(),
    when: (door) =>
      door.say({
        text: 'mute alerts for 2h because deploy',
        options: { what: 'alerts', for: '2h', because: 'deploy' },
      }),
    audience: 'channel',
    says: [
      /mona muted alerts here for 2 h: deploy/,
      /#1/,
      /would have hidden 1 message \(1 warning\)/,
      /Critical ones still/,
    ],
    buttons: ['Unmute'],
    async after(world) {
      const [mute] = await world.mutes();
      expect(mute).toMatchObject({ number: 1, scope: { source: 'alerts', channel: 'team' }, why: 'deploy', held: 0 });
      await muted(world);
      expect(await world.deliveries(await world.alert({ severity: 'critical' }))).toEqual(['team sent']);
      expect(await world.mutes()).toMatchObject([{ held: 1 }]);
    },
  },
  {
    name: 'a label filter mutes what it names, and nothing else',
    when: (door) =>
      door.say({
        text: 'mute alerts where env:staging severity:-critical for 30m',
        options: { what: 'alerts', where: 'env:staging severity:-critical', for: '30m' },
      }),
    audience: 'channel',
    says: [/env:staging/, /30 min/],
    async after(world) {
      expect(await world.deliveries(await world.alert())).toEqual(['team sent']);
      expect(await world.deliveries(await world.alert({ env: 'staging' }))).toEqual(['team muted']);
    },
  },
  {
    name: 'the newest alert is muted by "this", its resolved message still comes, its next firing does not',
    given: (world) => world.alert(),
    when: (door) => door.say({ text: 'mute this for 1h', options: { what: 'this', for: '1h' } }),
    audience: 'channel',
    says: [/mona muted/, /DiskFull|disk/i],
    async after(world) {
      expect(await world.deliveries(await world.resolved())).toEqual(['team sent']);
      await muted(world);
      expect(await world.deliveries(await world.resolved())).toEqual(['team muted']);
    },
  },
  {
    name: 'everywhere needs permission',
    when: (door) => door.say({ text: 'mute alerts everywhere', options: { what: 'alerts', everywhere: 'yes' } }),
    audience: 'person',
    says: [/you may/i, /4 h/],
    after: noMutes,
  },
  {
    name: 'who is listed mutes everywhere',
    when: (door) => door.say({ text: 'mute alerts everywhere', options: { what: 'alerts', everywhere: 'yes' } }, 'bo'),
    audience: 'channel',
    says: [/bo muted alerts everywhere for 1 h/],
    async after(world) {
      const [mute] = await world.mutes();
      expect(mute?.scope).toEqual({ source: 'alerts' });
    },
  },
  {
    name: 'ten years are too long',
    when: (door) => door.say({ text: 'mute alerts for 520w', options: { what: 'alerts', for: '520w' } }),
    audience: 'person',
    says: [/4 h/],
    after: noMutes,
  },
  {
    name: 'an end in the past is refused',
    when: (door) =>
      door.say({ text: 'mute alerts until 2020-01-01', options: { what: 'alerts', until: '2020-01-01' } }),
    audience: 'person',
    says: [/2020-01-01.*is over/],
    after: noMutes,
  },
  {
    name: 'an unknown zone is refused with the nearest one',
    when: (door) =>
      door.say({
        text: 'mute alerts until 09:00 Europe/Berln',
        options: { what: 'alerts', until: '09:00 Europe/Berln' },
      }),
    audience: 'person',
    says: [/no time zone/, /Europe\/Berlin/],
    after: noMutes,
  },
  {
    name: 'what would hide everything is refused',
    when: (door) => door.say({ text: 'mute where env:*', options: { where: 'env:*' } }),
    audience: 'person',
    says: [/hide everything/],
    after: noMutes,
  },
  {
    name: 'a source that is not there gets the nearest one',
    when: (door) => door.say({ text: 'mute alrets for 1h', options: { what: 'alrets', for: '1h' } }),
    audience: 'person',
    says: [/alrets/, /did you mean.*alerts/],
    after: noMutes,
  },
  {
    name: '"here" is a channel of the config',
    when: (door) => door.say({ text: 'mute alerts', options: { what: 'alerts' } }, 'mona', 'elsewhere'),
    audience: 'person',
    says: [/channel/, /team/],
    after: noMutes,
  },
  {
    name: 'an unmute posts the receipt, with what was held back',
    async given(world) {
      await world.alert();
      await world.mute({ ...HERE, because: 'deploy' });
      await world.alert();
    },
    when: (door) => door.say({ text: 'unmute #1', options: { which: '#1' } }),
    // Everybody sees the receipt.
    audience: 'person',
    says: [/unmuted #1/],
    async after(world, door) {
      await noMutes(world);
      const receipt = await world.posted(/1 held back/);
      expect(receipt.text).toMatch(/mona/i);
      expect(receipt.text).toMatch(/deploy/);
      expect(receipt.text).toMatch(/1 warning/);
      expect(receipt.text).toMatch(/still open/);
      expect(receipt.buttons).toEqual([expect.stringMatching(/post/i)]);
      expect(door.posted().filter(({ text }) => /held back/.test(text))).toHaveLength(1);
    },
  },
  {
    name: 'an unmute of nothing says what there is',
    given: (world) => world.mute(HERE),
    when: (door) => door.say({ text: 'unmute #9', options: { which: '#9' } }),
    audience: 'person',
    says: [/#9/, /#1/],
    after: async (world) => expect(await world.mutes()).toHaveLength(1),
  },
  {
    name: 'unmute all ends the mutes of this channel',
    async given(world) {
      await world.mute(HERE);
      await world.mute({ ...HERE, where: { env: 'staging' } });
      await world.mute({ ...HERE, channel: 'war-room' });
    },
    when: (door) => door.say({ text: 'unmute all', options: { which: 'all' } }),
    audience: 'person',
    says: [/#1/, /#2/],
    after: async (world) => expect(await world.mutes()).toMatchObject([{ number: 3 }]),
  },
  {
    name: 'the button of a mute unmutes it once, whoever presses it',
    async given(world) {
      await world.mute(HERE);
      await world.alert();
    },
    async when(door, world) {
      const announced = await world.posted(/alerts/);
      const [mute] = await world.mutes();
      const unmute = pressId('unmute', String(mute?.id));
      const both = await Promise.all([
        door.press(unmute, announced.place, 'mona'),
        door.press(unmute, announced.place, 'bo'),
      ]);
      const late = both.find(({ text }) => /ended already/.test(text));
      const first = both.find((seen) => seen !== late);
      expect(late?.text).toMatch(/#1/);
      return first ?? expect.fail('both were told that it had ended');
    },
    audience: 'person',
    says: [/unmuted #1/],
    async after(world, door) {
      await noMutes(world);
      await world.posted(/held back/);
      expect(door.posted().filter(({ text }) => /held back/.test(text))).toHaveLength(1);
    },
  },
  {
    name: 'what a mute held back is posted by the button of its receipt',
    async given(world) {
      const id = await world.mute(HERE);
      await world.alert();
      await world.app.api(`/api/mutes/${id}`, { method: 'DELETE' });
    },
    async when(door, world) {
      const receipt = await world.posted(/held back/);
      const { body } = await world.app.api('/api/audit?action=mute');
      return door.press(pressId('post', String(body.audit[0].subject)), receipt.place);
    },
    audience: 'channel',
    says: [/mona/i, /1/],
    after: async (world) => {
      const event = await newest(world);
      await until(async () => (await world.deliveries(event))[0] === 'team sent', 'what was held back to be posted');
    },
  },
  {
    name: 'the menu of a message mutes what it is about',
    given: (world) => world.alert(),
    when: async (door, world) => {
      const event = await newest(world);
      const [message] = door.posted();
      expect(message?.buttons).toEqual(expect.arrayContaining([expect.stringMatching(/mute/i), 'Why?', 'Acknowledge']));
      return door.press(pressId('mute', 'resolved', event), await world.placeOf(event));
    },
    audience: 'channel',
    says: [/mona muted/, /until it is resolved/],
    async after(world) {
      await muted(world);
      expect(await world.deliveries(await world.resolved())).toEqual(['team sent']);
      await world.posted(/held back/);
      await noMutes(world);
      expect(await world.deliveries(await world.alert())).toEqual(['team sent']);
    },
  },
  {
    name: 'something else than the menu has is a command to copy',
    given: (world) => world.alert(),
    when: async (door, world) => {
      const event = await newest(world);
      return door.press(pressId('mute', 'custom', event), await world.placeOf(event));
    },
    audience: 'person',
    says: [/mute/, /because/],
    after: noMutes,
  },
  {
    name: 'routing needs permission',
    when: (door) =>
      door.say({
        text: 'route alerts where env:prod to #war-room for 2h because incident 42',
        options: { what: 'alerts', where: 'env:prod', to: '#war-room', for: '2h', because: 'incident 42' },
      }),
    audience: 'person',
    says: [/you may/i],
    after: async (world) => expect(await world.deliveries(await world.alert())).toEqual(['team sent']),
  },
  {
    name: 'who is listed sends a copy elsewhere for a while',
    when: (door) =>
      door.say(
        {
          text: 'route alerts where env:prod to #war-room for 2h because incident 42',
          options: { what: 'alerts', where: 'env:prod', to: '#war-room', for: '2h', because: 'incident 42' },
        },
        'bo',
      ),
    audience: 'channel',
    says: [/bo/, /war-room/, /2 h/, /incident 42/],
    buttons: [expect.stringMatching(/undo/i) as unknown as string],
    async after(world) {
      expect([...(await world.deliveries(await world.alert()))].sort()).toEqual(['team sent', 'war-room sent']);
      expect(await world.deliveries(await world.alert({ env: 'staging' }))).toEqual(['team sent']);
    },
  },
  {
    name: 'what is moved no longer goes where the files say',
    when: (door) =>
      door.say(
        { text: 'route move alerts to war-room', options: { what: 'alerts', to: 'war-room', mode: 'move' } },
        'bo',
      ),
    audience: 'channel',
    says: [/bo/, /war-room/],
    after: async (world) => expect(await world.deliveries(await world.alert())).toEqual(['war-room sent']),
  },
  {
    name: 'a chat route is undone by its number',
    given: (world) => world.app.api('/api/routes', { body: { source: 'alerts', to: 'war-room', mode: 'move' } }),
    when: (door) => door.say({ text: 'unroute #1', options: { which: '#1' } }, 'bo'),
    audience: 'channel',
    says: [/bo/, /chat-1|#1/],
    after: async (world) => expect(await world.deliveries(await world.alert())).toEqual(['team sent']),
  },
  {
    name: 'the list shows chat routes with who made them, then those of the files',
    given: (world) => world.app.api('/api/routes', { body: { source: 'alerts', to: 'war-room', for: '2h' } }),
    when: (door) => door.say({ text: 'list routes', options: { what: 'routes' } }),
    audience: 'person',
    says: [/#1.*war-room.*prod-alerts.*bellhop.json:/],
  },
  {
    name: 'the list of mutes numbers them',
    given: (world) => world.mute({ ...HERE, because: 'deploy' }),
    when: (door) => door.say({ text: 'list mutes', options: { what: 'mutes' } }),
    audience: 'person',
    says: [/#1/, /alerts/, /deploy/],
  },
  {
    name: 'status',
    given: (world) => world.mute(HERE),
    when: (door) => door.say({ text: 'status' }),
    audience: 'person',
    says: [/store/i, /mute/i],
  },
  {
    name: 'why it came: the route, and every attempt',
    given: (world) => world.alert(),
    when: async (door, world) => {
      const about = await newest(world);
      return door.say({ text: `why ${about}`, options: { about } });
    },
    audience: 'person',
    says: [/prod-alerts/, /sent/],
  },
  {
    name: 'why, asked on the message itself',
    given: (world) => world.alert(),
    when: async (door, world) => door.whyThis(await world.placeOf(await newest(world))),
    audience: 'person',
    says: [/prod-alerts/],
  },
  {
    name: 'why it did not come: the mute, and who made it',
    async given(world) {
      await world.mute({ ...HERE, because: 'deploy' });
      await world.alert();
    },
    when: (door) => door.say({ text: 'why alerts env:prod', options: { about: 'alerts env:prod' } }),
    audience: 'person',
    says: [/mute #1/i, /deploy/],
  },
  {
    name: 'recent events, newest first',
    async given(world) {
      await world.alert();
      await world.alert({ alertname: 'SlowDisk' });
    },
    when: (door) => door.say({ text: 'recent 2', options: { count: '2' } }),
    audience: 'person',
    says: [/SlowDisk.*DiskFull/, /evt_/],
  },
  {
    name: 'a replay is marked as one',
    given: (world) => world.alert(),
    when: async (door, world) => {
      const event = await newest(world);
      return door.say({ text: `replay ${event} to here`, options: { event, to: 'here' } }, 'bo');
    },
    audience: 'channel',
    says: [/bo/, /1 message/],
    after: (world) => world.posted(/Replayed/),
  },
  {
    name: 'a replay needs permission',
    given: (world) => world.alert(),
    when: async (door, world) => {
      const event = await newest(world);
      return door.say({ text: `replay ${event} to here`, options: { event, to: 'here' } });
    },
    audience: 'person',
    says: [/you may/i],
  },
  {
    name: 'a test posts a sample that says so',
    when: (door) => door.say({ text: 'test github/push', options: { sample: 'github/push' } }),
    audience: 'channel',
    says: [/mona/i, /github\/push/],
    after: (world) => world.posted(/A test/),
  },
  {
    name: 'who looks after it shows on the message',
    given: (world) => world.alert(),
    when: async (door, world) => {
      const event = await newest(world);
      return door.press(pressId('ack', event), await world.placeOf(event));
    },
    audience: 'channel',
    says: [/mona/i],
    async after(world, door) {
      const event = await newest(world);
      const shown = await world.posted(/mona looks after it/i);
      expect(shown.buttons).not.toContain('Acknowledge');
      const again = await door.press(pressId('ack', event), shown.place, 'bo');
      expect(again.text).toMatch(/mona/i);
      expect(again.audience).toBe('person');
    },
  },
  {
    name: 'what changed on top of the files can be made permanent',
    given: (world) => world.app.api('/api/routes', { body: { source: 'alerts', to: 'war-room' } }),
    when: (door) => door.say({ text: 'export' }),
    audience: 'person',
    says: [/"routes"/, /war-room/],
  },
];
