import type { HookEvent } from './event.ts';

/** What routes look at: the event, and the request it came in. */
export interface Subject {
  readonly event: HookEvent;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** One channel an event goes to, by the first route that names it. */
export interface Destination {
  readonly channel: string;
  readonly route: string;
  /** Names from the config's `mentions`. */
  readonly mentions: readonly string[];
}

/** Why a route does not take an event: the first condition that failed, and what was found instead. */
export interface FailedCondition {
  /** `match.severity`, `match.any.1.repo`. */
  readonly path: string;
  /** What was asked, as a person would say it: `at least warning`, `not "bot*"`. */
  readonly expected: string;
  /** What the event holds; undefined when it holds nothing there. */
  readonly found: unknown;
}

export interface RouteTrace {
  readonly name: string;
  readonly matched: boolean;
  /** Absent when it matched. */
  readonly failed?: FailedCondition;
  /** It would have matched, but an earlier route with `stop` ended the search, or a fallback was not needed. */
  readonly skipped?: string;
}

/** The routes in force, compiled. Pure: the same subject always takes the same routes. */
export interface Router {
  /** The hot path: looks only at routes that can match. */
  destinations(subject: Subject): readonly Destination[];
  /** Every route with the reason it did or did not match; agrees with `destinations`. */
  trace(subject: Subject): readonly RouteTrace[];
}
