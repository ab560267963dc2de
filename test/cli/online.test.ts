import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, freePort, type ServerProcess, startServer } from '../server.ts';
import { until } from '../until.ts';
import { type Home, makeHome } from './run.ts';

const CONFIG = {
  sources: { github: { type: 'github', secret: 'auto' }, standard: { type: 'standard-webhooks', secret: 'auto' } },
  channels: { screen: { platform: 'console' }, second: { platform: 'console' } },
  routes: [{ name: 'all', to: ['screen'] }],
};

/** Commands against a running server, as a person would use them one after the other. */
describe('against a running server', () => {
  let home: Home;
  let server: ServerProcess;

  beforeAll(async () => {
    const port = await freePort();
    home = await makeHome(CONFIG, { PORT: String(port), BELLHOP_ADMIN_TOKEN: ADMIN_TOKEN });
    server = await startServer({ config: CONFIG, folder: home.folder, port });
  });
  afterAll(async () => {
    await server.stop('SIGTERM');
    await home.remove();
  });

  const newest = async (): Promise<{ readonly id: string; readonly title: string }> => {
    const [event] = JSON.parse((await home.run('events', '--json')).out).events;
    return event;
  };

  it.each(['github/push', 'standard'])('signs and sends a sample, twice, each accepted: %s', async (sample) => {
    const name = sample === 'standard' ? 'standard-webhooks' : sample;
    for (const _time of ['first', 'second']) {
      const { code, out } = await home.run('send', name);
      expect(out).toContain('"status":"accepted","events":1');
      expect(code).toBe(0);
    }
  });

  it('lists events, shows one whole, and replays it', async () => {
    await home.run('send', 'github/star.created');
    const { id, title } = await newest();
    await until(
      async () => (await home.run('events', id)).out.includes('sent  screen on console, by route all'),
      'the delivery',
    );
    const { out } = await home.run('events', id);
    expect(out).toContain(title);
    expect(out).toContain('Routes\n  ✓ all\n');
    const replayed = await home.run('replay', id, '--channel', 'second');
    expect(replayed.out).toMatch(/^second {2}dlv_[0-9a-z]{24}\n$/);
    await until(() => server.output().includes('Replayed'), 'the replay on the screen');
  });

  it('lists deliveries, and refuses to retry what was sent', async () => {
    const { out } = await home.run('deliveries', '--channel', 'second');
    expect(out).toMatch(/^state {2}channel {2}platform {2}tries .*\nsent {3}second {3}console {3}1 /);
    const id = /dlv_[0-9a-z]+/.exec(out)?.[0] ?? '';
    expect(await home.run('deliveries', '--retry', id)).toEqual({
      code: 1,
      out: '',
      err: `Delivery ${id} is sent; only a dead or queued one can be retried.\n`,
    });
  });

  it('follows events as they come', async () => {
    const following = home.run('tail', '--count', '1', '--json');
    await until(
      async () => {
        await home.run('send', 'github/push');
        return Promise.race([following.then(() => true), new Promise((done) => setTimeout(done, 500))]);
      },
      'the tail to end',
      30,
    );
    const { code, out } = await following;
    expect(JSON.parse(out)).toMatchObject({ source: 'github', event: 'push' });
    expect(code).toBe(0);
  });

  it('shows when a source last sent', async () => {
    const { sources } = JSON.parse((await home.run('sources', '--json')).out);
    expect(sources[0]).toMatchObject({ source: 'github', lastHook: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) });
  });

  it('says what to do where nobody answers', async () => {
    expect(await home.run('events', '--url', 'http://127.0.0.1:9')).toEqual({
      code: 1,
      out: '',
      err: 'Nothing answers at http://127.0.0.1:9; start Bellhop with "npm start", or name its address.\n',
    });
  });
});
