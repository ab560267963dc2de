import type { Declaration, Value } from '../declared/declaration.ts';

const INCIDENT = 'payload.incident';
const WHAT =
  '{{payload.incident.policy_name}}{{^payload.incident.policy_name}}{{payload.incident.condition_name}}{{/payload.incident.policy_name}}';
const NAMED = 'resource_display_name';
const ON = `{{#${INCIDENT}.${NAMED}}} on {{${INCIDENT}.${NAMED}}}{{/${INCIDENT}.${NAMED}}}{{^${INCIDENT}.${NAMED}}}{{#${INCIDENT}.resource_name}} on {{${INCIDENT}.resource_name}}{{/${INCIDENT}.resource_name}}{{/${INCIDENT}.${NAMED}}}`;
/** Written `open`, and `OPEN` by hand. */
const STATE: Value = '{{payload.incident.state}}';

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
  events: { 'incident.open': 'A policy’s condition is met.', 'incident.closed': 'An incident is over.' },
  requires: ['{{payload.incident.incident_id}}', '{{payload.incident.policy_name}}'],
  event: {
    from: STATE,
    map: { open: 'incident.open', closed: 'incident.closed' },
    otherwise: '{{#payload.incident.state}}incident.{{payload.incident.state}}{{/payload.incident.state}}',
  },
  key: '{{#payload.incident.incident_id}}incident:{{payload.incident.incident_id}}{{/payload.incident.incident_id}}',
  state: STATE,
  closes: ['incident.closed'],
  severity: [
    { from: '{{payload.incident.severity}}', map: { critical: 'critical', error: 'error', warning: 'warning' } },
    // A policy need not have a severity; what it watches is wrong all the same.
    { from: STATE, map: { open: 'error' } },
  ],
  titles: { 'incident.open': `Alert: ${WHAT}${ON}`, 'incident.closed': `Over: ${WHAT}${ON}` },
  url: '{{payload.incident.url}}',
  labels: {
    policy: '{{payload.incident.policy_name}}',
    condition: '{{payload.incident.condition_name}}',
    project: '{{payload.incident.scoping_project_id}}',
    resource: ['{{payload.incident.resource_display_name}}', '{{payload.incident.resource_name}}'],
    severity: '{{payload.incident.severity}}',
  },
  facts: {
    emoji: { from: STATE, map: { closed: '✅' } },
    tone: { from: STATE, map: { closed: 'good' } },
    summary: { text: '{{payload.incident.summary}}' },
    documentation: {
      from: STATE,
      map: { open: { cut: { text: '{{payload.incident.documentation.content}}' }, to: 400 } },
    },
    since: { time: '{{payload.incident.started_at}}' },
    until: { time: '{{payload.incident.ended_at}}' },
    value: '{{payload.incident.observed_value}}',
    threshold: '{{payload.incident.threshold_value}}',
  },
  at: [
    { from: STATE, map: { closed: '{{payload.incident.ended_at}}', open: '{{payload.incident.started_at}}' } },
    '{{payload.incident.started_at}}',
  ],
};
