import type { PlannedEvent } from '../core/store.ts';
import { createLane, type Lane, type LaneContext } from './lane.ts';

export interface Dispatcher {
  /** Takes up what an earlier process left, then runs. Resolves when the lanes are awake. */
  start(): Promise<void>;
  /** These events have new deliveries. */
  accepted(planned: readonly PlannedEvent[]): void;
  /** Something changed in this channel: a retry, a replay. */
  poke(channel: string): void;
  /** A new config is in force. */
  reload(): void;
  /** Takes nothing more; resolves when nothing is in flight. What is still being sent after `graceMs` is cut off. */
  stop(graceMs: number): Promise<void>;
}

/** A lane per channel, made when the channel first has something to deliver. */
export function createDispatcher(context: LaneContext): Dispatcher {
  const { store, clock, log, runtime } = context;
  const lanes = new Map<string, Lane>();
  let stopped = false;

  function laneOf(channel: string): Lane {
    const known = lanes.get(channel);
    if (known !== undefined) return known;
    const lane = createLane(channel, runtime().channels.get(channel), context);
    lanes.set(channel, lane);
    return lane;
  }

  /** A lane that is made after the stop would send what nobody waits for any more; it is on disk. */
  function poke(channel: string): void {
    if (!stopped) laneOf(channel).poke();
  }

  return {
    async start() {
      const interrupted = await store.recover(clock.now());
      if (interrupted > 0)
        log.warn('deliveries were interrupted by the last stop and are sent again', { count: interrupted });
      for (const { channel } of await store.lanes()) {
        if (!runtime().channels.has(channel))
          log.warn('deliveries wait for a channel that is not in the config', { channel });
        laneOf(channel).poke();
      }
    },
    accepted(planned) {
      const channels = new Set(
        planned.flatMap(({ event, deliveries }) =>
          // The store may have let the end of a story through.
          deliveries.filter(({ mute }) => mute === undefined || event.closes === true).map(({ channel }) => channel),
        ),
      );
      for (const channel of channels) poke(channel);
    },
    poke,
    reload() {
      for (const [name, lane] of lanes) lane.replace(runtime().channels.get(name));
    },
    async stop(graceMs) {
      stopped = true;
      const cancel = clock.after(graceMs, () => {
        for (const lane of lanes.values()) lane.abort();
      });
      await Promise.all([...lanes.values()].map((lane) => lane.stop()));
      cancel();
    },
  };
}
