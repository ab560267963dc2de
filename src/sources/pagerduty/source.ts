import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

/** Notes and status updates only name their incident, by a reference. */
const WHAT =
  '{{payload.event.data.title}}{{^payload.event.data.title}}{{payload.event.data.incident.summary}}{{/payload.event.data.title}}';
const WHERE =
  '{{#payload.event.data.service.summary}} ({{payload.event.data.service.summary}}{{#payload.event.data.priority.summary}}, {{payload.event.data.priority.summary}}{{/payload.event.data.priority.summary}}){{/payload.event.data.service.summary}}';
const TO =
  '{{#payload.event.data.assignees.0.summary}} to {{payload.event.data.assignees.0.summary}}{{/payload.event.data.assignees.0.summary}}';

/** An incident that was merged is over as such, and goes on in the other. */
const REASON = '{{payload.event.data.resolve_reason.type}}';
const INTO =
  '{{#payload.event.data.resolve_reason.incident.summary}}“{{payload.event.data.resolve_reason.incident.summary}}”{{/payload.event.data.resolve_reason.incident.summary}}{{^payload.event.data.resolve_reason.incident.summary}}another incident{{/payload.event.data.resolve_reason.incident.summary}}';

/** A person, or everybody on an escalation policy. */
const RESPONDER =
  '{{payload.event.data.user.summary}}{{^payload.event.data.user.summary}}{{payload.event.data.escalation_policy.summary}}{{/payload.event.data.user.summary}}';

/** Who did it, if it was a person: the agent may also be the service itself. */
const PERSON: Value = {
  from: '{{payload.event.agent.type}}',
  map: { user_reference: '{{payload.event.agent.summary}}' },
};

const byPerson = (done: string, rest: string): Value => ({
  from: '{{payload.event.agent.type}}',
  map: { user_reference: `${done} by {{payload.event.agent.summary}}${rest}` },
  otherwise: `${done}${rest}`,
});

const ASSIGNEES: Value = { list: 'payload.event.data.assignees', as: '{{found.summary}}' };
const IF_SEVERAL: Value = {
  from: '{{payload.event.data.assignees.1.summary}}',
  map: { '': '' },
  otherwise: ASSIGNEES,
};

