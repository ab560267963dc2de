import type { Clock } from '../core/clock.ts';
import { HookError } from '../core/errors.ts';
import type { Reading } from '../core/event.ts';
import type { Hook, HookStatus } from '../core/hook.ts';
import type { NewId } from '../core/id.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import type { SourceAnswer, Verdict } from '../core/source.ts';
import type { Accepted, Accepting, PlannedEvent, Store } from '../core/store.ts';
import { type Answered, shakeHands } from './handshake.ts';
import { checkMethod } from './methods.ts';
import { planEvents } from './plan.ts';
import type { ActiveSource, CurrentRuntime, Runtime } from './runtime.ts';

/** Hooks being checked and stored at once; more are told to come back. A bound on memory, far above what one disk keeps up with. */
const MOST_IN_FLIGHT = 2_000;
/** Seconds a sender is asked to wait when the store cannot take more. */
const RETRY_AFTER_SECONDS = 5;

/** A request for a source, as the HTTP server hands it on: complete, inflated, untrusted. */
export type Arrived = Omit<Hook, 'id' | 'at'>;

export interface Received {
  readonly id: string;
  readonly status: HookStatus;
  /** How many events are new. */
  readonly events: number;
  /** Why it was ignored or unreadable, or what was unusual about it. */
  readonly note?: string;
  /** What its sender wants to hear instead of all this. */
  readonly wants?: SourceAnswer;
}

export interface RefusedBefore {
  readonly at: Date;
  /** Its id among the refused hooks. */
  readonly takesIn: string;
}

export interface Receiver {
  /**
   * Takes a hook: verified, read, planned, on disk; or answers it, where it is a handshake. Throws `HookError` when it is
   * refused; then nothing was stored. `before`: it was refused when it came, and signed times are held against that.
   */
  receive(arrived: Arrived, before?: RefusedBefore): Promise<Received | Answered>;
  /** From now on every hook is told to come back. */
  close(): void;
}

export interface ReceiveContext {
  readonly runtime: CurrentRuntime;
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Called after the commit with what is new, so that lanes wake up and need not read it back. */
  readonly onAccepted: (hook: Hook, planned: readonly PlannedEvent[]) => void;
}

