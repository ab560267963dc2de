import type { Entry, Happening } from '../happening.ts';
import type { Report } from './report.ts';

/** What every family is told about the hook. */
export interface Context {
  /** `pullrequest.created` */
  readonly name: string;
  readonly report: Report;
  /** Who did it: a name, or `Somebody`. */
  readonly actor: string;
  /** `owner/name`, or empty. */
  readonly repo: string;
  /** ` in owner/name`, or empty. */
  readonly place: string;
}

/** Events that are told in the same way. Adding one is one entry in `events`, and one in `event-keys.ts` where its name is not the key’s. */
export interface Family {
  /** By full name: `pullrequest.created`. */
  readonly events: Readonly<Record<string, Entry>>;
  /** Why this one says nothing that another event does not say; undefined for the rest. */
  ignored?(context: Context): string | undefined;
  read(context: Context): Happening;
}
