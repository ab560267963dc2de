import type { Random } from '../core/clock.ts';
import type { Delivery } from '../core/delivery.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Settlement } from '../core/store.ts';

/** Retries are spread by this much in both directions, so that a thousand channels do not come back at once. */
const JITTER = 0.2;

/** What becomes of a delivery after an attempt: the whole retry policy, as a function. */
export function settlementOf(outcome: Outcome, delivery: Delivery, policy: RetryPolicy): Settlement {
  if (outcome.kind === 'sent') return { state: 'sent', ref: outcome.ref };
  if (outcome.kind === 'dead') return { state: 'dead' };
  const { now, retryMs, random, suspect } = policy;
  const asked = outcome.kind === 'retry' && outcome.afterMs !== undefined ? askedWait(outcome.afterMs) : undefined;
  // The whole channel waits: that is no failure of this delivery, and it keeps its place.
  if (outcome.kind === 'retry' && outcome.lane && !(suspect && asked === undefined)) {
    return { state: 'queued', dueAt: new Date(now.getTime() + (asked ?? 0)), counts: false };
  }
  // A probe of a channel that is out of reach: the delivery's own time has not come yet.
  if (delivery.dueAt > now) return { state: 'queued', dueAt: delivery.dueAt, counts: false };
  const wait = retryMs[delivery.tries];
  if (wait === undefined) return { state: 'dead' };
  const spread = wait * (1 + JITTER * (2 * random() - 1));
  return { state: 'queued', dueAt: new Date(now.getTime() + Math.round(asked ?? spread)), counts: true };
}

export interface RetryPolicy {
  readonly now: Date;
  readonly retryMs: readonly number[];
  readonly random: Random;
  /** This delivery failed while others went through: whatever it says of the channel, it is counted. */
  readonly suspect: boolean;
}

/** A platform that asks for no wait at all is asked again in a second; one that asks for months, tomorrow. */
const SHORTEST_ASKED_MS = 1_000;
const LONGEST_ASKED_MS = 24 * 60 * 60_000;

/** The wait a platform asked for, as it is honoured. */
export const askedWait = (ms: number): number => (ms > 0 ? Math.min(ms, LONGEST_ASKED_MS) : SHORTEST_ASKED_MS);
