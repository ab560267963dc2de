import { z } from 'zod';
import { flag, id, list, record, text, time } from '../lenient.ts';

/** Pairs of name and value; of the older hooks also objects. */
const tag = z.union([
  z.tuple([z.string(), z.string()]).transform(([name, value]) => ({ name, value })),
  z.object({ key: z.string(), value: z.string() }).transform(({ key, value }) => ({ name: key, value })),
]);

const metadata = record({ type: text, value: text });

const issue = record({
  id,
  shortId: text,
  title: text,
  culprit: text,
  level: text,
  metadata,
  count: id,
  userCount: id,
  firstSeen: time,
  substatus: text,
  statusDetails: record({ inRelease: text, inNextRelease: flag, inCommit: record({ commit: text }) }),
  assignedTo: record({ name: text, email: text }),
  project: record({ slug: text, name: text }),
  web_url: text,
  permalink: text,
  /** For programs; both name the organization, or do not. */
  url: text,
  project_url: text,
});

const event = record({
  title: text,
  message: text,
  culprit: text,
  level: text,
  metadata,
  environment: text,
  release: text,
  tags: list(tag),
  issue_id: id,
  web_url: text,
  url: text,
  issue_url: text,
});

const metricAlert = record({
  id,
  identifier: id,
  organization_id: id,
  projects: list(z.string()),
  date_started: time,
  date_closed: time,
  title: text,
  alert_rule: record({ name: text, environment: text }),
});

/** What an integration posts: https://docs.sentry.io/organization/integrations/integration-platform/webhooks/ */
export const integrationHook = z.object({
  action: text,
  actor: record({ type: text, name: text }),
  data: record({
    issue,
    event,
    triggered_rule: text,
    metric_alert: metricAlert,
    description_title: text,
    description_text: text,
    web_url: text,
    resolution_type: text,
    comment: text,
    issue_id: id,
    project_slug: text,
  }),
});

/** What the older plugin “WebHooks” posts for an issue alert; it signs nothing. */
export const pluginHook = z.object({
  /** The issue's. */
  id,
  project_name: text,
  project_slug: text,
  level: text,
  culprit: text,
  message: text,
  url: text,
  triggering_rules: list(z.string()),
  event,
});

export type IntegrationHook = z.infer<typeof integrationHook>;
export type PluginHook = z.infer<typeof pluginHook>;
export type Issue = NonNullable<NonNullable<IntegrationHook['data']>['issue']>;
export type ErrorEvent = NonNullable<PluginHook['event']>;
