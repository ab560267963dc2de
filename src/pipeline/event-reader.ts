import type { HookEvent, KeptEvent } from '../core/event.ts';
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
  remember(event: KeptEvent, hook: Hook): void;
}

interface Remembered {
  readonly bytes: number;
  /** Reads at the first call, and for all who ask: fifty channels that want one event at once read it once. */
  readonly read: () => Promise<ReadEvent | undefined>;
}

export function createEventReader(context: { readonly store: Store; readonly runtime: CurrentRuntime }): EventReader {
  const { store, runtime } = context;
  // Oldest first.
  const remembered = new Map<string, Remembered>();
  let bytes = 0;

  function keep(id: string, entry: Remembered): void {
    forget(id);
    remembered.set(id, entry);
    bytes += entry.bytes;
    for (const oldest of remembered.keys()) {
      if (remembered.size <= MOST_REMEMBERED && bytes <= REMEMBERED_BYTES) break;
      forget(oldest);
    }
  }

  function forget(id: string): void {
    bytes -= remembered.get(id)?.bytes ?? 0;
    remembered.delete(id);
  }

  async function load(eventId: string): Promise<ReadEvent | undefined> {
    const stored = await store.event(eventId);
    const kept = stored && (await store.hook(stored.event.hookId));
    return stored && kept && whole(stored.event, kept.hook);
  }

  const whole = (event: KeptEvent, hook: Hook): ReadEvent => ({
    event: { ...event, payload: payloadOf(event, hook) },
    hook,
  });

  return {
    remember: (event, hook) => keep(event.id, { bytes: hook.body.length, read: once(async () => whole(event, hook)) }),
    async read(eventId) {
      const known = remembered.get(eventId);
      if (known !== undefined) return known.read();
      const read = once(() => load(eventId));
      keep(eventId, { bytes: 0, read });
      const found = await read().catch((error: unknown) => {
        forget(eventId);
        throw error;
      });
      if (found === undefined) forget(eventId);
      else if (remembered.has(eventId)) keep(eventId, { bytes: found.hook.body.length, read });
      return found;
    },
  };

  /** The document as it is read today; an empty one where a newer Bellhop no longer finds it. */
  function payloadOf(event: KeptEvent, hook: Hook): unknown {
    const active = runtime();
    try {
      const reading = active.types.get(event.type)?.read(hook, active.sources.get(event.source)?.options ?? {});
      return reading?.kind === 'events' ? (reading.events[event.index]?.payload ?? {}) : {};
    } catch {
      return {};
    }
  }
}

function once<Found>(make: () => Promise<Found>): () => Promise<Found> {
  let made: Promise<Found> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
