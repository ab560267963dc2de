/** Failures in a row, of any deliveries of a lane, after which the channel itself is taken to be out of reach. */
const OPENS_AFTER = 5;
/** The longest wait between two probes: a channel that is back is noticed within a minute. */
const LONGEST_PROBE_MS = 60_000;

/**
 * Knows whether a lane's channel is out of reach. While it is open, one delivery in a while is sent as a probe instead of
 * every delivery running through its retries: an outage of a night costs each of them nothing.
 */
export interface Breaker {
  readonly isOpen: boolean;
  /** A try failed. Returns how long the lane waits before its next probe; 0 while the breaker is closed. */
  failed(outOfReach: boolean): number;
  /** A try succeeded; true when that ended an outage. */
  succeeded(): boolean;
}

/** `retryMs` also spaces the probes, up to a minute. */
export function createBreaker(retryMs: readonly number[]): Breaker {
  let failures = 0;
  let open = false;
  return {
    get isOpen() {
      return open;
    },
    failed(outOfReach) {
      failures++;
      open ||= outOfReach || failures >= OPENS_AFTER;
      if (!open) return 0;
      const wait = retryMs[Math.min(failures, retryMs.length) - 1] ?? LONGEST_PROBE_MS;
      return Math.min(wait, LONGEST_PROBE_MS);
    },
    succeeded() {
      const ended = open;
      failures = 0;
      open = false;
      return ended;
    },
  };
}
