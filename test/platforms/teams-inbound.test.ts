import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serviceUrlAllowed } from '../../src/platforms/teams/guard.ts';
import { TEAMS_PATH } from '../../src/platforms/teams/inbound.ts';
import { anActivity, startTeamsFake, TEAMS_BOT, TEAMS_CHANNEL, type TeamsFake } from '../fakes/teams.ts';
import { until } from '../until.ts';
import { type Door, openDoor, publicly } from './teams-door.ts';

const FOREIGN = '99999999-9999-4999-8999-999999999999';
const seconds = () => Math.floor(Date.now() / 1_000);

let door: Door;
let fake: TeamsFake;
let attacker: TeamsFake;

beforeEach(async () => {
  attacker = await startTeamsFake();
  door = await openDoor((request) => {
    if (request.input.kind === 'text' && request.input.text === 'fail') throw new Error('broken');
    return publicly({ title: 'Heard' });
  });
  fake = door.fake;
});

afterEach(async () => {
  await door.close();
  expect(attacker.calls).toEqual([]);
  await attacker.close();
});

async function post(body: unknown, token?: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${door.baseUrl}${TEAMS_PATH}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type') ?? '', text };
}

/** Nobody was asked, and nothing was said to Microsoft. */
function expectNothingDone() {
  expect(door.chat.requests).toEqual([]);
  expect(fake.messageCalls()).toEqual([]);
  expect(fake.signIns()).toBe(0);
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = () => ({
  iss: 'https://api.botframework.com',
  aud: TEAMS_BOT.clientId,
  serviceurl: fake.settings.serviceUrl,
  exp: seconds() + 600,
});

describe('a signed activity', () => {
  it('is answered with 200 and handed on', async () => {
    expect((await post(anActivity(fake), fake.signToken())).status).toBe(200);
    await until(() => fake.posted().length === 1, 'the answer');
    expect(door.chat.requests).toEqual([
      {
        platform: 'teams',
        person: {
          platform: 'teams',
          id: '33333333-3333-4333-8333-333333333333',
          name: 'Mona',
          roles: [],
          inGroup: expect.any(Function),
        },
        place: TEAMS_CHANNEL,
        input: { kind: 'text', text: 'status' },
      },
    ]);
    expect(door.log.lines).toContainEqual(expect.stringContaining('info teams: received an activity'));
    fake.assertClean();
  });

  it.each([
    { type: 'installationUpdate', action: 'add' },
    { type: 'installationUpdate', action: ['add'], conversation: { tenantId: TEAMS_BOT.tenantId } },
    { type: 'conversationUpdate', membersAdded: [{ id: '28:x' }] },
    { type: 'invoke', name: 'task/fetch' },
    { type: 'invoke', name: 'fileConsent/invoke' },
    { type: 'invoke', name: 'signin/tokenExchange', value: { connectionName: 'x', token: 'x', id: 'x' } },
    { type: 'messageUpdate', text: 'status' },
    { type: 'of a sort nobody knows' },
    { type: undefined },
    { type: ['message'] },
    { type: 'message', entities: [] },
    { type: 'message', from: 'x', entities: 'x', text: { toString: 1 } },
    JSON.parse('{"type":"event","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  ])('that asks nothing is acknowledged: %#', async (over) => {
    expect(await post(anActivity(fake, over), fake.signToken())).toMatchObject({ status: 200, text: '' });
    expectNothingDone();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('of 150 KB is taken', async () => {
    const text = `<at>Bellhop</at> ${'x'.repeat(150_000)}`;
    expect((await post(anActivity(fake, { text }), fake.signToken())).status).toBe(200);
    await until(() => door.chat.requests.length === 1, 'the request');
  });

  it('that meets a fault is answered with an apology', async () => {
    const activity = anActivity(fake, { text: '<at>Bellhop</at> fail' });
    expect((await post(activity, fake.signToken())).status).toBe(200);
    await until(() => fake.posted().length === 1, 'the apology');
    expect(JSON.stringify(fake.posted())).toContain('Bellhop failed on this; its log has the details under fault_1.');
    expect(door.log.lines).toContainEqual(expect.stringContaining('"id":"fault_1","error":"Error: broken'));
  });

  it('may be 300 seconds late, and no more', async () => {
    const without = anActivity(fake, { entities: [] });
    expect((await post(without, fake.signToken({ exp: seconds() - 200 }))).status).toBe(200);
    expect((await post(without, fake.signToken({ exp: seconds() - 400 }))).status).toBe(401);
    expectNothingDone();
  });
});

describe('the door', () => {
  it('has one path, and is open', () => {
    expect(door.inbound.paths).toEqual(['/teams/messages']);
    expect(door.inbound.health()).toEqual({ ok: true, detail: 'Commands are taken at /teams/messages.' });
  });

  it('leaves other methods to the rest of the server', async () => {
    const response = await fetch(`${door.baseUrl}${TEAMS_PATH}`);
    expect(response.status).toBe(404);
  });
});

describe('refused with 401 as JSON', () => {
  const good = () => anActivity(fake);
  const evilUrl = () => `${attacker.url}/teams`;
  const tampered = (token: string) => {
    const [head, , signature] = token.split('.');
    return `${head}.${encoded({ ...claims(), sub: 'somebody else' })}.${signature}`;
  };
  const unsigned = () => `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(claims())}.`;
  const symmetric = () => {
    const head = `${encoded({ alg: 'HS256', kid: 'k1', typ: 'JWT' })}.${encoded(claims())}`;
    return `${head}.${createHmac('sha256', TEAMS_BOT.clientSecret).update(head).digest('base64url')}`;
  };
  const otherKey = (kid: string) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const head = `${encoded({ alg: 'RS256', kid, typ: 'JWT' })}.${encoded(claims())}`;
    return `${head}.${sign('RSA-SHA256', Buffer.from(head), privateKey).toString('base64url')}`;
  };

  it.each<readonly [string, () => readonly [unknown, string | undefined]]>([
    ['no token', () => [good(), undefined]],
    ['a token that is none', () => [good(), 'abc']],
    ['a token of three parts that is none', () => [good(), 'a.b.c']],
    ['another audience', () => [good(), fake.signToken({ aud: 'https://api.botframework.com' })]],
    ['a token without an audience', () => [good(), fake.signToken({ aud: undefined })]],
    ['a tampered token', () => [good(), tampered(fake.signToken())]],
    ['an unsigned token', () => [good(), unsigned()]],
    ['a token signed with the client secret', () => [good(), symmetric()]],
    ['a token of an unknown key', () => [good(), otherKey('k2')]],
    ['a token of another key under the known name', () => [good(), otherKey('k1')]],
    ['another issuer', () => [good(), fake.signToken({ iss: 'https://api.botframework.example' })]],
    ['no issuer', () => [good(), fake.signToken({ iss: undefined })]],
    ['an issuer in a list', () => [good(), fake.signToken({ iss: ['https://api.botframework.com'] })]],
    [
      'an Entra token of a foreign tenant',
      () => [
        good(),
        fake.signToken({ iss: `https://sts.windows.net/${FOREIGN}/`, tid: FOREIGN, serviceurl: undefined }),
      ],
    ],
    [
      'an Entra v2 token of a foreign tenant',
      () => [good(), fake.signToken({ iss: `https://login.microsoftonline.com/${FOREIGN}/v2.0`, tid: FOREIGN })],
    ],
    [
      'an Entra token of our own tenant',
      () => [
        good(),
        fake.signToken({ iss: `https://sts.windows.net/${TEAMS_BOT.tenantId}/`, tid: TEAMS_BOT.tenantId }),
      ],
    ],
    [
      'an Entra token that points to the attacker',
      () => [
        anActivity(fake, { serviceUrl: evilUrl() }),
        fake.signToken({ iss: `https://sts.windows.net/${FOREIGN}/`, serviceurl: undefined }),
      ],
    ],
    [
      'a good token that points to the attacker',
      () => [anActivity(fake, { serviceUrl: evilUrl() }), fake.signToken({ serviceurl: evilUrl() })],
    ],
    [
      'a serviceUrl that is not the signed one',
      () => [anActivity(fake, { serviceUrl: 'https://smba.trafficmanager.net/amer' }), fake.signToken()],
    ],
    ['a token without serviceurl', () => [good(), fake.signToken({ serviceurl: undefined })]],
    ['no serviceUrl', () => [anActivity(fake, { serviceUrl: undefined }), fake.signToken()]],
    [
      'the same host on another port',
      () => [
        anActivity(fake, { serviceUrl: 'http://127.0.0.1:1/teams' }),
        fake.signToken({ serviceurl: 'http://127.0.0.1:1/teams' }),
      ],
    ],
    ['another tenant', () => [anActivity(fake, { channelData: { tenant: { id: FOREIGN } } }), fake.signToken()]],
    ['no tenant', () => [anActivity(fake, { channelData: {}, conversation: { id: 'x' } }), fake.signToken()]],
    [
      'a tenant in a list',
      () => [anActivity(fake, { channelData: { tenant: { id: [TEAMS_BOT.tenantId] } } }), fake.signToken()],
    ],
    ['an empty object', () => [{}, fake.signToken()]],
    ['a list', () => [[good()], fake.signToken()]],
  ])('%s', async (_name, attack) => {
    const [body, token] = attack();
    const answer = await post(body, token);
    expect(answer.status).toBe(401);
    expect(answer.type).toContain('application/json');
    expect(JSON.parse(answer.text)).toHaveProperty('error');
    expectNothingDone();
  });

  it('a body that is not declared as JSON', async () => {
    expect((await post(JSON.stringify(good()), fake.signToken(), { 'content-type': 'text/plain' })).status).toBe(401);
  });

  it('a long header of dots', async () => {
    const answer = await post(good(), '.'.repeat(12_000));
    expect(answer.status).toBe(401);
    expectNothingDone();
  });
});

describe('a body that cannot be read', () => {
  it.each([
    ['broken JSON', '{"type":', 400, 'bad_request'],
    ['a bare value', '"x"', 400, 'bad_request'],
    ['one of 300 KB', JSON.stringify({ text: 'x'.repeat(300_000) }), 413, 'too_large'],
  ])('%s', async (_name, body, status, code) => {
    const answer = await post(body, fake.signToken());
    expect(answer).toMatchObject({ status, type: expect.stringContaining('application/json') });
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code } });
    expect(answer.text).not.toMatch(/node_modules|at .*:\d+/);
  });

  it('one in an unknown encoding', async () => {
    expect((await post('{}', fake.signToken(), { 'content-encoding': 'zstd' })).status).toBe(415);
  });
});

