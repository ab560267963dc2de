import { z } from 'zod';

/**
 * One value of a template: what Datadog left unfilled (`$ALERT_PRIORITY`), or filled with a word for nothing, is none.
 * Forms and hand-made templates bring numbers and lists too.
 */
const filled = z
  .union([z.string(), z.number().transform(String), z.array(z.string()).transform((items) => items.join(','))])
  .transform((text) => (/^(\$[A-Z][A-Z0-9_]*(\[[^\]]*\])?|null|None|N\/A)?$/.test(text.trim()) ? undefined : text))
  .optional()
  .catch(undefined);

/** The payload that `setUp` gives, and the little that Datadog sends without one. */
export const monitorHook = z.object({
  id: filled,
  cycle: filled,
  monitor_id: filled,
  title: filled,
  body: filled,
  transition: filled,
  type: filled,
  priority: filled,
  scope: filled,
  tags: filled,
  link: filled,
  snapshot: filled,
  date: filled,
});

export type MonitorHook = z.infer<typeof monitorHook>;

/**
 * What the user pastes at Datadog; the variables are those of https://docs.datadoghq.com/integrations/webhooks/#variables
 */
export const PAYLOAD =
  '{"id": "$ID", "cycle": "$ALERT_CYCLE_KEY", "monitor_id": "$ALERT_ID", "title": "$EVENT_TITLE", "body": "$TEXT_ONLY_MSG", "transition": "$ALERT_TRANSITION", "type": "$ALERT_TYPE", "priority": "$ALERT_PRIORITY", "scope": "$ALERT_SCOPE", "tags": "$TAGS", "link": "$LINK", "snapshot": "$SNAPSHOT", "date": "$DATE"}';
