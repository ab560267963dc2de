/** Time, handed in so that tests can move it. */
export interface Clock {
  now(): Date;
  /** Runs `then` once after `ms`; the returned function cancels it. Does not keep the process alive. */
  after(ms: number, then: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => new Date(),
  after(ms, then) {
    // Node fires a timer beyond 2^31-1 ms at once; whoever waits longer looks again when this one ends.
    const timer = setTimeout(then, Math.min(ms, 2 ** 31 - 1));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Uniform in [0, 1), handed in like the clock. */
export type Random = () => number;