describe('serviceUrlAllowed', () => {
  it.each([
    ['https://smba.trafficmanager.net/amer/', true],
    ['https://smba.infra.gcc.teams.microsoft.com/gcc', true],
    ['https://smba.infra.gov.teams.microsoft.us/x', true],
    ['https://europe.botframework.com', true],
    ['http://smba.trafficmanager.net/amer/', false],
    ['https://smba.trafficmanager.net:8443/', false],
    ['https://smba.trafficmanager.net@evil.example/', false],
    ['https://user@smba.trafficmanager.net/', false],
    ['https://smba.trafficmanager.net.evil.example/', false],
    ['https://evilbotframework.com/', false],
    ['https://botframework.com.evil.example/', false],
    ['javascript:alert(1)', false],
    ['', false],
    [undefined, false],
    [['https://smba.trafficmanager.net/'], false],
  ])('%j is %s', (url, allowed) => {
    expect(serviceUrlAllowed(url)).toBe(allowed);
  });

  it('takes the origin the config names, and no other port of it', () => {
    expect(serviceUrlAllowed('http://127.0.0.1:5000/teams', ['http://127.0.0.1:5000'])).toBe(true);
    expect(serviceUrlAllowed('http://127.0.0.1:5001/teams', ['http://127.0.0.1:5000'])).toBe(false);
  });
});
