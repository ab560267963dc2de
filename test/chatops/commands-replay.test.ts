import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { slack } from '../../src/platforms/slack/platform.ts';
import { AN_ALERT, aPerson, aWorld, dialogue, RITA, readable, type World, withoutIds } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await aWorld();
});
afterEach(() => world.close());

const byRita = { person: RITA };
const said = async (...of: Parameters<World['say']>) => withoutIds(readable(await world.say(...of)));
const pressed = async (...of: Parameters<World['press']>) => withoutIds(readable(await world.press(...of)));
const deliveriesOf = async (id: string) => (await world.store.event(id))?.deliveries ?? [];

describe('replay', () => {
  it('shows how many messages there will be before it posts several', async () => {
    const { id } = await world.arrives({ ...AN_ALERT });
    expect(await said(`replay ${id}`, byRita)).toMatchInlineSnapshot(`
      "(person) 🔁 2 messages would be posted again: Disk is full on db-1
      • ops, by route prod-alerts
      • screen, by route prod-alerts
      Go ahead: /bellhop replay evt_… now
      [Post 2 messages → replay:evt_…]"
    `);
    expect(await deliveriesOf(id)).toHaveLength(2);
    expect(await pressed(`replay:${id}`, byRita)).toMatchInlineSnapshot(`
      "(channel) 🔁 Rita replays "Disk is full on db-1" in ops and screen
      2 messages, each marked as replayed."
    `);
    expect(
      (await deliveriesOf(id))
        .filter(({ replay }) => replay)
        .map(({ channel }) => channel)
        .sort(),
    ).toEqual(['ops', 'screen']);
    expect(world.poked).toEqual(['ops', 'screen']);
    expect(await world.store.audits({ action: 'replay', limit: 5 })).toMatchObject([
      {
        by: { platform: 'slack', id: 'U0RITA' },
        subject: id,
        channel: 'ops',
        detail: 'Disk is full on db-1 to ops, screen',
      },
    ]);
  });

  it('posts one at once', async () => {
    const { id } = await world.arrives();
    expect(await said(`replay ${id}`, byRita)).toMatch(
      /^\(channel\) 🔁 Rita replays "PR #12 opened: Add a bell" in ops/,
    );
    expect(await said(`replay ${id} to war-room`, byRita)).toMatch(/in war-room/);
    expect(await said(`replay ${id} to here`, byRita)).toMatch(/in ops/);
  });

  it('refuses what it cannot send, and whoever may not', async () => {
    const { id } = await world.arrives({ event: 'release.published', key: 'release:1' });
    expect(
      await dialogue(world, [
        [`replay ${id}`, byRita],
        [`replay ${id} to nowhere`, byRita],
        ['replay evt_nothing', byRita],
        [`replay ${id} to here`, { ...byRita, place: 'C0ELSEWHERE' }],
      ]).then((text) => text.replaceAll(/> replay evt_\S+/g, '> replay evt_…')),
    ).toMatchInlineSnapshot(`
      "> replay evt_…
      (person) ⚠️ No route of today takes "PR #12 opened: Add a bell", so nothing would be posted. Name a channel: to here, to ops.

      > replay evt_… to nowhere
      (person) ⚠️ There is no channel "nowhere" in the config. Its channels: ops, war-room, oncall and screen.

      > replay evt_…
      (person) ⚠️ There is no event evt_nothing; "bellhop events" lists those that are kept.

      > replay evt_… to here
      (person) ⚠️ This place is no channel of Bellhop’s config, so "here" means nothing. Its channels: ops, war-room, oncall and screen.
      For example: /bellhop replay evt_… to ops"
    `);
    expect(await pressed(`replay:${id}`)).toMatch(
      /^\(person\) ⚠️ You may ask,.* is for slack:U0ROOT and slack:U0RITA\.$/s,
    );
    expect(await deliveriesOf(id)).toEqual([]);
  });
});

