import type { Entry, Happening } from '../happening.ts';
import { oneLine } from '../wording.ts';
import type { Account, Payload } from './payloads.ts';

/** What every family is told about the hook. */
export interface Context {
  /** `merge_request.open` */
  readonly name: string;
  /** Empty for an event without one. */
  readonly action: string;
  readonly payload: Payload;
  /** Who did it: a user name, or `Somebody`. */
  readonly actor: string;
  /** `group/subgroup/name`, or empty. */
  readonly repo: string;
  /** What keys are unique in: the repository, else its number; may be empty. */
  readonly scope: string;
  /** ` in group/subgroup/name`, or empty. */
  readonly place: string;
  /** The repository's page, without a slash at the end; undefined where none is sent. */
  readonly home: string | undefined;
}

/** The events of one kind of object. Adding an event is one entry in `events`. */
export interface Family {
  /** By full name: `merge_request.open`. */
  readonly events: Readonly<Record<string, Entry>>;
  /** Known, and left out on purpose, with why. */
  readonly ignores?: Readonly<Record<string, string>>;
  /** The second half of the event's name, where it is not the object's `action`. */
  action?(payload: Payload): string | undefined;
  read(context: Context): Happening;
}

/** An entry whose sentence depends on the payload. */
export interface SayingEntry extends Entry {
  /** `opened MR !12 in acme/api`, of `MR !12 in acme/api`. */
  says(thing: string, payload: Payload): string;
  /** The thing itself is news, not only what happened to it: branches, labels and people are worth showing. */
  readonly card?: boolean;
  /** So is its description. */
  readonly body?: boolean;
}

/** `mona`; undefined of nobody. */
export const nameOf = (account: Account): string | undefined =>
  oneLine(account?.username || account?.name, 100) || undefined;

/** The first five of them on one line. */
export const onOneLine = (names: readonly (string | undefined)[]): string =>
  names
    .map((name) => oneLine(name, 50))
    .filter(Boolean)
    .slice(0, 5)
    .join(', ');

export const peopleLine = (people: readonly NonNullable<Account>[]): string => onOneLine(people.map(nameOf));

/** `!12` of a number; undefined of anything else. */
export const bang = (number: string | undefined): string | undefined =>
  /^\d{1,20}$/.test(number ?? '') ? `!${number}` : undefined;

/** The address of a page of the repository: `/-/releases`. */
export const pageOf = (home: string | undefined, path: string): string | undefined =>
  home === undefined ? undefined : `${home}/-/${path}`;

/** `/-/pipelines/31`; undefined where the number is none. */
export const numberedPage = (
  home: string | undefined,
  pages: string,
  number: string | undefined,
): string | undefined => (/^\d{1,20}$/.test(number ?? '') ? pageOf(home, `${pages}/${number}`) : undefined);

/** A branch's name may hold `#` and `?`, and slashes that stay. */
export const encodePath = (name: string): string => name.split('/').map(encodeURIComponent).join('/');
