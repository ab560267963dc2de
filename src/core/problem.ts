/** Where something stands in a file, both from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One mistake, as a sentence for the person who made it. */
export interface Problem {
  /** The keys that lead to it: `['routes', 3, 'match', 'title', 'matches']`. */
  readonly path: readonly (string | number)[];
  /** What is wrong; what was expected. Never a secret's value. */
  readonly message: string;
  readonly position?: Position;
}

/** `a.b.0.c` as the config's reader would write it. */
export const formatPath = (path: readonly (string | number)[]): string => path.join('.');

/** A line for each. */
export const formatProblems = (problems: readonly Problem[]): string => problems.map(formatProblem).join('\n');

/** `file:line:column: path: what is wrong; what was expected`. */
export function formatProblem({ position, path, message }: Problem): string {
  const where = position && `${position.file}:${position.line}:${position.column}`;
  return [where, formatPath(path), message].filter(Boolean).join(': ');
}
