import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

const TO = '{{item.email}}';

/** SendGrid's seven reasons of a bounce, in words for a title; of `Unclassified` nobody learns anything. */
const WHY: Value = {
  from: '{{item.bounce_classification}}',
  map: {
    'Invalid Address': 'no such address',
    'Mailbox Unavailable': 'mailbox unavailable',
    Content: 'its content was refused',
    Reputation: 'the sender’s reputation',
    'Frequency or Volume Too High': 'too many mails',
    'Technical Failure': 'technical failure',
  },
};

/** The same words, with why where SendGrid knows. */
const because = (words: string): Value => ({ say: `${words}{{#why}} ({{why}}){{/why}}`, with: { why: WHY } });

export const sendgrid: Declaration = {
  type: 'sendgrid',
  title: 'SendGrid',
  docs: 'https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event',
  setUp:
    'Under “Settings” → “Mail Settings” → “Event Webhooks”, create a webhook with the address and choose at least bounced, dropped, deferred and spam reports; under “Security features” enable the signature, and take the verification key that appears as the source’s secret.',
  verifier: {
    scheme: 'ecdsa',
    headers: ['x-twilio-email-event-webhook-signature'],
    signed: '{timestamp}{body}',
    timestamp: { headers: ['x-twilio-email-event-webhook-timestamp'], unit: 's', toleranceMs: 300_000 },
  },
  events: {
    bounce: 'A mail was refused for good.',
    blocked: 'A mail was refused this time; the address stays in use.',
    dropped: 'SendGrid did not even try to send a mail.',
    deferred: 'A mail was not taken yet; SendGrid tries again.',
    spamreport: 'Somebody called a mail spam.',
    unsubscribe: 'Somebody wants no more mail.',
    group_unsubscribe: 'Somebody wants no more mail of a kind.',
    account_status_change: 'SendGrid suspended the account, or took that back.',
  },
  ignores: {
    processed: 'What goes well would be most of what comes.',
    delivered: 'What goes well would be most of what comes.',
    open: 'Who reads a mail is nobody’s alarm.',
    click: 'Who reads a mail is nobody’s alarm.',
    group_resubscribe: 'Nobody needs to act on it.',
  },
  each: 'payload',
  requires: '{{#item.event}}{{item.sg_event_id}}{{item.timestamp}}{{/item.event}}',
  event: {
    from: '{{item.event}}',
    map: { bounce: { from: '{{item.type}}', map: { blocked: 'blocked' }, otherwise: 'bounce' } },
    otherwise: '{{item.event}}',
  },
  id: '{{item.sg_event_id}}',
  key: ['{{#item.sg_message_id}}mail:{{item.sg_message_id}}{{/item.sg_message_id}}'],
  state: { from: '{{item.event}}', map: { bounce: 'refused', dropped: 'dropped', deferred: 'waiting' } },
  severity: {
    from: '{{item.event}}',
    map: {
      bounce: 'warning',
      dropped: 'warning',
      spamreport: 'warning',
      account_status_change: { from: '{{item.type}}', map: { compliance_suspend: 'critical' }, otherwise: 'warning' },
    },
    otherwise: 'info',
  },
  titles: {
    bounce: because(`Mail to ${TO} bounced`),
    blocked: because(`Mail to ${TO} was blocked`),
    dropped: `Mail to ${TO} was not sent{{#item.reason}}: {{item.reason}}{{/item.reason}}`,
    deferred: `Mail to ${TO} is delayed`,
    spamreport: `${TO} reported a mail as spam`,
    unsubscribe: `${TO} wants no more mail`,
    group_unsubscribe: `${TO} wants no more mail of this kind`,
    account_status_change: {
      from: '{{item.type}}',
      map: { compliance_suspend: 'The account is suspended: no mail is sent' },
      otherwise: 'The status of the account changed',
    },
  },
  url: {
    from: '{{item.event}}',
    map: {
      bounce: {
        from: '{{item.type}}',
        map: { blocked: 'https://app.sendgrid.com/suppressions/blocks' },
        otherwise: 'https://app.sendgrid.com/suppressions/bounces',
      },
      spamreport: 'https://app.sendgrid.com/suppressions/spam_reports',
      unsubscribe: 'https://app.sendgrid.com/suppressions/global_unsubscribes',
      account_status_change: 'https://app.sendgrid.com/settings/account',
    },
    otherwise: 'https://app.sendgrid.com/email_activity',
  },
  labels: { category: '{{item.category}}', domain: '{{item.domain}}', reason: '{{item.bounce_classification}}' },
  facts: {
    emoji: {
      from: '{{item.event}}',
      map: {
        bounce: { from: '{{item.type}}', map: { blocked: '⛔' }, otherwise: '↩️' },
        dropped: '🚫',
        deferred: '⏳',
        spamreport: '🚩',
        unsubscribe: '🔕',
        group_unsubscribe: '🔕',
      },
    },
    category: '{{item.category}}',
    tries: { from: '{{item.event}}', map: { deferred: '{{item.attempt}}' } },
    // The title says why a mail was dropped; `500 unknown recipient` is what the other server said.
    answer: {
      from: '{{item.event}}',
      map: {
        bounce: { markdown: '{{item.reason}}', of: 'text' },
        deferred: { markdown: '{{item.response}}', of: 'text' },
      },
    },
  },
  at: '{{item.timestamp}}',
};
