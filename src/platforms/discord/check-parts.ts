import { isRecord } from '../../core/record.ts';

/** Takes a JSON pointer and what is wrong there, as the rest of a sentence. */
export type Report = (pointer: string, problem: string) => void;

interface TextRule {
  readonly pointer: string;
  readonly report: Report;
  readonly max: number;
  /** Characters that must be left after trimming; 0 where absent. */
  readonly min?: number;
}

/** Reports a text that is none, too short after trimming, or too long (UTF-16 units, the cautious count). */
export function atMost(value: unknown, { pointer, report, max, min = 0 }: TextRule): void {
  if (typeof value !== 'string') {
    report(pointer, 'is no text.');
    return;
  }
  if (value.length > max) report(pointer, `has ${value.length} characters; at most ${max} fit.`);
  if (value.trim().length < min) report(pointer, 'is empty.');
}

/** Reports an address that a client would not open: http and https only. */
export function webAddress(value: unknown, pointer: string, report: Report): void {
  if (typeof value === 'string' && /^https?:\/\/\S+$/i.test(value) && URL.canParse(value)) return;
  report(pointer, 'is no http or https address.');
}

export const asObject = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  isRecord(value) ? value : undefined;

/** The list, or an empty one and a report when it is anything else; absent is empty. */
export function listOf(value: unknown, pointer: string, report: Report): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  report(pointer, 'is no list.');
  return [];
}
