import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

/** Workflows send `title`; the alert channels before them, what is left. */
const WHAT: string =
  '{{payload.title}}{{^payload.title}}{{payload.condition_name}}{{#payload.targets.0.name}} on {{payload.targets.0.name}}{{/payload.targets.0.name}}{{/payload.title}}';
const ENTITIES: Value = { list: 'payload.impactedEntities', as: '{{found}}' };
const STATE: Value = ['{{payload.state}}', '{{payload.current_state}}'];

/** An issue that changes without changing its state. */
const orUpdated = (event: string): Value => ({
  from: '{{payload.trigger}}',
  map: Object.fromEntries(
    ['PRIORITY_CHANGED', 'ATTRIBUTES_CHANGED', 'INCIDENT_ADDED', 'INCIDENTS_ADDED', 'INCIDENT_CLOSED', 'MERGED'].map(
      (trigger) => [trigger, 'issue.updated'],
    ),
  ),
  otherwise: event,
});

const whileOpen = (value: Value): Value => ({ from: STATE, map: { CLOSED: '', RESOLVED: '' }, otherwise: value });

export const newrelic: Declaration = {
  type: 'newrelic',
  title: 'New Relic',
  docs: 'https://docs.newrelic.com/docs/alerts/get-notified/notification-integrations/',
  setUp:
    'Under “Alerts” → “Destinations”, add a webhook with the address and, as its authorization, “Bearer token” with the source’s secret. Then add it to a workflow and leave the default payload as it is, and the updates for acknowledged and closed issues on; hooks of the older alert channels are read as well.',
  verifier: { scheme: 'bearer' },
  events: {
    'issue.activated': 'An issue is open.',
    'issue.acknowledged': 'Somebody took an issue.',
    'issue.updated': 'The priority or the incidents of an issue changed.',
    'issue.closed': 'An issue is over.',
  },
  requires: [
    '{{#payload.state}}{{payload.id}}{{/payload.state}}',
    '{{#payload.issueUrl}}{{payload.title}}{{/payload.issueUrl}}',
    '{{#payload.current_state}}{{payload.incident_id}}{{/payload.current_state}}',
    '{{#payload.current_state}}{{payload.condition_name}}{{/payload.current_state}}',
  ],
  event: {
    from: STATE,
    map: {
      CREATED: orUpdated('issue.activated'),
      ACTIVATED: orUpdated('issue.activated'),
      OPEN: 'issue.activated',
      ACKNOWLEDGED: orUpdated('issue.acknowledged'),
      CLOSED: 'issue.closed',
      RESOLVED: 'issue.closed',
    },
    otherwise: 'issue.updated',
  },
  key: [
    '{{#payload.id}}issue:{{payload.id}}{{/payload.id}}',
    '{{#payload.incident_id}}incident:{{payload.incident_id}}{{/payload.incident_id}}',
  ],
  state: STATE,
  closes: ['issue.closed'],
  severity: [
    {
      from: ['{{payload.priority}}', '{{payload.severity}}'],
      map: { CRITICAL: 'critical', HIGH: 'error', MEDIUM: 'warning', WARNING: 'warning', LOW: 'info', INFO: 'info' },
    },
    { from: STATE, map: { CREATED: 'error', ACTIVATED: 'error', OPEN: 'error' } },
  ],
  titles: {
    'issue.activated': `Issue: ${WHAT}`,
    'issue.acknowledged': `Acknowledged: ${WHAT}`,
    'issue.updated': {
      from: '{{payload.trigger}}',
      map: {
        INCIDENT_ADDED: `More incidents ({{payload.totalIncidents}} now): ${WHAT}`,
        INCIDENTS_ADDED: `More incidents ({{payload.totalIncidents}} now): ${WHAT}`,
        INCIDENT_CLOSED: `An incident of several is over: ${WHAT}`,
        PRIORITY_CHANGED: {
          from: '{{payload.priority}}',
          map: {
            CRITICAL: `Priority is now critical: ${WHAT}`,
            HIGH: `Priority is now high: ${WHAT}`,
            MEDIUM: `Priority is now medium: ${WHAT}`,
            LOW: `Priority is now low: ${WHAT}`,
          },
          otherwise: `Priority changed: ${WHAT}`,
        },
      },
      otherwise: `Issue changed: ${WHAT}`,
    },
    'issue.closed': `Closed: ${WHAT}`,
  },
  url: ['{{payload.issueUrl}}', '{{payload.incident_url}}'],
  labels: {
    policy: ['{{payload.alertPolicyNames.0}}', '{{payload.policy_name}}'],
    condition: ['{{payload.alertConditionNames.0}}', '{{payload.condition_name}}'],
    entity: ['{{payload.impactedEntities.0}}', '{{payload.targets.0.name}}'],
    priority: ['{{payload.priority}}', '{{payload.severity}}'],
    workflow: '{{payload.workflowName}}',
  },
  facts: {
    emoji: {
      from: STATE,
      map: { ACKNOWLEDGED: '👀', CLOSED: '✅', RESOLVED: '✅' },
    },
    tone: { from: STATE, map: { CLOSED: 'good', RESOLVED: 'good' } },
    policy: ['{{payload.alertPolicyNames.0}}', '{{payload.policy_name}}'],
    lasted: {
      from: STATE,
      map: {
        CLOSED: [
          { duration: '{{payload.duration}}', unit: 'ms' },
          { since: '{{payload.createdAt}}', until: ['{{payload.closedAt}}', '{{payload.updatedAt}}'] },
        ],
      },
    },
    entities: { from: '{{payload.impactedEntities.1}}', map: { '': '' }, otherwise: ENTITIES },
    details: whileOpen({ markdown: { text: '{{payload.details}}' }, of: 'text' }),
    runbook: whileOpen('{{payload.runbook_url}}'),
  },
  at: ['{{payload.updatedAt}}', '{{payload.timestamp}}'],
};
