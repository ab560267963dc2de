import type { Hook } from '../../src/core/hook.ts';

/** One way to spoil a hook. */
export interface Mutation {
  /** `payload.user.login is null` */
  readonly what: string;
  readonly hook: Hook;
  /** It took something away, or put the wrong kind of thing in its place: nothing that anybody wrote. */
  readonly isPlain: boolean;
}

const NOISES = 8;
const LONG = 'x'.repeat(20_000);

/** What stands where something else should. */
const WRONG: readonly unknown[] = [
  true,
  0,
  -1,
  1e308,
  '',
  ' \u0000\n',
  '\ud800',
  '__proto__',
  [],
  [[null]],
  [null],
  {},
];
const HOSTILE: readonly unknown[] = [
  Number.MIN_VALUE,
  ' ',
  '0001-01-01T00:00:00Z',
  '2018-19-12T22:20:32.000Z',
  '<@U1> @everyone',
  'javascript:alert(1)',
  '{{title}}{{#a}}',
  '\u0000\u202e',
  '12345678901234567890',
  { length: -1 },
  { toString: 1 },
  { constructor: null },
  JSON.parse('{"__proto__":{"a":1}}'),
];

/**
 * Every place of a document removed, made null, of another type, hostile and very long, one at a time; then noise among
 * its bytes, and each header and each part of the query removed and spoiled. A place that `isKnown` is left out: what is
 * alike differs in values only.
 */
export function* mutationsOf(
  hook: Hook,
  random: () => number,
  isKnown: (place: string) => boolean,
): Generator<Mutation> {
  const text = hook.body.toString();
  if (/^[[{]/.test(text)) yield* documentMutations(hook, random, isKnown);
  for (let time = 0; time < NOISES && hook.body.length > 0; time++) {
    const bytes = Buffer.from(hook.body);
    for (let n = 0; n < 5; n++) bytes.writeUInt8(Math.floor(random() * 256), Math.floor(random() * bytes.length));
    const body = bytes.subarray(0, Math.ceil(random() * bytes.length));
    yield { what: 'noise', hook: { ...hook, body }, isPlain: false };
  }
  for (const part of ['headers', 'query'] as const) {
    for (const name of Object.keys(hook[part])) {
      const { [name]: _gone, ...rest } = hook[part];
      yield { what: `${part}.${name} is gone`, hook: { ...hook, [part]: rest }, isPlain: true };
      for (const wrong of ['', '\u0000__proto__{{x}}', LONG])
        yield {
          what: `${part}.${name} is spoiled`,
          hook: { ...hook, [part]: { ...rest, [name]: wrong } },
          isPlain: false,
        };
    }
  }
}

function* documentMutations(
  hook: Hook,
  random: () => number,
  isKnown: (place: string) => boolean,
): Generator<Mutation> {
  const root = { payload: JSON.parse(hook.body.toString()) };
  for (const { holder, key, place } of placesOf(root, '')) {
    if (isKnown(place)) continue;
    const before = holder[key];
    for (const { wrong, isPlain } of wrongsFor(before, random)) {
      if (wrong === undefined && !Array.isArray(holder)) delete holder[key];
      else holder[key] = wrong;
      const body = Buffer.from(JSON.stringify(root.payload) ?? '');
      yield { what: `${place} is ${JSON.stringify(wrong)?.slice(0, 40)}`, hook: { ...hook, body }, isPlain };
    }
    // Its place among the keys is another one now, and nobody reads by that.
    holder[key] = before;
  }
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
  /** Elements of a list are one place. */
  readonly place: string;
}

function placesOf(holder: unknown, path: string): readonly Place[] {
  if (typeof holder !== 'object' || holder === null) return [];
  return Object.entries(holder).flatMap(([key, inner]) => {
    const place = `${path}.${Array.isArray(holder) ? '*' : key}`;
    return [{ holder: holder as Record<string, unknown>, key, place }, ...placesOf(inner, place)];
  });
}

function wrongsFor(
  value: unknown,
  random: () => number,
): readonly { readonly wrong: unknown; readonly isPlain: boolean }[] {
  const one = (list: readonly unknown[]): unknown => list[Math.floor(random() * list.length)];
  return [
    ...[undefined, null, one(WRONG)].map((wrong) => ({ wrong, isPlain: true })),
    ...[one(HOSTILE), lengthened(value)].map((wrong) => ({ wrong, isPlain: false })),
  ];
}

function lengthened(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from({ length: 150 }, () => value[0]);
  if (typeof value === 'number') return value * 1e12;
  return typeof value === 'string' && value !== '' ? value.repeat(Math.ceil(20_000 / value.length)) : LONG;
}
