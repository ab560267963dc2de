import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { systemClock } from '../core/clock.ts';
import { CommandError } from '../core/errors.ts';
import { createIds } from '../core/id.ts';
import { explainHook } from '../pipeline/explain.ts';
import { sampleHook } from '../pipeline/explanation-view.ts';
import type { Runtime } from '../pipeline/runtime.ts';
import { findSource, readOffline } from './offline.ts';
import { print, printJson, style, table } from './output.ts';
import { readText } from './read-text.ts';
import { readSettings } from './settings.ts';

const caseSchema = z.strictObject({
  name: z.string().optional(),
  source: z.string(),
  /** The payload itself, or the path of a file that holds it, relative to the cases' file. */
  payload: z.unknown(),
  event: z.string().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  /** One channel or a list, as `to` in a route. */
  expect: z
    .union([z.string(), z.array(z.string())], { error: 'one channel or a list of them is expected' })
    .transform((channels) => [channels].flat()),
});
type Case = z.infer<typeof caseSchema>;

/** How one case came out. */
interface Tested {
  readonly name: string;
  readonly expected: readonly string[];
  readonly got: readonly string[];
  readonly good: boolean;
}

/** `bellhop route-test`: payloads with the channels they must reach. Returns the exit code. */
export async function routeTest(file: string, options: { readonly json?: boolean }): Promise<number> {
  const { runtime } = await readOffline(readSettings());
  const cases = await readCases(file);
  if (cases.length === 0) throw new CommandError(`${file} holds no cases.`, 2);
  const tested = await Promise.all(cases.map((one, at) => run(runtime, one, { file, at })));
  const wrong = tested.filter(({ good }) => !good).length;
  if (options.json) printJson({ ok: wrong === 0, cases: tested });
  else {
    const list = (channels: readonly string[]) => channels.join(', ') || 'nowhere';
    const rows = tested.map(({ name, expected, got, good }) => [good ? '✓' : '✗', name, list(expected), list(got)]);
    print(table(['', 'case', 'expected', 'got'], rows));
    print(
      wrong === 0
        ? style('green', `\nAll ${tested.length} as expected.`)
        : style('red', `\n${wrong} of ${tested.length} not as expected.`),
    );
  }
  return wrong === 0 ? 0 : 1;
}

async function readCases(file: string): Promise<readonly Case[]> {
  const read = z.array(caseSchema).safeParse(await readJson(file));
  if (read.success) return read.data;
  const mistakes = read.error.issues.map((issue) => `  ${issue.path.join('.') || 'the file'}: ${issue.message}`);
  throw new CommandError(
    `${file} is no list of {source, payload, event?, expect: [channel…]}:\n${mistakes.join('\n')}`,
    2,
  );
}

async function run(
  runtime: Runtime,
  one: Case,
  { file, at }: { readonly file: string; readonly at: number },
): Promise<Tested> {
  const source = findSource(runtime, one.source);
  const newId = createIds(systemClock, Math.random);
  const payload = typeof one.payload === 'string' ? await readJson(resolve(dirname(file), one.payload)) : one.payload;
  const hook = sampleHook(source, {
    payload,
    event: one.event,
    headers: one.headers,
    id: newId('hook'),
    at: systemClock.now(),
  });
  const { events } = explainHook(runtime, hook, { source, newId });
  const got = [...new Set(events.flatMap(({ messages }) => messages.map(({ channel }) => channel)))].sort();
  const expected = [...one.expect].sort();
  const name = one.name ?? ([one.source, one.event].filter(Boolean).join(' ') || `case ${at + 1}`);
  return { name, expected, got, good: JSON.stringify(expected) === JSON.stringify(got) };
}

async function readJson(file: string): Promise<unknown> {
  const text = await readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`, 2);
  }
}
