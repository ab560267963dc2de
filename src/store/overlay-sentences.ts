import { didYouMean } from '../core/nearest.ts';

/** What zod says of a value, as far as it matters here. */
export interface Issue {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly path?: readonly PropertyKey[] | undefined;
  readonly input?: unknown;
  /** Of `unrecognized_keys`. */
  readonly keys?: readonly string[] | undefined;
}

/** For a schema's `error`: `is 7; expected text`. */
export const expected =
  (what: string) =>
  ({ input }: Issue): string =>
    `is ${input === undefined ? 'missing' : found(input)}; expected ${what}`;

/** For a strict object: a line for each key that it does not know. */
export const unknownKeys =
  (known: readonly string[], what: string) =>
  ({ keys, input }: Issue): string => {
    if (keys === undefined) return expected(what)({ input });
    return keys
      .map((key) => `is not known here${didYouMean(key, known) || `; expected ${known.join(', ')}`}`)
      .join('\n');
  };

/** `mutes[2].until: "tomorrow" is no time; expected …`, one for each mistake. */
export function problemsOf(issues: readonly Issue[]): readonly string[] {
  const sentences = issues.flatMap(({ path = [], message = '', keys }) => {
    if (keys === undefined) return [`${formatPath(path)}: ${message}`];
    const lines = message.split('\n');
    return keys.map((key, at) => `${formatPath([...path, key])}: ${lines[at]}`);
  });
  // One value can break two rules that are told in the same words.
  return [...new Set(sentences)];
}

/** A value as a person finds it again in the file; a long one is cut. */
export function found(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(cut(value));
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.keys(value).length === 0 ? 'an empty object' : 'an object';
}

const formatPath = (path: readonly PropertyKey[]): string =>
  path
    .map((part, at) => {
      if (typeof part === 'number') return `[${part}]`;
      const name = String(part);
      if (!/^[\w-]{1,60}$/.test(name)) return `[${JSON.stringify(cut(name))}]`;
      return at === 0 ? name : `.${name}`;
    })
    .join('');

const cut = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
