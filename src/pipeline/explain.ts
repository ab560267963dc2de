import type { HookEvent, Reading } from '../core/event.ts';
import type { Hook } from '../core/hook.ts';
import type { NewId } from '../core/id.ts';
import type { Mute } from '../core/overlay.ts';
import type { Payload } from '../core/platform.ts';
import type { RouteTrace } from '../core/route.ts';
import { composeMessage } from './compose.ts';
import { toHookEvent } from './plan.ts';
import type { ActiveSource, Runtime } from './runtime.ts';

/** What would happen to one event. */
export interface EventExplanation {
  readonly event: HookEvent;
  readonly routes: readonly RouteTrace[];
  readonly messages: readonly ExplainedMessage[];
}

export interface ExplainedMessage {
  readonly channel: string;
  readonly platform: string;
  readonly route: string;
  readonly payload: Payload;
  readonly template: string;
  /** Why the template could not be used. */
  readonly failure?: string;
  /** Would hold it back; the end of what stands open in the channel passes all the same. */
  readonly mute?: Mute;
}

export interface Explanation {
  readonly reading: Reading;
  readonly events: readonly EventExplanation[];
}

/** A dry run of the whole road but for signature and sending: nothing is stored, nothing leaves. */
export function explainHook(
  runtime: Runtime,
  hook: Hook,
  by: { readonly source: ActiveSource; readonly newId: NewId },
): Explanation {
  const reading = by.source.type.read(hook, by.source.options);
  const events = reading.kind === 'events' ? reading.events : [];
  return {
    reading,
    events: events.map((read, index) => {
      const event = toHookEvent(read, { hook, index, ...by });
      return explainEvent(runtime, event, hook);
    }),
  };
}

function explainEvent(
  runtime: Runtime,
  event: HookEvent,
  hook: Pick<Hook, 'headers' | 'query' | 'at'>,
): EventExplanation {
  const subject = { event, headers: hook.headers, query: hook.query };
  const messages = runtime.router.destinations(subject).flatMap((destination): ExplainedMessage[] => {
    const channel = runtime.channels.get(destination.channel);
    if (channel === undefined) return [];
    const { payload, rendered } = composeMessage(runtime, {
      event,
      channel,
      route: destination.route,
      mentions: destination.mentions,
      notes: [],
    });
    const mute = runtime.mutes.find(subject, destination, hook.at);
    return [
      {
        channel: destination.channel,
        platform: channel.platform.name,
        route: destination.route,
        payload,
        ...rendered,
        ...(mute !== undefined && { mute }),
      },
    ];
  });
  return { event, routes: runtime.router.trace(subject), messages };
}
