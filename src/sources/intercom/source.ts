import type { Declaration } from '../declared/declaration.ts';

const CUSTOMER = [
  '{{payload.data.item.source.author.name}}',
  '{{payload.data.item.source.author.email}}',
  '{{payload.data.item.user.name}}',
  '{{payload.data.item.user.email}}',
] as const;
const NAME = '{{name}}{{^name}}{{email}}{{/name}}';
const FROM = `{{#payload.data.item.source.author}} from ${NAME}{{/payload.data.item.source.author}}`;
const WITH = `{{#payload.data.item.source.author}} with ${NAME}{{/payload.data.item.source.author}}`;

export const intercom: Declaration = {
  type: 'intercom',
  title: 'Intercom',
  docs: 'https://developers.intercom.com/docs/references/webhooks/webhook-models',
  setUp:
    'In the Developer Hub, open your app’s “Webhooks”, add the address and the topics you want; the source’s secret is the app’s client secret under “Basic information”.',
  verifier: {
    scheme: 'hmac',
    headers: ['x-hub-signature'],
    algorithm: 'sha1',
    encoding: 'hex',
    prefix: 'sha1=',
    signed: '{body}',
    key: 'utf8',
  },
  events: {
    'conversation.user.created': 'A customer began a conversation.',
    'conversation.user.replied': 'A customer answered.',
    'conversation.admin.replied': 'A colleague answered.',
    'conversation.admin.assigned': 'A conversation was assigned.',
    'conversation.admin.snoozed': 'A conversation was put off.',
    'conversation.admin.unsnoozed': 'A conversation that was put off is back.',
    'conversation.admin.opened': 'A conversation was opened again.',
    'conversation.admin.closed': 'A conversation was closed.',
    'conversation.rating.added': 'A customer rated a conversation.',
    'ticket.created': 'A ticket was opened.',
    'contact.user.created': 'Somebody signed up.',
    'contact.lead.created': 'A visitor became a lead.',
  },
  ignores: {
    ping: 'Intercom only tries whether the address answers.',
    'conversation.admin.noted': 'A note is meant for those who read the conversation.',
    'conversation.read': 'Nobody needs to act on it.',
    'conversation_part.tag.created': 'Nobody needs to act on it.',
    'ticket.note.created': 'A note is meant for those who read the ticket.',
    'contact.user.updated': 'Contacts change with every visit.',
    'contact.lead.updated': 'Contacts change with every visit.',
  },
  requires: '{{payload.topic}}',
  event: '{{payload.topic}}',
  id: '{{payload.id}}',
  key: {
    from: '{{payload.data.item.type}}',
    map: {
      conversation: '{{#payload.data.item.id}}conversation:{{payload.data.item.id}}{{/payload.data.item.id}}',
      contact: '{{#payload.data.item.id}}contact:{{payload.data.item.id}}{{/payload.data.item.id}}',
      ticket: '{{#payload.data.item.id}}ticket:{{payload.data.item.id}}{{/payload.data.item.id}}',
    },
  },
  state: {
    from: '{{payload.topic}}',
    map: {
      'conversation.user.created': 'open',
      'conversation.user.replied': 'open',
      'conversation.admin.replied': 'open',
      'conversation.admin.unsnoozed': 'open',
      'conversation.admin.opened': 'open',
      'conversation.admin.snoozed': 'snoozed',
      'conversation.admin.closed': 'closed',
      'ticket.created': 'open',
    },
  },
  closes: ['conversation.admin.closed'],
  titles: {
    'conversation.user.created': `New conversation${FROM}`,
    'conversation.user.replied': `Reply${FROM}`,
    'conversation.admin.replied': `A colleague answered in the conversation${WITH}`,
    'conversation.admin.assigned': `Assigned: conversation${WITH}`,
    'conversation.admin.snoozed': `Snoozed: conversation${WITH}`,
    'conversation.admin.unsnoozed': `No longer snoozed: conversation${WITH}`,
    'conversation.admin.opened': `Opened again: conversation${WITH}`,
    'conversation.admin.closed': `Closed: conversation${WITH}`,
    'conversation.rating.added': [
      `{{#payload.data.item.conversation_rating.rating}}Rated {{payload.data.item.conversation_rating.rating}} of 5: conversation${WITH}{{/payload.data.item.conversation_rating.rating}}`,
      `Rated: conversation${WITH}`,
    ],
    'contact.user.created': [
      '{{#payload.data.item.name}}{{payload.data.item.name}} signed up{{/payload.data.item.name}}',
      '{{#payload.data.item.email}}{{payload.data.item.email}} signed up{{/payload.data.item.email}}',
      'Somebody signed up',
    ],
    'contact.lead.created': [
      '{{#payload.data.item.name}}New lead: {{payload.data.item.name}}{{/payload.data.item.name}}',
      '{{#payload.data.item.email}}New lead: {{payload.data.item.email}}{{/payload.data.item.email}}',
      'New lead',
    ],
    'ticket.created': [
      '{{#payload.data.item.ticket_attributes._default_title_}}New ticket: {{payload.data.item.ticket_attributes._default_title_}}{{/payload.data.item.ticket_attributes._default_title_}}',
      'New ticket{{#payload.data.item.ticket_id}} #{{payload.data.item.ticket_id}}{{/payload.data.item.ticket_id}}',
    ],
  },
  url: [
    '{{payload.data.item.links.conversation_web}}',
    {
      from: '{{payload.data.item.type}}',
      map: {
        contact:
          '{{#payload.app_id}}https://app.intercom.com/a/apps/{{payload.app_id}}/users/{{payload.data.item.id}}{{/payload.app_id}}',
      },
    },
  ],
  labels: { customer: [...CUSTOMER] },
  facts: {
    // The title has it where there is no name.
    email: '{{#payload.data.item.name}}{{payload.data.item.email}}{{/payload.data.item.name}}',
    city: '{{payload.data.item.location.city}}',
    subject: { text: '{{payload.data.item.source.subject}}' },
    // What was said last, or what it all began with.
    said: [
      {
        markdown:
          '{{#payload.data.item.conversation_parts.conversation_parts}}{{body}}\n{{/payload.data.item.conversation_parts.conversation_parts}}',
        of: 'html',
      },
      {
        from: '{{payload.topic}}',
        map: { 'conversation.user.created': { markdown: '{{payload.data.item.source.body}}', of: 'html' } },
      },
      { markdown: '{{payload.data.item.conversation_rating.remark}}', of: 'text' },
      { markdown: '{{payload.data.item.ticket_attributes._default_description_}}', of: 'html' },
    ],
  },
  at: '{{payload.created_at}}',
};
