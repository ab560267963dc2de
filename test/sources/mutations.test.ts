import { expect, test } from 'vitest';
import type { SourceType } from '../../src/core/source.ts';
import { SOURCE_TYPE_NAMES } from '../../src/sources/index.ts';
import { testRandom } from '../builders.ts';
import { type SampleHook, sampleHooks, sourceTypes } from './sample-hooks.ts';

/** GitHub has a test of its own. */
const TYPES = SOURCE_TYPE_NAMES.filter((type) => type !== 'github');
const HOSTILE: readonly unknown[] = [
  null,
  undefined,
  true,
  -1,
  1e308,
  Number.MIN_VALUE,
  '',
  ' ',
  'x'.repeat(20_000),
  '0001-01-01T00:00:00Z',
  '2018-19-12T22:20:32.000Z',
  '<@U1> @everyone',
  'javascript:alert(1)',
  '{{title}}{{#a}}',
  '\ud800',
  '\u0000\u202e',
  '12345678901234567890',
  [],
  [null],
  {},
  { length: -1 },
  { toString: 1 },
  { constructor: null },
  JSON.parse('{"__proto__":{"a":1}}'),
];

test.each(TYPES)('%s never throws, and a title is always one line', (name) => {
  const type = sourceTypes.get(name);
  if (type === undefined) throw new Error(name);
  for (const sample of sampleHooks(name)) {
    const random = testRandom(sample.file.length);
    const text = sample.hook.body.toString();
    const paths = text.startsWith('{') || text.startsWith('[') ? pathsOf(JSON.parse(text)) : [];
    for (const path of paths) {
      const value = HOSTILE[Math.floor(random() * HOSTILE.length)];
      check(type, sample, JSON.stringify(replaced(JSON.parse(text), path, value)) ?? '');
    }
    for (let time = 0; time < 20; time++) {
      const bytes = Buffer.from(sample.hook.body);
      for (let n = 0; n < 5 && bytes.length > 0; n++)
        bytes.writeUInt8(Math.floor(random() * 256), Math.floor(random() * bytes.length));
      check(type, sample, bytes.subarray(0, Math.ceil(random() * bytes.length)));
    }
  }
});

function check(type: SourceType, { file, hook, options }: SampleHook, body: string | Buffer): void {
  const mutated = { ...hook, body: Buffer.from(body) };
  const reading = type.read(mutated, options);
  if (reading.kind !== 'events') {
    expect(reading.reason, file).toMatch(/\.$/);
    return;
  }
  for (const event of reading.events) {
    type.dedupeKey(mutated, event);
    expect(event.title, file).toMatch(/^[^\p{Cc}\p{Cs}]{1,180}$/u);
    expect(event.title, file).not.toMatch(/undefined|\[object Object\]|NaN|Invalid Date/);
    expect(event.event, file).toMatch(/^[\w:-][\w.:-]{0,79}$/);
    expect(event.url ?? 'https://', file).toMatch(/^https?:\/\//);
    expect(Number.isNaN(event.at.getTime()), file).toBe(false);
    expect(
      Object.values(event.labels)
        .flat()
        .every((label) => typeof label === 'string'),
      file,
    ).toBe(true);
  }
}

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