describe('test', () => {
  it('posts a sample as an event of Bellhop’s own', async () => {
    expect(await said('test github/pull_request.opened')).toMatchInlineSnapshot(`
      "(channel) 🧪 Ana posts a test in ops: github/pull_request.opened
      Nothing of it happened. evt_…"
    `);
    const [stored] = await world.store.events({ source: 'bellhop', limit: 1 });
    expect(stored?.event).toMatchObject({ source: 'bellhop', type: 'github', event: 'pull_request.opened' });
    expect(stored?.deliveries).toMatchObject([{ channel: 'ops', route: 'test', replay: false, state: 'queued' }]);
    // The sender was not heard, and the message can be composed again from its bytes.
    expect((await world.store.stats()).lastHooks.github).toBeUndefined();
    const read = await world.context.events.read(stored?.event.id ?? '');
    expect(read?.event.payload).toMatchObject({ action: 'opened' });
    expect(await world.store.audits({ action: 'test', limit: 5 })).toMatchObject([
      { by: { id: 'U1' }, channel: 'ops', detail: 'github/pull_request.opened to ops' },
    ]);
  });

  it('reads the samples of every type, with their maps', async () => {
    const samples = await world.context.tests.samples();
    for (const type of new Set(samples.map((sample) => sample.type))) {
      const reply = await world.say(`test ${type}`);
      expect(`${type}: ${reply.audience}`).toBe(`${type}: ${type === 'bellhop' ? 'person' : 'channel'}`);
    }
  });

  it('refuses with the nearest, and with who may test elsewhere', async () => {
    const answers = await dialogue(world, [
      'test githb',
      'test github/pull_request.opend',
      'test github to war-room',
      ['test github', { place: 'C0ELSEWHERE' }],
    ]);
    // There is always one more.
    expect(answers.replace(/Those with samples: .*/, 'Those with samples: …')).toMatchInlineSnapshot(`
      "> test githb
      (person) ⚠️ There is no type "githb" with samples; did you mean "github"?
      Those with samples: …
      For example: /bellhop test github

      > test github/pull_request.opend
      (person) ⚠️ github has no sample "pull_request.opend"; did you mean "pull_request.opened"?
      Some it has: check_run.completed, check_run.completed~failure, check_run.completed~nasty, check_run.completed~neutral, check_run.created and 146 more.
      For example: /bellhop test github/pull_request.opened

      > test github to war-room
      (person) ⚠️ You may ask, mute here for up to 4 h, acknowledge and post tests here. Replaying, and testing in other channels, is for slack:U0ROOT and slack:U0RITA.

      > test github
      (person) ⚠️ This place is no channel of Bellhop’s config, so "here" means nothing. Its channels: ops, war-room, oncall and screen.
      For example: /bellhop test github to ops"
    `);
    expect(await world.store.events({ limit: 5 })).toEqual([]);
  });
});

describe('acknowledge', () => {
  it('shows on the message who looks after it, without its button', async () => {
    const { id } = await world.arrives({ ...AN_ALERT });
    expect(await pressed(`ack:${id}`)).toMatchInlineSnapshot(`"(channel) 👀 Ana looks after it: Disk is full on db-1"`);
    expect(world.updates.map(({ channel }) => channel)).toEqual(['ops']);
    const [{ payload } = { payload: {} }] = world.updates;
    const written = JSON.stringify(payload);
    expect(written).toContain('Ana looks after it (12:00).');
    expect(written).not.toContain(`ack:${id}`);
    expect(written).toContain(`why:${id}`);
    expect(slack.check(payload, { name: 'ops', platform: 'slack', id: 'C0OPS00000' })).toEqual([]);
  });

  it('tells who was first, also of the story’s other messages', async () => {
    const first = await world.arrives({ ...AN_ALERT });
    const second = await world.arrives({ ...AN_ALERT, severity: 'critical' });
    await world.press(`ack:${first.id}`);
    expect(world.updates).toHaveLength(2);
    expect(await pressed(`ack:${second.id}`, byRita)).toMatchInlineSnapshot(
      `"(person) 👀 Ana looks after it already, since 12:00 UTC: Disk is full on db-1"`,
    );
    expect(await pressed(`ack:${first.id}`)).toMatch(/^\(person\) 👀 You look after it already/);
    expect(world.updates).toHaveLength(2);
    expect(await world.store.audits({ action: 'acknowledge', limit: 5 })).toHaveLength(1);
  });

  it('lets one be first when two press at once', async () => {
    const { id } = await world.arrives({ ...AN_ALERT });
    const replies = await Promise.all([world.press(`ack:${id}`), world.press(`ack:${id}`, byRita)]);
    expect(replies.map(({ audience }) => audience).sort()).toEqual(['channel', 'person']);
    expect(await world.store.audits({ action: 'acknowledge', limit: 5 })).toHaveLength(1);
  });

  it('starts anew when the story does', async () => {
    const before = await world.arrives({ ...AN_ALERT });
    await world.press(`ack:${before.id}`);
    await world.arrives({ ...AN_ALERT, state: 'resolved', closes: true, title: 'Disk is fine on db-1' });
    expect(await pressed(`ack:${before.id}`)).toBe('(person) ⚠️ It is over already: Disk is fine on db-1.');
    const again = await world.arrives({ ...AN_ALERT });
    expect(await pressed(`ack:${again.id}`, byRita)).toMatch(/^\(channel\) 👀 Rita looks after it/);
  });

  it('says where the message could not be changed', async () => {
    const { id } = await world.arrives({ ...AN_ALERT });
    world.answer = { kind: 'dead', reason: 'The message is gone.', gone: true };
    expect(await pressed(`ack:${id}`)).toMatchInlineSnapshot(`
      "(channel) 👀 Ana looks after it: Disk is full on db-1
      Its message could not be changed:
      • ops: The message is gone."
    `);
  });

  it('refuses what does not go on, what is gone, and whoever may not', async () => {
    const once = await world.arrives({ key: undefined, title: 'Ping' } as never);
    expect(await pressed(`ack:${once.id}`)).toBe(
      '(person) ⚠️ "Ping" happened once and does not go on, so there is nothing of it to look after.',
    );
    expect(await pressed('ack:evt_nothing')).toBe('(person) ⚠️ There is no event evt_nothing any more.');
    await world.close();
    world = await aWorld({ permissions: [{ who: ['*'], may: ['ask'] }] });
    const { id } = await world.arrives({ ...AN_ALERT });
    expect(await pressed(`ack:${id}`, { person: aPerson() })).toMatch(/Acknowledging is for nobody/);
    expect(world.updates).toEqual([]);
  });
});
