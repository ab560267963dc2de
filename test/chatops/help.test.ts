import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/chatops/grammar/keywords.ts';
import { parseCommand } from '../../src/chatops/grammar.ts';
import { HELP_TOPICS } from '../../src/chatops/help-topics.ts';
import { aWorld, dialogue, readable, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

describe('help', () => {
  it('is short, and private', async () => {
    expect(await dialogue(world, ['help'])).toMatchInlineSnapshot(`
      "> help
      (person) 🛎️ Bellhop brings what your tools have to say. From here you can mute it, route it and ask why
      help [topic]
      list [routes|mutes|sources|channels]
      status
      mute <source | route NAME | key KEY | this> [where k:v k:-v …] [for 2h | until 09:00 | until resolved] [everywhere] [because …]
      unmute <#n | all>
      route <source[:event-glob]> [where k:v …] to <channel | here> [for 2h] [because …]
      unroute <#n | name>
      why <event id | message link>
      recent [n] [source]
      replay <event id> [to <channel | here>]
      test <type>[/<sample>] [to <channel | here>]
      export
      More on one: /bellhop help mute"
    `);
    expect(await dialogue(world, [''])).toContain('help [topic]');
  });

  it('has a topic for every command', () => {
    expect(Object.keys(HELP_TOPICS).sort()).toEqual([...COMMANDS].sort());
  });

  it('shows examples as the platform wants them', async () => {
    expect(await dialogue(world, ['help mute'])).toMatchInlineSnapshot(`
      "> help mute
      (person) 💡 mute: hold messages back for a while; nothing is lost
      mute <source | route NAME | key KEY | this> [where k:v k:-v …] [for 2h | until 09:00 | until resolved] [everywhere] [because …]
      It covers this channel, unless you say "everywhere" or "in" and a channel’s name. It always ends; then everybody here is told what was held back, and can have it posted.
      The closing message of what was posted before still comes, and so do critical ones.
      A source can be narrowed to some of its events, as in github:pull_request.*, and by labels: where repo:acme/api author:-bot.
      • /bellhop mute alerts for 2h because a deploy is running
      • /bellhop mute alerts where env:staging until 09:00
      • /bellhop mute github:pull_request.* where author:-mona
      • /bellhop mute this until resolved
      • /bellhop mute route prod-alerts for 30m everywhere"
    `);
    const onDiscord = readable(await world.say('help mute', { platform: 'discord' }));
    expect(onDiscord).toContain('• /bellhop mute what:alerts for:2h because:a deploy is running');
    expect(readable(await world.say('help mute', { platform: 'teams' }))).toContain(
      '• @Bellhop mute this until resolved',
    );
  });

  it.each(Object.entries(HELP_TOPICS))('%s: every example is a command of its topic', (topic, { examples }) => {
    for (const example of examples) expect(parseCommand(example).name).toBe(topic);
  });

  it('answers for every topic', async () => {
    for (const topic of Object.keys(HELP_TOPICS)) {
      const { audience, message } = await world.say(`help ${topic}`);
      expect(audience).toBe('person');
      expect(message.title).toMatch(new RegExp(`^${topic}: `));
    }
  });

  it('says the nearest topic', async () => {
    expect(await dialogue(world, ['help mut'])).toMatchInlineSnapshot(`
      "> help mut
      (person) ⚠️ "mut" was not expected here; did you mean "mute"?
      Expected: help, list, status, mute, unmute, route, unroute, why, recent, replay, test, acknowledge, post or export.
      For example: /bellhop help mute"
    `);
  });
});
