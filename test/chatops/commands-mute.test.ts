import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeptEvent } from '../../src/core/event.ts';
import { AN_ALERT, aPerson, aWorld, dialogue, RITA, ROOT, readable, type World, withoutIds } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await aWorld();
});
afterEach(() => world.close());

const said = async (...of: Parameters<World['say']>) => withoutIds(readable(await world.say(...of)));
const pressed = async (...of: Parameters<World['press']>) => withoutIds(readable(await world.press(...of)));
const alert = (over = {}): Promise<KeptEvent> => world.arrives({ ...AN_ALERT, ...over });
const scopes = () => world.overlay.read().mutes.map(({ scope }) => scope);

describe('mute', () => {
  it('holds here, says until when, what it would have hidden and how to end it', async () => {
    await alert();
    await alert({ key: 'alert:cpu', severity: 'warning' });
    await world.arrives();
    expect(await said('mute alerts where env:prod for 2h because deploy')).toMatchInlineSnapshot(`
      "(channel) 🔕 Ana muted alerts where env:prod here for 2 h: deploy
      #1 ends at 14:00 UTC. In the last 24 h it would have hidden 2 messages (1 error and 1 warning). Critical ones still come through.
      [Unmute → unmute:mute_…]"
    `);
    expect(world.overlay.read().mutes).toMatchObject([
      {
        number: 1,
        scope: { channel: 'ops', source: 'alerts', where: { env: ['prod'] } },
        by: { platform: 'slack', id: 'U1', name: 'Ana' },
        why: 'deploy',
        origin: 'ops',
        critical: false,
      },
    ]);
  });

  it('takes every sort of target', async () => {
    const event = await alert();
    await said('mute github:pull_request.*');
    await said('mute alert.*');
    await said('mute route prs');
    await said('mute key pr:acme/api#12');
    await said('mute this');
    await pressed(`mute:4h:${event.id}`);
    await said('mute where author:-mona');
    await said('mute github in war-room everywhere', { person: ROOT });
    await said('mute github everywhere', { person: ROOT });
    await said('mute github in war-room', { person: ROOT });
    await said('mute github in <#C0WAR00000>', { person: ROOT });
    expect(scopes()).toEqual([
      { channel: 'ops', source: 'github', event: 'pull_request.*' },
      { channel: 'ops', event: 'alert.*' },
      { channel: 'ops', route: 'prs' },
      { channel: 'ops', key: 'pr:acme/api#12' },
      { channel: 'ops', source: 'alerts', key: 'alert:disk' },
      { channel: 'ops', source: 'alerts', key: 'alert:disk' },
      { channel: 'ops', where: { author: ['!mona'] } },
      ...scopes().slice(7),
    ]);
    expect(scopes().slice(-3)).toEqual([
      { source: 'github' },
      { channel: 'war-room', source: 'github' },
      { channel: 'war-room', source: 'github' },
    ]);
  });

  it('means by "this" the message it was said on', async () => {
    await world.arrives();
    await alert();
    const on = { channel: 'C0OPS00000', message: '1700000000.000001' };
    expect(await said('mute this until resolved', { on })).toMatchInlineSnapshot(`
      "(channel) 🔕 Ana muted "PR #12 opened: Add a bell" here until it is resolved
      #1 ends when it is resolved, by 16:00 UTC at the latest. In the last 24 h it would have hidden 1 message (1 info). Critical ones still come through.
      [Unmute → unmute:mute_…]"
    `);
    expect(scopes()).toEqual([{ channel: 'ops', source: 'github', key: 'pr:acme/api#12' }]);
    expect(await said('mute this', { on: { ...on, message: '1' } })).toMatchInlineSnapshot(`
      "(person) ⚠️ Bellhop knows no event for that: it may be older than what is kept. Name its source, its route or its key.
      For example: /bellhop list sources"
    `);
  });

  it('mutes all of the sort of what happened once, and nothing that Bellhop says itself', async () => {
    const once = await world.arrives({ event: 'pull_request.pinged', key: undefined, title: 'Ping' } as never);
    expect(await pressed(`mute:1h:${once.id}`)).toMatchInlineSnapshot(`
      "(channel) 🔕 Ana muted github:pull_request.pinged here for 1 h
      #1 ends at 13:00 UTC. In the last 24 h it would have hidden 1 message (1 info). Critical ones still come through.
      [Unmute → unmute:mute_…]"
    `);
    await said('mute github in war-room', { person: ROOT });
    const [notice] = await world.store.events({ source: 'bellhop', limit: 1 });
    expect(await pressed(`mute:1h:${notice?.event.id}`)).toMatchInlineSnapshot(
      `"(person) ⚠️ That message is Bellhop’s own: it cannot be muted."`,
    );
  });

  it('ends when it is said to, in the zone of the person', async () => {
    const inBerlin = { person: aPerson({ zone: 'Europe/Berlin' }) };
    expect(await said('mute github until 15:30', inBerlin)).toMatchInlineSnapshot(`
      "(channel) 🔕 Ana muted github here until 15:30 CET
      #1 ends at 15:30 CET. In the last 24 h it would have hidden nothing. Critical ones still come through.
      [Unmute → unmute:mute_…]"
    `);
    expect(await said('mute github until 15:30')).toMatchInlineSnapshot(`
      "(channel) 🔕 Ana muted github here until 15:30 UTC
      #2 ends at 15:30 UTC. In the last 24 h it would have hidden nothing. Critical ones still come through.
      [Unmute → unmute:mute_…]"
    `);
    expect(await said('mute github', { person: aPerson({ zone: 'Mars/Olympus' }) })).toMatchInlineSnapshot(`
      "(channel) 🔕 Ana muted github here for 1 h
      #3 ends at 13:00 UTC. In the last 24 h it would have hidden nothing. Critical ones still come through.
      [Unmute → unmute:mute_…]"
    `);
    expect(await said('mute github forever', { person: ROOT })).toMatchInlineSnapshot(`
      "(channel) 🔕 Root muted github here without an end
      #4 ends when somebody unmutes it. In the last 24 h it would have hidden nothing. Critical ones still come through.
      [Unmute → unmute:mute_…]"
    `);
    expect(await said('mute github until 2026-11-20')).toMatchInlineSnapshot(
      `"(person) ⚠️ 2026-11-20 in UTC is over; an end must be still to come."`,
    );
    expect(await said('mute github until 09:00 Mars/Olympus')).toMatchInlineSnapshot(`
      "(person) ⚠️ "Mars/Olympus" is no time zone. Zones are written like Europe/Berlin or UTC+2.
      For example: /bellhop mute github until 09:00
      More: /bellhop help mute"
    `);
  });

  it('says that critical ones are held back too, when they are named', async () => {
    expect(await said('mute where severity:critical')).toContain('Critical ones are held back too.');
  });

  it('refuses with what it may have meant, and with who can', async () => {
    const refused = await dialogue(world, [
      'mute alerst',
      'mute zebra for 2h',
      'mute route prod-alrts',
      'mute github in opps',
      'mute github until resolved',
      'mute *',
      'mute github for 5h',
      'mute github for 10y',
      'mute github everywhere',
      'mute github in war-room',
      'mute github forever',
      ['mute github for 3650d', { person: ROOT }],
      'mutee github',
      ['mutee github', { platform: 'discord' }],
    ]);
    expect(refused).toMatchInlineSnapshot(`
      "> mute alerst
      (person) ⚠️ There is no source "alerst" in the config; did you mean "alerts"? Its sources: github and alerts.
      For example: /bellhop mute alerts

      > mute zebra for 2h
      (person) ⚠️ There is no source "zebra" in the config. Its sources: github and alerts.

      > mute route prod-alrts
      (person) ⚠️ There is no route "prod-alrts"; did you mean "prod-alerts"? The routes: prod-alerts, prs and leftovers.
      For example: /bellhop mute route prod-alerts

      > mute github in opps
      (person) ⚠️ There is no channel "opps" in the config; did you mean "ops"? Its channels: ops, war-room, oncall and screen.
      For example: /bellhop mute github in ops

      > mute github until resolved
      (person) ⚠️ Only one thing with a beginning and an end can be resolved: an alert, a pull request. Say it on its message, or name its key.
      For example: /bellhop mute github for 2h

      > mute *
      (person) ⚠️ That would hide everything in ops; name a source, an event, a route, what it is about or a label, as in "alerts where env:prod".

      > mute github for 5h
      (person) ⚠️ You may mute here for up to 4 h. A longer one is for slack:U0ROOT.

      > mute github for 10y
      (person) ⚠️ "10y" is no duration; a number and one of ms, s, m, h, d, w were expected, such as 30m, 2h or 3d.
      For example: /bellhop mute github for 2h
      More: /bellhop help mute

      > mute github everywhere
      (person) ⚠️ You may mute here for up to 4 h. Muting other channels or everywhere is for slack:U0ROOT.

      > mute github in war-room
      (person) ⚠️ You may mute here for up to 4 h. Muting other channels or everywhere is for slack:U0ROOT.

      > mute github forever
      (person) ⚠️ You may mute here for up to 4 h. A mute without an end is for slack:U0ROOT.

      > mute github for 3650d
      (person) ⚠️ That would last 3650 d; say "forever", or at most a year.

      > mutee github
      (person) ⚠️ "mutee" is no command; did you mean "mute"?
      For example: /bellhop mute github
      More: /bellhop help mute

      > mutee github
      (person) ⚠️ "mutee" is no command; did you mean "mute"?
      For example: /bellhop mute what:github
      More: /bellhop help topic:mute"
    `);
    expect(scopes()).toEqual([]);
  });

  it('asks where, in private and in places that the config does not have', async () => {
    expect(await said('mute github', { place: 'C0ELSEWHERE' })).toMatchInlineSnapshot(`
      "(person) ⚠️ This place is no channel of Bellhop’s config, so "here" means nothing. Its channels: ops, war-room, oncall and screen.
      For example: /bellhop mute github in ops"
    `);
    expect(await said('mute github in ops', { platform: 'slack', place: undefined } as never)).toMatch(/^\(person\)/);
    expect(scopes()).toEqual([]);
    expect(await said('mute github in ops', { person: ROOT, place: 'C0ELSEWHERE' })).toMatch(
      /^\(person\) 🔕 Root muted github in ops for 1 h/,
    );
  });

  it('writes the command to copy for "something else", as the platform wants it', async () => {
    const { id } = await alert();
    expect(await pressed(`mute:custom:${id}`)).toMatchInlineSnapshot(`
      "(person) 🔕 Copy this, change it and send it
      This one: /bellhop mute key alert:disk where source:alerts for 2h because a deploy is running
      All of its sort: /bellhop mute alerts:alert.firing for 2h because a deploy is running
      Also: until 09:00, until resolved, everywhere, where env:prod. /bellhop help mute"
    `);
    expect(await pressed(`mute:custom:${id}`, { platform: 'teams' })).toContain(
      '@Bellhop mute key alert:disk where source:alerts for 2h',
    );
    expect(await pressed(`mute:custom:${id}`, { platform: 'discord' })).toContain(
      '/bellhop mute what:key alert:disk where:source:alerts for:2h',
    );
    expect(scopes()).toEqual([]);
  });
});

