import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Home, makeHome } from './run.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const CONFIG = {
  sources: { github: { type: 'github', secret: 'a-secret' } },
  channels: { screen: { platform: 'console' } },
  routes: [{ name: 'all', to: ['screen'] }],
};

describe('wrong usage is told in a sentence, with exit code 2', () => {
  it.each<[string, readonly string[], string, Readonly<Record<string, string>>?]>([
    ['an option that is none', ['check', '--jsn'], 'Did you mean --json?'],
    ['a platform that is none', ['preview', 'github/push', '--as', 'slck'], 'did you mean "slack"?'],
    ['an address that is none', ['events', '--url', 'here'], '"here" is no address'],
    ['a port that is none', ['check'], 'PORT is "http"; a number from 0 to 65535 was expected.', { PORT: 'http' }],
    ['a level that is none', ['check'], 'did you mean "info"?', { LOG_LEVEL: 'inf' }],
    ['a database', ['check'], 'BELLHOP_DATABASE_URL is set', { BELLHOP_DATABASE_URL: 'postgres://localhost/b' }],
    ['a folder that is missing', ['check'], 'there is no such folder', { BELLHOP_TEMPLATES: 'nowhere' }],
  ])('%s', async (_what, args, sentence, env = {}) => {
    const home = await makeHome(CONFIG, env);
    const { code, out, err } = await home.run(...args);
    await home.remove();
    expect(err).toContain(sentence);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

describe('with a good config', () => {
  let home: Home;
  beforeAll(async () => {
    home = await makeHome(CONFIG);
  });
  afterAll(() => home.remove());

  it('explain reads a payload from standard input', () => {
    const input = JSON.stringify({ action: 'opened', repository: { full_name: 'acme/api' } });
    const args = [MAIN, 'explain', 'github', '-', '--event', 'pull_request', '--json'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: home.folder, encoding: 'utf8', input });
    expect(JSON.parse(stdout)).toMatchObject({ events: [{ event: 'pull_request.opened' }] });
  });

  it('sources lists for every type what it knows and what it ignores', async () => {
    const { out } = await home.run('sources', '--types', '--json');
    const { types } = JSON.parse(out) as { readonly types: readonly object[] };
    expect(types).toContainEqual(
      expect.objectContaining({
        type: 'github',
        events: expect.objectContaining({ push: expect.any(String) }),
        ignores: expect.objectContaining({ 'watch.started': expect.any(String) }),
      }),
    );
  });

  it('sources says of one type how to set it up, with the address of the config’s source', async () => {
    const { code, out } = await home.run('sources', 'github', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      type: 'github',
      authentication: 'HMAC-SHA256 in x-hub-signature-256',
      handshake: null,
      addresses: ['http://localhost:3000/hooks/github'],
      ids: [{ places: ['x-github-delivery'], events: expect.any(Number) }],
      lifecycles: expect.arrayContaining([
        { about: 'issue', open: ['open'], closing: expect.arrayContaining(['closed', 'deleted', 'transferred']) },
      ]),
      samples: expect.arrayContaining(['push', 'push~forced']),
    });
    const { out: text } = await home.run('sources', 'alertmanager');
    expect(text).toContain('webhook_configs: [{ url: "<address>"');
    expect(text).toContain('  The address is <address>: no source of the config has this type yet.\n');
    expect(text).toMatch(/\nLifecycle\n {2}about {2}goes on {2}is over\n {2}alert {2}firing {3}resolved\n/);
    const { out: asking } = await home.run('sources', 'woocommerce');
    expect(asking).toContain(
      '\n  asks    WooCommerce posts an unsigned form, `webhook_id=7`, when a webhook is saved, and is answered 200.\n',
    );
  });

  it('a sample’s headers may be written in capitals, as senders write them, or in small letters', async () => {
    const body = { action: 'created', repository: { full_name: 'acme/api' }, sender: { login: 'mona' } };
    const says = async (header: string): Promise<string> => {
      await home.write('templates/github/samples/star.created~own.json', { headers: { [header]: 'star' }, body });
      return (await home.run('preview', 'github/star.created~own')).out.split('\n')[0] ?? '';
    };
    expect(await says('x-github-event')).toBe('⭐ mona starred acme/api');
    expect(await says('X-GitHub-Event')).toBe('⭐ mona starred acme/api');
  });

  it('sources of a type that is none names those there are', async () => {
    expect(await home.run('sources', 'githb')).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(/^There is no type "githb"; did you mean "github"\?\nThere are alertmanager, .*\.\n$/),
    });
  });
});
