import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aRefused } from '../store/store-builders.ts';
import { AN_ALERT, aWorld, dialogue, RITA, readable, type World, withoutIds } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await aWorld();
});
afterEach(() => world.close());

const said = async (...of: Parameters<World['say']>) => withoutIds(readable(await world.say(...of)));
const titleOf = async (...of: Parameters<World['say']>) => (await world.say(...of)).message.title;

describe('why', () => {
  it('leads with the answer: what came, and by which conditions', async () => {
    const { id } = await world.arrives({ ...AN_ALERT });
    expect(await said(`why ${id}`)).toMatchInlineSnapshot(`
      "(person) 🔎 It came because route prod-alerts matched: source alerts, severity at least warning, env prod or eu-*
      Disk is full on db-1 (error) evt_…
      Hook: alerts alert.firing, 12:00 UTC from 203.0.113.7
      Routes today
      • prod-alerts: matches
      • leftovers: skipped: another route took this event
      • prs: source is alerts, wanted "github"
      Deliveries
      • ops, by prod-alerts: sent dlv_…
      • 12:00:01 sent 200 after 120 ms
      • screen, by prod-alerts: sent dlv_…
      • 12:00:01 sent 200 after 120 ms
      Template: alertmanager/alert.firing.mustache"
    `);
  });

  it('takes a delivery, a link and the message itself', async () => {
    await world.arrives();
    const { id } = await world.arrives({ ...AN_ALERT });
    const stored = await world.store.event(id);
    const onScreen = stored?.deliveries.find(({ channel }) => channel === 'screen');
    expect(await titleOf(`why ${onScreen?.id}`)).toMatch(
      /^It did not come here: it went to screen because route prod-alerts/,
    );
    const on = { channel: 'C0OPS00000', message: '1700000000.000001' };
    expect(await titleOf('why this', { on })).toMatch(/^It came because route prs matched/);
    expect(await titleOf('why https://acme.slack.com/archives/C0OPS00000/p1700000000000001')).toMatch(
      /route prs matched/,
    );
    expect(await titleOf('why this')).toMatch(/route prod-alerts matched/);
    // On another platform the same link leads to the same message.
    expect(
      await titleOf('why https://acme.slack.com/archives/C0OPS00000/p1700000000000001', { platform: 'discord' }),
    ).toMatch(/route prs matched/);
    expect((await world.press(`why:${id}`)).message.title).toMatch(/route prod-alerts matched/);
  });

  it('says what held it back', async () => {
    await world.say('mute alerts for 2h because deploy');
    const { id } = await world.arrives({ ...AN_ALERT });
    expect(await said(`why ${id}`)).toMatchInlineSnapshot(`
      "(person) 🔎 It was held back by mute #1 of Ana: deploy
      Disk is full on db-1 (error) evt_…
      Hook: alerts alert.firing, 12:00 UTC from 203.0.113.7
      Routes today
      • prod-alerts: matches
      • leftovers: skipped: another route took this event
      • prs: source is alerts, wanted "github"
      Deliveries
      • ops, by prod-alerts: muted; mute #1 (alerts) by Ana dlv_…
      • screen, by prod-alerts: sent dlv_…
      • 12:00:01 sent 200 after 120 ms
      Template: alertmanager/alert.firing.mustache"
    `);
  });

  it('says which condition no route could get past', async () => {
    const { id } = await world.arrives({ event: 'release.published', title: 'v2 is out', key: 'release:2' });
    expect(await titleOf(`why ${id}`)).toBe(
      'No route took it: of prs, event is release.published, wanted "pull_request.*"',
    );
    const bot = await world.arrives({ labels: { author: 'renovate[bot]' }, key: 'pr:acme/api#13' });
    expect(await titleOf(`why ${bot.id}`)).toBe(
      'No route took it: of prs, author is renovate[bot], wanted not "*[bot]"',
    );
  });

  it('says what it waits for, and every try', async () => {
    const { id } = await world.arrives({ labels: { author: 'ci[bot]' } });
    await world.store.addDeliveries(
      id,
      [{ id: 'dlv_a', channel: 'ops', platform: 'slack', route: 'prs', mentions: [], replay: false }],
      world.clock.now(),
    );
    const take = { now: world.clock.now(), stepAside: 3, leaseMs: 60_000 };
    const attempt = {
      at: world.clock.now(),
      outcome: 'retry',
      status: 503,
      reason: 'Slack is down.',
      tookMs: 2_300,
    } as const;
    await world.store.take('ops', take);
    const again = new Date(world.clock.now().getTime() + 5_000);
    await world.store.settle('dlv_a', [attempt], { state: 'queued', dueAt: again, counts: true });
    expect(await said('why dlv_a')).toMatchInlineSnapshot(`
      "(person) 🔎 It waits for ops: Slack is down.
      PR #12 opened: Add a bell (info) evt_…
      Hook: github pull_request.opened, 12:00 UTC from 203.0.113.7
      Routes today
      • prod-alerts: source is github, wanted "alerts"
      • prs: author is ci[bot], wanted not "*[bot]"
      • leftovers: source is github, wanted "alerts"
      Deliveries
      • ops, by prs: queued dlv_a
      • 12:00:01 retry 503 after 2 s: Slack is down.
      Template: github/pull_request.mustache"
    `);
    await world.store.take('ops', { ...take, now: again });
    await world.store.settle('dlv_a', [{ ...attempt, outcome: 'dead', reason: 'The channel is archived.' }], {
      state: 'dead',
    });
    expect(await titleOf('why dlv_a')).toBe('It was given up for ops: The channel is archived.');
  });

  it('explains the newest that fit, arrived or not', async () => {
    await world.arrives();
    await world.arrives({
      key: 'pr:acme/api#13',
      title: 'PR #13 opened: Bots',
      labels: { repo: 'acme/api', author: 'ci[bot]' },
    });
    await world.arrives({ key: 'pr:acme/web#1', title: 'PR #1 opened: Web', labels: { repo: 'acme/web' } });
    expect(await said('why github pull_request.opened repo:acme/api')).toMatchInlineSnapshot(`
      "(person) 🔎 No route took it: of prs, author is ci[bot], wanted not "*[bot]"
      PR #13 opened: Bots (info) evt_…
      Hook: github pull_request.opened, 12:00 UTC from 203.0.113.7
      Routes today
      • prod-alerts: source is github, wanted "alerts"
      • prs: author is ci[bot], wanted not "*[bot]"
      • leftovers: source is github, wanted "alerts"
      Before it
      • 12:00 UTC PR #12 opened: Add a bell: It came because route prs matched: source github, event pull_request.*, author not *[bot] evt_…"
    `);
  });

  it('says what came instead, and what was refused at the door', async () => {
    await world.arrives();
    expect(await said('why github issues.opened')).toMatchInlineSnapshot(`
      "(person) 🔎 No github:issues.opened came among the last event
      Last hook: 12:00 UTC
      What came
      • 12:00 UTC pull_request.opened: PR #12 opened: Add a bell evt_…"
    `);
    await world.clock.advance(60_000);
    await world.store.refuse(aRefused(1, { at: world.clock.now() }));
    expect(await said('why github issues.*')).toMatchInlineSnapshot(`
      "(person) 🔎 Its hooks are refused: The signature does not fit.
      Last hook: 12:00 UTC
      Refused: 1 hook of the newest, last 12:01 UTC (bad_signature): The signature does not fit.
      What came
      • 12:00 UTC pull_request.opened: PR #12 opened: Add a bell evt_…"
    `);
    expect(await said('why alerts')).toMatchInlineSnapshot(`
      "(person) 🔎 Nothing of alerts is kept
      Last hook: never any from alerts"
    `);
  });

  it('never tells what a header held, or should hold', async () => {
    await world.close();
    const routes = [{ name: 'secret', match: { 'headers.x-token': 'sesame', 'query.key': 'k' }, to: ['ops'] }];
    world = await aWorld({ config: { routes } });
    const { id } = await world.arrives();
    const answer = await said(`why ${id}`);
    expect(answer).toContain('a condition on the request does not hold');
    expect(answer).not.toContain('sesame');
  });

  it('refuses what it does not know', async () => {
    expect(
      await dialogue(world, [
        'why evt_nothing',
        'why this',
        ['why this', { on: { channel: 'C0OPS00000', message: '9' } }],
        'why https://example.com/x',
        'why gitub pull_request.opened',
      ]),
    ).toMatchInlineSnapshot(`
      "> why evt_nothing
      (person) ⚠️ There is no event or delivery "evt_nothing", or it is older than what is kept. "recent" lists the newest with their ids.

      > why this
      (person) ⚠️ Nothing says which message is meant: say it on one, or give its link or the id of its event.

      > why this
      (person) ⚠️ Bellhop knows no event behind this message: it is somebody else’s, an answer to a command, or older than what is kept.

      > why https://example.com/x
      (person) ⚠️ That is no link to a message in Slack, Discord or Teams; copy it from the menu of the message.

      > why gitub pull_request.opened
      (person) ⚠️ There is no source "gitub" in the config; did you mean "github"? Its sources: github and alerts.
      For example: /bellhop why github pull_request.opened"
    `);
  });
});

