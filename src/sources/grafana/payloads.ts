import { z } from 'zod';
import { alertGroup, strings } from '../alert-group/payloads.ts';
import { id, list, number, text } from '../lenient.ts';

/**
 * What the webhook of Grafana's alerting posts:
 * https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
 */
export const notification = alertGroup.extend({ orgId: id });

/** What Grafana 7 and before post, and later ones with legacy alerting: one rule. */
export const legacyNotification = z.object({
  orgId: id,
  ruleId: id,
  ruleName: text,
  ruleUrl: text,
  imageUrl: text,
  /** `alerting`, `ok`, `no_data`, `paused`, `pending`. */
  state: text,
  message: text,
  tags: strings,
  evalMatches: list(z.object({ metric: text, value: number })),
});

export type Notification = z.infer<typeof notification>;
export type LegacyNotification = z.infer<typeof legacyNotification>;
