import { type Clock, systemClock } from '../../core/clock.ts';
import type { TeamsConfig } from '../../core/config.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { ConnectContext, PlatformClient } from '../../core/platform.ts';
import { type Bot, createBot } from './bot.ts';
import { createWorkflows } from './workflows.ts';

/** A client for channels of a bot and for Workflows addresses. Loads the SDK only when the config has a bot. */
export async function connectTeams(
  config: TeamsConfig | undefined,
  { log }: ConnectContext,
  clock: Clock = systemClock,
): Promise<PlatformClient> {
  const bot: Bot | undefined = config && (await createBot(config, log, clock));
  const workflows = createWorkflows(clock);
  return {
    async send(channel, payload, options) {
      if (channel.webhookUrl !== undefined) return workflows.send(channel, payload, options.signal);
      return bot === undefined ? NO_BOT : bot.send(channel, payload, options.signal);
    },
    async update(channel, ref, payload, options) {
      if (channel.webhookUrl !== undefined) return workflows.update();
      return bot === undefined ? NO_BOT : bot.update(ref, payload, options.signal);
    },
    async health() {
      if (bot === undefined) return { ok: true, detail: 'No bot is configured; Workflows addresses need no sign-in.' };
      return bot.health();
    },
    async stop() {},
  };
}

const NO_BOT: Outcome = {
  kind: 'dead',
  unreachable: true,
  reason: 'This channel needs a bot, and the config has no platforms.teams.',
};
