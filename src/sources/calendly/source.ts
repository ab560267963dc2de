import type { Declaration } from '../declared/declaration.ts';

const NAME = '{{payload.payload.scheduled_event.name}}';
const WHO = '{{payload.payload.name}}{{^payload.payload.name}}{{payload.payload.email}}{{/payload.payload.name}}';

export const calendly: Declaration = {
  type: 'calendly',
  title: 'Calendly',
  docs: 'https://developer.calendly.com/api-docs/overview/webhooks',
  setUp:
    'Calendly has no page for it. With a personal access token (“Integrations” → “API and webhooks”), send `POST https://api.calendly.com/webhook_subscriptions` the body `{"url": "<address>", "events": ["invitee.created", "invitee.canceled"], "scope": "organization", "organization": "<its URI, of GET /users/me>", "signing_key": "<secret>"}`.',
  verifier: {
    scheme: 'hmac',
    headers: ['calendly-webhook-signature'],
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: 'v1=',
    separator: ',',
    signed: '{timestamp}.{body}',
    timestamp: { field: 't', toleranceMs: 300_000 },
    key: 'utf8',
  },
  events: {
    'invitee.created': 'Somebody booked a meeting.',
    'invitee.canceled': 'A meeting was cancelled or moved.',
    'invitee_no_show.created': 'Somebody was marked as not having come.',
    'invitee_no_show.deleted': 'The mark for not having come was taken back.',
    'routing_form_submission.created': 'Somebody filled in a routing form.',
  },
  requires: '{{payload.event}}',
  event: '{{payload.event}}',
  key: {
    from: '{{payload.event}}',
    map: { 'routing_form_submission.created': '' },
    otherwise: '{{#payload.payload.uri}}invitee:{{payload.payload.uri}}{{/payload.payload.uri}}',
  },
  state: {
    from: '{{payload.event}}',
    map: {
      'invitee.created': 'booked',
      'invitee.canceled': { from: '{{payload.payload.rescheduled}}', map: { true: 'moved' }, otherwise: 'cancelled' },
      'invitee_no_show.created': 'no show',
      'invitee_no_show.deleted': 'booked',
    },
  },
  closes: ['invitee.canceled'],
  titles: {
    'invitee.created': [
      `{{#payload.payload.old_invitee}}Moved: ${NAME} with ${WHO}{{/payload.payload.old_invitee}}`,
      `Booked: ${NAME} with ${WHO}`,
    ],
    'invitee.canceled': {
      from: '{{payload.payload.rescheduled}}',
      map: { true: `Old time given up: ${NAME} with ${WHO}` },
      otherwise: `Cancelled: ${NAME} with ${WHO}`,
    },
    'invitee_no_show.created': `Did not come: ${WHO} to ${NAME}`,
    'invitee_no_show.deleted': `Came after all: ${WHO} to ${NAME}`,
    'routing_form_submission.created': 'Routing form filled in',
  },
  url: {
    from: '{{payload.event}}',
    map: { 'invitee.created': '{{payload.payload.scheduled_event.location.join_url}}' },
  },
  labels: {
    meeting: NAME,
    host: '{{#payload.payload.scheduled_event.event_memberships}}{{user_name}}{{/payload.payload.scheduled_event.event_memberships}}',
  },
  facts: {
    starts: { time: '{{payload.payload.scheduled_event.start_time}}' },
    zone: '{{payload.payload.timezone}}',
    // A link to join is a button, and an address may be written anywhere.
    where: {
      from: '{{payload.payload.scheduled_event.location.type}}',
      map: {
        zoom: 'Zoom',
        zoom_conference: 'Zoom',
        google_conference: 'Google Meet',
        microsoft_teams_conference: 'Microsoft Teams',
        gotomeeting_conference: 'GoTo Meeting',
        webex_conference: 'Webex',
        outbound_call: 'Phone: {{payload.payload.scheduled_event.location.location}}',
        inbound_call: 'Phone',
      },
      otherwise: { cut: '{{payload.payload.scheduled_event.location.location}}', to: 120 },
    },
    sign: {
      from: '{{payload.event}}',
      map: { 'invitee.canceled': '❌', 'invitee_no_show.created': '👻', 'invitee_no_show.deleted': '🙋' },
      otherwise: '📅',
    },
    email: '{{#payload.payload.name}}{{payload.payload.email}}{{/payload.payload.name}}',
    cancelledBy: {
      from: '{{payload.payload.cancellation.canceler_type}}',
      map: { invitee: 'the invitee', host: '{{payload.payload.cancellation.canceled_by}}' },
    },
    reason: { markdown: '{{payload.payload.cancellation.reason}}', of: 'text' },
  },
  at: '{{payload.created_at}}',
};
