import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gitlab } from '../../src/sources/gitlab/source.ts';
import { aHook, NOON } from '../builders.ts';
import { faultsOf } from '../golden/oracles.ts';
import { composeAll } from '../golden/pass-through.ts';
import { sampleHooks } from './sample-hooks.ts';

interface Entry {
  readonly file: string;
  readonly source: string;
  readonly headers: Readonly<Record<string, string>> | null;
}

const corpora = new URL('../../../shared/corpora/', import.meta.url);
const index = new URL('INDEX.json', corpora);

/** What no title may show: a missing value, an object, or a piece that came out empty. */
const BROKEN_TITLE = /undefined|\[object|NaN|\(\)|\(,|, ?\)|: ?$|^:|^\s|\s$| {2}|: : |[#!](?!\d)[ ,:)]/;

test.skipIf(!existsSync(index))(
  'every payload of the corpora makes a good message or is left out for a reason (skipped where ../shared is absent)',
  () => {
    const entries: readonly Entry[] = JSON.parse(readFileSync(index, 'utf8'));
    const payloads = entries.filter(({ source }) => source === 'gitlab');
    const readings = payloads.map(({ file, headers }) => {
      const sent = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
      const body = readFileSync(new URL(file, corpora));
      return { file, reading: gitlab.read(aHook({ headers: Object.fromEntries(sent), body }), {}) };
    });
    const events = readings.flatMap(({ reading }) => (reading.kind === 'events' ? reading.events : []));
    const left = readings.filter(({ reading }) => reading.kind === 'ignored').map(({ file }) => file);
    console.log(`${payloads.length} payloads of the corpora, ${events.length} titles, ${left.length} left out`);
    expect(readings.filter(({ reading }) => reading.kind === 'unreadable')).toEqual([]);
    expect(events.map(({ title }) => title).filter((title) => title.length < 8 || BROKEN_TITLE.test(title))).toEqual(
      [],
    );
    const faults = events.flatMap((event) => {
      const kept = { id: 'evt_1', hookId: 'hook_1', index: 0, source: 'gitlab', type: 'gitlab', receivedAt: NOON };
      const passed = composeAll({ ...event, ...kept });
      return [...faultsOf(passed), ...passed.refused, passed.rendered.failure ?? []].flat();
    });
    expect(faults).toEqual([]);
    // Confidential ones, jobs that have only been made, and what a push says already.
    expect(left.filter((file) => !/confidential|build|job-event|repository_update/.test(file))).toEqual([]);
    expect(events.length).toBeGreaterThan(120);
  },
);

const WRONG: readonly unknown[] = [undefined, null, 0, -1e300, true, '', ' \u0000\n', '\ud800', [], [[null]], {}];

test('no field of a payload is needed, none must have its type, and a long one is cut', () => {
  const tried = new Set<string>();
  let reads = 0;
  for (const { hook, event } of sampleHooks('gitlab')) {
    const body: unknown = JSON.parse(hook.body.toString());
    for (const path of pathsOf(body)) {
      // Once per event and field: samples of one event differ in values only.
      const mark = `${event} ${path.join('.').replace(/\.\d+/g, '.0')}`;
      if (path.length === 0 || tried.has(mark)) continue;
      tried.add(mark);
      for (const wrong of [...WRONG, 'x'.repeat(20_000)]) {
        const reading = gitlab.read({ ...hook, body: Buffer.from(JSON.stringify(replaced(body, path, wrong))) }, {});
        reads += 1;
        if (reading.kind !== 'events') continue;
        const where = `${event} with ${path.join('.')} = ${JSON.stringify(wrong)?.slice(0, 40)}`;
        const [read] = reading.events;
        const { labels, title = '', key = 'none', state = 'none', url = 'none' } = read ?? {};
        expect(title, where).not.toMatch(BROKEN_TITLE);
        expect([...title].length, where).toBeLessThanOrEqual(180);
        expect(JSON.stringify([labels, key, state, url]), where).not.toMatch(/undefined|\[object|""|null/);
        expect(Number.isNaN(read?.at.getTime()), where).toBe(false);
      }
    }
  }
  expect(reads).toBeGreaterThan(10_000);
}, 120_000);

function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((item, at) => (String(at) === key ? replaced(item, rest, by) : item));
  const object = value as Record<string, unknown>;
  return { ...object, [key]: replaced(object[key], rest, by) };
}
