import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/core/config.ts';
import { formatProblem } from '../../src/core/problem.ts';
import { aFolder, load, refusal, SOURCE_TYPES } from './config-folder.ts';

/** The config with its secrets laid open, as plain JSON. */
function opened(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('reveal' in value && typeof value.reveal === 'function') return `secret ${value.reveal()}`;
  if (Array.isArray(value)) return value.map(opened);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, opened(child)]));
}

const EXAMPLE = fileURLToPath(new URL('example.json', import.meta.url));

const EXAMPLE_ENV = {
  GITHUB_WEBHOOK_SECRET: 'gh',
  STRIPE_SECRET: 'st',
  ALERTS_TOKEN: 'al',
  SHOP_SECRET: 'sh',
  SLACK_BOT_TOKEN: 'xoxb',
  SLACK_SIGNING_SECRET: 'sign',
  DISCORD_BOT_TOKEN: 'db',
  TEAMS_CLIENT_SECRET: 'tc',
  SLACK_INCOMING_WEBHOOK: 'https://hooks.slack.com/services/T0/B0/x',
  ZAPIER_URL: 'https://hooks.zapier.com/hooks/catch/1/2/',
  FANOUT_SECRET: 'fan',
};

describe('loadConfig', () => {
  it('reads the example of the documentation', async () => {
    const { config, warnings } = await load(await readFile(EXAMPLE, 'utf8'), { env: EXAMPLE_ENV });

    expect(warnings).toEqual([]);
    const source = { secrets: [], autoSecret: false, allowFrom: [] };
    const route = { mention: [], stop: false, fallback: false, actions: ['mute', 'why', 'acknowledge'] };
    expect(opened(config)).toEqual({
      server: { publicUrl: 'https://bellhop.example.com', trustProxy: 1 },
      sources: {
        github: { ...source, name: 'github', type: 'github', secrets: ['secret gh'] },
        'stripe-live': { ...source, name: 'stripe-live', type: 'stripe', secrets: ['secret st'] },
        alerts: {
          ...source,
          name: 'alerts',
          type: 'alertmanager',
          auth: { bearer: 'secret al' },
          allowFrom: ['10.0.0.0/8', '::1'],
        },
        shop: {
          ...source,
          name: 'shop',
          type: 'generic',
          secrets: ['secret sh'],
          auth: { hmac: { header: 'X-Signature', algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=' } },
          map: {
            id: '{{payload.id}}',
            event: '{{payload.type}}',
            title: 'Order {{payload.order.id}} is {{payload.status}}',
            key: 'order:{{payload.order.id}}',
            severity: 'info',
            state: '{{payload.status}}',
            url: '{{payload.order.url}}',
            labels: { region: '{{payload.region}}' },
          },
        },
      },
      platforms: {
        slack: { botToken: 'secret xoxb', signingSecret: 'secret sign' },
        discord: { botToken: 'secret db', applicationId: '…', publicKey: '…', guildId: '…' },
        teams: { clientId: '…', clientSecret: 'secret tc', tenantId: '…' },
      },
      channels: {
        ops: { name: 'ops', platform: 'slack', id: 'C0123456789' },
        oncall: { name: 'oncall', platform: 'discord', id: '112233445566778899' },
        eng: { name: 'eng', platform: 'teams', id: '19:…@thread.tacv2' },
        hooks: { name: 'hooks', platform: 'slack', webhookUrl: 'secret https://hooks.slack.com/services/T0/B0/x' },
        zapier: {
          name: 'zapier',
          platform: 'webhook',
          url: 'secret https://hooks.zapier.com/hooks/catch/1/2/',
          secret: 'secret fan',
        },
        screen: { name: 'screen', platform: 'console' },
      },
      mentions: { oncall: { slack: 'S0123456', discord: 'role:99887766', teams: '8:orgid:…' } },
      routes: [
        {
          ...route,
          name: 'prod-alerts',
          writtenAt: 'bellhop.json:51',
          match: {
            source: 'alerts',
            severity: { atLeast: 'warning' },
            env: ['prod', 'eu-*'],
            'payload.commonLabels.team': { not: 'platform' },
          },
          to: ['ops', 'oncall'],
          mention: ['oncall'],
          stop: true,
        },
        {
          ...route,
          name: 'prs',
          writtenAt: 'bellhop.json:63',
          match: { event: ['pull_request.*', '!pull_request.labeled'], author: '!*[bot]' },
          to: ['eng'],
          actions: ['why', 'mute'],
        },
        { ...route, name: 'leftovers', writtenAt: 'bellhop.json:69', fallback: true, to: ['screen'], actions: [] },
      ],
      delivery: {
        retryMs: [5_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 28_800_000],
        timeoutMs: 10_000,
        keepMs: 2_592_000_000,
        keepBytes: 2_147_483_648,
      },
      chatops: {
        timeZone: 'Europe/Berlin',
        defaultMuteMs: 3_600_000,
        longestMuteMs: 259_200_000,
        permissions: [
          { who: ['slack:U0123ABCD', 'discord:role:3344'], may: ['admin'] },
          {
            who: ['teams:0f8fad5b-d9cb-469f-a165-70867728950e'],
            in: ['eng'],
            may: ['route', 'replay'],
            upToMs: 86_400_000,
          },
        ],
      },
      operators: [],
    });
  });

  it('reads the starter config: no account, no environment, nothing open to strangers', async () => {
    const dir = fileURLToPath(new URL('../../config', import.meta.url));
    const { config, warnings } = await loadConfig({ dir, env: {}, sourceTypes: SOURCE_TYPES });
    expect(warnings).toEqual([]);
    expect(Object.values(config.sources).every(({ autoSecret, verify }) => autoSecret && verify === undefined)).toBe(
      true,
    );
    expect(Object.values(config.channels).map(({ platform }) => platform)).toEqual(['console']);
    expect(config.routes.at(-1)).toMatchObject({ name: 'leftovers', fallback: true, to: ['screen'] });
  });

  it('takes comments, trailing commas, a byte order mark, CRLF and an empty object', async () => {
    const { config } = await load(
      '\uFEFF// first\r\n{ /* none */ "channels": { "s": { "platform": "console", }, }, }\r\n',
    );
    expect(config.channels).toEqual({ s: { name: 's', platform: 'console' } });
    expect((await load('{}')).config.routes).toEqual([]);
  });

  it('reads every setting there is', async () => {
    const { config } = await load(
      {
        server: { publicUrl: 'https://bellhop.example.com/', rateLimit: 600 },
        sources: {
          shop: {
            type: 'generic',
            secret: 'auto',
            auth: {
              hmac: { header: 'X-Sig', timestampHeader: 'X-Time', signed: '{timestamp}:{body}', tolerance: '90s' },
            },
          },
          token: { type: 'generic', secret: ['one', 'two'], auth: { token: { header: 'X-Token' } } },
          basic: { type: 'generic', auth: { basic: { user: 'mona', password: 'pw' } } },
          parts: {
            type: 'generic',
            secret: 'auto',
            auth: {
              hmac: {
                ...{ header: 'X-Sig', prefix: 'v1=', separator: ';', timestampField: 't', timestampUnit: 'ms' },
                ...{ idHeader: 'X-Id', signed: '{id}{method}{url}{timestamp}{body}', key: 'base64' },
              },
            },
          },
          body: { type: 'generic', secret: 'one', auth: { bodyToken: { path: 'auth.token' } } },
          query: { type: 'generic', secret: 'one', auth: { queryToken: { name: 'access_token' } } },
          entra: {
            type: 'generic',
            auth: { entra: { tenantId: '0f8fad5b-d9cb-469f-a165-70867728950e', audience: 'api://bellhop' } },
          },
          url: { type: 'generic', auth: { urlToken: 'in-the-address' } },
          open: { type: 'generic', verify: 'none', allowFrom: ['192.0.2.7', '2001:db8::/32'] },
        },
        platforms: {
          slack: { botToken: 'xoxb', apiUrl: 'http://127.0.0.1:8080/api/' },
          discord: { botToken: 'db', apiUrl: 'http://localhost:8081/api', guildId: '', gateway: true },
          teams: {
            clientId: 'id',
            clientSecret: 'cs',
            tenantId: 'tenant',
            serviceUrl: 'http://[::1]:8082',
            openIdMetadataUrl: 'https://login.example.com/openid',
            tokenUrl: 'https://login.example.com/token',
          },
        },
        channels: {
          a: { platform: 'console', pace: { perSecond: 0.5 }, retry: [], timeout: '500ms' },
          b: { platform: 'console', pace: false, retry: ['1s', '1.5m'] },
          c: { platform: 'webhook', url: 'http://n8n:5678/webhook/x', secret: 's' },
          d: { platform: 'discord', webhookUrl: 'https://discord.com/api/webhooks/1/a-b_c' },
          e: { platform: 'slack', webhookUrl: 'http://127.0.0.1:9/x' },
          f: { platform: 'slack', webhookUrl: 'https://mattermost.example.com/hooks/x' },
        },
        delivery: { retry: ['1s'], timeout: '2s', keep: '1w', keepSize: '1.5 GB' },
        routes: [{ to: 'a' }],
        operators: ['a', 'b'],
        chatops: { longestMute: '30m', timeZone: 'Asia/Kolkata', permissions: [{ who: '*', may: ['ask', 'mute'] }] },
      },
      {},
    );
    expect(opened(config)).toMatchObject({
      server: { publicUrl: 'https://bellhop.example.com', trustProxy: 0, rateLimit: 600 },
      sources: {
        shop: {
          autoSecret: true,
          secrets: [],
          auth: {
            hmac: {
              header: 'X-Sig',
              algorithm: 'sha256',
              encoding: 'hex',
              prefix: '',
              timestampHeader: 'X-Time',
              signed: '{timestamp}:{body}',
              toleranceMs: 90_000,
            },
          },
        },
        token: { secrets: ['secret one', 'secret two'], auth: { token: { header: 'X-Token' } } },
        basic: { auth: { basic: { user: 'mona', password: 'secret pw' } } },
        parts: {
          auth: {
            hmac: {
              ...{ header: 'X-Sig', prefix: 'v1=', separator: ';', timestampField: 't', timestampUnit: 'ms' },
              ...{ idHeader: 'X-Id', signed: '{id}{method}{url}{timestamp}{body}', key: 'base64' },
              ...{ algorithm: 'sha256', encoding: 'hex' },
            },
          },
        },
        body: { secrets: ['secret one'], auth: { bodyToken: { path: 'auth.token' } } },
        query: { secrets: ['secret one'], auth: { queryToken: { name: 'access_token' } } },
        entra: { secrets: [], auth: { entra: { audience: 'api://bellhop' } } },
        url: { auth: { urlToken: 'secret in-the-address' } },
        open: { verify: 'none', allowFrom: ['192.0.2.7', '2001:db8::/32'] },
      },
      platforms: {
        slack: { botToken: 'secret xoxb', apiUrl: 'http://127.0.0.1:8080/api' },
        discord: { apiUrl: 'http://localhost:8081/api', gateway: true },
        teams: { serviceUrl: 'http://[::1]:8082', tokenUrl: 'https://login.example.com/token' },
      },
      channels: {
        a: { pace: { perSecond: 0.5, burst: 1 }, retryMs: [], timeoutMs: 500 },
        b: { pace: false, retryMs: [1_000, 90_000] },
        c: { url: 'secret http://n8n:5678/webhook/x' },
      },
      delivery: { retryMs: [1_000], timeoutMs: 2_000, keepMs: 604_800_000, keepBytes: 1_610_612_736 },
      routes: [{ name: 'route-1', to: ['a'] }],
      operators: ['a', 'b'],
      chatops: {
        timeZone: 'Asia/Kolkata',
        defaultMuteMs: 1_800_000,
        longestMuteMs: 1_800_000,
        permissions: [{ who: ['*'], may: ['ask', 'mute'] }],
      },
    });
    expect(config.platforms.discord).not.toHaveProperty('guildId');
  });

  it('needs no chatops: this machine’s zone, an hour, a week', async () => {
    const { timeZone, ...rest } = (await load('{}')).config.chatops;
    expect(rest).toEqual({ defaultMuteMs: 3_600_000, longestMuteMs: 604_800_000, permissions: [] });
    expect(timeZone).toBe(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  });

  it('merges the files, routes in the order of file names and then of the file', async () => {
    const dir = await aFolder({
      'bellhop.schema.json': 'no JSON',
      'notes.txt': 'no JSON',
      '20-b.json': { routes: [{ to: 'two' }, { name: 'last', to: 'one' }], server: { rateLimit: 9 } },
      '10-a.json': { channels: { one: { platform: 'console' } }, routes: [{ name: 'first', to: 'one' }] },
      '30-c.json': { channels: { two: { platform: 'console' } }, server: { trustProxy: 2 } },
      'deeper/d.json': 'no JSON',
    });
    const { config, files } = await loadConfig({ dir, env: {}, sourceTypes: SOURCE_TYPES });
    expect(config.routes.map(({ name }) => name)).toEqual(['first', 'route-2', 'last']);
    expect(Object.keys(config.channels)).toEqual(['one', 'two']);
    expect(config.server).toEqual({ trustProxy: 2, rateLimit: 9 });
    expect(files).toEqual(['10-a.json', '20-b.json', '30-c.json'].map((name) => join(dir, name)));
  });

  it('knows no name that the config does not define', async () => {
    const { config } = await load('{}');
    for (const names of [config.sources, config.channels, config.mentions]) expect(names.constructor).toBeUndefined();
  });

  it('has a sentence for a folder that cannot be used', async () => {
    const dir = await aFolder({ 'only-a-file': '' });
    expect(await refusal({ dir: join(dir, 'none') })).toMatch(/^config: there is no such folder; expected /);
    expect(await refusal({ dir: join(dir, 'only-a-file') })).toMatch(/^config: is a file; expected the folder /);
    expect(await refusal({ dir })).toMatch(/^config: holds no \*\.json file; expected /);
    expect(await refusal({ dir: await aFolder({ 'a.json/b.json': '{}' }) })).toBe(
      'config/a.json:1:1: is no ordinary file; expected JSON',
    );
  });

  it('warns of what is allowed and probably not meant', async () => {
    const { warnings } = await load(
      `{
  "sources": {
    "open": { "type": "github", "verify": "none" },
    "inner": { "type": "github", "verify": "none", "allowFrom": ["10.0.0.0/8"] },
    "both": { "type": "github", "secret": "x", "auth": { "bearer": "y" } },
    "blank": { "type": "github", "secret": "\${PADDED}" },
    "entra": { "type": "generic", "secret": "x", "auth": { "entra": { "tenantId": "0f8fad5b-d9cb-469f-a165-70867728950e", "audience": "a" } } },
    "url": { "type": "generic", "secret": "x", "auth": { "hmac": { "header": "X-Sig", "signed": "{url}{body}" } } }
  },
  "chatops": {
    "permissions": [{ "who": "*", "may": ["ask", "admin"] }]
  }
}`,
      { env: { PADDED: 'hunter2 \n' } },
    );
    expect(warnings.map((warning) => formatProblem(warning).replace(/^.*bellhop\.json:/, ''))).toEqual([
      '1:1: routes: is empty: events are kept, and delivered nowhere',
      '3:33: sources.open.verify: switches verification off: hooks from anybody who knows the address are believed',
      '4:34: sources.inner.verify: switches verification off: hooks from every address in `allowFrom` are believed',
      '5:33: sources.both.secret: is not used: `auth.bearer` holds a secret of its own',
      '6:34: sources.blank.secret: starts or ends with white space, which is part of it; was that copied by mistake?',
      '7:35: sources.entra.secret: is not used: by `auth.entra` the sender proves itself without one',
      '8:87: sources.url.auth.hmac.signed: holds {url}, the public address, and server.publicUrl does not say which that is: every hook will be refused',
      '11:35: chatops.permissions.0.may: lets everybody in every chat do everything, mutes without an end included',
    ]);
  });
});

describe('placeholders', () => {
  const secretOf = async (secret: string, env: Record<string, string> = {}): Promise<readonly string[]> => {
    const { config } = await load({ sources: { a: { type: 'github', secret } } }, { env });
    return config.sources.a?.secrets.map((one) => one.reveal()) ?? [];
  };

  it.each([
    ['${A}', 'one'],
    ['${A}-${B}', 'one-two'],
    ['x${A:-y}z', 'xonez'],
    ['${NONE:-y}', 'y'],
    ['${EMPTY:-a:-b}', 'a:-b'],
    ['x${NONE:-}', 'x'],
    ['$${A}', '${A}'],
    ['$${A}${A}', '${A}one'],
    ['$A {A} $', '$A {A} $'],
    ['${NESTED}', '${A}'],
  ])('%s is %s', async (written, value) => {
    expect(await secretOf(written, { A: 'one', B: 'two', EMPTY: '', NESTED: '${A}' })).toEqual([value]);
  });

  it('reads a file, but for one newline at its end, and names it', async () => {
    const dir = await aFolder({ token: ' tok\nen\n\n', 'windows-token': 'token\r\n' });
    const secret = [`\${file:${dir}/token}`, `\${file:${dir}/windows-token}`];
    const { config, files } = await load({ sources: { a: { type: 'github', secret } } });
    expect(config.sources.a?.secrets.map((one) => one.reveal())).toEqual([' tok\nen\n', 'token']);
    expect(files.slice(1)).toEqual([join(dir, 'token'), join(dir, 'windows-token')]);
  });

  it('finds a relative file from the config folder', async () => {
    const dir = await aFolder({ token: 'here', 'bellhop.json': {} });
    await writeFile(
      join(dir, 'bellhop.json'),
      JSON.stringify({ sources: { a: { type: 'github', secret: '${file:token}' } } }),
    );
    const { config } = await loadConfig({ dir, env: {}, sourceTypes: SOURCE_TYPES });
    expect(config.sources.a?.secrets.map((one) => one.reveal())).toEqual(['here']);
  });

  it('leaves out the empty ones of a list of secrets', async () => {
    const { config } = await load({ sources: { a: { type: 'github', secret: ['${NEW:-}', 'old'] } } });
    expect(config.sources.a?.secrets.map((one) => one.reveal())).toEqual(['old']);
  });

  it('stands in other settings than secrets too', async () => {
    const { config } = await load(
      {
        server: { publicUrl: '${URL:-}' },
        channels: { screen: { platform: 'console', timeout: '${TIMEOUT}' } },
        routes: [{ match: { env: ['${ENV}', 'x'] }, to: '${TO:-screen}' }],
      },
      { env: { TIMEOUT: '3s', ENV: 'prod' } },
    );
    expect(config.server).toEqual({ trustProxy: 0 });
    expect(config.channels.screen?.timeoutMs).toBe(3_000);
    expect(config.routes[0]).toMatchObject({ match: { env: ['prod', 'x'] }, to: ['screen'] });
  });
});

describe('what other parts check', () => {
  it('is told with its place, and together with the rest', async () => {
    const content = `{
  "channels": { "screen": { "platform": "console" } },
  "routes": [
    { "to": "nowhere" },
    { "to": 7 },
    { "match": { "title": { "matches": "(" } }, "to": "screen" }
  ]
}`;
    const seen: Config[] = [];
    const told = await refusal({
      dir: await aFolder({ 'bellhop.json': content }),
      check(config) {
        seen.push(config);
        return config.routes.flatMap(({ match }, index) =>
          match === undefined ? [] : [{ path: ['routes', index, 'match', 'title', 'matches'], message: 'is broken' }],
        );
      },
    });
    expect(told.split('\n')).toEqual([
      'config/bellhop.json:4:7: routes.0.to: "nowhere" is no channel; expected screen',
      'config/bellhop.json:5:7: routes.1.to: is a number; expected the name of a channel or a list of them',
      'config/bellhop.json:6:29: routes.2.match.title.matches: is broken',
    ]);
    expect(seen[0]?.routes.map(({ name }) => name)).toEqual(['route-1', 'route-3']);
  });

  it('cannot let a value from outside slip out', async () => {
    const told = await refusal({
      dir: await aFolder({ 'bellhop.json': { sources: { a: { type: 'github', secret: '${S}' } } } }),
      env: { S: 'hunter2' },
      check: ({ sources }) => [
        { path: ['sources', 'a', 'secret'], message: `${sources.a?.secrets[0]?.reveal()} is too short` },
      ],
    });
    expect(told).toBe('config/bellhop.json:1:34: sources.a.secret: ‹secret› is too short');
  });
});
