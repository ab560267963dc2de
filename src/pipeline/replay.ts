import type { Clock } from '../core/clock.ts';
import type { PlannedDelivery } from '../core/delivery.ts';
import { ApiError } from '../core/errors.ts';
import type { HookEvent } from '../core/event.ts';
import type { NewId } from '../core/id.ts';
import { didYouMean } from '../core/nearest.ts';
import type { Person } from '../core/overlay.ts';
import type { Destination } from '../core/route.ts';
import type { Store } from '../core/store.ts';
import type { EventReader } from './event-reader.ts';
import { planDelivery } from './plan.ts';
import type { CurrentRuntime, Runtime } from './runtime.ts';

/** Sends stored events and deliveries once more. */
export interface Replayer {
  /** What `replayEvent` would send; throws what it would throw. */
  planReplay(eventId: string, channel?: string): Promise<ReplayPlan>;
  /**
   * An event again, by today's routes or to one channel; throws `ApiError` where that cannot be. Who asked for it is
   * remembered, unless the caller does that.
   */
  replayEvent(eventId: string, channel?: string, by?: ReplayedBy): Promise<readonly PlannedDelivery[]>;
  /** A dead or waiting delivery now. */
  retryDelivery(deliveryId: string): Promise<void>;
}

export interface ReplayPlan {
  readonly event: HookEvent;
  readonly destinations: readonly Destination[];
}

export interface ReplayedBy {
  readonly by: Person;
  /** The channel where it was said. */
  readonly channel?: string;
}

export function createReplayer(context: {
  readonly runtime: CurrentRuntime;
  readonly store: Store;
  readonly events: EventReader;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly poke: (channel: string) => void;
}): Replayer {
  const { runtime, store, events, clock, newId, poke } = context;

  async function planReplay(eventId: string, channel?: string): Promise<ReplayPlan> {
    const read = await events.read(eventId);
    if (read === undefined)
      throw new ApiError('not_found', `There is no event ${eventId}; "bellhop events" lists those that are kept.`);
    const active = runtime();
    const { event, hook } = read;
    const destinations =
      channel === undefined
        ? active.router.destinations({ event, headers: hook.headers, query: hook.query })
        : [destinationOf(active, channel)];
    return { event, destinations: destinations.filter(({ channel: to }) => active.channels.has(to)) };
  }

  async function remember({ event }: ReplayPlan, planned: readonly PlannedDelivery[], { by, channel }: ReplayedBy) {
    const to = planned.map((delivery) => delivery.channel).join(', ');
    await store
      .audit({
        id: newId('audit'),
        at: clock.now(),
        by,
        action: 'replay',
        subject: event.id,
        ...(channel !== undefined && { channel }),
        detail: `${event.title} to ${to}`.slice(0, 500),
      })
      .catch(notWritten);
  }

  return {
    planReplay,
    async replayEvent(eventId, channel, by) {
      const plan = await planReplay(eventId, channel);
      const planned = plan.destinations
        .flatMap((destination) => planDelivery(runtime(), destination, newId))
        .map((delivery) => ({ ...delivery, replay: true }));
      if (planned.length === 0) return planned;
      // First who, then what: nothing is sent that nobody can be asked about.
      if (by !== undefined) await remember(plan, planned, by);
      await store.addDeliveries(eventId, planned, clock.now()).catch(notWritten);
      for (const delivery of planned) poke(delivery.channel);
      return planned;
    },
    async retryDelivery(deliveryId) {
      const delivery = await store.delivery(deliveryId);
      if (delivery === undefined) throw new ApiError('not_found', `There is no delivery ${deliveryId}.`);
      const again = await store.retry(deliveryId, clock.now()).catch(notWritten);
      if (!again)
        throw new ApiError(
          'conflict',
          `Delivery ${deliveryId} is ${delivery.state}; only a dead or queued one can be retried.`,
        );
      poke(delivery.channel);
    },
  };
}

function destinationOf(runtime: Runtime, channel: string): Destination {
  if (runtime.channels.has(channel)) return { channel, route: 'replay', mentions: [] };
  throw new ApiError(
    'bad_request',
    `There is no channel "${channel}" in the config${didYouMean(channel, runtime.channels.keys())}`,
  );
}

function notWritten(error: unknown): never {
  throw new ApiError('busy', `Nothing was sent again: ${error instanceof Error ? error.message : 'the store failed.'}`);
}
