/** Failures in a row after which the channel itself is taken to be out of reach, if more than one delivery met them. */
const OPENS_AFTER = 5;
/** The longest wait between two probes: a channel that is back is noticed within a minute. */
const LONGEST_PROBE_MS = 60_000;
/** The shortest: a retry list of zeros must not become a storm. */
const SHORTEST_PROBE_MS = 100;
/** Probes with one delivery after which another has its turn: perhaps it is the delivery, not the channel. */
const PROBES_IN_A_ROW = 8;

/**
 * Knows whether a lane's channel is out of reach. While it is open, one delivery in a while is sent as a probe instead of
 * every delivery running through its retries: an outage of a night costs each of them nothing.
 */
export interface Breaker {
  readonly isOpen: boolean;
  readonly openSince: Date | undefined;
  /** The delivery that has been the probe often enough; another one goes next. */
  readonly tired: string | undefined;
  /** Whether a delivery failed while others went through: its failures are its own and say nothing about the channel. */
  isSuspect(deliveryId: string): boolean;
  /** A try failed. Returns how long the lane waits before its next probe; 0 while the breaker is closed. */
  failed(failure: Failure): number;
  /** A try succeeded; true when that ended an outage. */
  succeeded(deliveryId: string): boolean;
}

export interface Failure {
  readonly deliveryId: string;
  /** The platform said, or the network showed, that nothing can be posted here now. */
  readonly outOfReach: boolean;
  readonly now: Date;
}

/** `retryMs` also spaces the probes, up to a minute. */
export function createBreaker(retryMs: readonly number[]): Breaker {
  let failures = 0;
  let inARow = 0;
  let last: string | undefined;
  let openSince: Date | undefined;
  const failing = new Set<string>();
  const suspects = new Set<string>();
  return {
    get isOpen() {
      return openSince !== undefined;
    },
    get openSince() {
      return openSince;
    },
    get tired() {
      return inARow >= PROBES_IN_A_ROW ? last : undefined;
    },
    isSuspect: (deliveryId) => suspects.has(deliveryId),
    failed({ deliveryId, outOfReach, now }) {
      if (suspects.has(deliveryId)) return 0;
      failures++;
      failing.add(deliveryId);
      inARow = deliveryId === last ? inARow + 1 : 1;
      last = deliveryId;
      if (outOfReach || (failures >= OPENS_AFTER && failing.size > 1)) openSince ??= now;
      if (openSince === undefined) return 0;
      const wait = retryMs[Math.min(failures, retryMs.length) - 1] ?? LONGEST_PROBE_MS;
      return Math.min(Math.max(wait, SHORTEST_PROBE_MS), LONGEST_PROBE_MS);
    },
    succeeded(deliveryId) {
      const ended = openSince !== undefined;
      failing.delete(deliveryId);
      suspects.delete(deliveryId);
      for (const failed of failing) suspects.add(failed);
      failing.clear();
      failures = 0;
      inARow = 0;
      openSince = undefined;
      return ended;
    },
  };
}
