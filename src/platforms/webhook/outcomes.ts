import type { Outcome, Ref } from '../../core/outcome.ts';
import { networkFault } from '../network.ts';
import { retryAfterMs } from '../retry-after.ts';

export interface Answer {
  readonly status: number;
  /** The `Retry-After` header as it came. */
  readonly retryAfter: string | null;
  /** The receiver's host: all of the address that may be shown. */
  readonly host: string;
}

const GONE = 410;
const CLOSED: readonly number[] = [401, 403, 404, 405];
const LATER: readonly number[] = [408, 425, 429, 503];

/** The outcome of a receiver's answer. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export function answerOutcome({ status, retryAfter, host }: Answer, ref: Ref, now: number): Outcome {
  if (status >= 200 && status < 300) return { kind: 'sent', ref, status };
  if (status >= 300 && status < 400) {
    const reason = `${host} answers with a redirect (HTTP ${status}), which is not followed: put the final address in the config.`;
    return { kind: 'dead', reason, status, unreachable: true };
  }
  if (status === GONE) {
    return { kind: 'dead', reason: `${host} wants no more messages (HTTP 410).`, status, unreachable: true };
  }
  if (CLOSED.includes(status)) {
    return {
      kind: 'dead',
      reason: `${host} does not take messages at this address (HTTP ${status}).`,
      status,
      unreachable: true,
    };
  }
  if (LATER.includes(status)) return later({ status, retryAfter, host }, now);
  // The receiver may have acted before it failed; it drops the second one by its webhook-id.
  if (status >= 500) return { kind: 'ambiguous', reason: `${host} failed inside (HTTP ${status}).`, status };
  // Not taken for a verdict on the form: the plain form is the same document with fewer words.
  return { kind: 'dead', reason: `${host} refused the message (HTTP ${status}).`, status };
}

/** The outcome of a request that got no answer. */
export function faultOutcome(error: unknown, host: string): Outcome {
  const { words, mayHaveArrived } = networkFault(error);
  return { kind: mayHaveArrived ? 'ambiguous' : 'retry', reason: `${host} ${words}.` };
}

/** With a wait the receiver speaks about all messages, not about this one. */
function later({ status, retryAfter, host }: Answer, now: number): Outcome {
  const reason = `${host} asks to wait (HTTP ${status}).`;
  const afterMs = retryAfterMs(retryAfter, now);
  return afterMs === undefined
    ? { kind: 'retry', reason, status }
    : { kind: 'retry', reason, status, afterMs, lane: true };
}
