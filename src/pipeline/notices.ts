import type { Clock } from '../core/clock.ts';
import type { Hook } from '../core/hook.ts';
import type { NewId } from '../core/id.ts';
import type { PlannedEvent, Store } from '../core/store.ts';
import { bellhopSource, type Notice } from './bellhop-source.ts';
import { planDelivery, toHookEvent } from './plan.ts';
import type { CurrentRuntime } from './runtime.ts';

const BELLHOP = { name: 'bellhop', type: bellhopSource };

/**
 * Who a notice is for: the word its deliveries have as their route. `operators` are told of trouble, and what they cannot
 * be told makes no notice again; `bellhop` answers for what people did (mutes, chat routes) and fails like any message.
 */
export type NoticeRoute = 'operators' | 'bellhop';

export interface PostOptions {
  readonly route: NoticeRoute;
  /** Posted once for this, whoever else posts it, now or in the next days. */
  readonly dedupeKey?: string;
}

/** What Bellhop itself has to say takes the same road as every event: stored, retried, shown. */
export interface Notices {
  /** Resolves when it is on disk; channels the config does not have are left out, and without any it is kept all the same. */
  post(notice: Notice, channels: readonly string[], options: PostOptions): Promise<void>;
}

export function createNotices(context: {
  readonly runtime: CurrentRuntime;
  readonly store: Pick<Store, 'accept'>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly onAccepted: (hook: Hook, planned: readonly PlannedEvent[]) => void;
}): Notices {
  const { runtime, store, clock, newId, onAccepted } = context;
  return {
    async post(notice, channels, { route, dedupeKey }) {
      const active = runtime();
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
          ...(dedupeKey !== undefined && { dedupeKey }),
          deliveries: [...new Set(channels)].flatMap((channel) =>
            planDelivery(active, { channel, route, mentions: [] }, newId),
          ),
        }),
      );
      const accepted = await store.accept({ hook, status: 'accepted', events: planned });
      if (accepted.status === 'accepted') onAccepted(hook, planned);
    },
  };
}
