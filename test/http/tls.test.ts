import { copyFile, mkdir, mkdtemp, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { Agent, type RequestOptions, request } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { startTestApp, type TestApp } from './app.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/tls', import.meta.url));
const fixture = (name: string): string => join(FIXTURES, name);
const pem = (name: string): Promise<Buffer> => readFile(fixture(name));

const ca = await pem('ca.pem');
const identity = async (name: string): Promise<Pick<ConnectionOptions, 'cert' | 'key'>> => ({
  cert: await pem(`${name}.pem`),
  key: await pem(`${name}.key`),
});

const config = (tls: object | undefined, over: object = {}) => ({
  server: { trustProxy: 1, ...(tls && { tls }) },
  sources: {
    open: { type: 'generic', verify: 'none', map: { title: 'a hook' } },
    fenced: { type: 'generic', verify: 'none', allowFrom: ['10.0.0.0/8'] },
    local: { type: 'generic', verify: 'none', allowFrom: ['127.0.0.1'] },
  },
  channels: { screen: { platform: 'console', pace: false } },
  routes: [{ name: 'all', to: 'screen' }],
  ...over,
});

const proven = (subject: string) => ({ type: 'generic', auth: { clientCertificate: { subject } } });

interface Answer {
  readonly status: number;
  readonly body: { readonly status?: string; readonly error?: { readonly code: string; readonly message: string } };
  /** Who the server said it is, by the certificate’s fingerprint. */
  readonly server: string;
  readonly resumed: boolean;
}

/** A real HTTPS request that believes only the test’s authority. */
function ask(
  port: number,
  path: string,
  options: RequestOptions & Pick<ConnectionOptions, 'session'> = {},
): Promise<Answer> {
  return new Promise((done, fail) => {
    const outgoing = request(
      { host: '127.0.0.1', port, path, method: 'POST', ca, servername: 'localhost', agent: false, ...options },
      (incoming) => {
        const socket = incoming.socket as TLSSocket;
        const [server, resumed] = [socket.getPeerCertificate().fingerprint256, socket.isSessionReused()];
        let text = '';
        incoming.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        incoming.on('end', () => done({ status: incoming.statusCode ?? 0, body: JSON.parse(text), server, resumed }));
      },
    );
    outgoing.on('error', fail);
    outgoing.end(options.method === 'GET' ? undefined : '{"title":"a hook"}');
  });
}

const readiness = async (port: number) => {
  const { status, body } = await ask(port, '/readyz', { method: 'GET' });
  return { status, tls: (body as { parts?: { tls?: { ok: boolean; detail: string } } }).parts?.tls };
};

