import { AsyncLocalStorage } from 'node:async_hooks';
import type { webApi } from '@slack/bolt';
import type { SlackConfig } from '../../core/config.ts';
import type { Log } from '../../core/log.ts';
import { quietLogger } from './quiet-logger.ts';

/** A channel's own limit comes with every call as a signal; this is for a call that came without an end. */
const LONGEST_CALL_MS = 60_000;

export interface BotCall {
  readonly method: string;
  readonly args: Record<string, unknown>;
  readonly signal: AbortSignal;
}

/** Slack's Web API with the bot's token. */
export interface Bot {
  /** One request; throws as Slack's client does. */
  call(call: BotCall): Promise<webApi.WebAPICallResult>;
}

/** Loads Slack's SDK and makes a client; asks nothing yet. */
export async function connectBot(slack: SlackConfig, log: Log): Promise<Bot> {
  const { webApi } = await import('@slack/bolt');
  // The client takes no signal for a call, only a `fetch` for all of them: this carries the one to the other.
  const signals = new AsyncLocalStorage<AbortSignal>();
  const client = new webApi.WebClient(slack.botToken.reveal(), {
    ...(slack.apiUrl !== undefined && { slackApiUrl: slack.apiUrl }),
    // Bellhop's lanes own retries and waits: the client's would post twice, and one 429 would pause every channel.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    maxRequestConcurrency: Number.POSITIVE_INFINITY,
    timeout: LONGEST_CALL_MS,
    // An address in place of a method would be sent the token.
    allowAbsoluteUrls: false,
    logger: quietLogger(log, webApi.LogLevel.WARN),
    fetch: (url: string | URL | Request, init: RequestInit = {}) =>
      fetch(url, { ...init, ...withSignal(init.signal, signals.getStore()) }),
  });
  return { call: ({ method, args, signal }) => signals.run(signal, () => client.apiCall(method, args)) };
}

function withSignal(
  own: AbortSignal | null | undefined,
  given: AbortSignal | undefined,
): { readonly signal?: AbortSignal } {
  const signals = [own, given].filter((signal) => signal !== null && signal !== undefined);
  return signals.length === 0 ? {} : { signal: AbortSignal.any(signals) };
}
