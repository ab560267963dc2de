import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AN_ALERT, aWorld, dialogue, RITA, ROOT, readable, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await aWorld();
});
afterEach(() => world.close());

const byRita = { person: RITA };

describe('route and unroute', () => {
  it('brings messages elsewhere, tells everybody, and is undone', async () => {
    expect(
      await dialogue(world, [
        ['route alerts where env:prod to war-room for 2h because incident 42', byRita],
        ['route move github:release.* to here', byRita],
        ['list routes', byRita],
        ['unroute #1', byRita],
        ['unroute chat-2', byRita],
        'list routes',
      ]),
    ).toMatchInlineSnapshot(`
      "> route alerts where env:prod to war-room for 2h because incident 42
      (channel) 🔀 Rita routes alerts where env:prod to war-room for 2 h: incident 42
      #1 ends at 14:00 UTC. A copy: they still go where they went before.
      [Undo → unroute:chat-1]

      > route move github:release.* to here
      (channel) 🔀 Rita routes github:release.* to ops
      #2 ends when somebody removes it. Moved: they go nowhere else meanwhile.
      [Undo → unroute:chat-2]

      > list routes
      (person) 📋 5 routes
      • #1 alerts where env:prod to war-room (Rita), until 14:00 UTC: incident 42
      • #2 github:release.* to ops and nowhere else (Rita)
      • prod-alerts to ops and screen (bellhop.json:1)
      • prs to ops (bellhop.json:1)
      • leftovers to screen, what no other took (bellhop.json:1)
      [Make permanent → export]

      > unroute #1
      (channel) ↩️ Rita removed route #1: alerts where env:prod to war-room

      > unroute chat-2
      (channel) ↩️ Rita removed route #2: github:release.* to ops

      > list routes
      (person) 📋 3 routes
      • prod-alerts to ops and screen (bellhop.json:1)
      • prs to ops (bellhop.json:1)
      • leftovers to screen, what no other took (bellhop.json:1)"
    `);
    const noted = await world.store.audits({ limit: 10 });
    expect(noted.map(({ action, by }) => `${action} by ${by.id}`).sort()).toEqual([
      'route by U0RITA',
      'route by U0RITA',
      'unroute by U0RITA',
      'unroute by U0RITA',
    ]);
  });

  it('takes effect at once', async () => {
    await world.say('route alerts where env:prod to war-room', byRita);
    await world.arrives({ ...AN_ALERT });
    const [stored] = await world.store.events({ source: 'alerts', limit: 1 });
    expect(stored?.deliveries.map(({ channel, route }) => `${channel} by ${route}`).sort()).toEqual([
      'ops by prod-alerts',
      'screen by prod-alerts',
      'war-room by chat-1',
    ]);
  });

  it('is undone by its button', async () => {
    const made = await world.say('route alerts to war-room', byRita);
    const [undo] = made.message.actions.flatMap((action) => ('id' in action ? [action.id] : []));
    expect(readable(await world.press(undo ?? '', byRita))).toBe(
      '(channel) ↩️ Rita removed route #1: alerts to war-room',
    );
    expect(readable(await world.press(undo ?? '', byRita))).toBe(
      '(person) ⚠️ There is no route chat-1 from chat, nor any other.',
    );
  });

  it('refuses with what it may have meant, and with who can', async () => {
    await world.say('route alerts to war-room', byRita);
    expect(
      await dialogue(world, [
        'route alerts to war-room',
        ['route alrts to war-room', byRita],
        ['route alerts to war-rom for 2h', byRita],
        ['route alerts to <#C0NOWHERE>', byRita],
        ['route alerts to here', { ...byRita, place: 'C0ELSEWHERE' }],
        'unroute #1',
        ['unroute #7', byRita],
        ['unroute prs', byRita],
        ['unroute chat-9', byRita],
      ]),
    ).toMatchInlineSnapshot(`
      "> route alerts to war-room
      (person) ⚠️ You may ask, mute here for up to 4 h, acknowledge and post tests here. Routing is for slack:U0ROOT and slack:U0RITA.

      > route alrts to war-room
      (person) ⚠️ There is no source "alrts" in the config; did you mean "alerts"? Its sources: github and alerts.
      For example: /bellhop route alerts to war-room

      > route alerts to war-rom for 2h
      (person) ⚠️ There is no channel "war-rom" in the config; did you mean "war-room"? Its channels: ops, war-room, oncall and screen.
      For example: /bellhop route alerts to war-room for 2h

      > route alerts to <#C0NOWHERE>
      (person) ⚠️ That channel is not in Bellhop’s config. Its channels: ops, war-room, oncall and screen.

      > route alerts to here
      (person) ⚠️ This place is no channel of Bellhop’s config, so "here" means nothing. Its channels: ops, war-room, oncall and screen.
      For example: /bellhop route alerts to ops

      > unroute #1
      (person) ⚠️ You may ask, mute here for up to 4 h, acknowledge and post tests here. Routing is for slack:U0ROOT and slack:U0RITA.

      > unroute #7
      (person) ⚠️ There is no route #7 from chat. Those from chat: #1 alerts to war-room.
      For example: /bellhop unroute #1

      > unroute prs
      (person) ⚠️ Route "prs" is in the config’s files, so it is removed there. Here it can be muted.
      For example: /bellhop mute route prs

      > unroute chat-9
      (person) ⚠️ There is no route chat-9 from chat; did you mean "chat-1"? Those from chat: #1 alerts to war-room.
      For example: /bellhop unroute chat-1"
    `);
  });
});

