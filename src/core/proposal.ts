import type { HookEvent } from './event.ts';

/** What somebody may put into their files to make the messages of an event better. A draft: meant to be read and changed. */
export interface Proposal {
  /** Where the template goes, within the folder that has the user's templates: `generic/order.paid.mustache`. */
  readonly file: string;
  readonly template: string;
  /** The event's message by this template, as a terminal shows it. */
  readonly preview: string;
  /** What is to be known or done besides, each a sentence. */
  readonly notes: readonly string[];
  /** What a `generic` source's `map` could say, where it has none. */
  readonly map?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** A type of one's own for a sender that is `generic` now: a file within the config folder. */
  readonly declaration?: { readonly file: string; readonly text: string };
}

export interface ToPropose {
  readonly event: HookEvent;
  /** Its source has a `map` already. */
  readonly mapped: boolean;
}

/** Makes a proposal from one event. Never throws for what a sender may send. */
export type Propose = (about: ToPropose) => Proposal;
