import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { lockFolder } from '../../src/store/sqlite/folder-lock.ts';

let folder = '';
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Tries the lock in a process of its own; what it says, or `free`. */
const fromOutside = (): string =>
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { lockFolder } from ${JSON.stringify(new URL('../../dist/store/sqlite/folder-lock.js', import.meta.url).href)};
       try { lockFolder(${JSON.stringify(folder)}); console.log('free'); } catch (error) { console.log(error.message); }`,
    ],
    { encoding: 'utf8' },
  ).trim();

it('keeps a second process off a data folder, and lets go at the end', async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellhop-lock-'));
  const unlock = lockFolder(folder);
  expect(fromOutside()).toBe(
    `Another Bellhop runs on the data folder ${folder}; end it first, or give this one a folder of its own with BELLHOP_DATA.`,
  );
  unlock();
  expect(fromOutside()).toBe('free');
});
