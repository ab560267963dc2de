import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, freePort, type ServerProcess, startServer } from '../server.ts';
import { type Home, makeHome, type Ran } from './run.ts';

const CONFIG = {
  sources: { github: { type: 'github', secret: 'auto' } },
  channels: { screen: { platform: 'console' }, second: { platform: 'console' } },
  routes: [{ name: 'all', to: ['screen'] }],
};

const good = (out: string): Ran => ({ code: 0, out, err: '' });
const wrong = (err: string, code = 2): Ran => ({ code, out: '', err });

describe('mutes, routes and changes, by command', () => {
  let home: Home;
  let server: ServerProcess;

  beforeAll(async () => {
    const port = await freePort();
    home = await makeHome(CONFIG, { PORT: String(port), BELLHOP_ADMIN_TOKEN: ADMIN_TOKEN });
    server = await startServer({ config: CONFIG, folder: home.folder, port });
  });
  afterAll(async () => {
    await server?.stop('SIGTERM');
    await home?.remove();
  });

  it('mutes, holds back, lists and unmutes', async () => {
    expect(await home.run('mutes')).toEqual(good('No mutes.\n'));
    const order = ['github:push', '--channel', 'screen', '--where', 'repo:acme/*', '--where', 'author:-mona'];
    expect(await home.run('mute', ...order, '--for', '2h', '--because', 'a deploy')).toEqual(
      good(
        '#1 github:push where repo:acme/* author:-mona in screen for 2 h: a deploy\nIt would have hidden nothing in the last 24 h.\n',
      ),
    );
    await home.run('send', 'github/push');
    const { out } = await home.run('mutes');
    expect(out).toMatch(
      /^number {2}held {2}by {3}until .*\n#1 {6}1 {5}API {2}\d{4}-\d\d-\d\d .* mute_\w+ {2}#1 github/,
    );
    const id = /mute_\w+/.exec(out)?.[0] ?? '';
    const held = (await home.run('deliveries', '--state', 'muted')).out;
    expect(held).toMatch(new RegExp(`\nmuted .* held back by ${id}\n$`));
    const event = /evt_\w+/.exec(held)?.[0] ?? '';
    expect((await home.run('events', event)).out).toContain('\n      held back by #1 github:push where repo:acme/*');
    expect(await home.run('unmute', '1')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^#1 has ended; it held back 1: 1 info of github\.\n/),
    });
    expect((await home.run('events', event)).out).toMatch(/held back by #1 .* \(it has ended\)\n/);
    expect((await home.run('unmute', '1')).code).toBe(1);
    expect(await home.run('unmute', 'all')).toEqual(good('No mutes.\n'));
  });

  it('takes routes and keys, and prints JSON', async () => {
    const muted = JSON.parse((await home.run('mute', 'route', 'all', '--everywhere', '--json')).out);
    expect(muted).toMatchObject({ scope: { route: 'all' }, held: 0, wouldHide: { atLeast: false } });
    await home.run('mute', 'key', 'pr:acme/api#12', '--channel', 'second', '--until', 'resolved');
    const { mutes } = JSON.parse((await home.run('mutes', '--json')).out);
    expect(mutes).toMatchObject([{ id: muted.id }, { scope: { key: 'pr:acme/api#12' }, untilResolved: true }]);
    const { ended } = JSON.parse((await home.run('unmute', 'all', '--json')).out);
    expect(ended).toHaveLength(2);
  });

  it('reads words as the chat does', async () => {
    const said = 'github:issues.* where repo:acme/api,acme/web for 90 min in second because of a move';
    expect(await home.run('mute', ...said.split(' '))).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^#\d+ github:issues\.\* where repo:acme\/api repo:acme\/web in second for 1 h 30 min: of a move\n/,
      ),
    });
    await home.run('unmute', 'all');
  });

  it('tells wrong usage in a sentence', async () => {
    expect(await home.run('mute', 'github')).toEqual(
      wrong('Say where: --channel and a name, or --everywhere; one of them was expected.\n'),
    );
    expect(await home.run('mute', 'github', 'b', '--everywhere')).toEqual(
      wrong(
        '"b" was not expected here. Expected: where, for, until, forever, in, everywhere or because. For example: bellhop mute github everywhere\n',
      ),
    );
    expect(await home.run('mute', 'github', '--channel', 'screen', '--where', 'repo')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^"repo" is no condition\. .* For example: bellhop mute .* --channel NAME\n$/),
    });
    expect(await home.run('mute', 'github', '--everywhere', '--for', '2h', '--until', '09:00')).toEqual(
      wrong('The end is said twice; once is enough. For example: bellhop mute github for 2h everywhere\n'),
    );
    expect(await home.run('mute', 'this', '--everywhere')).toEqual(
      wrong('"this" means a message, and there is none here; name a source, a route or a key.\n'),
    );
    expect(await home.run('mute', 'githib', '--everywhere')).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean "github"?'),
    });
  });

  it('lists routes and changes, and exports', async () => {
    expect((await home.run('routes')).out).toMatch(
      /^route {2}from +to {6}what\nall {4}bellhop\.json:\d+ {2}screen {2}everything\n$/,
    );
    const { out } = await home.run('audit', '--action', 'mute', '--limit', '1');
    expect(out).toMatch(/^when .* who {2}identity .*\n\S+ \S+ {2}API {2}api:admin {2}mute .*of a move/);
    expect(await home.run('audit', '--subject', 'mute_none')).toEqual(good('No change fits.\n'));
    const nothing = '// Nothing was changed on top of the config.\n{\n}\n';
    expect(await home.run('export')).toEqual(good(nothing));
    expect(await home.run('export', '--out', 'chat.json')).toEqual(good('chat.json is written.\n'));
    expect(await readFile(join(home.folder, 'chat.json'), 'utf8')).toBe(nothing);
    expect((await home.run('export', '--out', 'nowhere/chat.json')).err).toContain('cannot be written (ENOENT)');
  });
});
