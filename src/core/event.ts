import type { Severity } from './severity.ts';

/** Values a route can match: a label is a string, or a list when the thing has several (the labels of an issue). */
export type Labels = Readonly<Record<string, string | readonly string[]>>;

/** What a source reads out of a hook: what happened, in Bellhop's words. */
export interface SourceEvent {
  /** `pull_request.opened`: the sender's own name, then its action. Finds the template. */
  readonly event: string;
  /** What it is about over time, unique within its source: `pr:acme/api#12`. */
  readonly key?: string;
  /** The state of that thing after this event: `open`, `merged`, `firing`, `resolved` … */
  readonly state?: string;
  /** This event ends the story that `key` opened. */
  readonly closes?: boolean;
  readonly severity: Severity;
  /** One line of plain text that stands alone in a phone's notification. */
  readonly title: string;
  /** Where a person goes to see more; http or https. */
  readonly url?: string;
  /** What routes and mutes match. `repo` is `owner/name`. */
  readonly labels: Labels;
  /** What templates print, prepared by the source: money formatted, hashes shortened, lists cut. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** The sender's own document. */
  readonly payload: unknown;
  /** The sender's time, or the time of receipt where it names none. */
  readonly at: Date;
  /** The source's type does not list this event: it goes out by the default template. */
  readonly unlisted?: boolean;
}

/** An event as it is stored: all but its payload, which is kept once, as the bytes of its hook. */
export interface KeptEvent extends Omit<SourceEvent, 'payload'> {
  readonly id: string;
  readonly hookId: string;
  /** Its place among the events of its hook, from 0. */
  readonly index: number;
  /** The name of its source in the config. */
  readonly source: string;
  /** The type of its source. */
  readonly type: string;
  readonly receivedAt: Date;
}

/** Where what Bellhop itself has to say comes from; no source of the config may be called so. */
export const OWN_SOURCE = 'bellhop';

/** Notices and tests: Bellhop's own, which no mute holds back. */
export const isOwn = ({ source }: Pick<KeptEvent, 'source'>): boolean => source === OWN_SOURCE;

/** An event with its payload: what routes look at and templates print. */
export interface HookEvent extends KeptEvent {
  /** The sender's own document. */
  readonly payload: unknown;
}

/** What a source makes of a verified hook. */
export type Reading =
  | { readonly kind: 'events'; readonly events: readonly SourceEvent[] }
  /** Known, and left out on purpose. */
  | { readonly kind: 'ignored'; readonly reason: string }
  /** Verified, but no document of its type. */
  | { readonly kind: 'unreadable'; readonly reason: string };
