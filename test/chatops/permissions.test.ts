import { describe, expect, it } from 'vitest';
import { rightsOf } from '../../src/chatops/permissions.ts';
import type { ChatPerson } from '../../src/core/chat.ts';
import type { Grant, Permission } from '../../src/core/config.ts';

const HOUR = 3_600_000;
const FOREVER = Number.POSITIVE_INFINITY;

const aPerson = (over: Partial<ChatPerson> = {}): ChatPerson => ({
  platform: 'slack',
  id: 'U1',
  name: 'Ana',
  roles: [],
  inGroup: async () => false,
  ...over,
});

/** In private, `here` is `nowhere`. */
const rights = (permissions: readonly Grant[], person: Partial<ChatPerson> = {}, here = 'ops') =>
  rightsOf({
    chatops: { timeZone: 'UTC', defaultMuteMs: HOUR, longestMuteMs: 7 * 24 * HOUR, permissions },
    person: aPerson(person),
    here: here === 'nowhere' ? undefined : here,
  });

const everything: readonly Permission[] = ['ask', 'mute', 'mute-everywhere', 'acknowledge', 'test', 'route', 'replay'];
const mayAll = async (...of: Parameters<typeof rights>) => {
  const theirs = rights(...of);
  const may = await Promise.all(everything.map((permission) => theirs.may(permission)));
  return everything.filter((_, at) => may[at]).join(' ');
};

const RESPONDERS: Grant = { who: ['slack:S77'], may: ['mute-everywhere', 'route'], upToMs: 24 * HOUR };

describe('who may do what', () => {
  const table: readonly (readonly [string, Parameters<typeof rights>, string])[] = [
    ['everybody, where nothing is said', [[]], 'ask mute acknowledge test'],
    ['also in a place that is no channel', [[], {}, 'nowhere'], 'ask mute acknowledge test'],
    ['a person by id', [[{ who: ['slack:U1'], may: ['route'] }]], 'ask mute acknowledge test route'],
    ['nobody by name', [[{ who: ['slack:Ana'], may: ['route'] }]], 'ask mute acknowledge test'],
    ['nobody by the id of another platform', [[{ who: ['discord:U1'], may: ['route'] }]], 'ask mute acknowledge test'],
    ['nobody by an id without a platform', [[{ who: ['U1'], may: ['route'] }]], 'ask mute acknowledge test'],
    ['nobody without an id', [[{ who: ['slack:'], may: ['route'] }], { id: '' }], 'ask mute acknowledge test'],
    [
      'a group’s members',
      [[RESPONDERS], { inGroup: async (group) => group === 'S77' }],
      'ask mute mute-everywhere acknowledge test route',
    ],
    ['not those outside of it', [[RESPONDERS]], 'ask mute acknowledge test'],
    [
      'not when the platform cannot say',
      [
        [RESPONDERS],
        {
          inGroup: async () => {
            throw new Error('missing scope');
          },
        },
      ],
      'ask mute acknowledge test',
    ],
    [
      'a role on Discord',
      [[{ who: ['discord:role:99'], may: ['replay'] }], { platform: 'discord', id: '5', roles: ['98', '99'] }],
      'ask mute acknowledge test replay',
    ],
    [
      'not a person whose id is that role’s',
      [[{ who: ['discord:role:99'], may: ['replay'] }], { platform: 'discord', id: 'role:99' }],
      'ask mute acknowledge test',
    ],
    [
      'an object id in Teams, in either case',
      [[{ who: ['teams:AB-CD'], may: ['route'] }], { platform: 'teams', id: 'ab-cd' }],
      'ask mute acknowledge test route',
    ],
    ['an administrator: all of it', [[{ who: ['slack:U1'], may: ['admin'] }]], everything.join(' ')],
    ['only in its channels', [[{ who: ['slack:U1'], may: ['route'], in: ['eng'] }]], 'ask mute acknowledge test'],
    ['there', [[{ who: ['slack:U1'], may: ['route'], in: ['eng', 'ops'] }]], 'ask mute acknowledge test route'],
    [
      'not in private, where a grant is for channels',
      [[{ who: ['slack:U1'], may: ['route'], in: ['ops'] }], {}, 'nowhere'],
      'ask mute acknowledge test',
    ],
    ['a grant to * replaces the built-in one', [[{ who: ['*'], may: ['ask'] }]], 'ask'],
    ['who may replay may test', [[{ who: ['*'], may: ['replay'] }]], 'test replay'],
  ];

  it.each(table)('%s', async (_name, of, expected) => {
    expect(await mayAll(...of)).toBe(expected);
  });

  it('asks the platform about a group once, and only where it matters', async () => {
    const asked: string[] = [];
    const inGroup = async (group: string) => asked.push(group) > 0;
    const theirs = rights([RESPONDERS, { ...RESPONDERS, may: ['route'] }], { inGroup });
    await theirs.may('ask');
    expect(asked).toEqual([]);
    await theirs.may('route');
    await theirs.longestMuteMs('mute-everywhere');
    expect(asked).toEqual(['S77']);
  });
});

