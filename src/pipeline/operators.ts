import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Notice } from './bellhop-source.ts';
import type { Notices } from './notices.ts';
import type { CurrentRuntime } from './runtime.ts';

/** The same thing is told once in this time. */
const QUIET_MS = 60 * 60_000;

export interface Operators {
  /** Tells the channels under `operators`. Never throws: what cannot be told is in the log. */
  tell(notice: Notice): void;
}

/** Tells the people who run Bellhop of trouble, somewhere else than where it is. */
export function createOperators(context: {
  readonly runtime: CurrentRuntime;
  readonly notices: Notices;
  readonly clock: Clock;
  readonly log: Log;
}): Operators {
  const { runtime, notices, clock, log } = context;
  const lastTold = new Map<string, number>();

  async function post(notice: Notice): Promise<void> {
    const channels = runtime().config.operators.filter((channel) => channel !== notice.channel);
    if (channels.length > 0) await notices.post(notice, channels, { route: 'operators' });
  }

  return {
    tell(notice) {
      const key = `${notice.event}:${notice.about}`;
      const now = clock.now().getTime();
      const last = lastTold.get(key);
      if (last !== undefined && now - last < QUIET_MS) return;
      lastTold.set(key, now);
      // Trouble and its end take turns: the next trouble is news again.
      if (notice.ends !== undefined) lastTold.delete(`${notice.ends}:${notice.about}`);
      for (const [told, at] of lastTold) {
        if (now - at < QUIET_MS) break;
        lastTold.delete(told);
      }
      // Of a refused config the log has every mistake already.
      if (notice.event !== 'config_refused') log.warn(`${notice.title}: ${notice.detail}`, { event: notice.event });
      post(notice).catch((error: unknown) => log.error('the operators could not be told', { error: String(error) }));
    },
  };
}
