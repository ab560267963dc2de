import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, freePort, type ServerProcess, startServer } from '../server.ts';
import { type Home, makeHome, type Ran } from './run.ts';

const CONFIG = {
  sources: { shop: { type: 'generic', secret: 'bell-secret' } },
  channels: { screen: { platform: 'console' } },
  routes: [{ name: 'all', to: ['screen'] }],
};
const wrong = (err: string): Ran => ({ code: 2, out: '', err });

describe('new-source', () => {
  let home: Home;
  beforeAll(async () => {
    home = await makeHome(CONFIG);
    const document = { kind: 'PAID', id: 7, message: 'Invoice 7 is paid', link: 'https://shop.example.com/7' };
    await writeFile(join(home.folder, 'payload.json'), JSON.stringify(document));
  });
  afterAll(() => home.remove());

  it('proposes a type, and writes it where the config finds it', async () => {
    const { out } = await home.run('new-source', 'billing', '--from', 'payload.json');
    expect(JSON.parse(out)).toMatchObject({ event: '{{payload.kind}}', titles: { default: '{{payload.message}}' } });
    expect((await home.run('new-source', 'billing', '--from', 'payload.json', '--write')).out).toMatch(
      /^config\/sources\/billing\.json is written: /,
    );
    expect(JSON.parse(await readFile(join(home.folder, 'config/sources/billing.json'), 'utf8'))).toEqual(
      JSON.parse(out),
    );
    expect(await home.run('new-source', 'billing', '--from', 'payload.json', '--write')).toMatchObject({
      code: 1,
      err: 'config/sources/billing.json is there already; it is left as it is.\n',
    });
    expect((await home.run('check')).code).toBe(0);
  }, 60_000);

  it('tells wrong usage in a sentence', async () => {
    expect(await home.run('new-source', 'github', '--from', 'payload.json')).toEqual(
      wrong('"github" is a type that comes with Bellhop; "bellhop sources --types" shows what it knows.\n'),
    );
    expect(await home.run('new-source', 'A b', '--from', 'payload.json')).toEqual(
      wrong('"A b" is no name for a type; expected lower-case letters, digits and "-".\n'),
    );
    expect(await home.run('new-source', 'billing')).toEqual(
      wrong('From what? Give a document the sender sent: --from payload.json, or - for standard input.\n'),
    );
    expect((await home.run('new-source', 'billing', '--from', 'none.json')).err).toContain('there is no such file');
  });
});

describe('new-template', () => {
  let home: Home;
  beforeAll(async () => {
    home = await makeHome(CONFIG);
    await writeFile(
      join(home.folder, 'payload.json'),
      JSON.stringify({ message: 'Order 7 is paid', total: '12.50 EUR' }),
    );
  });
  afterAll(() => home.remove());

  it('proposes a template, and writes it where the templates are', async () => {
    const from = ['new-template', 'generic/order.paid', '--from', 'payload.json'];
    const { out } = await home.run(...from);
    expect(out).toContain('title: "{{payload.message}}"\n');
    const { preview } = JSON.parse((await home.run(...from, '--json')).out);
    expect(preview).toContain('Order 7 is paid\n  Total: 12.50 EUR\n');
    expect((await home.run(...from, '--write')).out).toMatch(/^templates\/generic\/order\.paid\.mustache is written: /);
    expect(await readFile(join(home.folder, 'templates/generic/order.paid.mustache'), 'utf8')).toBe(out);
    expect(await home.run(...from, '--write')).toMatchObject({
      code: 1,
      err: 'templates/generic/order.paid.mustache is there already; it is left as it is.\n',
    });
  }, 60_000);

  it('tells wrong usage in a sentence', async () => {
    expect(await home.run('new-template', '../x/y', '--from', 'payload.json')).toEqual(
      wrong('"../x/y" is no <type>/<event>, as in generic/order.paid, and no event’s id.\n'),
    );
    expect(await home.run('new-template', 'generic/order.paid')).toEqual(
      wrong('From what? Give a document the sender sent: --from payload.json, or - for standard input.\n'),
    );
  }, 60_000);
});

describe('rejected', () => {
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

  it('lists refused hooks with why, and says why one is refused again', async () => {
    expect((await home.run('rejected')).out).toBe('No hook was refused.\n');
    await fetch(`${server.url}/hooks/shop`, { method: 'POST', body: '{"id":1}' });
    const { out } = await home.run('rejected');
    expect(out).toMatch(/^at .* why\n\S+ \S+ {2}shop {4}bad_signature .*Bearer token is missing\.\n$/);
    const id = /hook_\w+/.exec(out)?.[0] ?? '';
    expect(await home.run('rejected', '--replay', id)).toMatchObject({
      code: 1,
      err: expect.stringContaining('It is refused again (bad_signature)'),
    });
    const shown = (await home.run('rejected', id)).out;
    expect(shown).toContain(
      'bad_signature: The header Authorization with a Bearer token is missing.\n  POST /hooks/shop from ',
    );
    expect(shown).toContain(
      `Body, 8 bytes\n{"id":1}\n\nWhen what is wrong is mended: bellhop rejected --replay ${id}\n`,
    );
  }, 60_000);
});
