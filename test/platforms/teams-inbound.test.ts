import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serviceUrlAllowed } from '../../src/platforms/teams/guard.ts';
import { mountTeams, TEAMS_PATH, type TeamsActivity } from '../../src/platforms/teams/inbound.ts';
import { rememberingLog } from '../builders.ts';
import { anActivity, startTeamsFake, TEAMS_BOT, TEAMS_CHANNEL, type TeamsFake } from '../fakes/teams.ts';
import { until } from '../until.ts';

const FOREIGN = '99999999-9999-4999-8999-999999999999';
const seconds = () => Math.floor(Date.now() / 1_000);

let fake: TeamsFake;
let attacker: TeamsFake;
let server: Server;
let log: ReturnType<typeof rememberingLog>;
let received: TeamsActivity[];

beforeEach(async () => {
  // What the SDK would read from the environment: one of them turns its checks off.
  vi.stubEnv('DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS', 'true');
  vi.stubEnv('CLIENT_ID', 'another');
  vi.stubEnv('CLIENT_SECRET', 'another');
  fake = await startTeamsFake();
  attacker = await startTeamsFake();
  log = rememberingLog();
  received = [];
  const web = express();
  await mountTeams(web, {
    config: fake.config,
    log,
    onActivity(activity) {
      received.push(activity);
      if (activity.text === 'fail') throw new Error('eyJhbGciOi');
    },
  });
  web.use(
    (_request, response) =>
      void response.status(404).json({ error: { code: 'not_found', message: 'Nothing is here.' } }),
  );
  server = await new Promise((done) => {
    const listening = web.listen(0, '127.0.0.1', () => done(listening));
  });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  expect(attacker.calls).toEqual([]);
  expect(fake.messageCalls()).toEqual([]);
  expect(fake.signIns()).toBe(0);
  expect(log.lines.join('\n')).not.toMatch(/eyJ|bot~secret/);
  await Promise.all([fake.close(), attacker.close(), new Promise((done) => server.close(done))]);
});

async function post(body: unknown, token?: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${TEAMS_PATH}`, {
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

const untilReceived = (count: number) => until(() => received.length >= count, `${count} activities`);

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
    await untilReceived(1);
    expect(received).toEqual([
      {
        type: 'message',
        id: '1700000000100',
        text: '<at>Bellhop</at>&nbsp;status\n',
        conversation: `${TEAMS_CHANNEL};messageid=1700000000100`,
        from: '33333333-3333-4333-8333-333333333333',
        serviceUrl: fake.settings.serviceUrl,
      },
    ]);
    expect(log.lines).toContainEqual(expect.stringContaining('info teams: received an activity'));
  });

  it.each([
    { type: 'installationUpdate', action: 'add' },
    { type: 'conversationUpdate', membersAdded: [{ id: '28:x' }] },
    { type: 'invoke', name: 'adaptiveCard/action', value: {} },
    { type: 'of a sort nobody knows' },
    { type: 'message', text: 'x'.repeat(150_000) },
    { type: 'message', from: 'x', entities: 'x', text: { toString: 1 } },
    { type: 'message', text: 'fail' },
    JSON.parse('{"type":"message","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  ])('is answered with 200: %#', async (over) => {
    expect((await post(anActivity(fake, over), fake.signToken())).status).toBe(200);
    await untilReceived(1);
    expect(received[0]?.type).toBe(over.type);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('without a type is acknowledged and dropped', async () => {
    expect((await post(anActivity(fake, { type: undefined }), fake.signToken())).status).toBe(200);
    expect(received).toEqual([]);
  });

  it('may be 300 seconds late, and no more', async () => {
    expect((await post(anActivity(fake), fake.signToken({ exp: seconds() - 200 }))).status).toBe(200);
    expect((await post(anActivity(fake), fake.signToken({ exp: seconds() - 400 }))).status).toBe(401);
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
    expect(received).toEqual([]);
  });

  it('a body that is not declared as JSON', async () => {
    expect((await post(JSON.stringify(good()), fake.signToken(), { 'content-type': 'text/plain' })).status).toBe(401);
  });

  it('a long header of dots', async () => {
    const answer = await post(good(), '.'.repeat(12_000));
    expect(answer.status).toBe(401);
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