describe('the longest mute', () => {
  const table: readonly (readonly [string, readonly Grant[], number, number])[] = [
    ['built in', [], 4 * HOUR, 0],
    ['the most that any grant allows', [{ who: ['slack:U1'], may: ['mute'], upToMs: 9 * HOUR }], 9 * HOUR, 0],
    ['a shorter one takes nothing away', [{ who: ['slack:U1'], may: ['mute'], upToMs: HOUR }], 4 * HOUR, 0],
    ['the config’s, where a grant names none', [{ who: ['slack:U1'], may: ['mute'] }], 168 * HOUR, 0],
    ['never longer than the config’s', [{ who: ['slack:U1'], may: ['mute'], upToMs: 999 * HOUR }], 168 * HOUR, 0],
    [
      'whoever mutes everywhere mutes here',
      [{ who: ['slack:U1'], may: ['mute-everywhere'], upToMs: 8 * HOUR }],
      8 * HOUR,
      8 * HOUR,
    ],
    ['an administrator’s', [{ who: ['slack:U1'], may: ['admin'], upToMs: HOUR }], FOREVER, FOREVER],
  ];
  it.each(table)('%s', async (_name, permissions, here, everywhere) => {
    const theirs = rights(permissions);
    expect(await theirs.longestMuteMs('mute')).toBe(here);
    expect(await theirs.longestMuteMs('mute-everywhere')).toBe(everywhere);
  });
});

describe('a refusal', () => {
  const sentence = async (refused: Promise<unknown>) =>
    refused.then(
      () => 'allowed',
      (error: Error) => `${error.name}: ${error.message}`,
    );
  const listed: readonly Grant[] = [
    { who: ['slack:U0123', 'discord:role:99'], may: ['mute-everywhere'], upToMs: 24 * HOUR },
    { who: ['slack:U9'], may: ['admin'] },
    { who: ['slack:U7'], in: ['war-room'], may: ['route', 'replay'] },
  ];

  it('says what they may do and who can', async () => {
    const theirs = rights(listed);
    expect(await sentence(theirs.need('mute-everywhere'))).toBe(
      'Refusal: You may mute here for up to 4 h. Muting other channels or everywhere is for slack:U0123 and slack:U9.',
    );
    expect(await sentence(theirs.need('route'))).toBe(
      'Refusal: You may ask, mute here for up to 4 h, acknowledge and post tests here. Routing is for slack:U9 and slack:U7 in war-room.',
    );
    expect(await sentence(theirs.needMute('mute', 5 * HOUR))).toBe(
      'Refusal: You may mute here for up to 4 h. A longer one is for slack:U0123 and slack:U9.',
    );
    expect(await sentence(theirs.needMute('mute', FOREVER))).toBe(
      'Refusal: You may mute here for up to 4 h. A mute without an end is for slack:U9.',
    );
    expect(await sentence(theirs.needMute('mute', 4 * HOUR))).toBe('allowed');
  });

  it('says so where nobody can, and where they may do nothing', async () => {
    expect(await sentence(rights([]).need('route'))).toMatch(
      /Routing is for nobody: no grant in chatops\.permissions names it\.$/,
    );
    expect(await sentence(rights([{ who: ['*'], may: ['ask'] }]).need('mute'))).toBe(
      'Refusal: Muting here is for nobody: no grant in chatops.permissions names it.',
    );
  });

  it('names those of the person’s own platform, where there are any', async () => {
    const onDiscord = rights(listed, { platform: 'discord', id: '5' });
    expect(await sentence(onDiscord.need('mute-everywhere'))).toMatch(/everywhere is for discord:role:99\.$/);
    expect(await sentence(onDiscord.need('route'))).toMatch(/Routing is for slack:U9 and slack:U7 in war-room\.$/);
  });
});