describe('recent and status', () => {
  it('lists the newest of this channel', async () => {
    await world.arrives();
    await world.arrives({ ...AN_ALERT });
    await world.say('mute alerts');
    await world.arrives({ ...AN_ALERT, title: 'Disk is still full on db-1' });
    expect(
      await dialogue(world, [
        'recent',
        'recent 1',
        'recent github',
        ['recent', { place: 'C0WAR00000' }],
        'recent gitub',
        'recent 0',
      ]),
    ).toMatchInlineSnapshot(`
      "> recent
      (person) 🕑 The newest 3 events here
      • 12:00 UTC error: Disk is still full on db-1 (muted) evt_…
      • 12:00 UTC error: Disk is full on db-1 evt_…
      • 12:00 UTC PR #12 opened: Add a bell evt_…

      > recent 1
      (person) 🕑 The newest event here
      • 12:00 UTC error: Disk is still full on db-1 (muted) evt_…

      > recent github
      (person) 🕑 The newest event of github here
      • 12:00 UTC PR #12 opened: Add a bell evt_…

      > recent
      (person) 🕑 No events here yet

      > recent gitub
      (person) ⚠️ There is no source "gitub" in the config; did you mean "github"? Its sources: github and alerts.
      For example: /bellhop recent github

      > recent 0
      (person) ⚠️ "0" is no number from 1 to 20.
      For example: /bellhop recent 5
      More: /bellhop help recent"
    `);
    expect(await titleOf('recent 20', { place: 'C0ELSEWHERE' })).toBe('The newest 3 events');
  });

  it('says whether all is well, what waits and who was heard', async () => {
    await world.arrives();
    await world.say('mute alerts for 2h');
    await world.arrives({ ...AN_ALERT });
    await world.say('test github to war-room', { person: RITA });
    await world.clock.advance(90_000);
    expect(await said('status')).toMatchInlineSnapshot(`
      "(person) ✅ All is well
      • ✓ store: writable
      • ✓ slack: good
      Waiting
      • war-room: 1 message, the oldest for 1 min 30 s
      Mutes: 1 in force, 1 message held back
      Last hooks
      • alerts: 12:00 UTC
      • github: 12:00 UTC"
    `);
  });

  it('says what is wrong', async () => {
    await world.close();
    world = await aWorld({
      context: { ready: async () => ({ slack: { ok: false, detail: 'the token was\nrevoked' } }) },
    });
    expect(await said('status')).toMatch(/^\(person\) 🚧 Not all is well: slack\n• ✗ slack: the token was revoked\n/);
  });
});
