import type { Entry, Happening } from '../happening.ts';
import type { Payload, Resource } from './payloads.ts';

/** What every family is told about the hook. */
export interface Context {
  /** `git.pullrequest.created` */
  readonly name: string;
  readonly payload: Payload;
  readonly resource: Resource;
  /** `Bells/api`: the project and its repository, or empty. */
  readonly repo: string;
  /** `Bells`, or empty. */
  readonly project: string;
  /** The page of the repository. */
  readonly home: string | undefined;
}

/** Events that are told in the same way. Adding one is one entry in `events`. */
export interface Family {
  /** By the sender’s own name: `git.pullrequest.created`. */
  readonly events: Readonly<Record<string, Entry>>;
  /** Why this one says nothing that another event does not say; undefined for the rest. */
  ignored?(context: Context): string | undefined;
  read(context: Context): Happening;
}

/** ` in Bells/api`, or nothing. */
export const placeOf = (where: string): string => (where === '' ? '' : ` in ${where}`);
