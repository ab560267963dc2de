import { AsyncLocalStorage } from 'node:async_hooks';
import type { webApi } from '@slack/bolt';
import type { ChannelConfig, SlackConfig } from '../../core/config.ts';
import type { Log } from '../../core/log.ts';
import type { Outcome, Ref } from '../../core/outcome.ts';
import type { Payload, PlatformClient, SendOptions } from '../../core/platform.ts';
import { onceAMinute } from '../once-a-minute.ts';
import { askHealth } from './health.ts';
import { postToWebhook } from './incoming-webhook.ts';
import { type Asked, outcomeOfClientError, STOPPED_BEFORE } from './outcomes.ts';
import { wordsOnly } from './words-only.ts';

/** A channel's own limit comes with every call as a signal; this is for a call that came without an end. */
const LONGEST_CALL_MS = 60_000;
const HEALTH_TIMEOUT_MS = 10_000;
/** The plain form comes at once, so that a few would do. */
const REFUSED_KEPT = 1_000;

const NO_TOKEN: Outcome = {
  kind: 'retry',
  lane: true,
  unreachable: true,
  reason: 'The config has no platforms.slack.botToken, and this channel has no webhookUrl.',
};

/** Posts as the bot where a channel has an id, through its incoming webhook where it has one. */
export async function createSlackClient(slack: SlackConfig | undefined, log: Log): Promise<PlatformClient> {
  const bot = slack === undefined ? undefined : await connectBot(slack, log);
  const ask = async (channel: ChannelConfig, call: Call): Promise<Outcome> => {
    if (bot === undefined) return NO_TOKEN;
    if (call.signal.aborted) return STOPPED_BEFORE;
    try {
      return { kind: 'sent', status: 200, ref: refOf(await bot.call(call), channel) };
    } catch (error) {
      return outcomeOfClientError(error, { op: call.op, channel: channel.id ?? channel.name });
    }
  };
  const post = (channel: ChannelConfig, payload: Payload, options: SendOptions): Promise<Outcome> =>
    channel.webhookUrl === undefined
      ? ask(channel, posting(channel, payload, options))
      : postToWebhook(channel, payload, options);
  // The plain form follows a refused one under the same `once`. Should Slack have refused what both are made of,
  // it must not fail again.
  const refused = new Set<string>();

  return {
    async send(channel, payload, options) {
      const form = refused.delete(options.once) ? wordsOnly(payload) : payload;
      const outcome = await post(channel, form, options);
      if (outcome.kind === 'dead' && outcome.form) {
        if (refused.size >= REFUSED_KEPT) refused.clear();
        refused.add(options.once);
      }
      return outcome;
    },
    async update(channel, ref, payload, { signal }) {
      const { channel: id, message } = ref;
      if (channel.webhookUrl !== undefined || id === undefined || message === undefined)
        return { kind: 'dead', gone: true, reason: 'What an incoming webhook posted cannot be edited.' };
      return ask(channel, updating({ id, message }, payload, signal));
    },
    health: bot?.health ?? (async () => ({ ok: true, detail: 'Incoming webhooks only; Slack is not asked.' })),
    stop: async () => {},
  };
}

interface Call {
  readonly op: Asked['op'];
  readonly method: string;
  readonly args: Record<string, unknown>;
  readonly signal: AbortSignal;
}

function posting(channel: ChannelConfig, payload: Payload, { once, signal }: SendOptions): Call {
  // Slack has no idempotency key; the delivery's id travels along, for whoever has to tell one post from another.
  const metadata = { event_type: 'bellhop_delivery', event_payload: { id: once } };
  return { op: 'send', method: 'chat.postMessage', args: { ...payload, channel: channel.id, metadata }, signal };
}

/** An edit replaces everything: what it leaves out of `blocks` and `attachments` has to be taken away in words. */
function updating(
  { id, message }: { readonly id: string; readonly message: string },
  payload: Payload,
  signal: AbortSignal,
): Call {
  const { text, blocks = [], attachments = [] } = payload;
  // Left out, `parse` becomes `client` on an edit, which makes calls and links of what is in data.
  const args = { channel: id, ts: message, text, blocks, attachments, parse: 'none' };
  return { op: 'update', method: 'chat.update', args, signal };
}

/** Both as strings: a `ts` that was a number would have lost its trailing zeros. */
function refOf(answer: object, channel: ChannelConfig): Ref {
  const { channel: id = channel.id, ts } = answer as { readonly channel?: unknown; readonly ts?: unknown };
  return { channel: String(id), ...(ts !== undefined && { message: String(ts) }) };
}

interface Bot {
  call(call: Pick<Call, 'method' | 'args' | 'signal'>): Promise<webApi.WebAPICallResult>;
  readonly health: PlatformClient['health'];
}

async function connectBot(slack: SlackConfig, log: Log): Promise<Bot> {
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
  const call: Bot['call'] = ({ method, args, signal }) => signals.run(signal, () => client.apiCall(method, args));
  const whoAmI = () => call({ method: 'auth.test', args: {}, signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) });
  const health = onceAMinute(
    () => askHealth(whoAmI),
    () => performance.now(),
  );
  return { call, health };
}

function withSignal(
  own: AbortSignal | null | undefined,
  given: AbortSignal | undefined,
): { readonly signal?: AbortSignal } {
  const signals = [own, given].filter((signal) => signal !== null && signal !== undefined);
  return signals.length === 0 ? {} : { signal: AbortSignal.any(signals) };
}

/** The client's warnings repeat what the outcome says; what it says at `debug` holds whole messages and is dropped. */
function quietLogger(log: Log, level: webApi.LogLevel): webApi.Logger {
  const tell = (...parts: readonly unknown[]) =>
    log.debug('slack client', { said: parts.map(String).join(' ').slice(0, 300) });
  return {
    debug: () => {},
    info: () => {},
    warn: tell,
    error: tell,
    setLevel: () => {},
    getLevel: () => level,
    setName: () => {},
  };
}
