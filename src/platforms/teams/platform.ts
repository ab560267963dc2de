import type { Platform } from '../../core/platform.ts';
import { checkActivity } from './check.ts';
import { connectTeams } from './client.ts';
import { composeActivity } from './compose.ts';
import { PACE } from './limits.ts';
import { linkedMessage } from './linked-message.ts';

/** Microsoft Teams: a bot that posts Adaptive Cards and edits them, or a Workflows address that only takes them. */
export const teams: Platform = {
  name: 'teams',
  pace: PACE,
  compose: composeActivity,
  check: checkActivity,
  connect: (platforms, context) => connectTeams(platforms.teams, context),
  /** Where the bot posts it also hears: activities come to the address that it is registered with. */
  hears: ({ id }, platforms) => id !== undefined && platforms.teams !== undefined,
  linkedMessage,
  commandStyle: { prefix: '@Bellhop', byOptions: false },
};
