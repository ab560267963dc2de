import type { Entry, Happening } from '../happening.ts';
import { oneLine } from '../wording.ts';
import type { Account, Payload } from './payloads.ts';

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
  /** Sent by Gogs itself, whose addresses differ in places. */
  readonly isGogs: boolean;
}

/** The events that share one name in the header. Adding an event is one entry in `events`. */
export interface Family {
  /** By full name: `pull_request.opened`. */
  readonly events: Readonly<Record<string, Entry>>;
  /** The action where the sender's own word is not the one Bellhop uses. */
  action?(payload: Payload): string | undefined;
  read(context: Context): Happening;
}

/** An entry whose sentence depends on the payload. */
export interface SayingEntry extends Entry {
  /** `opened PR #12 in acme/api`, of `PR #12 in acme/api`. */
  says(thing: string, payload: Payload): string;
  /** The thing itself is news, not only what happened to it: labels and milestone are worth showing. */
  readonly card?: boolean;
  /** So is its description. */
  readonly body?: boolean;
}

/** `mona`; undefined of nobody. */
export const loginOf = (account: Account): string | undefined =>
  oneLine(account?.login || account?.username, 100) || undefined;

/** `Opened by mona`; undefined of nobody. */
export const openedBy = (opener: string | undefined): string | undefined =>
  opener === undefined ? undefined : `Opened by ${opener}`;
