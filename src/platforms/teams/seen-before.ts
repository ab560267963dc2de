import type { Clock } from '../../core/clock.ts';

const KEPT_MS = 10 * 60_000;
/** Far more than people can say in ten minutes; the oldest is forgotten first. */
const MOST = 10_000;

/** Whether an id came before within ten minutes, asking is telling: Microsoft repeats what it thinks was not taken. */
export function createSeenBefore(clock: Pick<Clock, 'now'>): (id: string) => boolean {
  /** Oldest first, with when it came. */
  const seen = new Map<string, number>();
  return (id) => {
    const now = clock.now().getTime();
    for (const [oldest, at] of seen) {
      if (seen.size < MOST && now - at < KEPT_MS) break;
      seen.delete(oldest);
    }
    if (seen.has(id)) return true;
    seen.set(id, now);
    return false;
  };
}