describe('a server with a certificate', () => {
  let bellhop: TestApp;
  let port: number;
  beforeAll(async () => {
    bellhop = await startTestApp(config({ cert: fixture('server.pem'), key: fixture('server.key') }));
    port = bellhop.app.address.port;
  });
  afterAll(() => bellhop.stop());

  it('takes hooks by HTTPS, and says how long its certificate lasts', async () => {
    expect(await ask(port, '/hooks/open')).toMatchObject({ status: 200, body: { status: 'accepted' } });
    expect(await readiness(port)).toEqual({ status: 200, tls: { ok: true, detail: 'valid until 2126-01-01' } });
  });

  it('is not believed by who does not know its authority', async () => {
    await expect(ask(port, '/hooks/open', { ca: await pem('other-ca.pem') })).rejects.toMatchObject({
      code: expect.stringMatching(/CERT|SIGNATURE/),
    });
  });

  it.each([
    ['TLSv1.1', false],
    ['TLSv1.2', true],
    ['TLSv1.3', true],
  ] as const)('speaks %s: %s', async (version, speaks) => {
    // OpenSSL itself would not offer what is older than 1.2 at its usual security level.
    const old = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const answer = await ask(port, '/hooks/open', old).then(
      ({ status }) => status,
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect(String(answer)).toMatch(speaks ? /^200$/ : /^(EPROTO|ERR_SSL)/);
  });

  it('hangs up on plain HTTP, and goes on', async () => {
    await expect(bellhop.send('/hooks/open', { body: {} })).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(await ask(port, '/hooks/open')).toMatchObject({ status: 200 });
  });

  it('sees the sender’s own address, and behind a proxy the one it names', async () => {
    const forwarded = (address: string) => ({ headers: { 'x-forwarded-for': address } });
    expect(await ask(port, '/hooks/local')).toMatchObject({ status: 200 });
    expect(await ask(port, '/hooks/fenced')).toMatchObject({
      status: 403,
      body: { error: { code: 'address_not_allowed' } },
    });
    expect(await ask(port, '/hooks/fenced', forwarded('10.1.2.3'))).toMatchObject({ status: 200 });
    expect(await ask(port, '/hooks/local', forwarded('10.1.2.3'))).toMatchObject({ status: 403 });
    // Only the last of them comes from the one proxy that is believed.
    expect(await ask(port, '/hooks/fenced', forwarded('10.1.2.3, 192.0.2.7'))).toMatchObject({ status: 403 });
  });
});

describe('sources that ask for a client certificate', () => {
  let bellhop: TestApp;
  let port: number;
  beforeAll(async () => {
    bellhop = await startTestApp(
      config(
        { cert: fixture('server.pem'), key: fixture('server.key'), clientCa: fixture('ca.pem') },
        {
          sources: {
            open: { type: 'generic', verify: 'none' },
            signed: { type: 'generic', auth: { bearer: 'token-of-the-test' } },
            proven: proven('CN=hooks.acme.example'),
            whole: proven('CN=hooks.acme.example, OU=Bell \\+ Hop, O="Acme, Inc.", C=DE'),
            other: proven('CN=hooks.acme.example, O=Elsewhere'),
          },
        },
      ),
    );
    port = bellhop.app.address.port;
  });
  afterAll(() => bellhop.stop());

  const clients = { right: 'client', wrong: 'other-client', stranger: 'stranger' } as const;
  const none = 'No client certificate of an authority in server.tls.clientCa was shown; this source asks for one.';

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('let in whose subject fits, by %s', async (version) => {
    const options = { ...(await identity(clients.right)), minVersion: version, maxVersion: version };
    for (const source of ['proven', 'whole', 'open'])
      expect([source, await ask(port, `/hooks/${source}`, options)]).toMatchObject([source, { status: 200 }]);
    expect(await ask(port, '/hooks/other', options)).toMatchObject({
      status: 401,
      body: {
        error: {
          code: 'bad_signature',
          message:
            'The client certificate is of C=DE, O=Acme\\, Inc., OU=Bell \\+ Hop, CN=hooks.acme.example, which is not the subject that this source asks for.',
        },
      },
    });
  });

  it('refuse another subject, also one that only looks like the right one', async () => {
    expect(await ask(port, '/hooks/proven', await identity(clients.wrong))).toMatchObject({
      status: 401,
      body: { error: { code: 'bad_signature', message: expect.stringContaining('CN=mona.acme.example') } },
    });
  });

  it('refuse the right subject of another authority, and no certificate', async () => {
    for (const options of [await identity(clients.stranger), {}])
      expect(await ask(port, '/hooks/proven', options)).toMatchObject({
        status: 401,
        body: { error: { code: 'bad_signature', message: none } },
      });
  });

  it('leave the other sources to senders without one, or with one of a stranger', async () => {
    for (const options of [{}, await identity(clients.stranger), await identity(clients.wrong)])
      expect(await ask(port, '/hooks/open', options)).toMatchObject({ status: 200 });
    expect(await ask(port, '/hooks/signed', await identity(clients.right))).toMatchObject({ status: 401 });
  });

  it.each([
    ['TLSv1.2', 'client', 200],
    ['TLSv1.3', 'client', 200],
    ['TLSv1.2', 'stranger', 401],
    ['TLSv1.3', 'stranger', 401],
    ['TLSv1.2', undefined, 401],
    ['TLSv1.3', undefined, 401],
  ] as const)('are not fooled by a session that is resumed: %s, %s: %i', async (version, name, status) => {
    const who = name === undefined ? {} : await identity(name);
    const options = { ...who, minVersion: version, maxVersion: version };
    const session = await sessionOf(port, options);
    const again = await ask(port, '/hooks/proven', { ...options, session });
    expect([again.resumed, again.status]).toEqual([true, status]);
  });

  it('stay closed to a header that names a subject', async () => {
    const headers = { 'x-client-subject': 'CN=hooks.acme.example', 'x-ssl-client-s-dn': 'CN=hooks.acme.example' };
    expect(await ask(port, '/hooks/proven', { headers })).toMatchObject({ status: 401 });
  });
});

/** A session that the server would let this client resume. */
function sessionOf(port: number, options: ConnectionOptions): Promise<Buffer> {
  return new Promise((done, fail) => {
    const socket = connect({ host: '127.0.0.1', port, ca, servername: 'localhost', ...options });
    socket.on('error', fail);
    socket.once('session', (session) => {
      socket.end();
      done(session);
    });
    // Tickets of TLS 1.3 come after the handshake; an answer brings them along.
    socket.write('GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
  });
}

describe('a certificate that is renewed while Bellhop runs', () => {
  let home: string;
  let bellhop: TestApp | undefined;
  beforeEach(async () => {
    home = await realpath(await mkdtemp(join(tmpdir(), 'bellhop-tls-')));
  });
  afterEach(async () => {
    await bellhop?.stop();
    bellhop = undefined;
    await rm(home, { recursive: true, force: true });
  });

  /** As certbot keeps them: links in one folder to numbered files in another. */
  async function certbot(name: string, round: number): Promise<void> {
    const [live, archive] = [join(home, 'live'), join(home, 'archive')];
    await mkdir(live, { recursive: true });
    await mkdir(archive, { recursive: true });
    for (const [kind, file] of [
      ['fullchain', `${name}.pem`],
      ['privkey', `${name}.key`],
    ] as const) {
      await copyFile(fixture(file), join(archive, `${kind}${round}.pem`));
      await symlink(join('..', 'archive', `${kind}${round}.pem`), join(live, 'new'));
      await rename(join(live, 'new'), join(live, `${kind}.pem`));
    }
  }

  const live = () => ({ cert: join(home, 'live', 'fullchain.pem'), key: join(home, 'live', 'privkey.pem') });
  async function start(tls: object = live()): Promise<{ readonly port: number; readonly running: TestApp }> {
    bellhop = await startTestApp(config(tls));
    return { port: bellhop.app.address.port, running: bellhop };
  }
  const shown = async (port: number) => (await ask(port, '/healthz', { method: 'GET' })).server;

  it('is taken up by itself, as certbot swaps it, without dropping a connection', async () => {
    await certbot('server', 1);
    const { port, running } = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const before = await ask(port, '/hooks/open', { agent });
    await certbot('renewed', 2);
    await until(async () => (await shown(port)) !== before.server, 'the renewed certificate');
    const kept = await ask(port, '/hooks/open', { agent });
    agent.destroy();
    expect([kept.status, kept.server]).toEqual([200, before.server]);
    expect(running.log.lines).toContain('info a renewed certificate is in force {"validUntil":"2126-01-01"}');
    expect(await readiness(port)).toEqual({ status: 200, tls: { ok: true, detail: 'valid until 2126-01-01' } });
  });

  it('is taken up when what the links lead to is written anew', async () => {
    await certbot('server', 1);
    const { port } = await start();
    const before = await shown(port);
    await copyFile(fixture('renewed.pem'), join(home, 'archive', 'fullchain1.pem'));
    await copyFile(fixture('renewed.key'), join(home, 'archive', 'privkey1.pem'));
    await until(async () => (await shown(port)) !== before, 'the renewed certificate');
  });

  it('broken, leaves the one of before in force, and the log and /readyz say so until it is mended', async () => {
    await certbot('server', 1);
    const { port, running } = await start();
    const before = await shown(port);
    await copyFile(fixture('renewed.key'), live().key);
    await until(async () => (await readiness(port)).status === 503, 'the broken renewal to be noticed');
    const sentence = `server.tls.key: names ${live().key}, which is not the key of the certificate in ${live().cert}; expected the two files that were made together`;
    expect((await readiness(port)).tls).toEqual({
      ok: false,
      detail: `${sentence}\nthe one of before stays, valid until 2126-01-01`,
    });
    const logged = `error the certificate is not renewed; the one of before stays\n${sentence}`;
    await running.app.reload();
    expect(running.log.lines.filter((line) => line === logged)).toHaveLength(1);
    expect([await shown(port), (await ask(port, '/hooks/open')).status]).toEqual([before, 200]);

    // Another edit of the config is not held back by it.
    await running.writeConfig(config(live(), { routes: [{ name: 'renamed', to: 'screen' }] }));
    await until(() => running.app.runtime().config.routes[0]?.name === 'renamed', 'the edit');

    await copyFile(fixture('renewed.pem'), live().cert);
    await until(async () => (await readiness(port)).status === 200, 'the mended renewal');
    expect(await shown(port)).not.toBe(before);
  });

  it('is taken up although the config has a mistake meanwhile', async () => {
    await certbot('server', 1);
    const { port, running } = await start();
    const before = await shown(port);
    await running.writeConfig('{');
    await certbot('renewed', 2);
    await until(async () => (await shown(port)) !== before, 'the renewed certificate');
  });

  it('or is named anew in the config, relative to its folder', async () => {
    await certbot('server', 1);
    const { port, running } = await start();
    const before = await shown(port);
    for (const file of ['renewed.pem', 'renewed.key'])
      await copyFile(fixture(file), join(running.folder, 'config', file));
    await running.writeConfig(config({ cert: 'renewed.pem', key: './renewed.key' }));
    await until(async () => (await shown(port)) !== before, 'the other certificate');
  });

  it('named anew with a mistake, leaves the whole edit out of force', async () => {
    await certbot('server', 1);
    const { port, running } = await start();
    const before = await shown(port);
    await running.writeConfig(config({ ...live(), cert: fixture('expired.pem') }, { routes: [] }));
    await running.app.reload();
    const { parts } = (await ask(port, '/readyz', { method: 'GET' })).body as {
      parts?: Record<string, { detail: string }>;
    };
    expect(parts?.config?.detail).toContain(
      `bellhop.json:5:7: server.tls.cert: names ${fixture('expired.pem')}, which expired on 2026-01-01; renew it`,
    );
    expect([await shown(port), running.app.runtime().config.routes.length]).toEqual([before, 1]);
  });

  it('or its clientCa is: who proved itself by the old one is a stranger from then on, by a resumed session too', async () => {
    await certbot('server', 1);
    const clientCa = join(home, 'live', 'clients.pem');
    await copyFile(fixture('ca.pem'), clientCa);
    bellhop = await startTestApp(
      config({ ...live(), clientCa }, { sources: { proven: proven('CN=hooks.acme.example') } }),
    );
    const { port } = bellhop.app.address;
    const [client, stranger] = [await identity('client'), await identity('stranger')];
    const session = await sessionOf(port, client);
    expect((await ask(port, '/hooks/proven', { ...client, session })).status).toBe(200);
    await copyFile(fixture('other-ca.pem'), clientCa);
    await until(async () => (await ask(port, '/hooks/proven', stranger)).status === 200, 'the new authority');
    for (const options of [client, { ...client, session }])
      expect((await ask(port, '/hooks/proven', options)).status).toBe(401);
  });

  it('waits for the next start where plain HTTP or a clientCa would come or go, and says so', async () => {
    await certbot('server', 1);
    const { port, running } = await start();
    for (const tls of [undefined, { ...live(), clientCa: fixture('ca.pem') }]) {
      await running.writeConfig(config(tls));
      await running.app.reload();
      expect(await readiness(port)).toEqual({
        status: 200,
        tls: {
          ok: true,
          detail:
            'valid until 2126-01-01; server.tls or its clientCa came or went; that takes effect when Bellhop is started again',
        },
      });
    }
    await running.writeConfig(config(live()));
    await running.app.reload();
    expect((await readiness(port)).tls?.detail).toBe('valid until 2126-01-01');
  });

  it('stops in time though somebody never ends a handshake', async () => {
    const { port, running } = await start({ cert: fixture('server.pem'), key: fixture('server.key') });
    const silent = connectTcp(port, '127.0.0.1');
    const closed = new Promise((done) => silent.once('close', done));
    silent.on('error', () => {});
    await new Promise((done) => silent.once('connect', done));
    await ask(port, '/hooks/open');
    bellhop = undefined;
    await running.stop();
    await closed;
  });
});

describe('a start with files that do not work', () => {
  const mistakes: readonly (readonly [string, object, string])[] = [
    ['a missing file', { cert: fixture('gone.pem') }, `cert: names ${fixture('gone.pem')}, which does not exist`],
    ['a folder', { key: FIXTURES }, `key: names ${FIXTURES}, which is no ordinary file`],
    [
      'the key of another certificate',
      { key: fixture('renewed.key') },
      `key: names ${fixture('renewed.key')}, which is not the key of the certificate in ${fixture('server.pem')}; expected the two files that were made together`,
    ],
    [
      'an expired certificate',
      { cert: fixture('expired.pem'), key: fixture('expired.key') },
      `cert: names ${fixture('expired.pem')}, which expired on 2026-01-01; renew it, or name the renewed one`,
    ],
    [
      'a locked key',
      { key: fixture('encrypted.key') },
      `key: names ${fixture('encrypted.key')}, which is locked with a passphrase; expected the key without one (openssl pkey -in … -out …)`,
    ],
    [
      'two files that are swapped',
      { cert: fixture('server.key'), key: fixture('server.pem') },
      `cert: names ${fixture('server.key')}, which holds a key and no certificate; expected PEM, which begins with -----BEGIN CERTIFICATE-----`,
    ],
    [
      'no authorities',
      { clientCa: fixture('README.md') },
      `clientCa: names ${fixture('README.md')}, which holds no certificate; expected PEM, which begins with -----BEGIN CERTIFICATE-----`,
    ],
    [
      'an authority of the past',
      { clientCa: fixture('expired.pem') },
      `clientCa: names ${fixture('expired.pem')}, which expired on 2026-01-01; no client could be verified, so get its new one`,
    ],
  ];

  it.each(mistakes)('%s is a sentence with the file and what to do', async (_name, over, sentence) => {
    const tls = { cert: fixture('server.pem'), key: fixture('server.key'), ...over };
    const error = await startTestApp(config(tls)).then(
      () => undefined,
      (caught: Error) => caught,
    );
    expect(error?.message).toContain(`server.tls.${sentence}`);
    expect(error?.message).toMatch(/bellhop\.json:\d+:\d+: server\.tls\./);
    expect(error?.message).not.toContain('PRIVATE KEY-----\n');
  });

  it('tells all of them at once, with the other mistakes of the config', async () => {
    const tls = { cert: fixture('gone.pem'), key: fixture('encrypted.key') };
    const started = startTestApp(
      config(tls, { routes: [{ name: 'all', match: { repo: { matches: '(' } }, to: 'screen' }] }),
    );
    const { message } = await started.then(
      () => ({ message: 'it started' }),
      (caught: Error) => caught,
    );
    expect(message.split('\n').map((line) => line.split(': ')[1])).toEqual([
      'server.tls.cert',
      'server.tls.key',
      'routes.0.match.repo.matches',
    ]);
  });

  it('a damaged certificate or key is one too, and a chain in the wrong order', async () => {
    const home = await mkdtemp(join(tmpdir(), 'bellhop-tls-'));
    const file = (name: string) => join(home, name);
    const [cert, key] = [(await pem('server.pem')).toString(), (await pem('server.key')).toString()];
    await writeFile(file('cert.pem'), cert.replace(/\n(\w{10})/, '\nAAAAAAAAAA'));
    await writeFile(file('key.pem'), key.replace(/\n(\w{10})/, '\nAAAAAAAAAA'));
    await writeFile(file('chain.pem'), `${ca}${cert}`);
    const refusal = (tls: object) =>
      startTestApp(config(tls)).then(
        () => 'it started',
        (caught: Error) => caught.message,
      );
    const damaged = await refusal({ cert: file('cert.pem'), key: file('key.pem') });
    const reversed = await refusal({ cert: file('chain.pem'), key: fixture('server.key') });
    await rm(home, { recursive: true });
    expect(damaged).toContain('which holds a damaged certificate; copy it again, whole');
    expect(damaged).toContain('which holds a damaged key; copy it again, whole');
    expect(reversed).toContain(`whose certificate does not stand first in ${file('chain.pem')}; put it first`);
  });
});
