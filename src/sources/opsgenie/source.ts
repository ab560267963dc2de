import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

const WHAT =
  '{{payload.alert.message}}{{^payload.alert.message}}an alert{{#payload.alert.tinyId}} (#{{payload.alert.tinyId}}){{/payload.alert.tinyId}}{{/payload.alert.message}}';

/** Who did it, if it was a person: Opsgenie’s own rules go by the name of System. */
const PERSON: Value = {
  from: '{{payload.alert.username}}',
  map: { System: '' },
  otherwise: '{{payload.alert.username}}',
};
const byPerson = (done: string, rest: string): Value => ({
  from: PERSON,
  map: { '': `${done}${rest}` },
  otherwise: `${done} by {{payload.alert.username}}${rest}`,
});

/** Some integrations send the bare number. */
const byPriority = (word: (priority: string) => Value, otherwise: Value): Value => ({
  from: '{{payload.alert.priority}}',
  map: Object.fromEntries(
    [1, 2, 3, 4, 5].flatMap((number) => [`${number}`, `P${number}`].map((written) => [written, word(`P${number}`)])),
  ),
  otherwise,
});

export const opsgenie: Declaration = {
  type: 'opsgenie',
  title: 'Opsgenie',
  docs: 'https://support.atlassian.com/opsgenie/docs/integrate-opsgenie-with-webhook/',
  // Not by a header of one's own: Opsgenie repeats those in the body of some hooks, where the secret would be kept.
  setUp:
    'Under “Settings” → “Integrations”, add a “Webhook” integration with the address and its token at the end (`/hooks/<source>/<secret>`), tick “Add alert description to payload” and “Add alert details to payload”, and choose the alert actions to send, those that close and delete among them: Opsgenie signs nothing.',
  verifier: { scheme: 'urlToken' },
  events: {
    'alert.created': 'An alert is open.',
    'alert.acknowledged': 'Somebody took an alert.',
    'alert.unacknowledged': 'Nobody has the alert any more.',
    'alert.escalated': 'An alert went on to the next level.',
    'alert.assigned': 'An alert has an owner.',
    'alert.responder': 'Somebody was called to an alert.',
    'alert.snoozed': 'An alert is quiet for a while.',
    'alert.snooze_ended': 'A snoozed alert is back.',
    'alert.priority': 'The priority of an alert changed.',
    'alert.note': 'Somebody wrote a note on an alert.',
    'alert.closed': 'An alert is over.',
    'alert.deleted': 'An alert was deleted.',
  },
  ignores: { 'alert.edited': 'Tags, texts and details of an alert.' },
  requires: '{{payload.alert.alertId}}',
  event: {
    from: '{{payload.action}}',
    map: {
      Create: 'alert.created',
      Acknowledge: 'alert.acknowledged',
      UnAcknowledge: 'alert.unacknowledged',
      Escalate: 'alert.escalated',
      EscalateToNext: 'alert.escalated',
      AssignOwnership: 'alert.assigned',
      TakeOwnership: 'alert.assigned',
      AddRecipient: 'alert.responder',
      AddResponder: 'alert.responder',
      AddTeam: 'alert.responder',
      Snooze: 'alert.snoozed',
      SnoozeEnded: 'alert.snooze_ended',
      UpdatePriority: 'alert.priority',
      AddNote: 'alert.note',
      Close: 'alert.closed',
      Delete: 'alert.deleted',
      AddTags: 'alert.edited',
      RemoveTags: 'alert.edited',
      AddDetails: 'alert.edited',
      RemoveDetails: 'alert.edited',
      UpdateMessage: 'alert.edited',
      UpdateDescription: 'alert.edited',
    },
    otherwise: '{{payload.action}}',
  },
  id: [
    '{{#payload.alert.updatedAt}}{{payload.alert.alertId}}:{{payload.action}}:{{payload.alert.updatedAt}}{{/payload.alert.updatedAt}}',
    { from: '{{payload.action}}', map: { Create: '{{payload.alert.alertId}}:Create' } },
  ],
  key: '{{#payload.alert.alertId}}alert:{{payload.alert.alertId}}{{/payload.alert.alertId}}',
  state: {
    from: '{{payload.action}}',
    map: {
      Create: 'open',
      Acknowledge: 'acknowledged',
      UnAcknowledge: 'open',
      Snooze: 'snoozed',
      SnoozeEnded: 'open',
      Close: 'closed',
      Delete: 'deleted',
    },
  },
  closes: ['alert.closed', 'alert.deleted'],
  severity: [
    {
      from: '{{payload.alert.priority}}',
      map: {
        ...{ P1: 'critical', P2: 'error', P3: 'warning', P4: 'info', P5: 'info' },
        ...{ 1: 'critical', 2: 'error', 3: 'warning', 4: 'info', 5: 'info' },
      },
    },
    // P3 is what Opsgenie gives to alerts without a priority.
    {
      from: '{{payload.action}}',
      map: { Create: 'warning', UnAcknowledge: 'warning', Escalate: 'warning', EscalateToNext: 'warning' },
    },
  ],
  titles: {
    'alert.created': byPriority((priority) => `${priority} alert: ${WHAT}`, `Alert: ${WHAT}`),
    'alert.acknowledged': byPerson('Acknowledged', `: ${WHAT}`),
    'alert.unacknowledged': `No longer acknowledged: ${WHAT}`,
    'alert.escalated': `Escalated{{#payload.escalationNotify.name}} to {{payload.escalationNotify.name}}{{/payload.escalationNotify.name}}: ${WHAT}`,
    'alert.assigned': {
      from: '{{payload.action}}',
      map: { TakeOwnership: byPerson('Taken', `: ${WHAT}`) },
      otherwise: `Assigned{{#payload.alert.owner}} to {{payload.alert.owner}}{{/payload.alert.owner}}: ${WHAT}`,
    },
    'alert.responder': [
      `{{#payload.alert.team}}Team {{payload.alert.team}} called to: ${WHAT}{{/payload.alert.team}}`,
      `{{#payload.alert.recipient}}{{payload.alert.recipient}} called to: ${WHAT}{{/payload.alert.recipient}}`,
      `{{#payload.alert.responder.name}}{{payload.alert.responder.name}} called to: ${WHAT}{{/payload.alert.responder.name}}`,
      `More people called to: ${WHAT}`,
    ],
    'alert.snoozed': byPerson('Snoozed', `: ${WHAT}`),
    'alert.snooze_ended': `No longer snoozed: ${WHAT}`,
    'alert.priority': byPriority((priority) => `Priority is now ${priority}: ${WHAT}`, `Priority changed: ${WHAT}`),
    'alert.note': byPerson('Note', ` on ${WHAT}`),
    'alert.closed': byPerson('Closed', `: ${WHAT}`),
    'alert.deleted': byPerson('Deleted', `: ${WHAT}`),
  },
  url: '{{#payload.alert.alertId}}https://app.opsgenie.com/alert/detail/{{payload.alert.alertId}}/details{{/payload.alert.alertId}}',
  labels: {
    priority: byPriority((priority) => priority, ''),
    team: ['{{payload.alert.team}}', '{{payload.alert.teams.0}}'],
    entity: '{{payload.alert.entity}}',
    author: PERSON,
    integration: '{{payload.integrationName}}',
  },
  facts: {
    emoji: {
      from: '{{payload.action}}',
      map: {
        Acknowledge: '👀',
        AssignOwnership: '👤',
        TakeOwnership: '👤',
        AddRecipient: '📟',
        AddResponder: '📟',
        AddTeam: '📟',
        Snooze: '💤',
        AddNote: '📝',
        Close: '✅',
        Delete: '🗑️',
      },
    },
    tone: { from: '{{payload.action}}', map: { Close: 'good', Delete: 'neutral' } },
    text: {
      from: '{{payload.action}}',
      map: { Create: { markdown: { text: '{{payload.alert.description}}' }, of: 'text' } },
      otherwise: { markdown: '{{payload.alert.note}}', of: 'text' },
    },
    entity: '{{payload.alert.entity}}',
    escalation: '{{payload.escalationName}}',
    was: '{{payload.alert.oldPriority}}',
  },
  at: [
    // Nanoseconds since 1970: their first 13 digits are milliseconds.
    { cut: '{{payload.alert.updatedAt}}', to: 13 },
    { from: '{{payload.action}}', map: { Create: '{{payload.alert.createdAt}}' } },
  ],
};
