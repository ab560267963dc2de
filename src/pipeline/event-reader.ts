import type { HookEvent } from '../core/event.ts';
import type { Hook } from '../core/hook.ts';
import type { Store } from '../core/store.ts';
import type { CurrentRuntime } from './runtime.ts';

/** Events that are remembered: enough for the channels of one event, and small, so that accepting fast stays cheap. */
const MOST_REMEMBERED = 32;
/** The same bound in bytes of hook bodies; a parsed document takes several times as much. */
const REMEMBERED_BYTES = 2 * 1024 * 1024;

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
  // Oldest first. A promise, so that fifty channels that want one event at once read it once.
  const remembered = new Map<string, { readonly bytes: number; readonly read: Promise<ReadEvent | undefined> }>();
  let bytes = 0;

  function keep(id: string, read: Promise<ReadEvent | undefined>, size: number): void {
    forget(id);
    remembered.set(id, { read, bytes: size });
    bytes += size;
    for (const oldest of remembered.keys()) {
      if (remembered.size <= MOST_REMEMBERED && bytes <= REMEMBERED_BYTES) break;
      forget(oldest);
    }
  }

  function forget(id: string): void {
    const known = remembered.get(id);
    if (known === undefined) return;
    remembered.delete(id);
    bytes -= known.bytes;
  }

  async function load(eventId: string): Promise<ReadEvent | undefined> {
    const stored = await store.event(eventId);
    const kept = stored && (await store.hook(stored.event.hookId));
    if (stored === undefined || kept === undefined) return undefined;
    return { event: { ...stored.event, payload: payloadOf(stored.event, kept.hook) }, hook: kept.hook };
  }

  return {
    remember: (event, hook) => keep(event.id, Promise.resolve({ event, hook }), hook.body.length),
    async read(eventId) {
      const known = remembered.get(eventId);
      if (known !== undefined) return known.read;
      const reading = load(eventId);
      keep(eventId, reading, 0);
      const read = await reading.catch((error: unknown) => {
        forget(eventId);
        throw error;
      });
      if (read === undefined) forget(eventId);
      else if (remembered.has(eventId)) keep(eventId, reading, read.hook.body.length);
      return read;
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
