import type { Random } from '../core/clock.ts';
import type { Delivery } from '../core/delivery.ts';
import type { Metrics } from '../core/metrics.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Settlement, Store } from '../core/store.ts';
import { type AttemptContext, attemptDelivery, type Tried } from './attempt.ts';
import { createBreaker } from './breaker.ts';
import { createPace } from './pace.ts';
import type { ActiveChannel } from './runtime.ts';
import { askedWait, settlementOf } from './settle.ts';

/** A delivery that failed this often lets the next ones go first: one poisoned message cannot silence a channel. */
const STEP_ASIDE_AFTER = 3;
/** How long a lane waits when the store itself fails. */
const STORE_RETRY_MS = 1_000;

/** A try is at most two sends, the second in the plain form; what else it takes is a matter of seconds. */
const leaseFor = ({ timeoutMs }: ActiveChannel): number => 2 * timeoutMs + 60_000;

/** Takes the deliveries of one channel in order, one at a time, and owns its pace, its retries and its breaker. */
export interface Lane {
  /** There may be something to do: looks at once unless the lane is busy or paused. */
  poke(): void;
  /** The lane goes on with the channel's new settings after what is being sent. */
  replace(channel: ActiveChannel | undefined): void;
  /** Takes nothing more and resolves when nothing is in flight. */
  stop(): Promise<void>;
  /** Ends what is in flight. */
  abort(): void;
}

export interface LaneContext extends AttemptContext {
  readonly store: Store;
  readonly random: Random;
  readonly metrics: Metrics;
  /** Called after each settled try, for whoever tells the operators. */
  readonly onTried: (
    channel: ActiveChannel,
    delivery: Delivery,
    tried: Tried & { readonly settlement: Settlement },
  ) => void;
  /** Called after each failed try of a channel that is out of reach. */
  readonly onOutage: (channel: ActiveChannel, outage: { readonly lastingMs: number; readonly reason: string }) => void;
  /** The channel takes messages again after an outage. */
  readonly onRecovered: (channel: ActiveChannel) => void;
}

