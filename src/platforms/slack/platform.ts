import type { Platform } from '../../core/platform.ts';
import { checkPayload } from './check.ts';
import { createSlackClient } from './client.ts';
import { compose } from './compose.ts';
import { linkedMessage } from './linked-message.ts';

/** Slack, by a bot or by an incoming webhook. */
export const slack: Platform = {
  name: 'slack',
  // One a second in each channel, and short bursts are let through. https://docs.slack.dev/apis/web-api/rate-limits
  pace: [{ sends: 3, perMs: 3_000 }],
  compose,
  check: (payload) => checkPayload(payload),
  connect: ({ slack: config }, { log }) => createSlackClient(config, log),
  // What an incoming webhook posted has no bot behind it that would be told of a press.
  hears: ({ id }, { slack: config }) =>
    id !== undefined && (config?.signingSecret !== undefined || config?.appToken !== undefined),
  linkedMessage,
  commandStyle: { prefix: '/bellhop', byOptions: false },
};