describe('unmute', () => {
  it('ends one by its number or button; everybody reads the receipt, who asked a line', async () => {
    await said('mute github');
    await said('mute alerts');
    expect(await said('unmute #1')).toMatchInlineSnapshot(
      `"(person) 🔔 You unmuted #1 (github); what was held back is told in ops"`,
    );
    expect(await said('unmute #1')).toMatchInlineSnapshot(
      `"(person) ⚠️ There is not, or no longer, a mute #1. In force: #2 alerts."`,
    );
    const [mute] = world.overlay.read().mutes;
    await world.clock.advance(60_000);
    await pressed(`unmute:${mute?.id}`);
    expect(await pressed(`unmute:${mute?.id}`, { person: RITA })).toMatchInlineSnapshot(
      `"(person) ⚠️ Mute #2 has ended already: Ana ended it 0 ms ago."`,
    );
    const receipts = await world.store.events({ source: 'bellhop', event: 'mute_ended', limit: 5 });
    expect(receipts.map(({ event, deliveries }) => `${event.title} → ${deliveries.map((one) => one.channel)}`)).toEqual(
      ['Mute #2 ended: nothing was held back → ops', 'Mute #1 ended: nothing was held back → ops'],
    );
  });

  it('all means those of this channel, and those everywhere for whoever may', async () => {
    await said('mute github');
    await said('mute alerts everywhere', { person: ROOT });
    await said('mute github in war-room', { person: ROOT });
    expect(await said('unmute all')).toBe('(person) 🔔 You unmuted #1 (github); what was held back is told in ops');
    expect(await said('unmute all')).toMatchInlineSnapshot(
      `"(person) ⚠️ You may mute here for up to 4 h. Muting other channels or everywhere is for slack:U0ROOT."`,
    );
    expect(await said('unmute all', { person: ROOT })).toBe(
      '(person) 🔔 You unmuted #2 (alerts); what was held back is told in ops',
    );
    expect(await said('unmute all', { person: ROOT })).toBe('(person) ⚠️ Nothing is muted here.');
    expect(scopes()).toEqual([{ channel: 'war-room', source: 'github' }]);
  });

  it('is for whoever may mute there, and for who made it; never for who has the name', async () => {
    await said('mute github in war-room for 8h', { person: ROOT });
    expect(await said('unmute #1', { person: aPerson({ id: 'U2', name: 'Root' }) })).toMatch(
      /everywhere is for slack:U0ROOT\.$/,
    );
    expect(
      await said('unmute #1', { person: aPerson({ platform: 'discord', id: 'U0ROOT' }), platform: 'discord' }),
    ).toMatch(/^\(person\) ⚠️/);
    expect(await said('unmute #1', { place: 'C0WAR00000' })).toMatch(/^\(person\) 🔔 You unmuted #1/);
  });
});

describe('post', () => {
  it('posts what a mute held back, once', async () => {
    await said('mute alerts');
    await alert();
    await alert({ key: 'alert:cpu' });
    await said('unmute #1');
    const [receipt] = await world.store.events({ source: 'bellhop', event: 'mute_ended', limit: 1 });
    expect(receipt?.event.title).toBe('Mute #1 ended: 2 held back, 2 still open');
    const [{ subject = '' } = {}] = await world.store.audits({ action: 'unmute', limit: 1 });
    expect(await pressed(`post:${subject}`)).toMatchInlineSnapshot(
      `"(channel) 📬 Ana posts 2 messages that mute #1 (alerts) held back"`,
    );
    expect(await pressed(`post:${subject}`)).toMatchInlineSnapshot(
      `"(person) ⚠️ Mute #1 holds nothing back any more; it has been posted, or there was nothing."`,
    );
    expect(world.poked).toContain('ops');
  });
});