describe('list', () => {
  it('tells what there is, with numbers, and where each comes from', async () => {
    await world.say('mute github for 2h because noisy');
    await world.say('mute alerts everywhere', { person: ROOT });
    await world.say('mute github in war-room forever', { person: ROOT });
    await world.say('mute key alert:disk until resolved');
    await world.arrives();
    await world.say('route alerts to war-room', byRita);
    expect(await dialogue(world, ['list', 'list mutes', 'list sources', 'list channels'])).toMatchInlineSnapshot(`
      "> list
      (person) 📋 4 mutes, 4 routes
      4 mutes
      • #1 github here, until 14:00 UTC, by Ana: noisy. Held back: 1.
      • #2 alerts everywhere, until 13:00 UTC, by Root. Held back: 0.
      • #3 github in war-room, until somebody unmutes it, by Root. Held back: 0.
      • #4 alert:disk here, until resolved (16:00 UTC at the latest), by Ana. Held back: 0.
      4 routes
      • #5 alerts to war-room (Rita)
      • prod-alerts to ops and screen (bellhop.json:1)
      • prs to ops (bellhop.json:1)
      • leftovers to screen, what no other took (bellhop.json:1)
      2 sources and 4 channels: /bellhop list sources, /bellhop list channels
      [Make permanent → export]

      > list mutes
      (person) 📋 4 mutes
      • #1 github here, until 14:00 UTC, by Ana: noisy. Held back: 1.
      • #2 alerts everywhere, until 13:00 UTC, by Root. Held back: 0.
      • #3 github in war-room, until somebody unmutes it, by Root. Held back: 0.
      • #4 alert:disk here, until resolved (16:00 UTC at the latest), by Ana. Held back: 0.

      > list sources
      (person) 📋 2 sources
      • github (GitHub), last hook: 12:00 UTC
      • alerts (Alertmanager), last hook: never

      > list channels
      (person) 📋 4 channels
      • ops on slack (here)
      • war-room on slack
      • oncall on discord
      • screen on console"
    `);
  });

  it('is cut when it is long, with a count', async () => {
    for (let n = 0; n < 30; n++) await world.say(`mute key k${n} for 1h`);
    const lines = readable(await world.say('list mutes')).split('\n');
    expect(lines).toHaveLength(27);
    expect(lines.at(-1)).toBe('• and 5 more mutes');
    expect(readable(await world.say('list'))).toContain('• and 20 more mutes');
  });

  it('says so where there is nothing', async () => {
    expect(await dialogue(world, ['list mutes', 'lst mutes', 'list mute'])).toMatchInlineSnapshot(`
      "> list mutes
      (person) 📋 No mutes

      > lst mutes
      (person) ⚠️ "lst" is no command; did you mean "list"?
      For example: /bellhop list mutes
      More: /bellhop help list

      > list mute
      (person) ⚠️ "mute" was not expected here; did you mean "mutes"? Expected: routes, mutes, sources or channels.
      For example: /bellhop list mutes
      More: /bellhop help list"
    `);
  });
});

describe('export', () => {
  it('prints what chat changed, as a file for the config', async () => {
    expect(readable(await world.say('export'))).toBe('(person) 📄 Nothing was changed on top of the config');
    await world.say('route alerts where env:prod to war-room because incident 42', byRita);
    const { message } = await world.press('export');
    expect(message.title).toBe('On top of the config: 1 route and 0 mutes');
    expect(message.body.find(({ kind }) => kind === 'code')).toMatchObject({
      text: expect.stringContaining('"match": {"source":"alerts","env":"prod"}'),
    });
  });
});
