import type { Clock } from '../core/clock.ts';
import type { PlannedDelivery } from '../core/delivery.ts';
import { ApiError } from '../core/errors.ts';
import type { NewId } from '../core/id.ts';
import { didYouMean } from '../core/nearest.ts';
import type { Destination } from '../core/route.ts';
import type { Store } from '../core/store.ts';
import type { EventReader } from './event-reader.ts';
import { planDelivery } from './plan.ts';
import type { CurrentRuntime, Runtime } from './runtime.ts';

/** Sends stored events and deliveries once more. */
export interface Replayer {
  /** An event again, by today's routes or to one channel; throws `ApiError` where that cannot be. */
  replayEvent(eventId: string, channel?: string): Promise<readonly PlannedDelivery[]>;
  /** A dead or waiting delivery now. */
  retryDelivery(deliveryId: string): Promise<void>;
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
  return {
    async replayEvent(eventId, channel) {
      const read = await events.read(eventId);
      if (read === undefined)
        throw new ApiError('not_found', `There is no event ${eventId}; "bellhop events" lists those that are kept.`);
      const active = runtime();
      const { event, hook } = read;
      const destinations =
        channel === undefined
          ? active.router.destinations({ event, headers: hook.headers, query: hook.query })
          : [destinationOf(active, channel)];
      const planned = destinations
        .flatMap((destination) => planDelivery(active, destination, newId))
        .map((delivery) => ({ ...delivery, replay: true }));
      if (planned.length > 0) await store.addDeliveries(eventId, planned, clock.now()).catch(notWritten);
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
