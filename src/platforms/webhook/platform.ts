import type { Platform } from '../../core/platform.ts';
import { createWebhookClient } from './client.ts';
import { check, compose } from './compose.ts';

/** Signed HTTP fan-out: whoever can receive a Standard Webhooks request gets every message as data. */
export const webhook: Platform = {
  name: 'webhook',
  pace: [],
  compose,
  check,
  hears: () => false,
  linkedMessage: () => undefined,
  connect: async () => createWebhookClient(),
};
