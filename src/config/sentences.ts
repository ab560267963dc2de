import type { z } from 'zod';
import { didYouMean, nearest } from '../core/nearest.ts';
import type { Problem } from '../core/problem.ts';
import { kindOf } from './located.ts';

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

/**
 * Every mistake of `value` as sentences for the person who wrote it. zod's own wording never shows, and no value but
 * that of a closed set of words is repeated: anything else could be a secret in the wrong place.
 */
export function problemsOf(error: z.ZodError, path: Problem['path']): readonly Problem[] {
  return withoutEchoes(error.issues.flatMap((issue) => problemsOfIssue(issue, path)));
}

/** For `safeParse`: says what zod found in Bellhop's words. A schema's own `error` comes first. */
export const sentence = (issue: RawIssue): string => {
  if (issue.code === 'unrecognized_keys') return unknownKeys('setting here')(issue);
  if (issue.code === 'too_small') {
    if (issue.origin === 'array' || issue.origin === 'string') return 'is empty; expected at least one entry';
    return `is ${issue.input}; expected ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
  }
  if (issue.code === 'too_big' && issue.origin === 'string')
    return `is too long; expected at most ${issue.maximum} characters`;
  if (issue.code === 'too_big') return `is ${issue.input}; expected at most ${issue.maximum}`;
  if (issue.code === 'invalid_value')
    return expected(issue.values.map((value) => JSON.stringify(value)).join(', '))(issue);
  if (issue.code === 'invalid_type') return expected(KINDS[issue.expected] ?? issue.expected)(issue);
  return `is ${kindOf(issue.input)}, which does not fit here`;
};

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** For a schema's `error`: `is a number; expected …`. */
export const expected =
  (what: string) =>
  (issue: Pick<RawIssue, 'input'> & { readonly code?: string }): string => {
    const { input, code } = issue;
    if (code === 'too_small' || code === 'too_big') return sentence(issue as RawIssue);
    const found = typeof input === 'number' && what === 'a whole number' ? String(input) : kindOf(input);
    return `is ${found}; expected ${what}`;
  };

/** For a closed set of words: `"slak" is no platform; expected …; did you mean "slack"?`. */
export function notOneOf(noun: string, known: readonly string[]): (issue: Pick<RawIssue, 'input'>) => string {
  const choices = listed(known);
  return ({ input }) => {
    if (typeof input !== 'string') return `is ${kindOf(input)}; expected ${choices}`;
    return `${quoted(input)} is no ${noun}; expected ${choices}${didYouMean(input, known)}`;
  };
}

/** For a strict object: a line per unknown key, in order, since zod reports them as one issue. */
export const unknownKeys =
  (noun: string) =>
  (issue: RawIssue): string => {
    if (issue.code !== 'unrecognized_keys') return sentence(issue);
    const known = Object.keys((issue.inst as Partial<z.ZodObject> | undefined)?.shape ?? {});
    return issue.keys
      .map((key) => `is no ${noun}${didYouMean(key, known) || `; expected ${listed(known)}`}`)
      .join('\n');
  };

/** A word as it was written, in quotes; what is long or an address is not repeated, for it may be a secret. */
export const quoted = (text: string): string =>
  text.length < 32 && !text.includes('://') && !/\p{C}/u.test(text) ? `"${text}"` : 'this text';

/** `a, b or c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

function problemsOfIssue(issue: Issue, path: Problem['path']): readonly Found[] {
  const here = [...path, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
  if (issue.code === 'unrecognized_keys') {
    const sentences = issue.message.split('\n');
    return issue.keys.map((key, index) => ({
      path: [...here, key],
      message: sentences[index] ?? issue.message,
      unknown: key,
    }));
  }
  if (issue.code === 'invalid_union') {
    // The branch of the right kind says what is wrong inside it; when no branch is, the union speaks.
    const meant = issue.errors.find(
      (branch) => !branch.some(({ code, path: inside }) => KIND.has(code) && !inside.length),
    );
    if (meant !== undefined) return meant.flatMap((inner) => problemsOfIssue(inner, here));
  }
  return [{ path: here, message: issue.message }];
}

interface Found extends Problem {
  /** The key that no setting has. */
  readonly unknown?: string;
}

/** A misspelt key is one mistake: that the right one is missing, or that the object makes no sense without it, is its echo. */
function withoutEchoes(found: readonly Found[]): readonly Problem[] {
  const misspelt = found.flatMap(({ path, unknown }) =>
    unknown === undefined ? [] : [{ parent: path.slice(0, -1), unknown }],
  );
  const isEcho = ({ path, message, unknown }: Found) =>
    unknown === undefined &&
    misspelt.some(({ parent, unknown: written }) => {
      if (!parent.every((key, at) => path[at] === key)) return false;
      const [missing, ...deeper] = path.slice(parent.length);
      if (missing === undefined) return true;
      const isMissing = deeper.length === 0 && message.startsWith('is missing');
      return isMissing && nearest(written, [String(missing)]) !== undefined;
    });
  return found.filter((problem) => !isEcho(problem)).map(({ path, message }) => ({ path, message }));
}

const KIND: ReadonlySet<string> = new Set(['invalid_type', 'invalid_value', 'invalid_union']);
