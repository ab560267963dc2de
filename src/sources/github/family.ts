import type { Entry, Happening } from '../happening.ts';
import type { Payload } from './payloads.ts';

export * from '../happening.ts';

/** What every family is told about the hook. */
export interface Context {
  /** `pull_request.opened` */
  readonly name: string;
  /** Empty for an event without one. */
  readonly action: string;
  readonly payload: Payload;
  /** Who did it: a login, or `Somebody`. */
  readonly actor: string;
  /** `owner/name`, or empty. */
  readonly repo: string;
  /** ` in owner/name`, or empty. */
  readonly place: string;
}

/** The events that share one `X-GitHub-Event`. Adding an event is one entry in `events`. */
export interface Family {
  /** By full name: `pull_request.opened`. */
  readonly events: Readonly<Record<string, Entry>>;
  /** The action where GitHub's own word is not the one Bellhop uses. */
  action?(payload: Payload): string | undefined;
  /** Why this one says nothing that another event does not say; undefined for the rest. */
  ignored?(context: Context): string | undefined;
  read(context: Context): Happening;
}
