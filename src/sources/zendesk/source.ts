import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

// Event subscriptions have a `detail`, what the set-up's template of a trigger sends has a `ticket`; never both.
const TICKET = 'Ticket #{{payload.detail.id}}{{payload.ticket.id}}';
const SUBJECT =
  '{{#payload.detail.subject}}: {{payload.detail.subject}}{{/payload.detail.subject}}{{#payload.ticket.subject}}: {{payload.ticket.subject}}{{/payload.ticket.subject}}';
const STATUS = '{{payload.detail.status}}{{payload.ticket.status}}';
const WAS = '{{payload.event.previous}}';
const AUTHOR = '{{payload.event.comment.author.name}}{{payload.ticket.author}}';

const PRIORITY: Value = {
  from: '{{payload.detail.priority}}{{payload.ticket.priority}}',
  map: words('low normal high urgent'),
};
const HOW_BAD: Value = { from: PRIORITY, map: { urgent: 'error', high: 'warning' }, otherwise: 'info' };

/** A status that ends a ticket, or opens it again, is more than another status. */
const MOVED: Value = {
  from: '{{payload.event.current}}{{payload.ticket.status}}',
  map: { solved: 'ticket.solved', closed: 'ticket.closed', deleted: 'ticket.deleted' },
  otherwise: { from: WAS, map: { solved: 'ticket.reopened', closed: 'ticket.reopened' }, otherwise: 'ticket.status' },
};

const COMMENTED: Value = {
  from: '{{payload.event.comment.is_public}}',
  map: { false: 'ticket.note' },
  otherwise: 'ticket.commented',
};

