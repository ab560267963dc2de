import type { Outcome } from '../../core/outcome.ts';
import { networkFault } from '../network.ts';
import { errorClass, errorSentence } from './error-codes.ts';
import { oneLine } from './text.ts';

/** What was asked of Slack, and where. */
export interface Asked {
  readonly op: 'send' | 'update';
  /** The channel as its reasons name it. */
  readonly channel: string;
}

/** Slack names no wait for this one; a workspace's message limit does not lift within minutes. */
const MESSAGE_LIMIT_WAIT_MS = 10 * 60_000;

export const STOPPED_BEFORE: Outcome = { kind: 'retry', reason: 'Stopped before it was sent to Slack.' };

/** What Slack's client threw, as an outcome. Reasons hold no text of an error that could name a token or an address. */
export function outcomeOfClientError(error: unknown, asked: Asked): Outcome {
  const { code, data, statusCode, retryAfter, original, message } = fieldsOf(error);
  if (code === 'slack_webapi_rate_limited_error') return slowDown(secondsMs(retryAfter));
  if (code === 'slack_webapi_platform_error') return outcomeOfAnswer(fieldsOf(data), asked);
  if (code === 'slack_webapi_http_error') return outcomeOfStatus(Number(statusCode), asked);
  // The client's own words for a 429 that names no wait, which it throws as a plain Error.
  if (typeof message === 'string' && message.startsWith('Retry header did not contain')) return slowDown();
  return outcomeOfFetchError(original ?? error, asked);
}

/** What `fetch` threw. */
export function outcomeOfFetchError(error: unknown, asked: Asked): Outcome {
  const { words, mayHaveArrived } = networkFault(error);
  if (mayHaveArrived) return unsure(`Slack ${words}.`, asked);
  return { kind: 'retry', lane: true, reason: `Slack ${words}.` };
}

/** An HTTP status other than 200 and 429: Slack's own servers in trouble, or a proxy on the way. */
export function outcomeOfStatus(status: number, asked: Asked): Outcome {
  return unsure(`Slack, or a proxy on the way, answered with HTTP ${status}.`, asked, status);
}

/** HTTP 429; `afterMs` where Slack named a wait. */
export function slowDown(afterMs?: number): Outcome {
  const wait = afterMs === undefined ? {} : { afterMs };
  return { kind: 'retry', lane: true, status: 429, reason: 'Slack asks to slow down.', ...wait };
}

/** An error word of Slack's, as an outcome. */
export function outcomeOfCode(code: string, asked: Asked, { detail = '', status = 200 } = {}): Outcome {
  const reason = errorSentence(code, asked.channel, detail);
  switch (errorClass(code)) {
    case 'channel':
      return { kind: 'dead', status, reason, unreachable: true };
    case 'token':
      return { kind: 'retry', status, reason, lane: true, unreachable: true };
    case 'form':
      return { kind: 'dead', status, reason, form: true };
    case 'fault':
      return { kind: 'dead', status, reason };
    case 'gone':
      // No post can mean this; a post that is told so met something other than Slack.
      return asked.op === 'update' ? { kind: 'dead', status, reason, gone: true } : unsure(reason, asked, status);
    case 'wait':
      if (code === 'message_limit_exceeded')
        return { kind: 'retry', status, reason, lane: true, afterMs: MESSAGE_LIMIT_WAIT_MS };
      return { kind: 'retry', status, reason, ...(code !== 'streaming_state_conflict' && { lane: true }) };
    case 'unsure':
      return unsure(reason, asked, status);
  }
}

function outcomeOfAnswer(data: Fields, asked: Asked): Outcome {
  const code = typeof data.error === 'string' ? data.error : '';
  const meta = fieldsOf(data.response_metadata);
  const messages = Array.isArray(meta.messages) ? meta.messages : [];
  const detail = oneLine(messages.map(String).join('; ').replaceAll('[ERROR] ', ''), 300);
  const outcome = outcomeOfCode(code, asked, { detail });
  const named = outcome.kind === 'retry' && outcome.afterMs === undefined && typeof meta.retryAfter === 'number';
  return named ? { ...outcome, afterMs: Number(meta.retryAfter) * 1_000 } : outcome;
}

/** An edit can be repeated without harm; a post that may have arrived is the lane's to judge. */
function unsure(reason: string, { op }: Asked, status?: number): Outcome {
  return { kind: op === 'update' ? 'retry' : 'ambiguous', reason, ...(status !== undefined && { status }) };
}

const secondsMs = (seconds: unknown): number | undefined =>
  typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
