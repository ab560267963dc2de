import { afterAll, expect, test } from 'vitest';
import type { SourceEvent } from '../../src/core/event.ts';
import type { SourceType } from '../../src/core/source.ts';
import { SOURCE_TYPE_NAMES } from '../../src/sources/index.ts';
import { NOON, testRandom } from '../builders.ts';
import { composeAll } from '../golden/pass-through.ts';
import { type Mutation, mutationsOf } from './mutate.ts';
import { sampleHooks, sourceTypes } from './sample-hooks.ts';

const LEAST = 50_000;
/** One in so many is rendered and composed for every platform: that costs as much as reading fifty. */
const RENDERED = 25;

let mutations = 0;
let samples = 0;
let rendered = 0;

test.each(SOURCE_TYPE_NAMES)(
  '%s never throws, whatever is missing, wrong or long',
  (name) => {
    const type = sourceTypes.get(name);
    if (type === undefined) throw new Error(name);
    const tried = new Set<string>();
    for (const { file, event, hook, options } of sampleHooks(name)) {
      const random = testRandom(samples);
      samples += 1;
      const isKnown = (place: string): boolean => {
        const mark = `${event.split('.', 1)[0]} ${place}`;
        const known = tried.has(mark);
        tried.add(mark);
        return known;
      };
      for (const mutation of mutationsOf(hook, random, isKnown)) {
        mutations += 1;
        const where = `${file} where ${mutation.what}`;
        const reading = type.read(mutation.hook, options);
        if (reading.kind !== 'events') {
          if (!reading.reason.endsWith('.')) throw new Error(`${where}: "${reading.reason}" is no sentence`);
          continue;
        }
        const faults = reading.events.flatMap((read) => faultsIn(read, type, mutation));
        if (faults.length > 0) throw new Error(`${where}: ${faults[0]}`);
        if (mutations % RENDERED !== 0) continue;
        for (const read of reading.events.slice(0, 3)) {
          rendered += 1;
          const made = { id: 'evt_1', hookId: 'hook_1', index: 0, source: name, type: name, receivedAt: NOON };
          const { refused, rendered: message } = composeAll({ ...read, ...made });
          expect({ refused, failure: message.failure }, where).toEqual({ refused: [], failure: undefined });
        }
      }
    }
  },
  60_000,
);

test('all of them together are many', () => {
  expect(mutations).toBeGreaterThanOrEqual(LEAST);
});

test('a field of ten megabytes costs no more than reading it', () => {
  const huge = '<!--'.repeat(2_500_000);
  const sample = sampleHooks('github').find(({ file }) => file === 'pull_request.opened.json');
  const type = sourceTypes.get('github');
  if (sample === undefined || type === undefined) throw new Error('there is no such sample');
  const document = JSON.parse(sample.hook.body.toString());
  for (const [thing, field] of [
    ['pull_request', 'title'],
    ['pull_request', 'body'],
    ['repository', 'full_name'],
    ['sender', 'login'],
  ] as const) {
    const body = Buffer.from(JSON.stringify({ ...document, [thing]: { ...document[thing], [field]: huge } }));
    const reading = type.read({ ...sample.hook, body }, {});
    if (reading.kind !== 'events') throw new Error(reading.reason);
    expect(JSON.stringify(reading.events.map((event) => ({ ...event, payload: '' }))).length).toBeLessThan(4_000);
  }
});

afterAll(() => {
  const [all, of, types] = [mutations, samples, SOURCE_TYPE_NAMES.length].map((count) => count.toLocaleString('en-US'));
  console.log(`fuzz: ${all} mutations of ${of} samples of ${types} types, ${rendered} of them rendered: 0 exceptions`);
});

/** Of these types titles are pieced together, and a missing piece must leave no trace. */
const PIECED: ReadonlySet<string> = new Set(['github', 'gitlab', 'gitea']);
const BROKEN_TITLE = /\(\)|\(,|, ?\)|: ?$|^:|^\s|\s$| {2}|: : |#(?!\d)[ ,:)]/;

/** By plain comparisons: `expect` would take most of the time. */
function faultsIn(event: SourceEvent, type: SourceType, { hook, isPlain }: Mutation): readonly string[] {
  const { title, url, at, labels, key, state } = event;
  type.dedupeKey(hook, event);
  const values = Object.values(labels).flat();
  return [
    ...(/^[^\p{Cc}\p{Cs}]{1,180}$/u.test(title) ? [] : ['the title is not one short line']),
    ...(/undefined|\[object|NaN|Invalid Date/.test(title) ? [`the title is "${title}"`] : []),
    ...(isPlain && PIECED.has(type.type) && BROKEN_TITLE.test(title) ? [`the title is "${title}"`] : []),
    ...(/^[\w:-][\w.:-]{0,79}$/.test(event.event) ? [] : [`the event is "${event.event}"`]),
    ...(url === undefined || /^https?:\/\//.test(url) ? [] : [`the link is "${url}"`]),
    ...(Number.isNaN(at.getTime()) ? ['the time is none'] : []),
    ...(values.every((label) => typeof label === 'string' && !/undefined|\[object/.test(label))
      ? []
      : ['a label is no text']),
    ...([key, state].every((text) => text === undefined || (text !== '' && !/undefined|\[object/.test(text)))
      ? []
      : [`the key is "${key}" and the state "${state}"`]),
  ];
}
