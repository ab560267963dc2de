import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { aFolder, load, refusal, SOURCE_TYPES } from './config-folder.ts';

const read = (dir: string, env = {}) => loadConfig({ dir, env, sourceTypes: SOURCE_TYPES });

describe('server.tls', () => {
  it('names its files from the config folder, and takes an empty clientCa for none', async () => {
    const tls = { cert: '../tls/fullchain.pem', key: '${KEY}', clientCa: '${CLIENT_CA:-}' };
    const dir = await aFolder({ 'bellhop.json': { server: { tls } } });
    const { config } = await read(dir, { KEY: '/etc/bellhop/privkey.pem' });
    expect(config.server.tls).toEqual({ cert: resolve(dir, '../tls/fullchain.pem'), key: '/etc/bellhop/privkey.pem' });
  });

  it('is plain HTTP where it is absent', async () => {
    expect((await load({})).config.server).toEqual({ trustProxy: 0 });
  });

  it('has its files watched: where they are named and where links lead', async () => {
    const tls = { cert: 'live/cert.pem', key: 'live/key.pem', clientCa: 'ca.pem' };
    const dir = await realpath(await aFolder({ 'bellhop.json': { server: { tls } }, 'ca.pem': 'x' }));
    for (const folder of ['live', 'archive']) await mkdir(join(dir, folder));
    for (const file of ['cert', 'key']) {
      await writeFile(join(dir, 'archive', `${file}1.pem`), 'x');
      await symlink(`../archive/${file}1.pem`, join(dir, 'live', `${file}.pem`));
    }
    const named = ['live/cert.pem', 'live/key.pem', 'ca.pem', 'archive/cert1.pem', 'archive/key1.pem'];
    expect((await read(dir)).files).toEqual(['bellhop.json', ...named].map((file) => join(dir, file)));
  });

  it('has the files’ own mistakes told at its lines, with the others', async () => {
    const dir = await aFolder({
      'bellhop.json': '{\n  "server": { "tls": { "cert": "a", "key": "b" } },\n  "operators": "gone"\n}',
    });
    const check = async () => [{ path: ['server', 'tls', 'key'], message: 'names b, which does not exist' }];
    expect(await refusal({ dir, check })).toBe(
      'config/bellhop.json:2:37: server.tls.key: names b, which does not exist\n' +
        'config/bellhop.json:3:3: operators: "gone" is no channel; there are no channels',
    );
  });
});

describe('auth.clientCertificate', () => {
  const source = (over: object = {}) => ({
    server: { tls: { cert: 'a', key: 'b', clientCa: 'c' } },
    sources: {
      bank: { type: 'stripe', auth: { clientCertificate: { subject: 'CN=hooks, O="Acme, Inc."' } }, ...over },
    },
  });

  it('takes the place of a secret', async () => {
    const { config, warnings } = await load(source());
    expect(config.sources.bank).toMatchObject({
      secrets: [],
      auth: { clientCertificate: { subject: 'CN=hooks, O="Acme, Inc."' } },
    });
    expect(warnings.map(({ path }) => path)).toEqual([['routes']]);
  });

  it('makes a secret beside it useless, and says so', async () => {
    const { warnings } = await load(source({ secret: 'hunter2-secret' }));
    expect(warnings.find(({ path }) => path[0] === 'sources')).toMatchObject({
      path: ['sources', 'bank', 'secret'],
      message: 'is not used: by `auth.clientCertificate` the sender proves itself without one',
    });
  });
});