export function createLane(name: string, first: ActiveChannel | undefined, context: LaneContext): Lane {
  const { store, clock, random, metrics, log } = context;
  let channel = first;
  let pace = createPace(first?.pace ?? []);
  let breaker = createBreaker(first?.retryMs ?? []);
  let pausedUntil = 0;
  let waitedFor: string | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let cancelTimer = (): void => {};
  let abort = new AbortController();

  function poke(): void {
    again = true;
    if (running !== undefined || stopped) return;
    cancelTimer();
    running = run()
      .catch((error: unknown) => {
        log.error('a lane failed; it goes on in a moment', { channel: name, error: String(error) });
        wakeAfter(STORE_RETRY_MS);
      })
      .finally(() => {
        running = undefined;
        if (again && !stopped && clock.now().getTime() >= pausedUntil) poke();
      });
  }

  function wakeAfter(ms: number): void {
    again = false;
    cancelTimer();
    cancelTimer = clock.after(ms, poke);
  }

  async function run(): Promise<void> {
    let settled: Promise<void> = Promise.resolve();
    for (;;) {
      const active = channel;
      again = false;
      // A channel that left the config keeps its deliveries until it comes back.
      if (active === undefined || stopped) break;
      const now = clock.now();
      const wait = Math.max(pausedUntil - now.getTime(), pace.waitMs(now));
      if (wait > 0) {
        wakeAfter(wait);
        break;
      }
      // Issued together so that both share a commit; the store keeps their order.
      const next = store.take(name, { now, stepAside: STEP_ASIDE_AFTER, leaseMs: leaseFor(active), ...probe() });
      // Also when taking fails: a lane that goes on while a try is not recorded would find its channel busy for ever.
      const [took] = await Promise.allSettled([next, settled]);
      settled = Promise.resolve();
      if (took.status === 'rejected') throw took.reason;
      const taken = took.value;
      if (taken === undefined) {
        if (again) continue;
        const due = await store.nextDue(name, { stepAside: STEP_ASIDE_AFTER });
        if (due !== undefined && !again) wakeAfter(Math.max(1, due.getTime() - clock.now().getTime()));
        if (again) continue;
        break;
      }
      pace.sent(clock.now());
      abort = new AbortController();
      const tried = await attemptDelivery(context, taken, {
        channel: active,
        abort,
        ...(waitedFor === undefined ? {} : { waitedFor }),
      });
      settled = conclude(active, taken.delivery, tried);
      settled.catch(() => {});
    }
    await settled;
  }

  /** While the channel is out of reach, the oldest goes as a probe, whatever its time. */
  function probe(): { readonly force?: boolean; readonly except?: string } {
    if (!breaker.isOpen) return {};
    return { force: true, ...(breaker.tired === undefined ? {} : { except: breaker.tired }) };
  }

  /** Counts, pauses and settles. Resolves when the store has it. */
  function conclude(active: ActiveChannel, delivery: Delivery, tried: Tried): Promise<void> {
    const { outcome, attempts } = tried;
    const now = clock.now();
    for (const attempt of attempts) metrics.attempt(name, active.platform.name, attempt.outcome);
    const suspect = breaker.isSuspect(delivery.id);
    const settlement = settlementOf(outcome, delivery, { now, retryMs: active.retryMs, random, suspect });
    const recovered = pauseFor(active, delivery.id, outcome);
    if (outcome.kind === 'sent' && tried.read !== undefined && !delivery.replay) {
      metrics.delivered((now.getTime() - tried.read.event.receivedAt.getTime()) / 1_000);
    }
    return settle(delivery.id, attempts, settlement).then(async () => {
      context.onTried(active, delivery, { ...tried, settlement });
      if (outcome.kind !== 'sent' && breaker.openSince !== undefined) {
        const lastingMs = now.getTime() - breaker.openSince.getTime();
        context.onOutage(active, { lastingMs, reason: outcome.reason });
      }
      if (recovered) await wake(active);
    });
  }

  /** The channel takes messages again: what waits goes now, in its order. */
  async function wake(active: ActiveChannel): Promise<void> {
    await store.wake(name, clock.now()).catch((error: unknown) => {
      log.error('a lane could not be woken; its messages go at their own times', {
        channel: name,
        error: String(error),
      });
    });
    context.onRecovered(active);
  }

  /** Sets how long the lane waits after an outcome; true when an outage ended. */
  function pauseFor(active: ActiveChannel, deliveryId: string, outcome: Outcome): boolean {
    const now = clock.now();
    if (outcome.kind === 'sent') {
      waitedFor = undefined;
      return breaker.succeeded(deliveryId);
    }
    // A delivery that died of its own form says nothing about the channel.
    if (outcome.kind === 'dead' && !outcome.unreachable) return false;
    waitedFor = outcome.reason;
    const told = outcome.kind === 'retry' && outcome.lane ? outcome.afterMs : undefined;
    if (told !== undefined) metrics.rateLimited(active.platform.name);
    const outOfReach = outcome.kind === 'retry' && outcome.lane === true && told === undefined;
    const asked = told === undefined ? undefined : askedWait(told);
    const wait = asked ?? (outcome.kind === 'dead' ? 0 : breaker.failed({ deliveryId, outOfReach, now }));
    pausedUntil = Math.max(pausedUntil, now.getTime() + wait);
    return false;
  }

  /** What happened must not be forgotten: a store that fails is asked again until it takes it. */
  async function settle(...[id, attempts, settlement]: Parameters<Store['settle']>): Promise<void> {
    for (;;) {
      try {
        return await store.settle(id, attempts, settlement);
      } catch (error) {
        log.error('an attempt could not be recorded; trying again', {
          channel: name,
          delivery: id,
          error: String(error),
        });
        if (stopped) throw error;
        // Somebody else ended this try: there is nothing left to record.
        const found = await store.delivery(id).catch(() => undefined);
        if (found !== undefined && found.state !== 'sending') return;
        await new Promise<void>((done) => {
          clock.after(STORE_RETRY_MS, done);
        });
      }
    }
  }

  return {
    poke,
    replace(next) {
      channel = next;
      pace = createPace(next?.pace ?? []);
      const wasOpen = breaker.isOpen;
      breaker = createBreaker(next?.retryMs ?? []);
      pausedUntil = 0;
      // Perhaps the change is the cure: what waited is tried at once.
      if (wasOpen && next !== undefined) void store.wake(name, clock.now()).then(poke, poke);
      else poke();
    },
    async stop() {
      stopped = true;
      cancelTimer();
      await running?.catch(() => {});
    },
    abort: () => abort.abort(),
  };
}
