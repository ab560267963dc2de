import { expect, test } from 'vitest';
import { github } from '../../src/sources/github/source.ts';
import { aHook, testRandom } from '../builders.ts';
import { BROKEN_TITLE, samples } from './github-samples.ts';

type Path = readonly string[];

const WRONG: readonly unknown[] = [
  null,
  0,
  -1e300,
  true,
  '',
  ' \u0000\n',
  '\ud800',
  '__proto__',
  [],
  [[null]],
  {},
  { toString: 1 },
];

test('no field of a payload is needed, and none must have its type', () => {
  const random = testRandom(20_261_121);
  const tried = new Set<string>();
  let reads = 0;
  for (const { headers, body, event } of samples) {
    for (const path of pathsOf(body)) {
      // Once per event and field: samples of one event differ in values only.
      const mark = `${event.split('.')[0]} ${path.join('.').replace(/\.\d+/g, '.0')}`;
      if (tried.has(mark)) continue;
      tried.add(mark);
      const wrongs = [undefined, null, ...Array.from({ length: 3 }, () => WRONG[Math.floor(random() * WRONG.length)])];
      for (const wrong of wrongs) {
        const hook = aHook({ headers, body: JSON.stringify(replaced(body, path, wrong)) });
        const reading = github.read(hook, {});
        reads += 1;
        if (path.length === 0 || reading.kind === 'ignored') continue;
        const where = `${event} with ${path.join('.')} = ${JSON.stringify(wrong)}`;
        if (reading.kind === 'unreadable') throw new Error(`${where} cannot be read`);
        const [read] = reading.events;
        expect(read?.title, where).not.toMatch(BROKEN_TITLE);
        expect(read?.title, where).not.toBe('');
        const { labels, key = 'none', state = 'none', url = 'none' } = read ?? {};
        expect(JSON.stringify([labels, key, state, url]), where).not.toMatch(/undefined|\[object|""|null/);
        expect(Number.isNaN(read?.at.getTime()), where).toBe(false);
      }
    }
  }
  expect(reads).toBeGreaterThan(10_000);
}, 60_000);

test('a field of ten megabytes costs no more than reading it', () => {
  const huge = '<!--'.repeat(2_500_000);
  const { headers, body } = samples.find(({ name }) => name === 'pull_request.opened') ?? { headers: {}, body: {} };
  for (const path of [
    ['pull_request', 'title'],
    ['pull_request', 'body'],
    ['repository', 'full_name'],
    ['sender', 'login'],
  ]) {
    const reading = github.read(aHook({ headers, body: JSON.stringify(replaced(body, path, huge)) }), {});
    expect(reading.kind).toBe('events');
    if (reading.kind !== 'events') continue;
    const { payload: _, ...event } = reading.events[0] ?? { payload: undefined };
    expect(JSON.stringify(event).length).toBeLessThan(4_000);
  }
});

/** Every place in a document, inner ones too. */
function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

/** A copy with another value at the path; undefined leaves the place out. */
function replaced(value: unknown, path: Path, wrong: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined || typeof value !== 'object' || value === null) return wrong;
  if (Array.isArray(value)) return value.map((item, at) => (String(at) === key ? replaced(item, rest, wrong) : item));
  return { ...value, [key]: replaced((value as Record<string, unknown>)[key], rest, wrong) };
}
