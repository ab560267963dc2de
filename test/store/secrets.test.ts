import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Secret, toSecret } from '../../src/core/secret.ts';
import { openSecrets } from '../../src/store/secrets.ts';

describe('secrets', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bellhop-secrets-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Bytes that count up from call to call. */
  function counting(): (bytes: number) => Buffer {
    let calls = 0;
    return (bytes) => Buffer.alloc(bytes, ++calls);
  }

  it('are made at their first use and stay the same', async () => {
    const secrets = await openSecrets(folder, counting());
    const github = await secrets.source('github');
    const shop = await secrets.source('shop');
    expect(github.reveal()).toBe('01'.repeat(32));
    expect(shop.reveal()).toBe('02'.repeat(32));
    expect((await secrets.source('github')).reveal()).toBe('01'.repeat(32));
    expect((await (await openSecrets(folder, counting())).source('shop')).reveal()).toBe('02'.repeat(32));
  });

  it('are the same for two who ask at once, in one process or two', async () => {
    const [one, other] = [await openSecrets(folder), await openSecrets(folder)];
    const [first, second] = await Promise.all([one.source('github'), one.source('github')]);
    expect(second.reveal()).toBe(first.reveal());
    expect((await other.source('github')).reveal()).toBe(first.reveal());
    expect(first.reveal()).toMatch(/^[0-9a-f]{64}$/);
  });

  it('name the admin token new for the one call that made it', async () => {
    const secrets = await openSecrets(folder, counting());
    const [first, second] = await Promise.all([secrets.adminToken(), secrets.adminToken()]);
    expect([first.isNew, second.isNew]).toStrictEqual([true, false]);
    expect(second.token.reveal()).toBe(first.token.reveal());
    expect((await (await openSecrets(folder)).adminToken()).isNew).toBe(false);
  });

  it('belong to sources of any name', async () => {
    const secrets = await openSecrets(folder, counting());
    const names = ['__proto__', 'constructor', 'toString'];
    const made = await Promise.all(names.map((name) => secrets.source(name)));
    expect(made.map((secret) => secret.reveal())).toStrictEqual(['01', '02', '03'].map((byte) => byte.repeat(32)));
    const again = await openSecrets(folder, counting());
    expect((await again.source('__proto__')).reveal()).toBe('01'.repeat(32));
  });

  it('that a sender brings are kept, the first one, beside those that were made', async () => {
    const secrets = await openSecrets(folder, counting());
    await secrets.source('tasks');
    expect(secrets.brought('tasks')).toBeUndefined();
    const [first, second] = ['of-asana', 'of-somebody'].map(toSecret) as [Secret, Secret];
    const kept = [secrets.keepBrought('tasks', first), secrets.keepBrought('tasks', second)];
    expect(await Promise.all(kept)).toStrictEqual([true, false]);
    expect(await secrets.keepBrought('tasks', first)).toBe(true);
    const again = await openSecrets(folder);
    expect(again.brought('tasks')?.reveal()).toBe('of-asana');
    expect(again.brought('toString')).toBeUndefined();
    expect((await again.source('tasks')).reveal()).toBe('01'.repeat(32));
  });

  it('are kept for the owner only and do not print', async () => {
    const secrets = await openSecrets(folder);
    const secret = await secrets.source('github');
    expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600);
    expect([`${secret}`, JSON.stringify(secret), inspect(secret)]).toStrictEqual([
      '‹secret›',
      '"‹secret›"',
      '‹secret›',
    ]);
  });

  it.each([
    ['[]', 'it must hold an object'],
    ['{"adminToken": 7, "sources": {}}', '`adminToken` must be a text'],
    ['{"sources": {"shop": ""}}', 'the secret of source "shop" must be a text'],
    ['{"sources": []}', '`sources` must be an object'],
    ['{"brought": []}', '`brought` must be an object'],
    ['{"brought": {"tasks": 7}}', 'the secret of source "tasks" must be a text'],
  ])('are not replaced when %s is found', async (text, reason) => {
    const file = join(folder, 'secrets.json');
    await writeFile(file, text);
    await expect(openSecrets(folder)).rejects.toThrow(`${file} is broken: ${reason}.`);
    expect(await readFile(file, 'utf8')).toBe(text);
  });
});
