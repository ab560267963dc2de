import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

const INCIDENT = 'payload.incident';
const WHAT =
  '{{payload.incident.policy_name}}{{^payload.incident.policy_name}}{{payload.incident.condition_name}}{{/payload.incident.policy_name}}';

/** What it is about; the last of them repeats the labels of a resource that has no name. */
const RESOURCE: Value = [
  `{{${INCIDENT}.resource_display_name}}`,
  `{{${INCIDENT}.resource.labels.host}}`,
  `{{${INCIDENT}.resource.labels.service_name}}`,
  `{{${INCIDENT}.resource.labels.container_name}}`,
  `{{${INCIDENT}.resource_name}}`,
];
const orFirst = (paths: readonly string[], words: (path: string) => string): string =>
  paths.reduceRight((rest, path) => `{{#${path}}}${words(path)}{{/${path}}}{{^${path}}}${rest}{{/${path}}}`, '');
const ON = orFirst(
  ['resource_display_name', 'resource.labels.host', 'resource.labels.service_name', 'resource_name'].map(
    (name) => `${INCIDENT}.${name}`,
  ),
  (path) => ` on {{${path}}}`,
);
/** `: CPU utilization 0.93 (threshold 0.8)` */
const MEASURED = `{{#${INCIDENT}.observed_value}}: {{${INCIDENT}.metric.displayName}}{{^${INCIDENT}.metric.displayName}}value{{/${INCIDENT}.metric.displayName}} {{${INCIDENT}.observed_value}}{{#${INCIDENT}.threshold_value}} (threshold {{${INCIDENT}.threshold_value}}){{/${INCIDENT}.threshold_value}}{{/${INCIDENT}.observed_value}}`;

/** Written `open`, and `OPEN` by hand; what the button “Send test notification” sends is no incident. */
const STATE: Value = { from: '{{payload.version}}', map: { test: '' }, otherwise: '{{payload.incident.state}}' };

export const gcpMonitoring: Declaration = {
  type: 'gcp-monitoring',
  title: 'Google Cloud Monitoring',
  docs: 'https://cloud.google.com/monitoring/support/notification-options#webhooks',
  setUp:
    'Under “Alerting” → “Edit notification channels”, add a webhook with the address, tick “Use HTTP Basic Auth” and enter the user `bellhop` and the secret as its password (or, without that, put `?auth_token=<secret>` at the end of the address), and choose that channel in each alerting policy, with “Notify on incident closure” ticked.',
  verifier: {
    scheme: 'anyOf',
    of: [
      { scheme: 'basic', user: 'bellhop' },
      { scheme: 'queryToken', name: 'auth_token' },
    ],
  },
  events: {
    'incident.open': 'A policy’s condition is met.',
    'incident.closed': 'An incident is over.',
    test: 'Somebody sent a test notification.',
  },
  requires: ['{{payload.incident.incident_id}}', '{{payload.incident.policy_name}}'],
  event: {
    from: STATE,
    map: { open: 'incident.open', closed: 'incident.closed', '': 'test' },
    otherwise: 'incident.{{payload.incident.state}}',
  },
  key: {
    from: STATE,
    map: { '': '' },
    otherwise:
      '{{#payload.incident.incident_id}}incident:{{payload.incident.incident_id}}{{/payload.incident.incident_id}}',
  },
  state: STATE,
  closes: ['incident.closed'],
  severity: [
    { from: '{{payload.incident.severity}}', map: { critical: 'critical', error: 'error', warning: 'warning' } },
    // A policy need not have a severity; what it watches is wrong all the same.
    { from: STATE, map: { open: 'error' } },
  ],
  titles: {
    'incident.open': `Alert: ${WHAT}${ON}${MEASURED}`,
    'incident.closed': `Resolved: ${WHAT}${ON}`,
    test: 'Test of a notification channel',
  },
  url: { from: STATE, map: { '': '' }, otherwise: '{{payload.incident.url}}' },
  labels: {
    policy: '{{payload.incident.policy_name}}',
    condition: '{{payload.incident.condition_name}}',
    project: '{{payload.incident.scoping_project_id}}',
    resource: RESOURCE,
    team: '{{payload.incident.policy_user_labels.team}}',
    severity: {
      from: '{{payload.incident.severity}}',
      map: { 'No severity': '' },
      otherwise: '{{payload.incident.severity}}',
    },
  },
  facts: {
    emoji: { from: STATE, map: { closed: '✅' } },
    tone: { from: STATE, map: { closed: 'good' } },
    summary: { markdown: '{{payload.incident.summary}}', of: 'text' },
    condition: { from: STATE, map: { open: '{{payload.incident.condition_name}}' } },
    documentation: {
      from: STATE,
      map: { open: { markdown: { cut: { text: '{{payload.incident.documentation.content}}' }, to: 400 }, of: 'text' } },
    },
    lasted: { since: '{{payload.incident.started_at}}', until: '{{payload.incident.ended_at}}' },
  },
  at: [
    { from: STATE, map: { closed: '{{payload.incident.ended_at}}', open: '{{payload.incident.started_at}}' } },
    '{{payload.incident.started_at}}',
  ],
};
