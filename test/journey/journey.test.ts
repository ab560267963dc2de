import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHIPPED_TEMPLATES } from '../../src/blueprint.ts';
import { loadSamples, type Sample } from '../../src/templates/samples.ts';
import {
  DISCORD_APPLICATION_ID,
  DISCORD_CHANNEL_ID,
  DISCORD_TOKEN,
  type DiscordFake,
  startDiscordFake,
} from '../fakes/discord.ts';
import { FAKE_BOT_TOKEN, type SlackFake, startSlackFake } from '../fakes/slack.ts';
import { startTeamsFake, TEAMS_CHANNEL, type TeamsFake } from '../fakes/teams.ts';
import { FANOUT_SECRET, startWebhookFake, type WebhookFake } from '../fakes/webhook.ts';
import { githubHook, removeFolder, type ServerProcess, startServer, stripeHook } from '../server.ts';
import { until } from '../until.ts';

const GITHUB_SECRET = 'github-secret-of-the-journey';
const STRIPE_SECRET = 'whsec_stripe-secret-of-the-journey';
const ALERTS_TOKEN = 'alerts-token-of-the-journey';

/** A real process, real signatures, the platforms' real clients, and loopback fakes at the other end. */
describe('from webhook to chat', () => {
  let slack: SlackFake;
  let discord: DiscordFake;
  let teams: TeamsFake;
  let fanout: WebhookFake;
  let server: ServerProcess;
  let samples: readonly Sample[];

  const config = () => ({
    sources: {
      github: { type: 'github', secret: GITHUB_SECRET },
      'stripe-live': { type: 'stripe', secret: [STRIPE_SECRET, 'whsec_old'] },
      alerts: { type: 'alertmanager', auth: { bearer: ALERTS_TOKEN } },
    },
    platforms: {
      slack: { botToken: FAKE_BOT_TOKEN, signingSecret: 'slack-signing-secret', apiUrl: slack.apiUrl },
      discord: { botToken: DISCORD_TOKEN, applicationId: DISCORD_APPLICATION_ID, apiUrl: discord.apiUrl },
      teams: teams.settings,
    },
    channels: {
      ops: { platform: 'slack', id: 'C0123456789' },
      oncall: { platform: 'discord', id: DISCORD_CHANNEL_ID },
      eng: { platform: 'teams', id: TEAMS_CHANNEL },
      zapier: { platform: 'webhook', url: fanout.hookUrl, secret: FANOUT_SECRET },
      screen: { platform: 'console' },
    },
    mentions: { oncall: { slack: 'S0123456', discord: 'role:99887766' } },
    routes: [
      { name: 'pushes', match: { source: 'github', event: 'push' }, to: ['ops', 'eng', 'zapier'] },
      {
        name: 'payments',
        match: { source: 'stripe-live', severity: { atLeast: 'error' } },
        to: ['ops', 'oncall', 'eng', 'zapier'],
      },
      { name: 'alerts', match: { source: 'alerts' }, to: ['oncall', 'ops', 'eng'], mention: ['oncall'], stop: true },
      { name: 'leftovers', fallback: true, to: ['screen'] },
    ],
    operators: 'screen',
    delivery: { retry: ['100ms', '200ms', '400ms', '1s', '1s', '1s'] },
  });

  beforeAll(async () => {
    [slack, discord, teams, fanout, samples] = await Promise.all([
      startSlackFake(),
      startDiscordFake(),
      startTeamsFake(),
      startWebhookFake(),
      loadSamples([SHIPPED_TEMPLATES]),
    ]);
    server = await startServer({ config: config() });
  });

  afterAll(async () => {
    await server?.stop('SIGKILL');
    await Promise.all([slack, discord, teams, fanout].map((fake) => fake?.close()));
    await removeFolder(server.folder);
  });

  const bodyOf = (name: string): object => {
    const sample = samples.find((one) => `${one.type}/${one.name}` === name);
    if (sample === undefined) throw new Error(`no sample ${name}`);
    return JSON.parse(sample.body.toString()) as object;
  };
  const post = async (source: string, init: RequestInit) => {
    const response = await fetch(`${server.url}/hooks/${source}`, init);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const allSent = (count: number) =>
    until(async () => {
      const { deliveries } = await server.api<{ deliveries: { state: string }[] }>('/api/deliveries?limit=500');
      return deliveries.length === count && deliveries.every(({ state }) => state === 'sent');
    }, `${count} deliveries to be sent`);

  it('brings a signed GitHub push to Slack, Teams and the fan-out', async () => {
    const answer = await post(
      'github',
      githubHook('push', bodyOf('github/push'), { secret: GITHUB_SECRET, delivery: 'push-1' }),
    );
    expect(answer).toMatchObject({ status: 200, body: { status: 'accepted', events: 1 } });
    await allSent(3);
    expect(slack.messages()).toHaveLength(1);
    expect(teams.activities()).toHaveLength(1);
    expect(fanout.accepted.size).toBe(1);
  });

  it('drops the same GitHub delivery when it comes again, and says so', async () => {
    const answer = await post(
      'github',
      githubHook('push', bodyOf('github/push'), { secret: GITHUB_SECRET, delivery: 'push-1' }),
    );
    expect(answer).toMatchObject({ status: 200, body: { status: 'duplicate', events: 0 } });
    await allSent(3);
  });

  it('brings a failed Stripe payment everywhere it is routed to', async () => {
    const answer = await post('stripe-live', stripeHook(bodyOf('stripe/invoice.payment_failed'), STRIPE_SECRET));
    expect(answer).toMatchObject({ status: 200, body: { status: 'accepted', events: 1 } });
    await allSent(7);
    expect(discord.messageCalls()).toHaveLength(1);
  });

  it('brings an alert with its mention, once, and nothing to the routes after stop', async () => {
    const answer = await post('alerts', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ALERTS_TOKEN}` },
      body: JSON.stringify(bodyOf('alertmanager/alert.firing')),
    });
    expect(answer).toMatchObject({ status: 200, body: { status: 'accepted', events: 1 } });
    await allSent(10);
    const alert = JSON.parse(discord.messageCalls().at(-1)?.body ?? '{}') as Record<string, unknown>;
    expect(alert.content).toContain('<@&99887766>');
    expect(alert.allowed_mentions).toEqual({ parse: [], roles: ['99887766'], users: [] });
    expect(JSON.stringify(slack.messages().at(-1)?.payload)).toContain('<!subteam^S0123456>');
  });

  it('refuses what is not signed, keeps it with its reason, and masks what proves things', async () => {
    const forged = githubHook('push', bodyOf('github/push'), { secret: 'a guess' });
    expect(await post('github', forged)).toMatchObject({ status: 401, body: { error: { code: 'bad_signature' } } });
    expect(await post('nobody', forged)).toMatchObject({ status: 404, body: { error: { code: 'unknown_source' } } });
    const { rejected } = await server.api<{
      rejected: { code: string; source: string; headers: Record<string, string> }[];
    }>('/api/rejected');
    expect(rejected.map(({ code, source }) => `${source} ${code}`).sort()).toEqual([
      'github bad_signature',
      'nobody unknown_source',
    ]);
    expect(rejected.find(({ source }) => source === 'github')?.headers['x-hub-signature-256']).toBe('‹secret›');
  });

  it('honours Slack’s Retry-After and then delivers', async () => {
    slack.script({ status: 429, headers: { 'retry-after': '1' }, body: { ok: false, error: 'ratelimited' } });
    await post('github', githubHook('push', bodyOf('github/push~forced'), { secret: GITHUB_SECRET }));
    await allSent(13);
    const { deliveries } = await server.api<{
      deliveries: { channel: string; attempts: { outcome: string; status: number }[] }[];
    }>('/api/deliveries?channel=ops&limit=1');
    expect(deliveries[0]?.attempts.map(({ outcome }) => outcome)).toEqual(['retry', 'sent']);
  });

  it('delivers what it accepted when it is killed before it could send', async () => {
    slack.script('hang');
    const answer = await post(
      'github',
      githubHook('push', bodyOf('github/push~tag'), { secret: GITHUB_SECRET, delivery: 'push-before-kill' }),
    );
    expect(answer.status).toBe(200);
    await until(() => slack.unused() === 0, 'the hanging call');
    await server.stop('SIGKILL');
    server = await startServer({ config: config(), folder: server.folder });
    await allSent(16);
    // Five messages, and the calls that were throttled and cut off.
    expect(slack.posts()).toHaveLength(7);
    const again = await post(
      'github',
      githubHook('push', bodyOf('github/push~tag'), { secret: GITHUB_SECRET, delivery: 'push-before-kill' }),
    );
    expect(again.body.status).toBe('duplicate');
  });

  it('explains an event afterwards: every route, every attempt', async () => {
    const { events } = await server.api<{ events: { id: string; event: string }[] }>('/api/events?source=stripe-live');
    const detail = await server.api<Record<string, unknown>>(`/api/events/${events[0]?.id}`);
    expect(detail).toMatchObject({
      event: 'invoice.payment_failed',
      trace: [
        {
          name: 'pushes',
          matched: false,
          failed: { path: 'match.source', expected: '"github"', found: 'stripe-live' },
        },
        { name: 'payments', matched: true },
        { name: 'alerts', matched: false },
        { name: 'leftovers', matched: false, skipped: 'another route took this event' },
      ],
      request: { method: 'POST', headers: { 'stripe-signature': '‹secret›' } },
    });
  });

  it('replays an event to one channel, marked as a replay', async () => {
    const { events } = await server.api<{ events: { id: string }[] }>('/api/events?source=alerts');
    const replayed = await server.api<{ deliveries: unknown[] }>(`/api/events/${events[0]?.id}/replay`, {
      method: 'POST',
      body: JSON.stringify({ channel: 'ops' }),
    });
    expect(replayed.deliveries).toHaveLength(1);
    await until(() => slack.posts().length === 8, 'the replay');
    expect(JSON.stringify(slack.messages().at(-1)?.payload)).toContain('Replayed');
  });

  it('counts what happened and is ready', async () => {
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/bellhop_deliveries_total\{channel="ops",platform="slack",outcome="sent"\} \d+/);
    expect(metrics).toContain('bellhop_config_valid 1');
    const ready = (await (await fetch(`${server.url}/readyz`)).json()) as { ok: boolean; parts: object };
    expect(ready).toMatchObject({
      ok: true,
      parts: { store: { ok: true }, slack: { ok: true }, discord: { ok: true }, teams: { ok: true } },
    });
  });

  it('never logged a secret, and every payload was one the platform would take', async () => {
    expect(await server.stop('SIGTERM')).toBe(0);
    for (const secret of [
      GITHUB_SECRET,
      STRIPE_SECRET,
      ALERTS_TOKEN,
      FAKE_BOT_TOKEN,
      DISCORD_TOKEN,
      FANOUT_SECRET,
      teams.settings.clientSecret,
    ]) {
      expect(server.output()).not.toContain(secret);
    }
    for (const fake of [slack, discord, teams, fanout]) fake.assertClean();
  });
});
