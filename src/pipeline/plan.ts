import { createHash } from 'node:crypto';
import type { PlannedDelivery } from '../core/delivery.ts';
import type { HookEvent, SourceEvent } from '../core/event.ts';
import type { Hook } from '../core/hook.ts';
import type { NewId } from '../core/id.ts';
import type { Destination, Subject } from '../core/route.ts';
import type { PlannedEvent } from '../core/store.ts';
import type { ActiveSource, Runtime } from './runtime.ts';

/** Where every event of a hook goes, and what a mute holds back. Pure but for the ids it is handed. */
export function planEvents(runtime: Runtime, hook: Hook, plan: EventsToPlan): readonly PlannedEvent[] {
  const { source, events, newId } = plan;
  return events.map((read, index) => {
    const event = toHookEvent(read, { hook, index, source, newId });
    const subject: Subject = { event, headers: hook.headers, query: hook.query };
    const deliveries = runtime.router.destinations(subject).flatMap((destination) => {
      const mute = runtime.mutes.find(subject, destination, hook.at);
      const planned = planDelivery(runtime, destination, newId);
      return mute === undefined ? planned : planned.map((delivery) => ({ ...delivery, mute: mute.id }));
    });
    // The parsed document ends here: held until the commit, those of all hooks in flight would burden the collector.
    const { payload: _payload, ...kept } = event;
    return {
      event: kept,
      ...dedupeOf(source, hook, { read, index }),
      deliveries,
    };
  });
}

/** Senders try again for some minutes at first; what comes later in the same words may be meant. */
const REPEATED_WITHIN_MS = 10 * 60_000;

function dedupeOf(
  { type }: ActiveSource,
  hook: Hook,
  { read, index }: { readonly read: SourceEvent; readonly index: number },
): Pick<PlannedEvent, 'dedupeKey' | 'dedupeWithinMs'> {
  const dedupeKey = type.dedupeKey(hook, read);
  if (dedupeKey !== undefined) return { dedupeKey };
  if (type.isDated?.(hook, read) !== true) return {};
  const bytes = createHash('sha256').update(hook.body).digest('hex');
  return { dedupeKey: `bytes:${bytes}:${index}`, dedupeWithinMs: REPEATED_WITHIN_MS };
}

export interface EventsToPlan {
  readonly source: ActiveSource;
  readonly events: readonly SourceEvent[];
  readonly newId: NewId;
}

/** The delivery of a destination; none when its channel is not in the config. */
export function planDelivery(runtime: Runtime, destination: Destination, newId: NewId): readonly PlannedDelivery[] {
  const channel = runtime.channels.get(destination.channel);
  if (channel === undefined) return [];
  return [{ ...destination, id: newId('dlv'), platform: channel.platform.name, replay: false }];
}

/** What was read as the event it becomes: with its id, its place in its hook and the names of its source. */
export function toHookEvent(read: SourceEvent, { hook, index, source, newId }: ReadFrom): HookEvent {
  return {
    ...read,
    id: newId('evt'),
    hookId: hook.id,
    index,
    source: source.name,
    type: source.type.type,
    receivedAt: hook.at,
  };
}

export interface ReadFrom {
  readonly hook: Hook;
  /** Its place among the events of its hook, from 0. */
  readonly index: number;
  readonly source: Pick<ActiveSource, 'name' | 'type'>;
  readonly newId: NewId;
}
