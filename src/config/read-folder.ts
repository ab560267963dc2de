import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import type { Problem } from '../core/problem.ts';
import { readConfigFile } from './config-file.ts';
import { plainOf, positionOf } from './located.ts';
import { problemsOf, sentence } from './sentences.ts';

export interface ReadFolder<Value> {
  /** By the name of their file, without `.json`; those with mistakes are left out. */
  readonly values: ReadonlyMap<string, Value>;
  readonly problems: readonly Problem[];
  readonly files: readonly string[];
}

/**
 * Every `*.json` of a folder, each checked by a schema and by `check`, whose problems have paths within the file; none
 * where there is no folder. Never throws for what is in them.
 */
export async function readFolder<Value>(
  dir: string,
  schema: z.ZodType<Value>,
  check: (name: string, value: Value) => readonly Problem[],
): Promise<ReadFolder<Value>> {
  const names = (await readdir(dir).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  const values = new Map<string, Value>();
  const problems: Problem[] = [];
  for (const file of names.map((name) => join(dir, name))) {
    const { root, problems: found } = await readConfigFile(file);
    problems.push(...found);
    if (root === undefined || found.length > 0) continue;
    const name = basename(file, '.json');
    const result = schema.safeParse(plainOf(root), { error: sentence });
    const mistakes = result.success ? check(name, result.data) : problemsOf(result.error, []);
    problems.push(...mistakes.map((problem) => ({ ...problem, position: positionOf(root, problem.path) })));
    if (result.success && mistakes.length === 0) values.set(name, result.data);
  }
  return { values, problems, files: names.map((name) => join(dir, name)) };
}
