import { z } from 'zod';
import { PLATFORM_NAMES } from '../core/config.ts';
import type { Where } from '../core/overlay.ts';
import { isRecord } from '../core/record.ts';
import { expected, found, unknownKeys } from './overlay-sentences.ts';

const HIGHEST_NUMBER = 999_999_999;

const strict = <Shape extends z.ZodRawShape>(shape: Shape, what = 'an object') =>
  z.strictObject(shape, { error: unknownKeys(Object.keys(shape), what) });

const text = (what: string) => {
  const error = expected(what);
  return z.string({ error }).min(1, { error });
};

const oneOf = <const Word extends string>(words: readonly Word[]) =>
  z.enum(words, { error: expected(words.map((word) => `"${word}"`).join(', ')) });

const flag = z.boolean({ error: expected('true or false') });

const numberUpTo = (highest: number) => {
  const error = expected(`a whole number from 1 to ${highest}`);
  return z.int({ error }).min(1, { error }).max(highest, { error });
};
const number = numberUpTo(HIGHEST_NUMBER);

const WRITTEN_TIME = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;
const AS_TIME = 'a time with its zone, as "2026-11-21T14:00:00Z" or "2026-11-21T15:00:00+01:00"';

const time = z.string({ error: expected(AS_TIME) }).transform((written, context): Date => {
  const [, year, month, day] = WRITTEN_TIME.exec(written)?.map(Number) ?? [];
  const at = new Date(day === undefined ? Number.NaN : written);
  // Date takes the 30th of February for the 2nd of March.
  const isThere = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day)).getUTCDate() === day;
  if (!isThere || Number.isNaN(at.getTime()))
    context.addIssue({ code: 'custom', message: `${found(written)} is no time; expected ${AS_TIME}` });
  return at;
});

const AS_WHERE = 'values by key, as {"env": ["prod", "eu-*"]}';

/** Not zod's record: that drops a key named `__proto__`, and a condition less covers more. */
const where = z.unknown().transform((raw, context): Where => {
  if (!isRecord(raw)) {
    context.addIssue({ code: 'custom', message: expected(AS_WHERE)({ input: raw }) });
    return {};
  }
  return Object.fromEntries(
    Object.entries(raw).map(([key, value]) => {
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      const texts = values.filter((one) => typeof one === 'string');
      if (texts.length < Math.max(1, values.length))
        context.addIssue({ code: 'custom', path: [key], message: expected('a list of texts')({ input: value }) });
      return [key, texts];
    }),
  );
});

const person = strict({
  platform: oneOf([...PLATFORM_NAMES, 'api', 'file'] as const),
  id: text('the platform’s id of a person'),
  name: z.string({ error: expected('a name') }).exactOptional(),
}).transform(({ platform, id, name = id }) => ({ platform, id, name }));

const scope = strict(
  {
    channel: text('the name of a channel').exactOptional(),
    source: text('the name of a source').exactOptional(),
    event: text('an event or a pattern, as "pull_request.*"').exactOptional(),
    route: text('the name of a route').exactOptional(),
    key: text('the key of an event').exactOptional(),
    where: where.exactOptional(),
  },
  'what it covers, as {"channel": "ops", "source": "alerts"}',
).refine(({ where = {}, ...rest }) => Object.keys({ ...rest, ...where }).length > 0, {
  error: 'covers everything; expected at least one of channel, source, event, route, key, where',
});

const mute = strict({
  id: text('an id').exactOptional(),
  number: number.exactOptional(),
  scope,
  by: person.exactOptional(),
  why: z.string({ error: expected('text') }).exactOptional(),
  origin: text('the name of a channel').exactOptional(),
  from: time.exactOptional(),
  until: time.exactOptional(),
  untilResolved: flag.exactOptional(),
  critical: flag.default(false),
  ended: strict({
    at: time,
    reason: oneOf(['time', 'unmuted', 'resolved']),
    by: person.exactOptional(),
  }).exactOptional(),
}).refine(({ untilResolved, ...rest }) => untilResolved !== true || rest.scope.key !== undefined, {
  path: ['untilResolved'],
  error: 'needs a `scope.key`: nothing else is ever resolved',
});

const route = strict({
  name: text('a name').exactOptional(),
  number: number.exactOptional(),
  source: text('the name of a source'),
  event: text('an event or a pattern, as "pull_request.*"').exactOptional(),
  where: where.exactOptional(),
  to: text('the name of a channel'),
  mode: oneOf(['copy', 'move']).default('copy'),
  by: person.exactOptional(),
  why: z.string({ error: expected('text') }).exactOptional(),
  origin: text('the name of a channel').exactOptional(),
  from: time.exactOptional(),
  until: time.exactOptional(),
});

/** A document of the newest version, as people may write it. */
export const documentSchema = strict({
  version: z.unknown(),
  nextNumber: numberUpTo(HIGHEST_NUMBER + 1).exactOptional(),
  mutes: z.array(mute, { error: expected('a list of mutes') }).default([]),
  routes: z.array(route, { error: expected('a list of routes') }).default([]),
});

export type WrittenMute = z.infer<typeof mute>;
export type WrittenRoute = z.infer<typeof route>;
