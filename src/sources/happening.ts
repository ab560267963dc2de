import type { Labels } from '../core/event.ts';
import type { Tone } from '../core/message.ts';
import type { Severity } from '../core/severity.ts';
import { oneLine } from './wording.ts';

/** One event in a table of a code host's events. */
export interface Entry {
  readonly means: string;
  readonly emoji: string;
  /** Where absent, the severity says it. */
  readonly tone?: Tone;
}

/** What a family of events makes of a hook; the type's `source.ts` adds what all its events have in common. Empty labels are left out. */
export interface Happening {
  readonly title: string;
  readonly url?: string | undefined;
  readonly key?: string | undefined;
  readonly state?: string | undefined;
  readonly closes?: boolean;
  readonly severity?: Severity;
  readonly emoji?: string | undefined;
  readonly tone?: Tone | undefined;
  readonly labels?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly at?: Date | undefined;
}

/** `pr:acme/api#12`, without spaces, so that it can be typed in chat; undefined where a part is missing: two things must not share one. */
export const keyOf = (kind: string, repo: string, mark: string | undefined): string | undefined =>
  repo === '' || mark === undefined || mark === '' ? undefined : `${kind}:${repo}${oneLine(mark).replaceAll(' ', '_')}`;

/** `#12` of a number; undefined of anything else. */
export const hash = (number: string | undefined): string | undefined =>
  /^\d{1,20}$/.test(number ?? '') ? `#${number}` : undefined;

/** Values cut to one line each; those that are empty are left out. */
export function toLabels(values: NonNullable<Happening['labels']>): Labels {
  const labels: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(values)) {
    const read =
      typeof value === 'object'
        ? value
            .slice(0, 100)
            .map((item) => oneLine(item))
            .filter(Boolean)
        : oneLine(value);
    if (read.length > 0) labels[name] = read;
  }
  return labels;
}
