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
});
