import type { ChannelConfig, SlackConfig } from '../../core/config.ts';
import type { Log } from '../../core/log.ts';
import type { Outcome, Ref } from '../../core/outcome.ts';
import type { Health, Payload, PlatformClient, SendOptions } from '../../core/platform.ts';
import { onceAMinute } from '../once-a-minute.ts';
import { type Bot, type BotCall, connectBot } from './bot.ts';
import { askHealth } from './health.ts';
import { postToWebhook } from './incoming-webhook.ts';
import { type Asked, outcomeOfClientError, STOPPED_BEFORE } from './outcomes.ts';
import { wordsOnly } from './words-only.ts';

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
  const health =
    bot === undefined
      ? webhooksOnly
      : onceAMinute(
          () => askHealth(() => whoAmI(bot)),
          () => performance.now(),
        );

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
    health,
    stop: async () => {},
  };
}

const webhooksOnly = async (): Promise<Health> => ({
  ok: true,
  detail: 'Incoming webhooks only; Slack is not asked.',
});

const whoAmI = (bot: Bot) =>
  bot.call({ method: 'auth.test', args: {}, signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) });

interface Call extends BotCall {
  readonly op: Asked['op'];
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
