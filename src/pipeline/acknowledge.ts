import type { Clock } from '../core/clock.ts';
import type { Delivery } from '../core/delivery.ts';
import { CommandError } from '../core/errors.ts';
import type { KeptEvent } from '../core/event.ts';
import type { NewId } from '../core/id.ts';
import type { Log } from '../core/log.ts';
import type { Outcome, Ref } from '../core/outcome.ts';
import type { Person } from '../core/overlay.ts';
import type { Store, StoredEvent } from '../core/store.ts';
import { timeOfDay } from './clock-time.ts';
import { composeMessage } from './compose.ts';
import type { EventReader } from './event-reader.ts';
import type { ActiveChannel, CurrentRuntime } from './runtime.ts';
import { isTest, TEST_NOTE } from './test-message.ts';

export interface Acknowledged {
  readonly event: KeptEvent;
  /** Who had acknowledged it before; then nothing was changed. */
  readonly before?: { readonly by: Person; readonly at: Date };
  /** Channels whose message shows it now. */
  readonly shown: readonly string[];
  /** Channels whose message could not be changed, each with a sentence. */
  readonly notShown: readonly { readonly channel: string; readonly reason: string }[];
}

/** "I look after it": remembered, and shown on every message of this event. Refusals are `CommandError`s. */
export interface Acknowledger {
  acknowledge(eventId: string, by: Person): Promise<Acknowledged>;
}

/** Events of one story that are looked at, newest first. */
const MOST_OF_A_STORY = 50;
/** Acknowledgements that are looked through for an earlier one. */
const MOST_LOOKED_THROUGH = 500;

export interface AcknowledgerContext {
  readonly runtime: CurrentRuntime;
  readonly store: Store;
  readonly events: EventReader;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

export function createAcknowledger(context: AcknowledgerContext): Acknowledger {
  const { runtime, store, clock, newId } = context;
  const inTurn = createTurns();

  /** Remembers it, unless somebody was first. */
  async function remember(event: KeptEvent, story: readonly KeptEvent[], by: Person) {
    const ids = new Set([event, ...story].map(({ id }) => id));
    const audits = await store.audits({ action: 'acknowledge', limit: MOST_LOOKED_THROUGH });
    const first = audits.find(({ subject }) => ids.has(subject));
    if (first !== undefined) return { by: first.by, at: first.at };
    const detail = event.title.slice(0, 500);
    await store
      .audit({ id: newId('audit'), at: clock.now(), by, action: 'acknowledge', subject: event.id, detail })
      .catch(notRemembered);
    return undefined;
  }

  return {
    async acknowledge(eventId, by) {
      const stored = await store.event(eventId);
      if (stored === undefined) throw new CommandError(`There is no event ${eventId.slice(0, 60)} any more.`);
      const { event } = stored;
      const { source, key } = event;
      if (key === undefined)
        throw new CommandError(
          `"${event.title.slice(0, 100)}" happened once and does not go on, so there is nothing of it to look after.`,
        );
      const newestFirst = await store.events({ source, key, limit: MOST_OF_A_STORY });
      const newest = newestFirst[0] ?? stored;
      if (newest.event.closes === true)
        throw new CommandError(`It is over already: ${newest.event.title.slice(0, 200)}.`);
      const story = newestFirst.slice(0, storyLength(newestFirst)).map((one) => one.event);
      // Two people who press at once: one of them is first.
      const before = await inTurn(() => remember(event, story, by));
      if (before !== undefined) return { event, before, shown: [], notShown: [] };
      const note = `${by.name} looks after it (${timeOfDay(clock.now(), runtime().config.chatops.timeZone)}).`;
      const posted = newest.event.id === event.id ? [stored] : [stored, newest];
      return { event, ...(await showOn(context, posted, note)) };
    },
  };
}

/** How many of a key's events, newest first, belong to the story that goes on. */
function storyLength(newestFirst: readonly StoredEvent[]): number {
  const end = newestFirst.findIndex(({ event }) => event.closes === true);
  return end < 0 ? newestFirst.length : end;
}

async function showOn(context: AcknowledgerContext, posted: readonly StoredEvent[], note: string) {
  const shown: string[] = [];
  const notShown: { readonly channel: string; readonly reason: string }[] = [];
  const all = posted.flatMap(({ event, deliveries }) =>
    deliveries.flatMap((delivery) => {
      const channel = context.runtime().channels.get(delivery.channel);
      // What no bot posted cannot be changed, and has no button that asks for it.
      const changeable = delivery.state === 'sent' && delivery.ref !== undefined && channel?.config.id !== undefined;
      return changeable ? [{ event, delivery, ref: delivery.ref, channel }] : [];
    }),
  );
  await Promise.all(
    all.map(async (message) => {
      const outcome = await showOne(context, message, note);
      const channel = message.channel.config.name;
      if (outcome.kind === 'sent') shown.push(channel);
      else notShown.push({ channel, reason: outcome.reason });
    }),
  );
  return { shown: [...new Set(shown)].sort(), notShown };
}

interface PostedMessage {
  readonly event: KeptEvent;
  readonly delivery: Delivery;
  readonly ref: Ref;
  readonly channel: ActiveChannel;
}

async function showOne(
  { runtime, events, clock, log }: AcknowledgerContext,
  { event, delivery, ref, channel }: PostedMessage,
  note: string,
): Promise<Outcome> {
  const read = await events.read(event.id);
  if (read === undefined) return { kind: 'dead', reason: 'Its event is no longer stored.' };
  const { payload } = composeMessage(runtime(), {
    event: read.event,
    channel,
    route: delivery.route,
    mentions: delivery.mentions,
    notes: isTest(event) ? [TEST_NOTE, note] : [note],
    without: 'acknowledge',
  });
  const abort = new AbortController();
  const cancel = clock.after(channel.timeoutMs, () => abort.abort());
  const outcome = await channel.client
    .update(channel.config, ref, payload, { once: delivery.id, signal: abort.signal })
    .catch((error: unknown): Outcome => {
      log.error('a platform client failed', { channel: delivery.channel, delivery: delivery.id, error: String(error) });
      return { kind: 'dead', reason: `The ${channel.platform.name} client failed; the log names the fault.` };
    });
  cancel();
  return outcome;
}

/** Runs what it is given one after the other. */
function createTurns(): <Made>(work: () => Promise<Made>) => Promise<Made> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

function notRemembered(error: unknown): never {
  throw new CommandError(`It could not be remembered: ${error instanceof Error ? error.message : 'the store failed.'}`);
}
