import type { OutcomeKind, Ref } from './outcome.ts';

export const DELIVERY_STATES = ['queued', 'sending', 'sent', 'muted', 'held', 'collapsed', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What planning decides: one event to one channel, by the first route that names it. */
export interface PlannedDelivery {
  readonly id: string;
  readonly channel: string;
  readonly platform: string;
  /** The route's name; `replay` for one that a person asked for. */
  readonly route: string;
  /** Names from the config's `mentions`. */
  readonly mentions: readonly string[];
  readonly replay: boolean;
  /** The id of the mute that holds it back, or did. */
  readonly mute?: string;
}

/** One event to one channel, as it stands. */
export interface Delivery extends PlannedDelivery {
  readonly eventId: string;
  readonly state: DeliveryState;
  readonly createdAt: Date;
  /** When it is tried next; of a finished one, when it was last tried. */
  readonly dueAt: Date;
  /** Failed tries that count against the retry list. */
  readonly tries: number;
  readonly ref?: Ref;
}

/** One try, appended and never changed. */
export interface Attempt {
  readonly at: Date;
  readonly outcome: OutcomeKind;
  /** The platform's HTTP status, where there was one. */
  readonly status?: number;
  /** A sentence; absent when it was sent. */
  readonly reason?: string;
  readonly tookMs: number;
}
