import type { HookEvent } from '../core/event.ts';
import type { Message } from '../core/message.ts';
import { formatProblem } from '../core/problem.ts';
import { compileTemplate } from './compile.ts';
import { plainMessage } from './plain.ts';
import { renderTemplate } from './render.ts';
import type { SourceFile } from './source-file.ts';

/** An event by a template that is in no folder yet; with a mistake in it, or where it fails, the plain form and why. */
export function tryOut(file: SourceFile, event: HookEvent): { readonly message: Message; readonly failure?: string } {
  try {
    const { template, problems } = compileTemplate(file, () => undefined);
    if (template !== undefined) return { message: renderTemplate(template, event) };
    return failed(event, problems.map(formatProblem).join('\n'));
  } catch (error) {
    return failed(event, error instanceof Error ? error.message : String(error));
  }
}

const failed = (event: HookEvent, failure: string) => ({ message: plainMessage(event, failure), failure });
