import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

const AT = 'payload.data.attributes';
const NAME = `{{${AT}.name}}{{^${AT}.name}}{{${AT}.pronounceable_name}}{{^${AT}.pronounceable_name}}{{${AT}.url}}{{/${AT}.pronounceable_name}}{{/${AT}.name}}`;
const CAUSE = `{{#${AT}.cause}} ({{${AT}.cause}}){{/${AT}.cause}}`;

/** `incident` or `monitor`, with what happened to it; hooks with a body of one's own may leave the event out. */
const EVENT: Value = [
  '{{#payload.event}}{{payload.data.type}}.{{payload.event}}{{/payload.event}}',
  {
    from: '{{payload.data.type}}',
    map: {
      incident: [
        `{{#${AT}.resolved_at}}incident.resolved{{/${AT}.resolved_at}}`,
        `{{#${AT}.acknowledged_at}}incident.acknowledged{{/${AT}.acknowledged_at}}`,
        'incident.started',
      ],
    },
    otherwise: '{{payload.data.type}}',
  },
];

const by = (field: string): string => `{{#${AT}.${field}}} by {{${AT}.${field}}}{{/${AT}.${field}}}`;

const byEvent = (map: Readonly<Record<string, Value>>, otherwise?: Value): Value => ({
  from: EVENT,
  map,
  ...(otherwise !== undefined && { otherwise }),
});

export const betterstack: Declaration = {
  type: 'betterstack',
  title: 'Better Stack',
  docs: 'https://betterstack.com/docs/uptime/webhooks/',
  setUp:
    'In Uptime, under “Integrations” → “Exporting data” → “Outgoing webhooks”, add an “Incident” webhook for what starts, is acknowledged and is resolved (and a “Monitor” webhook, if you like) with the address and its token at the end (`/hooks/<source>/<secret>`): Better Stack signs nothing. In the advanced settings you may send the header `Authorization: Bearer <secret>` instead.',
  verifier: { scheme: 'anyOf', of: [{ scheme: 'bearer' }, { scheme: 'urlToken' }] },
  events: {
    'incident.started': 'A monitor or a heartbeat fails.',
    'incident.acknowledged': 'Somebody took an incident.',
    'incident.resolved': 'An incident is over.',
    'incident.reopened': 'A resolved incident is open again.',
    'monitor.created': 'Somebody set up a monitor.',
    'monitor.paused': 'A monitor watches nothing for now.',
    'monitor.unpaused': 'A monitor watches again.',
    'monitor.deleted': 'Somebody removed a monitor.',
  },
  ignores: { 'monitor.updated': 'Settings of a monitor.' },
  requires: ['{{payload.data.id}}', '{{payload.data.type}}'],
  event: EVENT,
  // Better Stack names no delivery; each of these happens once at its time.
  id: byEvent({
    'incident.started': `incident:{{payload.data.id}}:started:{{${AT}.started_at}}`,
    'incident.acknowledged': `{{#${AT}.acknowledged_at}}incident:{{payload.data.id}}:acknowledged:{{${AT}.acknowledged_at}}{{/${AT}.acknowledged_at}}`,
    'incident.resolved': `{{#${AT}.resolved_at}}incident:{{payload.data.id}}:resolved:{{${AT}.resolved_at}}{{/${AT}.resolved_at}}`,
  }),
  key: '{{#payload.data.id}}{{payload.data.type}}:{{payload.data.id}}{{/payload.data.id}}',
  state: byEvent({
    'incident.started': 'started',
    'incident.reopened': 'started',
    'incident.acknowledged': 'acknowledged',
    'incident.resolved': 'resolved',
    'monitor.paused': 'paused',
    'monitor.unpaused': 'watching',
    'monitor.deleted': 'deleted',
  }),
  closes: ['incident.resolved', 'monitor.deleted'],
  severity: byEvent(
    {
      'incident.started': 'error',
      'incident.reopened': 'error',
      'incident.acknowledged': 'error',
      'incident.resolved': 'error',
    },
    'info',
  ),
  titles: {
    'incident.started': `Down: ${NAME}${CAUSE}`,
    'incident.acknowledged': `Acknowledged${by('acknowledged_by')}: ${NAME}${CAUSE}`,
    'incident.resolved': `Resolved${by('resolved_by')}: ${NAME}`,
    'incident.reopened': `Down again: ${NAME}${CAUSE}`,
    'monitor.created': `New monitor: ${NAME}`,
    'monitor.paused': `Paused, not watched: ${NAME}`,
    'monitor.unpaused': `Watched again: ${NAME}`,
    'monitor.deleted': `Monitor deleted: ${NAME}`,
  },
  // `team/0` leads to the team of whoever follows it.
  url: {
    from: '{{payload.data.type}}',
    map: {
      incident:
        '{{#payload.data.id}}https://uptime.betterstack.com/team/0/incidents/{{payload.data.id}}{{/payload.data.id}}',
      monitor:
        '{{#payload.data.id}}https://uptime.betterstack.com/team/0/monitors/{{payload.data.id}}{{/payload.data.id}}',
    },
  },
  labels: {
    monitor: NAME,
    team: `{{${AT}.team_name}}`,
    cause: `{{${AT}.cause}}`,
  },
  facts: {
    emoji: byEvent({
      'incident.acknowledged': '👀',
      'incident.resolved': '✅',
      'monitor.created': '➕',
      'monitor.paused': '⏸️',
      'monitor.unpaused': '▶️',
      'monitor.deleted': '🗑️',
    }),
    tone: byEvent({ 'incident.resolved': 'good', 'monitor.deleted': 'neutral' }),
    site: `{{${AT}.url}}`,
    regions: byEvent({
      'incident.started': { list: `${AT}.regions`, as: '{{found}}' },
      'incident.reopened': { list: `${AT}.regions`, as: '{{found}}' },
    }),
    lasted: byEvent({ 'incident.resolved': { since: `{{${AT}.started_at}}`, until: `{{${AT}.resolved_at}}` } }),
    after: byEvent({ 'incident.acknowledged': { since: `{{${AT}.started_at}}`, until: `{{${AT}.acknowledged_at}}` } }),
    team: `{{${AT}.team_name}}`,
    screenshot: byEvent({ 'incident.resolved': '' }, `{{${AT}.screenshot_url}}`),
  },
  at: byEvent(
    {
      'incident.started': `{{${AT}.started_at}}`,
      'incident.acknowledged': `{{${AT}.acknowledged_at}}`,
      'incident.resolved': `{{${AT}.resolved_at}}`,
    },
    `{{${AT}.updated_at}}`,
  ),
};