export const pagerduty: Declaration = {
  type: 'pagerduty',
  title: 'PagerDuty',
  docs: 'https://developer.pagerduty.com/docs/webhooks-overview',
  setUp:
    'Under “Integrations” → “Generic Webhooks (v3)”, add a webhook with the address, for a service, a team or the account, and tick the `incident.*` events. PagerDuty shows the signing secret once, when the webhook is saved: that is the source’s secret.',
  verifier: {
    scheme: 'hmac',
    headers: ['x-pagerduty-signature'],
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: 'v1=',
    separator: ',',
    signed: '{body}',
    key: 'utf8',
  },
  events: {
    'incident.triggered': 'An incident began.',
    'incident.acknowledged': 'Somebody took an incident.',
    'incident.unacknowledged': 'Nobody has the incident any more.',
    'incident.escalated': 'An incident went on to the next level.',
    'incident.reassigned': 'An incident was given to somebody else.',
    'incident.delegated': 'An incident was given to another escalation policy.',
    'incident.priority_updated': 'The priority of an incident changed.',
    'incident.responder.added': 'Somebody was asked to help.',
    'incident.responder.replied': 'Somebody said whether they help.',
    'incident.annotated': 'Somebody wrote a note on an incident.',
    'incident.status_update_published': 'Somebody published how an incident is going.',
    'incident.reopened': 'A resolved incident is open again.',
    'incident.resolved': 'An incident is over.',
  },
  ignores: {
    'pagey.ping': 'A test of the webhook.',
    'service.created': 'Settings of a service.',
    'service.updated': 'Settings of a service.',
    'service.deleted': 'Settings of a service.',
    'service.custom_field_values.updated': 'Settings of a service.',
    'incident.custom_field_values.updated': 'Fields that a team keeps about an incident.',
  },
  requires: '{{payload.event.event_type}}',
  event: '{{payload.event.event_type}}',
  id: '{{payload.event.id}}',
  key: {
    from: '{{payload.event.data.type}}',
    map: { incident: '{{#payload.event.data.id}}incident:{{payload.event.data.id}}{{/payload.event.data.id}}' },
    otherwise:
      '{{#payload.event.data.incident.id}}incident:{{payload.event.data.incident.id}}{{/payload.event.data.incident.id}}',
  },
  state: '{{payload.event.data.status}}',
  closes: ['incident.resolved'],
  severity: {
    from: '{{payload.event.data.priority.summary}}',
    map: { P1: 'critical', P2: 'error', P3: 'warning', P4: 'info', P5: 'info' },
    otherwise: { from: '{{payload.event.data.urgency}}', map: { high: 'error', low: 'warning' }, otherwise: 'info' },
  },
  titles: {
    'incident.triggered': `Incident: ${WHAT}${WHERE}`,
    'incident.acknowledged': byPerson('Acknowledged', `: ${WHAT}${WHERE}`),
    'incident.unacknowledged': `No longer acknowledged: ${WHAT}${WHERE}`,
    'incident.escalated': `Escalated${TO}: ${WHAT}${WHERE}`,
    'incident.reassigned': `Reassigned${TO}: ${WHAT}${WHERE}`,
    'incident.delegated': byPerson('Delegated', `: ${WHAT}${WHERE}`),
    'incident.priority_updated': {
      from: '{{payload.event.data.priority.summary}}',
      map: { '': `Priority removed: ${WHAT}${WHERE}` },
      otherwise: `Priority is now {{payload.event.data.priority.summary}}: ${WHAT} ({{payload.event.data.service.summary}})`,
    },
    'incident.responder.added': `${RESPONDER} asked to help: ${WHAT}`,
    'incident.responder.replied': {
      from: '{{payload.event.data.state}}',
      map: { accepted: `${RESPONDER} helps: ${WHAT}`, declined: `${RESPONDER} cannot help: ${WHAT}` },
      otherwise: `${RESPONDER} replied: ${WHAT}`,
    },
    'incident.annotated': byPerson('Note', ` on ${WHAT}`),
    'incident.status_update_published': byPerson('Status update', ` on ${WHAT}`),
    'incident.reopened': byPerson('Reopened', `: ${WHAT}${WHERE}`),
    'incident.resolved': {
      from: REASON,
      map: { merge_resolve_reason: byPerson('Merged', ` into ${INTO}: ${WHAT}${WHERE}`) },
      otherwise: byPerson('Resolved', `: ${WHAT}${WHERE}`),
    },
  },
  url: ['{{payload.event.data.html_url}}', '{{payload.event.data.incident.html_url}}'],
  labels: {
    service: '{{payload.event.data.service.summary}}',
    team: '{{payload.event.data.teams.0.summary}}',
    priority: '{{payload.event.data.priority.summary}}',
    urgency: '{{payload.event.data.urgency}}',
    author: PERSON,
  },
  facts: {
    emoji: {
      from: '{{payload.event.event_type}}',
      map: {
        'incident.acknowledged': '👀',
        'incident.annotated': '📝',
        'incident.responder.added': '📟',
        'incident.responder.replied': '💬',
        'incident.status_update_published': '📣',
        'incident.resolved': { from: REASON, map: { merge_resolve_reason: '🔀' }, otherwise: '✅' },
      },
    },
    tone: {
      from: '{{payload.event.event_type}}',
      map: { 'incident.resolved': { from: REASON, map: { merge_resolve_reason: 'neutral' }, otherwise: 'good' } },
    },
    note: [
      { markdown: '{{payload.event.data.content}}', of: 'text' },
      { markdown: '{{payload.event.data.message}}', of: 'text' },
    ],
    urgency: { from: '{{payload.event.data.urgency}}', map: { high: 'High', low: 'Low' } },
    // The title names the only one that it went to.
    assignees: {
      from: '{{payload.event.event_type}}',
      map: { 'incident.escalated': IF_SEVERAL, 'incident.reassigned': IF_SEVERAL },
      otherwise: ASSIGNEES,
    },
    lasted: {
      from: '{{payload.event.event_type}}',
      map: {
        'incident.resolved': {
          from: REASON,
          map: { merge_resolve_reason: '' },
          otherwise: { since: '{{payload.event.data.created_at}}', until: '{{payload.event.occurred_at}}' },
        },
      },
    },
    policy: {
      from: '{{payload.event.data.type}}',
      map: { incident: '{{payload.event.data.escalation_policy.summary}}' },
    },
    bridge: '{{payload.event.data.conference_bridge.conference_url}}',
  },
  at: '{{payload.event.occurred_at}}',
};
