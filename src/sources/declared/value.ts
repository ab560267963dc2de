import type { forms } from './forms/index.ts';

/**
 * A value of an event, as data. Text is a mustache template over `payload`, `headers`, `query`, and `item` (one element of
 * `each`; without `each` the document again); it comes out plain, on one line. Of a list, the first counts that has a value.
 * Everything else is said in one of the forms of `forms/`. What renders empty, and what a sender left unfilled
 * (`*name*`, `$NAME`, a year-1 date), is no value.
 */
export type Value = string | readonly Value[] | FormedValue;

/** A value in one of the forms: an object, known by the key that the form has in `forms/index.ts`. */
export type FormedValue = (typeof forms)[FormName]['example'];

export type FormName = keyof typeof forms;
