import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { HookEvent } from '../../src/core/event.ts';
import type { Message } from '../../src/core/message.ts';
import { formatProblem } from '../../src/core/problem.ts';
import { compileTemplate } from '../../src/templates/compile.ts';
import { renderTemplate } from '../../src/templates/render.ts';
import { anEvent } from '../builders.ts';

/** The message of a template's text; throws with the mistakes of a broken one. */
export function messageOf(text: string, over: Partial<HookEvent> = {}): Message {
  const { template, problems } = compileTemplate({ path: 't.mustache', text }, () => undefined);
  if (template === undefined) throw new Error(problems.map(formatProblem).join('\n'));
  return renderTemplate(template, anEvent(over));
}

/** The body of a template with these facts. */
export const bodyOf = (text: string, facts: HookEvent['facts'] = {}) => messageOf(text, { facts }).body;

export const mistakesIn = (text: string): readonly string[] =>
  (compileTemplate({ path: 't.mustache', text }, () => undefined).problems ?? []).map(formatProblem);

/** A folder with these files, gone when the test ends. */
export async function aFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-templates-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

export const text = (words: string) => ({ kind: 'text', text: words });
export const paragraph = (words: string) => ({ kind: 'paragraph', children: [text(words)] });
export const bullets = (...items: readonly string[]) => ({
  kind: 'list',
  ordered: false,
  start: 1,
  items: items.map((item) => [paragraph(item)]),
});