export const zendesk: Declaration = {
  type: 'zendesk',
  title: 'Zendesk',
  docs: 'https://developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/',
  setUp:
    'In the Admin Center under “Apps and integrations” → “Webhooks”, create a webhook with the address (POST, JSON) that is connected to Zendesk’s ticket events; the source’s secret is the signing secret that its page reveals. Events name no address of the ticket: where you want a button to it, connect the webhook to triggers instead, with this body, and `created`, `commented`, `status`, `solved`, `priority` or `rated` as its first word: `{"trigger":"created","ticket":{"id":"{{ticket.id}}","subject":"{{ticket.title}}","status":"{{ticket.status}}","priority":"{{ticket.priority}}","requester":"{{ticket.requester.name}}","assignee":"{{ticket.assignee.name}}","author":"{{current_user.name}}","html":"{{ticket.latest_public_comment_html}}","rating":"{{satisfaction.current_rating}}","url":"{{ticket.link}}"}}`.',
  verifier: {
    scheme: 'hmac',
    headers: ['x-zendesk-webhook-signature'],
    algorithm: 'sha256',
    encoding: 'base64',
    prefix: '',
    signed: '{timestamp}{body}',
    timestamp: { headers: ['x-zendesk-webhook-signature-timestamp'], unit: 'iso', toleranceMs: 300_000 },
    key: 'utf8',
  },
  events: {
    'ticket.created': 'Somebody asked for help.',
    'ticket.commented': 'The customer or a colleague wrote in a ticket.',
    'ticket.status': 'A ticket waits, is on hold, or is worked on again.',
    'ticket.solved': 'A ticket is solved.',
    'ticket.reopened': 'A solved ticket is open again.',
    'ticket.priority': 'A ticket became more or less urgent.',
    'ticket.rated': 'A customer said how good the help was.',
    'ticket.merged': 'A ticket goes on in another one.',
    'ticket.deleted': 'A ticket was deleted, or marked as spam.',
  },
  ignores: {
    'ticket.note': 'A private note is meant for those who read the ticket.',
    'ticket.closed': 'Zendesk closes what was solved some days ago.',
    'ticket.assigned': 'The event names people by numbers alone.',
    'ticket.edited': 'Edits of tags, fields and text would be most of what comes.',
    'ticket.csat_requested': 'Nobody needs to act on it.',
  },
  requires: [
    '{{#payload.type}}{{payload.subject}}{{/payload.type}}',
    '{{#payload.trigger}}{{payload.ticket.id}}{{/payload.trigger}}',
  ],
  event: [
    {
      from: '{{payload.trigger}}',
      map: {
        created: 'ticket.created',
        commented: 'ticket.commented',
        status: MOVED,
        solved: 'ticket.solved',
        priority: 'ticket.priority',
        rated: 'ticket.rated',
      },
    },
    {
      from: '{{payload.type}}',
      map: {
        ...zen('ticket.created', 'created'),
        ...zen(COMMENTED, 'comment_added'),
        ...zen(MOVED, 'status_changed'),
        ...zen('ticket.priority', 'priority_changed'),
        ...zen('ticket.rated', 'csat_received'),
        ...zen('ticket.csat_requested', 'csat_requested'),
        ...zen('ticket.merged', 'merged'),
        ...zen('ticket.deleted', 'soft_deleted permanently_deleted marked_as_spam'),
        ...zen('ticket.assigned', 'agent_assignment_changed group_assignment_changed'),
        ...zen(
          'ticket.edited',
          'tags_changed subject_changed description_changed custom_field_changed custom_status_changed type_changed form_changed brand_changed external_id_changed email_ccs_changed followers_changed organization_changed requester_changed submitter_changed problem_link_changed task_due_at_changed next_sla_breach_changed attachment_linked_to_comment attachment_redacted_from_comment comment_made_private comment_redacted',
        ),
      },
      otherwise: '{{payload.type}}',
    },
    '{{payload.trigger}}',
  ],
  id: ['{{payload.id}}', '{{headers.x-zendesk-webhook-invocation-id}}'],
  key: 'ticket:{{payload.detail.id}}{{payload.ticket.id}}',
  // What somebody writes in a solved ticket ends nothing.
  state: {
    from: ['{{payload.trigger}}', '{{payload.type}}'],
    map: {
      ...zen('', 'comment_added csat_received'),
      ...zen('deleted', 'soft_deleted permanently_deleted marked_as_spam'),
      ...zen('merged', 'merged'),
      ...zen('{{payload.event.current}}', 'status_changed'),
      commented: '',
      rated: '',
    },
    otherwise: STATUS,
  },
  closes: ['solved', 'ticket.solved', 'ticket.deleted', 'ticket.merged'],
  severity: {
    from: ['{{payload.trigger}}', '{{payload.type}}'],
    map: {
      ...zen('info', 'comment_added soft_deleted permanently_deleted marked_as_spam merged'),
      ...zen(
        { from: '{{payload.event.current}}', map: { solved: 'info', closed: 'info' }, otherwise: HOW_BAD },
        'status_changed',
      ),
      ...zen(
        { from: '{{payload.event.satisfaction_score.score}}', map: { bad: 'warning' }, otherwise: 'info' },
        'csat_received',
      ),
      solved: 'info',
      commented: 'info',
      rated: { from: '{{payload.ticket.rating}}', map: { bad: 'warning' }, otherwise: 'info' },
    },
    otherwise: HOW_BAD,
  },
  titles: {
    'ticket.created': `${TICKET} created${SUBJECT}`,
    'ticket.commented': [
      `{{#payload.event.comment.author.is_staff}}{{payload.event.comment.author.name}} answered ticket #{{payload.detail.id}}${SUBJECT}{{/payload.event.comment.author.is_staff}}`,
      {
        from: AUTHOR,
        map: { '': `New answer: ticket #{{payload.detail.id}}{{payload.ticket.id}}${SUBJECT}` },
        otherwise: `${AUTHOR} wrote in ticket #{{payload.detail.id}}{{payload.ticket.id}}${SUBJECT}`,
      },
    ],
    'ticket.status': {
      from: STATUS,
      map: {
        pending: `${TICKET} waits for the customer${SUBJECT}`,
        hold: `${TICKET} is on hold${SUBJECT}`,
        'on-hold': `${TICKET} is on hold${SUBJECT}`,
        new: `${TICKET} is new again${SUBJECT}`,
      },
      otherwise: `${TICKET} is open${SUBJECT}`,
    },
    'ticket.solved': `${TICKET} solved${SUBJECT}`,
    'ticket.reopened': `${TICKET} open again${SUBJECT}`,
    'ticket.priority': {
      from: PRIORITY,
      map: { low: became('low'), normal: became('normal'), high: became('high'), urgent: became('urgent') },
      otherwise: `${TICKET} has another priority${SUBJECT}`,
    },
    'ticket.rated': {
      from: '{{payload.event.satisfaction_score.score}}{{payload.ticket.rating}}',
      map: { good: `${TICKET} rated good${SUBJECT}`, bad: `${TICKET} rated bad${SUBJECT}` },
      otherwise: `${TICKET} rated${SUBJECT}`,
    },
    'ticket.merged': `${TICKET} merged into another${SUBJECT}`,
    'ticket.deleted': `${TICKET} deleted${SUBJECT}`,
  },
  url: '{{payload.ticket.url}}',
  labels: {
    priority: PRIORITY,
    status: { from: STATUS, map: words('new open pending hold solved closed') },
    kind: { from: '{{payload.detail.type}}', map: words('question incident problem task') },
    channel: '{{payload.detail.via.channel}}',
  },
  facts: {
    emoji: {
      from: ['{{payload.trigger}}', '{{payload.type}}'],
      map: {
        ...zen('💬', 'comment_added'),
        ...zen('🗑️', 'soft_deleted permanently_deleted marked_as_spam'),
        ...zen('🔀', 'merged'),
        ...zen(
          { from: '{{payload.event.satisfaction_score.score}}', map: { bad: '👎' }, otherwise: '👍' },
          'csat_received',
        ),
        commented: '💬',
        rated: { from: '{{payload.ticket.rating}}', map: { bad: '👎' }, otherwise: '👍' },
      },
    },
    tone: { from: '{{payload.type}}', map: zen('neutral', 'soft_deleted permanently_deleted marked_as_spam merged') },
    // The title says how urgent it is where that is the news.
    before: { from: WAS, map: words('low normal high urgent') },
    priority: { from: PRIORITY, map: { low: 'Low', high: 'High', urgent: 'Urgent' } },
    requester: { from: '{{payload.trigger}}', map: { commented: '' }, otherwise: '{{payload.ticket.requester}}' },
    assignee: '{{payload.ticket.assignee}}',
    said: [
      { markdown: '{{payload.event.comment.body}}', of: 'text' },
      { markdown: '{{payload.event.satisfaction_score.comment}}', of: 'text' },
      {
        from: ['{{payload.trigger}}', '{{payload.type}}'],
        map: {
          created: { markdown: '{{payload.ticket.html}}', of: 'html' },
          commented: { markdown: '{{payload.ticket.html}}', of: 'html' },
          ...zen({ markdown: '{{payload.detail.description}}', of: 'text' }, 'created'),
        },
      },
    ],
  },
  at: '{{payload.time}}',
};

/** `zen:event-type:ticket.created` and its like, each with the same value. */
function zen(value: Value, names: string): Readonly<Record<string, Value>> {
  return Object.fromEntries(names.split(' ').map((name) => [`zen:event-type:ticket.${name}`, value]));
}

/** Words that Zendesk writes in capitals or not, as lower-case ones. */
function words(written: string): Readonly<Record<string, string>> {
  return Object.fromEntries(written.split(' ').map((word) => [word, word]));
}

function became(priority: string): string {
  return `${TICKET} now has ${priority} priority${SUBJECT}`;
}
