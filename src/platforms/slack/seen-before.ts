import type { Clock } from '../../core/clock.ts';

/** What was seen in the last ten minutes: Slack repeats what it thinks was not taken. */
export interface SeenBefore {
  /** Whether it was there already; now it is. */
  add(trigger: string): boolean;
  forget(trigger: string): void;
}

/** Longer than a signature is good for, so that a recorded request cannot be played again either. */
const KEEP_MS = 10 * 60_000;
const MOST = 10_000;

export function seenBefore(clock: Clock): SeenBefore {
  const since = new Map<string, number>();
  return {
    add(trigger) {
      const now = clock.now().getTime();
      // Oldest first, as a map keeps them.
      for (const [oldest, at] of since) {
        if (now - at < KEEP_MS && since.size < MOST) break;
        since.delete(oldest);
      }
      if (since.has(trigger)) return true;
      since.set(trigger, now);
      return false;
    },
    forget: (trigger) => void since.delete(trigger),
  };
}
