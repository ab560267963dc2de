import type { Clock } from '../core/clock.ts';

/** The ids that came in the last ten minutes: platforms send again what they think was not taken. */
export interface SeenBefore {
  /** Whether it came before; from now on it has. */
  add(id: string): boolean;
  /** As if it had never come: it was not taken after all. */
  forget(id: string): void;
}

/** Longer than a signature is good for, so that a recorded request cannot be played again either. */
const KEPT_MS = 10 * 60_000;
/** Far more than people can say in ten minutes; the oldest is forgotten first. */
const MOST = 10_000;

export function createSeenBefore(clock: Pick<Clock, 'now'>): SeenBefore {
  /** Oldest first, with when it came. */
  const seen = new Map<string, number>();
  return {
    add(id) {
      const now = clock.now().getTime();
      for (const [oldest, at] of seen) {
        if (seen.size < MOST && now - at < KEPT_MS) break;
        seen.delete(oldest);
      }
      if (seen.has(id)) return true;
      seen.set(id, now);
      return false;
    },
    forget: (id) => void seen.delete(id),
  };
}