/** The accept walk: raw bytes → handshake → verify → read → plan → one durable commit. Nothing here talks to a platform or renders. */
export function createReceiver(context: ReceiveContext): Receiver {
  const { runtime, store, clock, newId, metrics, log } = context;
  let inFlight = 0;
  let closed = false;

  async function receive(arrived: Arrived, before?: RefusedBefore): Promise<Received | Answered> {
    if (closed)
      throw new HookError('busy', 'Bellhop is shutting down; send it again in a moment.', RETRY_AFTER_SECONDS);
    if (inFlight >= MOST_IN_FLIGHT) {
      throw new HookError(
        'busy',
        `${MOST_IN_FLIGHT} hooks are being stored already; send it again in a moment.`,
        RETRY_AFTER_SECONDS,
      );
    }
    const active = runtime();
    const source = active.sources.get(arrived.source);
    if (source === undefined)
      throw new HookError('unknown_source', `There is no source named "${arrived.source}" here.`);
    const hook: Hook = { ...arrived, id: newId('hook'), at: before?.at ?? clock.now() };
    checkAddress(source, hook);
    inFlight++;
    try {
      const { handshake } = source;
      const asked = handshake?.signed === false ? await shakeHands(handshake, hook, context) : undefined;
      if (asked !== undefined) return asked;
      checkMethod(source, hook);
      const verdict = source.verify(hook, hook.at);
      // Most verdicts are there at once, and none of those waits a turn for the few that fetch a certificate.
      admit(directed(verdict instanceof Promise ? await verdict : verdict, source, hook));
      if (source.type.admits !== undefined) admit(source.type.admits(hook, source.options));
      const signed = handshake?.signed === true ? await shakeHands(handshake, hook, context) : undefined;
      if (signed !== undefined) return signed;
      const planned = plan(active, source, source.withoutToken(hook));
      const received = await keep(before === undefined ? planned : { ...planned, takesIn: before.takesIn });
      const wants = source.type.answerTo?.(hook);
      return wants === undefined ? received : { ...received, wants };
    } finally {
      inFlight--;
    }
  }

  function plan(active: Runtime, source: ActiveSource, hook: Hook): Accepting {
    const reading = read(source, hook, log);
    if (reading.kind === 'unreadable')
      return { hook, status: 'unreadable', note: `${reading.reason}${elsewhere(source, hook)}`, events: [] };
    if (reading.kind === 'ignored') return { hook, status: 'ignored', note: reading.reason, events: [] };
    return { hook, status: 'accepted', events: planEvents(active, hook, { source, events: reading.events, newId }) };
  }

  async function keep(accepting: Accepting): Promise<Received> {
    const { hook } = accepting;
    const accepted = await store.accept(accepting).catch((error: unknown) => {
      log.error('a hook could not be stored and was refused with 503', { source: hook.source, error: String(error) });
      throw new HookError(
        'busy',
        'Bellhop cannot write to its disk now; send it again in a moment.',
        RETRY_AFTER_SECONDS,
      );
    });
    const fresh = new Set(accepted.events.map((event) => event.id));
    const stored = accepting.events.filter(({ event }) => fresh.has(event.id));
    metrics.hook(hook.source, accepted.status);
    for (const { event } of stored) metrics.event(event.source, event.event);
    if (accepted.muted > 0) metrics.muted(accepted.muted);
    if (stored.length > 0) context.onAccepted(hook, stored);
    const note = accepting.note ?? noteOf(accepted);
    return {
      id: accepted.hookId,
      status: accepted.status,
      events: stored.length,
      ...(note === undefined ? {} : { note }),
    };
  }

  return {
    receive,
    close() {
      closed = true;
    },
  };
}

function checkAddress(source: ActiveSource, hook: Hook): void {
  if (source.allows(hook.from)) return;
  throw new HookError(
    'address_not_allowed',
    `The address ${hook.from} may not send to "${source.name}"; its allowFrom lists those that may.`,
  );
}

function admit(verdict: Verdict): void {
  if (verdict.ok) return;
  throw new HookError(verdict.code, verdict.reason, verdict.code === 'busy' ? RETRY_AFTER_SECONDS : undefined);
}

/** A wrong proof is often a right one at the wrong address. */
const directed = (verdict: Verdict, source: ActiveSource, hook: Hook): Verdict =>
  verdict.ok || verdict.code !== 'bad_signature'
    ? verdict
    : { ...verdict, reason: `${verdict.reason}${elsewhere(source, hook)}` };

function elsewhere(source: ActiveSource, hook: Hook): string {
  const other = source.looksLike(hook);
  return other === undefined
    ? ''
    : ` It looks like a hook of ${other}, and "${source.name}" has the type ${source.type.type}.`;
}

/** A source never throws on what senders send; if one does, it is our fault and must not cost the hook. */
function read(source: ActiveSource, hook: Hook, log: Log): Reading {
  try {
    return source.type.read(hook, source.options);
  } catch (error) {
    log.error('a source failed to read a hook; it is kept as unreadable', {
      source: source.name,
      hook: hook.id,
      error: String(error),
    });
    return {
      kind: 'unreadable',
      reason: `Bellhop’s ${source.type.type} source failed on this document; this is a fault in Bellhop, and the hook is kept.`,
    };
  }
}

function noteOf({ status, events }: Accepted): string | undefined {
  if (status === 'duplicate') return 'This delivery was accepted before; nothing was sent again.';
  const unlisted = [...new Set(events.filter((event) => event.unlisted).map((event) => event.event))];
  if (unlisted.length === 0) return undefined;
  return `Bellhop has no description of ${unlisted.map((event) => `"${event}"`).join(', ')}; it goes out by the default template.`;
}
