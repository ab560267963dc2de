import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bitbucket } from '../../src/sources/bitbucket/source.ts';
import { aHook } from '../builders.ts';

const corpora = new URL('../../../shared/corpora/', import.meta.url);
const index = new URL('INDEX.json', corpora);

interface Entry {
  readonly file: string;
  readonly source: string;
  readonly event: string;
}

test.skipIf(!existsSync(index)).each(['bitbucket', 'bitbucket-server'])(
  'every payload of %s in the corpora has a title and a link (skipped where ../shared is absent)',
  (source) => {
    const entries: readonly Entry[] = JSON.parse(readFileSync(index, 'utf8'));
    const payloads = entries.filter((entry) => entry.source === source);
    const events = payloads.flatMap(({ file, event }) => {
      const headers = { 'content-type': 'application/json', 'x-event-key': event };
      const reading = bitbucket.read(aHook({ headers, body: readFileSync(new URL(file, corpora)) }), {});
      if (reading.kind === 'ignored') {
        expect(reading.reason, file).toMatch(/only begun/);
        return [];
      }
      if (reading.kind !== 'events') throw new Error(`${file} is ${reading.kind}: ${reading.reason}`);
      return [{ file, ...reading.events[0] }];
    });
    for (const { file, title, url, unlisted } of events) {
      expect(title, file).toMatch(/^\S.{5,178}\S$/);
      expect(title, file).not.toMatch(/undefined|\[object|null|Somebody| a (pull request|branch|commit|repository)\b/);
      expect(url, file).toMatch(/^https?:\/\//);
      expect(unlisted, file).toBeUndefined();
    }
    console.log(`${payloads.length} payloads of ${source}, ${events.length} titles`);
    expect(events.length).toBeGreaterThan(15);
  },
);
