import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Home, makeHome } from './run.ts';

const CONFIG = {
  sources: {
    github: { type: 'github', secret: 'a-github-secret' },
    shop: {
      type: 'generic',
      auth: { bearer: 'a-shop-token' },
      map: {
        event: 'order.{{payload.status}}',
        title: 'Order {{payload.id}} is {{payload.status}}',
        labels: { region: '{{payload.region}}' },
      },
    },
  },
  channels: {
    screen: { platform: 'console' },
    ops: { platform: 'slack', webhookUrl: 'https://hooks.slack.com/services/T0/B0/secret' },
  },
  routes: [
    { name: 'eu', match: { source: 'shop', region: 'eu-*' }, to: ['ops'], stop: true },
    { name: 'rest', to: ['screen'] },
  ],
};
const ORDER = { id: 42, status: 'paid', region: 'eu-west' };

let home: Home;
beforeAll(async () => {
  home = await makeHome(CONFIG);
  await home.write('order.json', ORDER);
});
afterAll(() => home.remove());

describe('bellhop check', () => {
  it('says that all is good, and exits 0', async () => {
    const { code, out } = await home.run('check');
    expect(out).toMatch(
      /^good {5}config, routes, channels, and \d+ samples rendered for slack, discord, teams, webhook, console\n$/,
    );
    expect(code).toBe(0);
  });

  it('warns of a source that believes everybody, and exits 0', async () => {
    const open = await makeHome({
      ...CONFIG,
      sources: { ...CONFIG.sources, shop: { type: 'generic', verify: 'none' } },
    });
    const { code, out } = await open.run('check');
    expect(out).toMatch(
      /^warning {2}config\/bellhop\.json:\d+:\d+: sources\.shop\.verify: switches verification off: hooks from anybody who knows the address are believed\n/,
    );
    expect(code).toBe(0);
    await open.remove();
  });

  it('lists every mistake with its place, and exits 1', async () => {
    const broken = await makeHome({
      ...CONFIG,
      routes: [{ name: 'a', match: { repo: { matches: '(' } }, to: ['opps'] }],
    });
    const { code, out } = await broken.run('check');
    expect(code).toBe(1);
    expect(out).toContain('config/bellhop.json:');
    expect(out).toContain('routes.0.to.0: "opps" is no channel; expected screen or ops; did you mean "ops"?');
    expect(out).toContain('routes.0.match.repo.matches: "(" is no regular expression Bellhop can use');
    expect(out.trimEnd().split('\n').at(-1)).toBe('2 problems.');
    expect(JSON.parse((await broken.run('check', '--json')).out)).toMatchObject({
      ok: false,
      problems: [expect.any(String), expect.any(String)],
    });
    await broken.remove();
  });

  it('finds a broken template and a misspelt name in the user’s own folder', async () => {
    const own = await makeHome(CONFIG);
    await own.write(
      'templates/github/push.mustache',
      '---\ntitle: "{{titel}}"\n---\n{{facts.compare}} {{facts.comapre}}\n',
    );
    await own.write('templates/github/star.mustache', '---\ntitel: x\n---\n');
    const { code, out } = await own.run('check');
    expect(out).toMatch(/wrong .*github\/star\.mustache:2:1: .*"title"/);
    expect(out).toContain(
      'warning  github/push.mustache: {{facts.comapre}} is empty for every sample; did you mean "facts.compare"?',
    );
    expect(code).toBe(1);
    await own.remove();
  });
});

describe('bellhop check, of routes', () => {
  it('tells what can hardly be meant', async () => {
    const odd = await makeHome({
      sources: { github: { type: 'github', secret: 'a-secret' } },
      channels: { screen: { platform: 'console' }, spare: { platform: 'console' } },
      routes: [{ name: 'a', match: { event: 'pull_request.opend', 'payloa.x': 1 }, to: ['screen'] }],
    });
    const { code, out } = await odd.run('check');
    expect(out.split('\n').slice(0, 3)).toEqual([
      'warning  routes.0.match.event: no source has an event "pull_request.opend"; did you mean "pull_request.opened"?',
      'warning  routes.0.match.payloa.x: is taken for a label; did you mean "payload"?',
      'warning  channels.spare: no route leads here',
    ]);
    expect(code).toBe(0);
    await odd.remove();
  });
});

