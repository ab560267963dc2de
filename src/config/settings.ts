import { z } from 'zod';
import { parseDuration } from '../core/duration.ts';
import { type Secret, toSecret } from '../core/secret.ts';
import { type AddressRule, addressProblem } from './address.ts';
import { expected, notOneOf, quoted, unknownKeys } from './sentences.ts';

/** An object with these keys and no others; `noun` is what an unknown key is none of. */
export const settings = <Shape extends z.core.$ZodLooseShape>(shape: Shape, noun = 'setting here') =>
  z.strictObject(shape, { error: unknownKeys(noun) });

/** Text that must not be empty. */
export const text = (what = 'text') =>
  z.string({ error: expected(what) }).refine((value) => value.trim() !== '', { error: `is empty; expected ${what}` });

/** Text that may come out empty, from `${NAME:-}`: then it is as if it were not written. */
export const optionalText = (what = 'text') => optionalTextOf(z.string({ error: expected(what) }));

const optionalTextOf = (schema: z.ZodString) =>
  schema.transform((value) => (value.trim() === '' ? undefined : value)).exactOptional();

const FILE = 'the path of a file';
/** The content in the place of its path, by `${file:…}`: it could not be read again when it is renewed. */
const isPath = (value: string) => !value.includes('-----BEGIN') && !/\p{Cc}/u.test(value);
const NOT_A_PATH = { error: `is no path of a file; expected the path alone, without \${file:…}` };

/** Where a file is; a relative path starts from the config folder. */
export const filePath = () => text(FILE).refine(isPath, NOT_A_PATH);

/** The same where none need be written. */
export const optionalFilePath = () => optionalTextOf(z.string({ error: expected(FILE) }).refine(isPath, NOT_A_PATH));

const NOT_ONE_LINE = { error: 'has a line break or another control character; expected one line' };

export const secretText = (what = 'text') => text(what).refine(isOneLine, NOT_ONE_LINE).transform(toSecret);

export const optionalSecret = () =>
  z
    .string({ error: expected('text') })
    .refine(isOneLine, NOT_ONE_LINE)
    .transform((value): Secret | undefined => (value.trim() === '' ? undefined : toSecret(value)))
    .exactOptional();

/** A token with a line break cannot stand in a header, and the error that says so would show it. */
function isOneLine(secret: string): boolean {
  return !/\p{Cc}/u.test(secret);
}

/** One of a closed set of words. */
export const word = <const Words extends readonly [string, ...string[]]>(noun: string, words: Words) =>
  z.enum(words, { error: notOneOf(noun, words) });

export const flag = () => z.boolean({ error: expected('true or false') });

export const list = <Item extends z.ZodType>(item: Item, what: string) => z.array(item, { error: expected(what) });

/** One name, or a list of them. */
export const names = (what: string) =>
  z
    .union([text(what), list(text(what), `a list of ${what}s`)], { error: expected(`${what} or a list of them`) })
    .transform((value): readonly string[] => (typeof value === 'string' ? [value] : value));

/** What a name may be: it stands in addresses, chat commands and metrics. */
export const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
  error: 'cannot be a name; expected 1 to 64 letters, digits, ".", "_" or "-", a letter or digit first',
});

const DURATION = 'a duration, as in "500ms", "30s", "15m", "2h", "3d" or "1w"';
/** For editors: a placeholder may stand for the whole or a part. */
const orPlaceholder = (pattern: string): string => `^${pattern}$|\\$\\{`;

/** A duration, in milliseconds. */
export const duration = (limits: { readonly moreThanMs?: number; readonly atMost?: string } = {}) =>
  z
    .string({ error: expected(DURATION) })
    .meta({ pattern: orPlaceholder('\\d+(\\.\\d+)?(ms|s|m|h|d|w)') })
    .transform((value, context) => {
      const ms = parseDuration(value);
      const { moreThanMs = -1, atMost = '3650d' } = limits;
      if (ms === undefined) return refuse(context, `${quoted(value)} is no duration; expected ${DURATION}`);
      if (ms <= moreThanMs) return refuse(context, `${quoted(value)} is too short; expected more than ${moreThanMs}ms`);
      if (ms > (parseDuration(atMost) ?? 0))
        return refuse(context, `${quoted(value)} is too long; expected at most ${atMost}`);
      return ms;
    });

const SIZE_UNITS: Readonly<Record<string, number>> = { KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 };
const SIZE = 'a size, as in "500MB" or "2GB"';

/** A size in bytes; KB, MB, GB and TB are powers of 1,024. */
export const size = () =>
  z
    .string({ error: expected(SIZE) })
    .meta({ pattern: orPlaceholder('\\d+(\\.\\d+)? ?(KB|MB|GB|TB)') })
    .transform((value, context) => {
      const [, amount, unit = ''] = /^(\d+(?:\.\d+)?) ?(KB|MB|GB|TB)$/i.exec(value.trim()) ?? [];
      const bytes = Number(amount) * (SIZE_UNITS[unit.toUpperCase()] ?? Number.NaN);
      if (Number.isNaN(bytes)) return refuse(context, `${quoted(value)} is no size; expected ${SIZE}`);
      return bytes >= 1024 ** 2
        ? Math.round(bytes)
        : refuse(context, `${quoted(value)} is too small; expected at least 1MB`);
    });

/** A web address that holds no secret, without its trailing slash; empty text counts as not written. */
export const optionalAddress = (rule: AddressRule) =>
  z
    .string({ error: expected('an address, as in "https://example.com"') })
    .transform((value, context) => {
      if (value.trim() === '') return undefined;
      const problem = addressProblem(value, rule);
      return problem === undefined ? value.trim().replace(/\/+$/, '') : refuse(context, problem);
    })
    .exactOptional();

/** A mistake inside a transform or a refinement; zod drops the value. */
export function refuse(
  context: z.core.$RefinementCtx,
  message: string,
  path: readonly (string | number)[] = [],
): never {
  context.addIssue({ code: 'custom', message, path: [...path] });
  return z.NEVER;
}

type Optional<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/** The object without its undefined values: an optional key is absent or has a value. */
export type Present<T> = Omit<T, Optional<T>> & { [K in Optional<T>]?: Exclude<T[K], undefined> };

export function present<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}
