import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, freePort } from '../server.ts';
import { until } from '../until.ts';
import { type Home, makeHome } from './run.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));

const config = (tls: object) => ({
  server: { tls },
  sources: { github: { type: 'github', secret: 'secret-of-the-test' } },
  channels: { screen: { platform: 'console' } },
  routes: [{ name: 'all', to: ['screen'] }],
});
const GOOD = { cert: fixture('server.pem'), key: fixture('server.key') };

/** Commands on the machine of a server that speaks HTTPS with a certificate of its own authority. */
describe('with server.tls in the config', () => {
  let [printed, port] = ['', 0];
  let believing: Home;
  let doubting: Home;
  let stop: () => Promise<unknown>;

  beforeAll(async () => {
    port = await freePort();
    const env = { PORT: String(port), BELLHOP_ADMIN_TOKEN: ADMIN_TOKEN, LOG_LEVEL: 'warn' };
    believing = await makeHome(config(GOOD), { ...env, NODE_EXTRA_CA_CERTS: fixture('ca.pem') });
    doubting = await makeHome(config(GOOD), env);
    const server = spawn(process.execPath, [MAIN, 'serve'], {
      cwd: believing.folder,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [server.stdout, server.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        printed += chunk;
      });
    }
    const ended = new Promise((done) => server.once('exit', done));
    stop = () => {
      server.kill('SIGTERM');
      return ended;
    };
    await until(() => {
      if (server.exitCode !== null) throw new Error(`Bellhop ended:\n${printed}`);
      return printed.includes('--to ');
    }, 'the greeting');
  });
  afterAll(async () => {
    await stop();
    for (const home of [believing, doubting]) await home.remove();
  });

  it('the greeting says https', () => {
    expect(printed).toContain(`Bellhop listens on https://localhost:${port}\n`);
    expect(printed).toContain(`https://localhost:${port}/console#token=`);
    expect(printed).toContain(`npx bellhop send github/push --to https://localhost:${port}\n`);
  });

  it('commands believe the authority that NODE_EXTRA_CA_CERTS names', async () => {
    expect(await believing.run('send', 'github/push')).toMatchObject({ code: 0 });
    const { code, out } = await believing.run('events', '--json', '--url', `https://localhost:${port}`);
    expect([code, JSON.parse(out).events.length]).toEqual([0, 1]);
    expect((await believing.run('sources')).out).toContain(`https://localhost:${port}/hooks/github`);
  });

  it('without it they say what to do, and so they do for an address that begins with http', async () => {
    const doubted = await doubting.run('send', 'github/push');
    expect([doubted.code, doubted.out]).toEqual([1, '']);
    expect(doubted.err).toMatch(
      new RegExp(
        `^The certificate at https://localhost:${port} is not believed \\([A-Z_]+\\); name the host it was made for, and with NODE_EXTRA_CA_CERTS=ca\\.pem the authority that made it\\.\n$`,
      ),
    );
    expect(await believing.run('events')).toEqual({
      code: 1,
      out: '',
      err: `Whatever listens at http://localhost:${port} hangs up; with server.tls in the config its address begins with https://.\n`,
    });
  });

  it('check looks into the files, and serve does not start without them', async () => {
    expect(await believing.run('check')).toMatchObject({ code: 0 });
    const broken = await makeHome(config({ ...GOOD, cert: fixture('expired.pem') }), { PORT: '0' });
    const sentence = `server.tls.cert: names ${fixture('expired.pem')}, which expired on 2026-01-01; renew it`;
    const checked = await broken.run('check');
    expect([checked.code, checked.out.includes(`config/bellhop.json:4:7: ${sentence}`)]).toEqual([1, true]);
    const served = await broken.run('serve');
    expect([served.code, served.err.includes(`config/bellhop.json:4:7: ${sentence}`)]).toEqual([1, true]);
    await broken.remove();
  });
});
