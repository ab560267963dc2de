import type { Clock } from '../core/clock.ts';
import type { Hook } from '../core/hook.ts';
import type { NewId } from '../core/id.ts';
import type { Log } from '../core/log.ts';
import type { PlannedEvent, Store } from '../core/store.ts';
import { bellhopSource, type Notice } from './bellhop-source.ts';
import { planDelivery, toHookEvent } from './plan.ts';
import type { CurrentRuntime } from './runtime.ts';

/** The same thing is told once in this time. */
const QUIET_MS = 60 * 60_000;

const BELLHOP = { name: 'bellhop', type: bellhopSource };

export interface Operators {
  /** Tells the channels under `operators`. Never throws: what cannot be told is in the log. */
  tell(notice: Notice): void;
}

/** Notices are events of Bellhop's own and take the same road as every other: stored, retried, shown. */
export function createOperators(context: {
  readonly runtime: CurrentRuntime;
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly onAccepted: (hook: Hook, planned: readonly PlannedEvent[]) => void;
}): Operators {
  const { runtime, store, clock, newId, log } = context;
  const lastTold = new Map<string, number>();

  async function keep(notice: Notice): Promise<void> {
    const active = runtime();
    const channels = active.config.operators.filter((channel) => channel !== notice.channel);
    if (channels.length === 0) return;
    const hook: Hook = {
      id: newId('hook'),
      source: BELLHOP.name,
      method: 'POST',
      headers: {},
      query: {},
      body: Buffer.from(JSON.stringify(notice)),
      from: 'bellhop',
      at: clock.now(),
    };
    const reading = bellhopSource.read(hook, {});
    const planned = (reading.kind === 'events' ? reading.events : []).map(
      (read, index): PlannedEvent => ({
        event: toHookEvent(read, { hook, index, source: BELLHOP, newId }),
        deliveries: channels.flatMap((channel) =>
          planDelivery(active, { channel, route: 'operators', mentions: [] }, newId),
        ),
      }),
    );
    const accepted = await store.accept({ hook, status: 'accepted', events: planned });
    if (accepted.status === 'accepted') context.onAccepted(hook, planned);
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
      keep(notice).catch((error: unknown) => log.error('the operators could not be told', { error: String(error) }));
    },
  };
}
