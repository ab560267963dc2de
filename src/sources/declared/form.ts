import { z } from 'zod';
import type { Value } from './value.ts';

/** One form that a value may be said in. The schema, the search for templates, the sentences of errors and the README's table come from it. */
export interface Form<Written extends object> {
  /** What it comes to, in Markdown. */
  readonly means: string;
  /** As short as it can be written. Its first key is the form’s name in `forms/index.ts`. */
  readonly example: Written;
  /** Given the schema of any value. */
  readonly schema: (value: z.ZodType<Value>) => z.ZodType<Written>;
  /** The keys under which it holds a value. */
  readonly values: readonly (keyof Written & string)[];
  /** The key under which it holds values by names of the writer's own. */
  readonly named?: keyof Written & string;
  /** Undefined where it has no value. Never throws, whatever the document is. */
  readonly text: (written: Written, scope: Scope) => string | undefined;
}

/** What a form may ask, of one document. */
export interface Scope {
  /** What any value comes to here, plain and on one line unless its form says otherwise. */
  readonly text: (value: Value | undefined) => string | undefined;
  /** A mustache text as it prints, with its lines. */
  readonly lines: (template: string) => string | undefined;
  /** What stands at a path of the document. */
  readonly at: (path: string) => unknown;
  /** The same document, with more names beside `payload` and the others. */
  readonly with: (names: Readonly<Record<string, unknown>>) => Scope;
}

/** A word or a template. */
export const line = z.string().min(1).max(2_000);

/** Where something stands in the document: `payload.tags`. */
export const path = z.string().regex(/^(payload|item)(\.[^.]+)*$/);
