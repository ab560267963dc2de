import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { OverlayStore } from '../core/overlay.ts';
import type { Store } from '../core/store.ts';
import type { CurrentRuntime } from './runtime.ts';

const EVERY_MS = 10 * 60_000;
/** How long a sender's ids are remembered, whatever `delivery.keep` says: GitHub, Stripe and PayPal redeliver for three days. */
const DUPLICATES_MS = 7 * 24 * 60 * 60_000;

/** Removes what is finished and old. */
export interface Housekeeping {
  start(): void;
  stop(): void;
}

export function createHousekeeping(context: {
  readonly runtime: CurrentRuntime;
  /** Whose mutes keep what they hold back. */
  readonly overlay: Pick<OverlayStore, 'read'>;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}): Housekeeping {
  const { runtime, overlay, store, clock, log } = context;
  let cancel = (): void => {};
  let stopped = false;

  async function clean(): Promise<void> {
    const { keepMs, keepBytes } = runtime().config.delivery;
    const now = clock.now().getTime();
    const removed = await store.prune({
      before: new Date(now - keepMs),
      duplicatesBefore: new Date(now - DUPLICATES_MS),
      maxBytes: keepBytes,
      inForce: overlay.read().mutes.map(({ id }) => id),
    });
    if (removed > 0) log.info('old events were removed', { count: removed });
  }

  function schedule(): void {
    if (stopped) return;
    cancel = clock.after(EVERY_MS, () => {
      clean()
        .catch((error: unknown) => log.error('old events could not be removed', { error: String(error) }))
        .finally(schedule);
    });
  }

  return {
    start: schedule,
    stop() {
      stopped = true;
      cancel();
    },
  };
}
