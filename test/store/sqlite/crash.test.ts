import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { testRandom } from '../../builders.ts';
import { anAccepting } from '../store-builders.ts';
import { openForTest } from './open-for-test.ts';

const CHILD = fileURLToPath(new URL('crash-child.ts', import.meta.url));
const ROUNDS = 10;

/** Runs the child until it has said `lines` lines, kills it, and returns all it said. */
async function killAfter(lines: number, args: readonly string[]): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
    if (said.split('\n').length > lines) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  return said.split('\n').slice(0, -1);
}

it('has everything it acknowledged when it is killed at any moment', { timeout: 120_000 }, async () => {
  const opened = await openForTest();
  await opened.store.close();
  const random = testRandom(7);
  const accepted = new Set<string>();
  const sent = new Set<string>();

  for (let round = 0; round < ROUNDS; round++) {
    for (const line of await killAfter(1 + Math.floor(random() * 300), [opened.file, String(round)])) {
      const [what, which = ''] = line.split(' ');
      (what === 'accepted' ? accepted : sent).add(which);
    }
    const store = await opened.reopen();
    const { deliveries, hooks, events } = await store.stats();
    // A hook that was not acknowledged is there whole or not at all.
    expect(events).toBe(hooks);
    expect(Object.values(deliveries).reduce((sum, count) => sum + count, 0)).toBe(2 * hooks);
    expect(deliveries.sending ?? 0).toBeLessThanOrEqual(1);
    for (const n of accepted) {
      const { hookId } = await store.accept(anAccepting(Number(n) + 50_000, { dedupeKey: `k${n}` }));
      expect((await store.hook(hookId))?.hook.body.length).toBe(7_000);
      expect(await store.delivery(`dlv_${n}_eng`)).toMatchObject({ state: 'queued' });
    }
    for (const id of sent) expect(await store.delivery(id)).toMatchObject({ state: 'sent', ref: { message: id } });
    await store.close();
  }

  const db = new Database(opened.file);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
  expect(accepted.size).toBeGreaterThan(ROUNDS);
  expect(sent.size).toBeGreaterThan(0);
  await opened.close();
});
