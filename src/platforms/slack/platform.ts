import type { Platform } from '../../core/platform.ts';
import { checkPayload } from './check.ts';
import { createSlackClient } from './client.ts';
import { compose } from './compose.ts';

/** Slack, by a bot or by an incoming webhook. */
export const slack: Platform = {
  name: 'slack',
  // One a second in each channel, and short bursts are let through. https://docs.slack.dev/apis/web-api/rate-limits
  pace: [{ sends: 3, perMs: 3_000 }],
  compose,
  check: (payload) => checkPayload(payload),
  connect: ({ slack: config }, { log }) => createSlackClient(config, log),
};
