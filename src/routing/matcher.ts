import type { Condition, MatchConfig } from '../core/config.ts';
import type { Where } from '../core/overlay.ts';
import type { Problem } from '../core/problem.ts';
import type { FailedCondition, Subject } from '../core/route.ts';
import { type Lookup, lookupOf, wordLookup } from './lookup.ts';
import { ConditionError, compileCondition } from './value-test.ts';

/** A compiled `match`. */
export interface Matcher {
  holds(subject: Subject): boolean;
  /** The first condition that fails; undefined when all hold. */
  failure(subject: Subject): FailedCondition | undefined;
}

type Path = readonly (string | number)[];

/** Compiles a `match`; what cannot be used is added to `problems` and never matches. */
export function compileMatch(match: MatchConfig, path: Path, problems: Problem[]): Matcher {
  const parts = Object.entries(match).flatMap(([key, condition]) =>
    condition === undefined ? [] : [compileKey(key, condition, { path: [...path, key], problems })],
  );
  return every(parts);
}

/** What people type, compiled: every key must hold. Its keys are words, and none of them nests: a label may be called `any`. */
export const compileWhere = (where: Where, path: Path): Matcher =>
  every(Object.entries(where).map(([key, values]) => test(wordLookup(key), values, [...path, key])));

interface Place {
  readonly path: Path;
  readonly problems: Problem[];
}

function compileKey(key: string, condition: Condition | readonly MatchConfig[], { path, problems }: Place): Matcher {
  if (key === 'all' || key === 'any' || key === 'none') {
    const parts = (condition as readonly MatchConfig[]).map((match, at) =>
      compileMatch(match, [...path, at], problems),
    );
    if (key === 'all') return every(parts);
    return key === 'any' ? some(parts, path) : no(parts, path);
  }
  try {
    return test(lookupOf(key), condition as Condition, path);
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    problems.push({ path: [...path, error.operator], message: error.message });
    return every([]);
  }
}

function test(lookup: Lookup, condition: Condition, path: Path): Matcher {
  const { holds, expected } = compileCondition(condition);
  return {
    holds: (subject) => holds(lookup(subject)),
    failure(subject) {
      const found = lookup(subject);
      return holds(found) ? undefined : { path: written(path), expected, found: shown(found) };
    },
  };
}

/** What was found, small enough to be told for each of a thousand routes. */
function shown(found: unknown): unknown {
  if (typeof found === 'string') return found.length <= 200 ? found : `${found.slice(0, 199)}…`;
  if (Array.isArray(found)) return found.slice(0, 20).map(shown);
  return typeof found === 'object' && found !== null ? 'an object' : found;
}

const every = (parts: readonly Matcher[]): Matcher => ({
  holds: (subject) => parts.every((part) => part.holds(subject)),
  failure(subject) {
    for (const part of parts) {
      const failed = part.failure(subject);
      if (failed !== undefined) return failed;
    }
    return undefined;
  },
});

const some = (parts: readonly Matcher[], path: Path): Matcher => ({
  holds: (subject) => parts.some((part) => part.holds(subject)),
  failure(subject) {
    const failed = parts.map((part) => part.failure(subject));
    if (failed.includes(undefined)) return undefined;
    const wanted = failed.map((failure) => failure && `${lastWord(failure.path)} ${failure.expected}`);
    return {
      path: written(path),
      expected: `any of: ${wanted.join('; ')}`,
      found: failed.map((failure) => failure?.found),
    };
  },
});

const no = (parts: readonly Matcher[], path: Path): Matcher => ({
  holds: (subject) => !parts.some((part) => part.holds(subject)),
  failure(subject) {
    const at = parts.findIndex((part) => part.holds(subject));
    return at < 0 ? undefined : { path: written([...path, at]), expected: 'not to hold', found: true };
  },
});

/** `match.any.1.repo`: from the route on, as its writer sees it. */
const written = (path: Path): string => path.slice(2).join('.');

const lastWord = (path: string): string => path.replace(/^match\.(?:(?:all|any|none)\.\d+\.)*/, '');