describe('bellhop explain', () => {
  it('shows event, routes with reasons, and the exact payload per channel', async () => {
    const { code, out } = await home.run('explain', 'shop', 'order.json');
    expect(out).toContain('Order 42 is paid\n  order.paid · info · state paid\n  region=eu-west\n');
    expect(out).toContain('Routes\n  ✓ eu\n  – rest: skipped, route "eu" ended the search\n');
    expect(out).toContain('  ops on slack, by route eu, template ');
    expect(code).toBe(0);
  });

  it('prints the contract’s JSON', async () => {
    const { out } = await home.run('explain', 'shop', 'order.json', '--json');
    expect(JSON.parse(out)).toMatchObject({
      events: [{ source: 'shop', event: 'order.paid', title: 'Order 42 is paid', labels: { region: 'eu-west' } }],
      routes: [
        { name: 'eu', matched: true },
        { name: 'rest', matched: false, skipped: 'route "eu" ended the search' },
      ],
      messages: [{ channel: 'ops', platform: 'slack', payload: { text: expect.stringContaining('Order 42 is paid') } }],
    });
  });

  it('shows what the mutes and chat routes in the data folder would do', async () => {
    const mute = { id: 'mute_1', number: 3, scope: { source: 'shop', channel: 'ops' }, why: 'a sale' };
    const route = { name: 'chat-4', number: 4, source: 'shop', to: 'screen', mode: 'copy' };
    const by = { platform: 'api', id: 'admin', name: 'API' };
    const made = { by, from: '2026-11-21T12:00:00.000Z' };
    const overlay = {
      version: 1,
      nextNumber: 5,
      mutes: [{ ...mute, ...made, critical: false }],
      routes: [{ ...route, ...made }],
    };
    await home.write('data/overlay.json', overlay);
    const { out } = await home.run('explain', 'shop', 'order.json');
    expect(out).toContain('✓ chat-4');
    expect(out).toMatch(/ops on slack, by route eu.*\n {4}held back by #3 shop in ops .*: a sale\n/);
    const { mutes } = JSON.parse((await home.run('explain', 'shop', 'order.json', '--json')).out);
    expect(mutes).toMatchObject([{ id: 'mute_1', number: 3 }]);
    await home.write('data/overlay.json', '{"mutes": 7}');
    expect(await home.run('explain', 'shop', 'order.json')).toMatchObject({
      code: 1,
      err: expect.stringContaining('overlay.json is broken: '),
    });
    await home.write('data/overlay.json', { ...overlay, mutes: [], routes: [] });
  });

  it('says why a route did not match, with the value found', async () => {
    await home.write('us.json', { ...ORDER, region: 'us-east' });
    const { out } = await home.run('explain', 'shop', 'us.json');
    expect(out).toContain('✗ eu: match.region wants "eu-*"; found "us-east"');
  });

  it('takes the event’s name for senders that put it in a header', async () => {
    await home.write('star.json', {
      action: 'created',
      sender: { login: 'mona' },
      repository: { full_name: 'acme/api' },
    });
    const { out } = await home.run('explain', 'github', 'star.json', '--event', 'star', '--json');
    expect(JSON.parse(out).events[0].event).toBe('star.created');
  });

  it.each([
    [
      ['explain', 'shpo', 'order.json'],
      'There is no source "shpo" in the config (it has github, shop); did you mean "shop"?\n',
    ],
    [['explain', 'shop', 'nowhere.json'], 'nowhere.json cannot be read: there is no such file.\n'],
    [
      ['explain', 'shop', 'order.json', '--header', 'nothing'],
      '--header "nothing" has no colon; "Name: value" was expected.\n',
    ],
  ])('answers wrong usage with a sentence and 2: %j', async (args, sentence) => {
    expect(await home.run(...args)).toEqual({ code: 2, out: '', err: sentence });
  });
});

describe('bellhop route-test', () => {
  it('passes and fails by exit code, and shows what was expected and got', async () => {
    await home.write('cases.json', [
      { source: 'shop', payload: 'order.json', expect: ['ops'] },
      { name: 'us order', source: 'shop', payload: { ...ORDER, region: 'us' }, expect: ['ops'] },
    ]);
    const { code, out } = await home.run('route-test', 'cases.json');
    expect(out).toBe(
      '   case      expected  got\n✓  shop      ops       ops\n✗  us order  ops       screen\n\n1 of 2 not as expected.\n',
    );
    expect(code).toBe(1);
    await home.write('cases.json', [{ source: 'shop', payload: 'order.json', expect: ['ops'] }]);
    expect((await home.run('route-test', 'cases.json')).code).toBe(0);
  });

  it('says what a file of cases must hold', async () => {
    await home.write('cases.json', [{ source: 'shop' }]);
    const { code, err } = await home.run('route-test', 'cases.json');
    expect(err).toMatch(
      /^cases\.json is no list of \{source, payload, event\?, expect: \[channel…\]\}:\n(.*\n)? {2}0\.expect: /,
    );
    expect(code).toBe(2);
  });
});

describe('bellhop preview and sources', () => {
  it('shows a sample as text, and as a platform’s JSON', async () => {
    const { out } = await home.run('preview', 'github/star.created');
    expect(out.split('\n')[0]).toMatch(/^⭐ .+ starred /);
    expect(JSON.parse((await home.run('preview', 'github/star.created', '--as', 'discord')).out)).toHaveProperty(
      'embeds',
    );
  });

  it('offers the nearest sample, and lists those of the type', async () => {
    const { code, err } = await home.run('preview', 'github/pusch');
    expect(err).toMatch(
      /^There is no sample "github\/pusch"; did you mean "github\/push"\?\ngithub has near it:\n {2}github\/push\n/,
    );
    expect(code).toBe(2);
  });

  it('lists where each sender posts to, and shows no secret of the config', async () => {
    const { out } = await home.run('sources');
    expect(out).toContain('http://localhost:3000/hooks/github');
    expect(out).toContain('HMAC-SHA256 in x-hub-signature-256');
    expect(out).not.toContain('a-github-secret');
    expect(out).not.toContain('a-shop-token');
  });

  it('answers an unknown command and a missing argument with 2', async () => {
    expect(await home.run('sned')).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean send?') });
    expect((await home.run('explain')).code).toBe(2);
    expect((await home.run('--help')).code).toBe(0);
  });
});
