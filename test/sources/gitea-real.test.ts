import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gitea } from '../../src/sources/gitea/source.ts';
import { aHook, NOON } from '../builders.ts';
import { faultsOf } from '../golden/oracles.ts';
import { composeAll } from '../golden/pass-through.ts';

interface Entry {
  readonly file: string;
  readonly source: string;
  readonly headers: Readonly<Record<string, string>>;
}

const corpora = new URL('../../../shared/corpora/', import.meta.url);
const index = new URL('INDEX.json', corpora);

test.skipIf(!existsSync(index))(
  'every payload of the corpora has a title and a link, and makes a good message (skipped where ../shared is absent)',
  () => {
    const all: readonly Entry[] = JSON.parse(readFileSync(index, 'utf8'));
    const entries = all.filter(({ source }) => source === 'gitea' || source === 'gogs');
    const unlisted: string[] = [];
    for (const { file, headers } of entries) {
      const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
      const hook = aHook({
        headers: { 'content-type': 'application/json', ...Object.fromEntries(lower) },
        body: readFileSync(new URL(file, corpora)),
      });
      const reading = gitea.read(hook, {});
      if (reading.kind !== 'events') throw new Error(`${file} is ${reading.kind}: ${reading.reason}`);
      const [event, ...more] = reading.events;
      if (event === undefined || more.length > 0) throw new Error(`${file} is not one event`);
      if (event.unlisted === true) unlisted.push(`${file}: ${event.event}`);
      expect(event.title, file).toMatch(/^\S.{8,}\S$/);
      expect(event.title, file).not.toMatch(/undefined|\[object|NaN|\(\)|: ?$| {2}/);
      expect(event.url, file).toMatch(/^https?:\/\//);
      expect(event.labels.repo, file).toMatch(/^[\w.-]+\/[\w.-]+$/);
      const kept = { id: 'evt_1', hookId: 'hook_1', index: 0, source: 'gitea', type: 'gitea', receivedAt: NOON };
      const passed = composeAll({ ...event, ...kept });
      expect([...faultsOf(passed), ...passed.refused, passed.rendered.failure ?? []].flat(), file).toEqual([]);
    }
    console.log(`${entries.length} payloads of Gitea and Gogs, ${unlisted.length} by the default template`);
    expect(entries.length).toBeGreaterThanOrEqual(50);
    expect(unlisted).toEqual([]);
  },
);
