import type { ChannelConfig, PlatformsConfig } from '../../core/config.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { ConnectContext, Payload, PlatformClient, SendOptions } from '../../core/platform.ts';
import { onceAMinute } from '../once-a-minute.ts';
import { createBot } from './bot.ts';
import { FLAGS } from './limits.ts';
import { callWebhook } from './webhook-url.ts';

const NO_BOT: Outcome = {
  kind: 'dead',
  reason: 'The config has no `platforms.discord`: a Discord channel with an `id` needs the bot’s token.',
  unreachable: true,
};

/** One client for both ways in: channels with an `id` through the bot, those with a `webhookUrl` without one. */
export async function connectDiscord(
  { discord }: PlatformsConfig,
  { log }: ConnectContext,
  now: () => number = Date.now,
): Promise<PlatformClient> {
  const bot = discord === undefined ? undefined : await createBot(discord, log);
  const health = bot && onceAMinute(() => bot.health(), now);

  return {
    async send(channel, payload, options) {
      if (options.signal.aborted) return NOT_TRIED;
      if (channel.webhookUrl !== undefined) return callWebhook(webhookCall(channel.webhookUrl, payload, options));
      return bot === undefined ? NO_BOT : bot.send(channel.id ?? '', payload, options);
    },
    async update(channel, ref, payload, options) {
      if (options.signal.aborted) return NOT_TRIED;
      const edit = editOf(payload);
      if (channel.webhookUrl !== undefined)
        return callWebhook({ ...webhookCall(channel.webhookUrl, edit, options), ref });
      return bot === undefined ? NO_BOT : bot.update(ref, edit, options);
    },
    health: health ?? (async () => ({ ok: true, detail: 'Only Discord webhooks are used; they need no bot.' })),
    async stop() {
      bot?.stop();
    },
  };
}

const NOT_TRIED: Outcome = { kind: 'retry', reason: 'The attempt ended before anything was sent to Discord.' };

const webhookCall = (
  webhookUrl: NonNullable<ChannelConfig['webhookUrl']>,
  payload: Payload,
  { signal }: SendOptions,
) => ({
  address: webhookUrl.reveal(),
  payload,
  signal,
});

/** An edit keeps what it does not name: a template's own JSON must not leave an earlier state's parts behind. */
function editOf(payload: Payload): Payload {
  const blank =
    Number(payload.flags) & FLAGS.componentsV2
      ? { content: null, embeds: [] }
      : { content: '', embeds: [], components: [] };
  return { ...blank, ...payload };
}
