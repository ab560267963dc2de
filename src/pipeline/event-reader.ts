import type { HookEvent } from '../core/event.ts';
import type { Hook } from '../core/hook.ts';
import type { Store } from '../core/store.ts';
import type { CurrentRuntime } from './runtime.ts';

/** Bytes of hook bodies whose events are remembered, so that a fresh event is not read back for each of its channels. */
const REMEMBERED_BYTES = 8 * 1024 * 1024;

/** An event with the request it came in. */
export interface ReadEvent {
  readonly event: HookEvent;
  readonly hook: Hook;
}

/** Finds stored events, whole. Payloads are kept once, as the bytes that came, and read again from there. */
export interface EventReader {
  /** Undefined when the event was pruned. */
  read(eventId: string): Promise<ReadEvent | undefined>;
  /** Hands over an event that was just accepted. */
  remember(event: HookEvent, hook: Hook): void;
}

export function createEventReader(context: { readonly store: Store; readonly runtime: CurrentRuntime }): EventReader {
  const { store, runtime } = context;
  const remembered = new Map<string, ReadEvent>();
  let bytes = 0;

  function remember(event: HookEvent, hook: Hook): void {
    remembered.set(event.id, { event, hook });
    bytes += hook.body.length;
    for (const [id, oldest] of remembered) {
      if (bytes <= REMEMBERED_BYTES) break;
      remembered.delete(id);
      bytes -= oldest.hook.body.length;
    }
  }

  return {
    remember,
    async read(eventId) {
      const known = remembered.get(eventId);
      if (known !== undefined) return known;
      const stored = await store.event(eventId);
      const kept = stored && (await store.hook(stored.event.hookId));
      if (stored === undefined || kept === undefined) return undefined;
      const event = { ...stored.event, payload: payloadOf(stored.event, kept.hook) };
      remember(event, kept.hook);
      return { event, hook: kept.hook };
    },
  };

  /** The document as it is read today; an empty one where a newer Bellhop no longer finds it. */
  function payloadOf(event: Omit<HookEvent, 'payload'>, hook: Hook): unknown {
    const active = runtime();
    try {
      const reading = active.types.get(event.type)?.read(hook, active.sources.get(event.source)?.options ?? {});
      return reading?.kind === 'events' ? (reading.events[event.index]?.payload ?? {}) : {};
    } catch {
      return {};
    }
  }
}
