import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

/** The newest update stands first. */
const UPDATE = 'payload.incident.incident_updates.0';
const STATUSES = {
  operational: 'operational',
  degraded_performance: 'degraded',
  partial_outage: 'partly down',
  major_outage: 'down',
  under_maintenance: 'under maintenance',
} as const;
const INCIDENT = '{{payload.incident.name}}';

const withImpact = (words: string): Value => ({
  from: '{{payload.incident.impact}}',
  map: { minor: `${words} (minor)`, major: `${words} (major)`, critical: `${words} (critical)` },
  otherwise: words,
});

export const statuspage: Declaration = {
  type: 'statuspage',
  title: 'Statuspage',
  docs: 'https://support.atlassian.com/statuspage/docs/enable-webhook-notifications/',
  setUp:
    'On the status page, press “Subscribe to updates”, choose webhooks and give the address with its token at the end (`/hooks/<source>/<secret>`) and a mail address: Statuspage signs nothing. The page’s owner has to offer webhooks to subscribers.',
  verifier: { scheme: 'urlToken' },
  events: {
    'incident.investigating': 'Something is wrong, and they look into it.',
    'incident.identified': 'They know what is wrong.',
    'incident.monitoring': 'It is mended, and they watch it.',
    'incident.resolved': 'An incident is over.',
    'incident.postmortem': 'They wrote about what went wrong.',
    'maintenance.scheduled': 'A maintenance is announced.',
    'maintenance.in_progress': 'A maintenance began.',
    'maintenance.verifying': 'A maintenance is being checked.',
    'maintenance.completed': 'A maintenance is over.',
    'component.degraded': 'A component is slow, or down in part or in whole.',
    'component.maintenance': 'A component is under maintenance.',
    'component.operational': 'A component works again.',
  },
  requires: ['{{payload.incident.id}}', '{{payload.component_update.new_status}}', '{{payload.component.id}}'],
  event: [
    {
      from: '{{payload.incident.status}}',
      map: {
        scheduled: 'maintenance.scheduled',
        in_progress: 'maintenance.in_progress',
        verifying: 'maintenance.verifying',
        completed: 'maintenance.completed',
      },
      otherwise: '{{#payload.incident.status}}incident.{{payload.incident.status}}{{/payload.incident.status}}',
    },
    {
      from: ['{{payload.component_update.new_status}}', '{{payload.component.status}}'],
      map: {
        operational: 'component.operational',
        under_maintenance: 'component.maintenance',
        degraded_performance: 'component.degraded',
        partial_outage: 'component.degraded',
        major_outage: 'component.degraded',
      },
      otherwise: 'component.updated',
    },
  ],
  id: [`{{${UPDATE}.id}}`, '{{payload.component_update.id}}'],
  key: [
    '{{#payload.incident.id}}incident:{{payload.incident.id}}{{/payload.incident.id}}',
    '{{#payload.component.id}}component:{{payload.component.id}}{{/payload.component.id}}',
  ],
  state: ['{{payload.incident.status}}', '{{payload.component_update.new_status}}', '{{payload.component.status}}'],
  // A postmortem comes after the end, and is as much of one.
  closes: ['incident.resolved', 'incident.postmortem', 'maintenance.completed', 'component.operational'],
  severity: [
    // What they announce beforehand wakes nobody.
    {
      from: '{{payload.incident.status}}',
      map: { scheduled: 'info', in_progress: 'info', verifying: 'info', completed: 'info', postmortem: 'info' },
    },
    {
      from: '{{payload.incident.impact}}',
      map: { critical: 'critical', major: 'error', minor: 'warning', maintenance: 'info', none: 'info' },
    },
    {
      from: ['{{payload.component_update.new_status}}', '{{payload.component.status}}'],
      map: { major_outage: 'critical', partial_outage: 'error', degraded_performance: 'warning' },
    },
  ],
  titles: {
    'incident.investigating': withImpact(`Investigating: ${INCIDENT}`),
    'incident.identified': withImpact(`Identified: ${INCIDENT}`),
    'incident.monitoring': withImpact(`Mended, being watched: ${INCIDENT}`),
    'incident.resolved': `Resolved: ${INCIDENT}`,
    'incident.postmortem': `Postmortem: ${INCIDENT}`,
    'maintenance.scheduled': `Maintenance planned: ${INCIDENT}`,
    'maintenance.in_progress': `Maintenance began: ${INCIDENT}`,
    'maintenance.verifying': `Maintenance being checked: ${INCIDENT}`,
    'maintenance.completed': `Maintenance done: ${INCIDENT}`,
    'component.degraded': {
      from: ['{{payload.component_update.new_status}}', '{{payload.component.status}}'],
      map: Object.fromEntries(
        Object.entries(STATUSES).map(([status, words]) => [status, `{{payload.component.name}} is ${words}`]),
      ),
    },
    'component.maintenance': '{{payload.component.name}} is under maintenance',
    'component.operational': '{{payload.component.name}} works again',
  },
  url: ['{{payload.incident.shortlink}}', '{{payload.page.url}}'],
  labels: {
    impact: '{{payload.incident.impact}}',
    component: [
      '{{payload.component.name}}',
      `{{${UPDATE}.affected_components.0.name}}`,
      '{{payload.incident.components.0.name}}',
    ],
    page: '{{payload.page.id}}',
  },
  facts: {
    emoji: {
      from: ['{{payload.incident.status}}', '{{payload.component_update.new_status}}', '{{payload.component.status}}'],
      map: {
        identified: '🔎',
        monitoring: '👀',
        resolved: '✅',
        postmortem: '📝',
        scheduled: '🗓️',
        in_progress: '🛠️',
        verifying: '👀',
        completed: '✅',
        under_maintenance: '🛠️',
        operational: '✅',
      },
    },
    tone: {
      from: ['{{payload.incident.status}}', '{{payload.component_update.new_status}}', '{{payload.component.status}}'],
      map: { resolved: 'good', completed: 'good', operational: 'good' },
    },
    update: { markdown: { text: `{{${UPDATE}.body}}` }, of: 'text' },
    affects: { list: `${UPDATE}.affected_components`, as: '{{found.name}}' },
    lasted: {
      from: '{{payload.incident.status}}',
      map: {
        resolved: {
          since: ['{{payload.incident.started_at}}', '{{payload.incident.created_at}}'],
          until: ['{{payload.incident.resolved_at}}', `{{${UPDATE}.created_at}}`],
        },
      },
    },
    from: {
      from: '{{payload.incident.status}}',
      map: { scheduled: { time: '{{payload.incident.scheduled_for}}' } },
    },
    until: {
      from: '{{payload.incident.status}}',
      map: {
        scheduled: { time: '{{payload.incident.scheduled_until}}' },
        in_progress: { time: '{{payload.incident.scheduled_until}}' },
      },
    },
    was: { from: '{{payload.component_update.old_status}}', map: STATUSES },
    page: '{{payload.page.status_description}}',
  },
  at: [
    `{{${UPDATE}.created_at}}`,
    '{{payload.incident.updated_at}}',
    '{{payload.component_update.created_at}}',
    '{{payload.meta.generated_at}}',
  ],
};
