import type { Platform } from '../../core/platform.ts';
import { check } from './check.ts';
import { connectDiscord } from './client.ts';
import { compose } from './compose.ts';
import { linkedMessage } from './linked-message.ts';
import { waysIn } from './ways-in.ts';

export const discord: Platform = {
  name: 'discord',
  /**
   * The burst that Discord's engineers name for webhooks (discord/discord-api-docs#367). The real limits change without notice and
   * are read from the answers: the bot's client knows its bucket and refuses to send before its time, a webhook says 429 with a wait.
   */
  pace: [{ sends: 5, perMs: 2_000 }],
  compose,
  check,
  connect: (platforms, context) => connectDiscord(platforms, context),
  /** A message of a webhook address is no bot's: nobody would hear its buttons. The bot hears its own wherever it hears at all. */
  hears({ id }, { discord: account }) {
    if (id === undefined || account === undefined) return false;
    const { http, gateway } = waysIn(account);
    return http || gateway;
  },
  linkedMessage,
  commandStyle: { prefix: '/bellhop', byOptions: true },
};
