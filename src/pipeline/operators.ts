import type { Clock } from '../core/clock.ts';
import type { Reading } from '../core/event.ts';
import type { Hook } from '../core/hook.ts';
import type { NewId } from '../core/id.ts';
import type { Log } from '../core/log.ts';
import type { Severity } from '../core/severity.ts';
import type { SourceType } from '../core/source.ts';
import type { PlannedEvent, Store } from '../core/store.ts';
import { planDelivery } from './plan.ts';
import type { CurrentRuntime } from './runtime.ts';

/** The same thing is told once in this time, restarts included. */
const QUIET_MS = 60 * 60_000;

const BELLHOP_EVENTS = {
  channel_unreachable: 'A channel cannot be posted in until a person acts.',
  channel_recovered: 'A channel takes messages again.',
  template_failed: 'A template could not be used; the message went out in the plain form.',
  delivery_dead: 'A message was given up.',
  config_refused: 'A changed config was refused; the previous one stays in force.',
} as const;

export type BellhopEvent = keyof typeof BELLHOP_EVENTS;

/** Something the operators should know. */
export interface Notice {
  readonly event: BellhopEvent;
  readonly severity: Severity;
  readonly title: string;
  /** What happened and what to do, in sentences. */
  readonly detail: string;
  /** What it is about: the same thing is not told twice within the hour. */
  readonly about: string;
  /** The channel in trouble: it is not the one to be told. */
  readonly channel?: string;
}

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
      source: 'bellhop',
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
        event: {
          ...read,
          id: newId('evt'),
          hookId: hook.id,
          index,
          source: 'bellhop',
          type: 'bellhop',
          receivedAt: hook.at,
        },
        dedupeKey: `${notice.event}:${notice.about}:${Math.floor(hook.at.getTime() / QUIET_MS)}`,
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

/** The type of Bellhop's own events. It is no source: nobody outside can send one. */
export const bellhopSource: SourceType = {
  type: 'bellhop',
  title: 'Bellhop',
  docs: '',
  setUp: '',
  verifier: { scheme: 'none' },
  events: BELLHOP_EVENTS,
  ignores: {},
  dedupeKey: () => undefined,
  read(hook): Reading {
    const notice = JSON.parse(hook.body.toString()) as Notice;
    return {
      kind: 'events',
      events: [
        {
          event: notice.event,
          key: notice.about,
          severity: notice.severity,
          title: notice.title,
          labels: notice.channel === undefined ? {} : { channel: notice.channel },
          facts: { detail: notice.detail, lines: notice.detail.split('\n') },
          payload: notice,
          at: hook.at,
        },
      ],
    };
  },
};
