import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';

/** What could not be ended (a full disk, mostly) is tried again after this. */
const AGAIN_MS = 5_000;

/** Does what falls due, one pass at a time, with at most one timer. */
export interface Expiry {
  /** Looks now. Never throws: what fails is logged and tried again. Resolves when a pass that began after the call is over. */
  look(): Promise<void>;
  /** Something was added or went: waits for what falls due next. */
  arm(): void;
  stop(): void;
}

/** When the first of these ends; undefined when none of them does. */
export const firstEnd = (all: readonly { readonly until?: Date }[]): Date | undefined =>
  all.flatMap(({ until }) => until ?? []).sort((a, b) => a.getTime() - b.getTime())[0];

export function createExpiry(context: {
  readonly clock: Clock;
  readonly log: Log;
  /** For the log: `a mute`. */
  readonly what: string;
  /** When the next thing falls due; undefined when nothing will. */
  readonly next: () => Date | undefined;
  /** Does everything that is due now. */
  readonly run: () => Promise<void>;
}): Expiry {
  const { clock, log, what, next, run } = context;
  let cancel = (): void => {};
  let last: Promise<void> = Promise.resolve();
  let passes = 0;
  let stopped = false;

  async function pass(): Promise<void> {
    if (stopped) return;
    try {
      await run();
      passes--;
      arm();
    } catch (error) {
      // What a stop cuts off is finished by the next start.
      if (stopped) return;
      log.error(`${what} could not be ended yet; it is tried again`, { error: String(error) });
      passes--;
      wait(AGAIN_MS);
    }
  }

  function arm(): void {
    const due = next();
    if (due === undefined) cancel();
    else wait(Math.max(0, due.getTime() - clock.now().getTime()));
  }

  function wait(ms: number): void {
    cancel();
    // A pass that runs looks at everything, and waits for the next thing when it is over.
    if (!stopped && passes === 0) cancel = clock.after(ms, () => void look());
  }

  function look(): Promise<void> {
    cancel();
    passes++;
    last = last.then(pass);
    return last;
  }

  return {
    look,
    arm,
    stop() {
      stopped = true;
      cancel();
    },
  };
}
