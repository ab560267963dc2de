import { mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConfigWatcher, type WatchOptions, watchConfig } from '../../src/config/watch.ts';
import { until } from '../until.ts';

let dir: string;
let watcher: ConfigWatcher | undefined;
let calls: number;

beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'bellhop-watch-')));
  calls = 0;
});

afterEach(async () => {
  await watcher?.close();
  await rm(dir, { recursive: true });
});

async function watching(over: Partial<WatchOptions> = {}): Promise<void> {
  watcher = await watchConfig({ dir, onChange: () => void calls++, quietMs: 50, ...over });
}

const called = (times = 1) => until(() => calls >= times, `call ${times}`);

describe('watchConfig', () => {
  it('notices an edit', async () => {
    await writeFile(join(dir, 'bellhop.json'), '{}');
    await watching();
    await writeFile(join(dir, 'bellhop.json'), '{ "routes": [] }');
    await called();
  });

  it('notices a new file and a removed one', async () => {
    await watching();
    await writeFile(join(dir, 'more.json'), '{}');
    await called();
    await rm(join(dir, 'more.json'));
    await called(2);
  });

  it('notices a file that is put in another’s place, again and again', async () => {
    await writeFile(join(dir, 'bellhop.json'), '{}');
    await watching();
    for (const round of [1, 2, 3]) {
      await writeFile(join(dir, 'new'), `{ "routes": [${' '.repeat(round)}] }`);
      await rename(join(dir, 'new'), join(dir, 'bellhop.json'));
      await called(round);
    }
  });

  it('notices the swapped link of a Kubernetes ConfigMap, again and again', async () => {
    await mkdir(join(dir, '..1'));
    await writeFile(join(dir, '..1', 'bellhop.json'), '{}');
    await symlink('..1', join(dir, '..data'));
    await symlink(join('..data', 'bellhop.json'), join(dir, 'bellhop.json'));
    await watching();
    for (const version of [2, 3]) {
      await mkdir(join(dir, `..${version}`));
      await writeFile(join(dir, `..${version}`, 'bellhop.json'), '{ "routes": [] }');
      await symlink(`..${version}`, join(dir, '..data_tmp'));
      await rename(join(dir, '..data_tmp'), join(dir, '..data'));
      await called(version - 1);
    }
  });

  it('looks through a folder that is itself a link', async () => {
    await mkdir(join(dir, 'there'));
    await symlink('there', join(dir, 'here'));
    await watching({ dir: join(dir, 'here') });
    await writeFile(join(dir, 'there', 'bellhop.json'), '{}');
    await called();
  });

  it('notices a secret’s file outside the folder, from the start or later', async () => {
    await mkdir(join(dir, 'config'));
    await mkdir(join(dir, 'secrets'));
    await mkdir(join(dir, 'others'));
    await watching({ dir: join(dir, 'config'), files: [join(dir, 'secrets', 'token')] });
    await writeFile(join(dir, 'secrets', 'token'), 'one');
    await called();
    await watcher?.follow([join(dir, 'others', 'token')]);
    await until(async () => {
      await writeFile(join(dir, 'others', 'token'), String(Math.random()));
      await new Promise((done) => setTimeout(done, 100));
      return calls >= 2;
    }, 'the file that was named later');
  });

  it('calls once for a burst, and not for what editors leave beside a file', async () => {
    await watching({ quietMs: 400 });
    await writeFile(join(dir, '.bellhop.json.swp'), 'x');
    await writeFile(join(dir, 'bellhop.json~'), 'x');
    for (let edit = 0; edit < 10; edit++) await writeFile(join(dir, 'bellhop.json'), `{}${' '.repeat(edit)}`);
    await called();
    await writeFile(join(dir, 'end.json'), '{}');
    await called(2);
    expect(calls).toBe(2);
  });

  it('never calls while the last call is running, and loses no change that came meanwhile', async () => {
    let [running, most] = [0, 0];
    let release = () => {};
    await watching({
      async onChange() {
        calls++;
        most = Math.max(most, ++running);
        if (calls === 1) await new Promise<void>((done) => (release = done));
        running--;
      },
    });
    await writeFile(join(dir, 'a.json'), '{}');
    await called();
    await writeFile(join(dir, 'b.json'), '{}');
    await new Promise((done) => setTimeout(done, 300));
    release();
    await called(2);
    expect(most).toBe(1);
  });

  it('says when a call fails, and goes on', async () => {
    const errors: unknown[] = [];
    await watching({
      onError: (error) => errors.push(error),
      onChange() {
        calls++;
        throw new Error(`call ${calls}`);
      },
    });
    await writeFile(join(dir, 'a.json'), '{}');
    await called();
    await writeFile(join(dir, 'b.json'), '{}');
    await called(2);
    expect(errors.map(String)).toEqual(['Error: call 1', 'Error: call 2']);
  });
});
