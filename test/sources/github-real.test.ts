import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { github } from '../../src/sources/github/source.ts';
import { aHook } from '../builders.ts';
import { BROKEN_TITLE } from './github-samples.ts';

/** Reads the body and returns its title, or undefined when it is left out on purpose; fails for everything else. */
function titleOf(event: string, body: Buffer | object): string | undefined {
  const reading = github.read(
    aHook({ headers: { 'content-type': 'application/json', 'x-github-event': event }, body }),
    {},
  );
  if (reading.kind === 'unreadable') throw new Error(`${event} cannot be read: ${reading.reason}`);
  if (reading.kind === 'ignored') return undefined;
  expect(reading.events).toHaveLength(1);
  const title = reading.events[0]?.title ?? '';
  expect(title).not.toMatch(BROKEN_TITLE);
  expect(title.length).toBeGreaterThan(3);
  return title;
}

const examples: readonly { name: string; examples: readonly object[] }[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
);
const corpora = new URL('../../../shared/corpora/', import.meta.url);
const index = new URL('INDEX.json', corpora);

describe('real payloads', () => {
  test.skipIf(!existsSync(index))(
    'every payload of the corpora has a title (skipped where ../shared is absent)',
    () => {
      const entries: { file: string; source: string; event: string }[] = JSON.parse(readFileSync(index, 'utf8'));
      const payloads = entries.filter(({ source }) => source === 'github');
      const titles = payloads.flatMap(({ file, event }) => titleOf(event, readFileSync(new URL(file, corpora))) ?? []);
      console.log(`${payloads.length} payloads of the corpora, ${titles.length} titles`);
      expect(titles.length).toBeGreaterThan(90);
    },
  );

  test('every example of octokit has a title', () => {
    const payloads = examples.flatMap(({ name, examples }) => examples.map((body) => ({ name, body })));
    const titles = payloads.flatMap(({ name, body }) => titleOf(name, body) ?? []);
    console.log(`${payloads.length} examples of octokit, ${titles.length} titles`);
    expect(titles.length).toBeGreaterThan(250);
  });
});
