import type { Clock } from '../core/clock.ts';
import type { Attempt } from '../core/delivery.ts';
import { formatDuration } from '../core/duration.ts';
import type { Log } from '../core/log.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Payload } from '../core/platform.ts';
import type { Taken } from '../core/store.ts';
import { composeMessage, composePlain, type ToCompose } from './compose.ts';
import type { EventReader, ReadEvent } from './event-reader.ts';
import type { ActiveChannel, CurrentRuntime } from './runtime.ts';
import { isTest, TEST_NOTE } from './test-message.ts';

/** A message that comes this long after its event says so. */
const LATE_AFTER_MS = 5 * 60_000;

/** What became of one try: usually one attempt; two when the platform refused the form and was given the plain one. */
export interface Tried {
  readonly outcome: Outcome;
  readonly attempts: readonly Attempt[];
  /** Undefined when the event is gone. */
  readonly read?: ReadEvent;
  /** The template that could not be used, with why. */
  readonly templateFailure?: string;
}

export interface AttemptContext {
  readonly runtime: CurrentRuntime;
  readonly events: EventReader;
  readonly clock: Clock;
  readonly log: Log;
}

export interface ToAttempt {
  readonly channel: ActiveChannel;
  /** Why the lane was waiting, for messages that come late. */
  readonly waitedFor?: string;
  /** Ends what is in flight: at the channel's time limit, or when Bellhop must stop now. */
  readonly abort: AbortController;
}

/** One try of one delivery: read, render, compose, ask the platform. Never throws. */
export async function attemptDelivery(context: AttemptContext, taken: Taken, to: ToAttempt): Promise<Tried> {
  const started = context.clock.now();
  try {
    return await attempt(context, taken, to);
  } catch (error) {
    // A store that cannot be read, a template or composer that fails even on the plain form: the next ones must go on.
    context.log.error('a delivery could not be prepared', { delivery: taken.delivery.id, error: String(error) });
    const reason = 'Bellhop could not prepare this message; its log names the fault.';
    return { outcome: { kind: 'retry', reason }, attempts: [{ at: started, outcome: 'retry', reason, tookMs: 0 }] };
  }
}

async function attempt(context: AttemptContext, taken: Taken, to: ToAttempt): Promise<Tried> {
  const { delivery } = taken;
  const started = context.clock.now();
  const read = await context.events.read(delivery.eventId);
  if (read === undefined) {
    const reason = 'Its event is no longer stored.';
    return { outcome: { kind: 'dead', reason }, attempts: [{ at: started, outcome: 'dead', reason, tookMs: 0 }] };
  }
  const parts: ToCompose = {
    event: read.event,
    channel: to.channel,
    route: delivery.route,
    mentions: delivery.mentions,
    notes: notesOf(read, { taken, to, now: started }),
  };
  const { payload, rendered } = composeMessage(context.runtime(), parts);
  const first = await send(context, { payload, once: delivery.id, to });
  const told = rendered.failure === undefined ? {} : { templateFailure: rendered.failure };
  if (first.outcome.kind !== 'dead' || !first.outcome.form) {
    return { outcome: first.outcome, attempts: [first.attempt], read, ...told };
  }
  // The form was refused: the words still have to arrive.
  const plain = composePlain(context.runtime(), parts, first.outcome.reason);
  const second = await send(context, { payload: plain, once: delivery.id, to });
  const refused = `${to.channel.platform.name} refused the form of ${rendered.template}: ${first.outcome.reason}`;
  // Refused as well, it is no matter of form.
  const shown = second.outcome.kind === 'sent' ? { templateFailure: refused } : {};
  return { outcome: second.outcome, attempts: [first.attempt, second.attempt], read, ...shown };
}

interface Sent {
  readonly outcome: Outcome;
  readonly attempt: Attempt;
}

async function send(
  context: AttemptContext,
  { payload, once, to }: { readonly payload: Payload; readonly once: string; readonly to: ToAttempt },
): Promise<Sent> {
  const { clock, log } = context;
  const at = clock.now();
  const { signal } = to.abort;
  const cancel = clock.after(to.channel.timeoutMs, () => to.abort.abort());
  const outcome = await to.channel.client
    .send(to.channel.config, payload, { once, signal })
    .catch((error: unknown): Outcome => {
      // A client answers with outcomes; an exception is its fault, and nobody knows whether the message went out.
      log.error('a platform client failed', { channel: to.channel.config.name, delivery: once, error: String(error) });
      return { kind: 'ambiguous', reason: `The ${to.channel.platform.name} client failed; the log names the fault.` };
    });
  cancel();
  const tookMs = clock.now().getTime() - at.getTime();
  return { outcome, attempt: toAttempt(outcome, at, tookMs) };
}

function toAttempt(outcome: Outcome, at: Date, tookMs: number): Attempt {
  return {
    at,
    outcome: outcome.kind,
    tookMs,
    ...(outcome.kind === 'sent' ? {} : { reason: outcome.reason }),
    ...(outcome.status === undefined ? {} : { status: outcome.status }),
  };
}

function notesOf(
  { event }: ReadEvent,
  { taken, to, now }: { readonly taken: Taken; readonly to: ToAttempt; readonly now: Date },
): readonly string[] {
  const notes: string[] = [];
  const age = now.getTime() - event.receivedAt.getTime();
  if (isTest(event)) notes.push(TEST_NOTE);
  else if (taken.delivery.replay) notes.push(`Replayed: it came ${formatDuration(age)} ago.`);
  else if (age >= LATE_AFTER_MS) {
    notes.push(`${formatDuration(age)} late: ${to.waitedFor ?? 'earlier messages of this channel went first.'}`);
  }
  if (taken.interrupted) notes.push('Perhaps twice: Bellhop was interrupted while it sent this.');
  return notes;
}
