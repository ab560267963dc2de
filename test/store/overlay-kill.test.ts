import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openOverlay } from '../../src/store/overlay.ts';
import { testClock, testIds, testRandom } from '../builders.ts';

const CHILD = fileURLToPath(new URL('overlay-child.ts', import.meta.url));
const ROUNDS = 12;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellhop-overlay-kill-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Killing {
  readonly file: string;
  readonly afterLines: number;
  readonly afterMs: number;
}

/** Kills the child some time after it has said some lines; returns the last change that it said is on disk. */
async function changeUntilKilled({ file, afterLines, afterMs }: Killing): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  let isAimed = false;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
    if (isAimed || said.split('\n').length <= afterLines) return;
    isAimed = true;
    wait(afterMs).then(() => child.kill('SIGKILL'));
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  return Number(said.split('\n').at(-2));
}

it('is whole, and never older than the last acknowledged change, when it is killed at any moment', async () => {
  const file = join(folder, 'overlay.json');
  const random = testRandom(11);
  let last = 0;

  for (let round = 0; round < ROUNDS; round++) {
    const moment = { afterLines: 1 + Math.floor(random() * 90), afterMs: random() * 4 };
    const acknowledged = await changeUntilKilled({ file, ...moment });
    expect(acknowledged).toBeGreaterThan(last);

    const { mutes, nextNumber } = JSON.parse(await readFile(file, 'utf8')) as {
      readonly mutes: readonly { readonly number: number }[];
      readonly nextNumber: number;
    };
    last = nextNumber - 1;
    // One more may be on disk than was said: the child died between the two.
    expect([acknowledged, acknowledged + 1]).toContain(last);
    // Every change up to that moment, in order.
    const kept = Math.min(last, 100);
    expect(mutes.map(({ number }) => number)).toStrictEqual(
      Array.from({ length: kept }, (_, n) => last - kept + n + 1),
    );

    const overlay = await openOverlay({ file, clock: testClock(), newId: testIds() });
    expect(overlay.read().mutes.length).toBe(kept);
    expect(await readdir(folder)).toStrictEqual(['overlay.json']);
  }
}, 120_000);
