import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';
import { twilioVerifier } from '../verifiers/twilio.ts';
import { TWILIO_ERRORS } from './errors.ts';

const TO = '{{payload.To}}';
const FROM = '{{payload.From}}';

const CODE: Value = ['{{payload.ErrorCode}}', '{{payload.Payload.error_code}}'];
const WHY: Value = { from: CODE, map: TWILIO_ERRORS };

/** The same words, with why where the code has a meaning. */
const because = (words: string): Value => ({ say: `${words}{{#why}}: {{why}}{{/why}}`, with: { why: WHY } });

const unlessOptedOut = (emoji: string): Value => ({
  from: '{{payload.ErrorCode}}',
  map: { 21610: '🔕' },
  otherwise: emoji,
});

const STATUS = '{{payload.MessageStatus}}';
const CALL = '{{payload.CallStatus}}';

export const twilio: Declaration = {
  type: 'twilio',
  title: 'Twilio',
  docs: 'https://www.twilio.com/docs/usage/webhooks',
  setUp:
    'Give the address as status callback of a messaging service, a number or a call, as the address for incoming messages, or as the webhook of the Debugger under “Monitor” → “Errors”; the source’s secret is the account’s auth token. Twilio signs the address as it knows it, so that `server.publicUrl` must say the same.',
  verifier: twilioVerifier,
  // What is answered to an incoming message or call is done: this says nothing to whoever wrote or called.
  // https://www.twilio.com/docs/messaging/twiml
  answer: {
    type: 'text/xml',
    body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
    when: {
      from: ['{{payload.SmsStatus}}', '{{payload.Direction}}'],
      map: { received: 'message', receiving: 'message', inbound: 'call' },
    },
  },
  events: {
    'message.failed': 'A message could not be sent.',
    'message.undelivered': 'A message did not arrive.',
    'message.received': 'Somebody sent a message.',
    'call.failed': 'A call could not be made.',
    'call.missed': 'A call was not answered.',
    'call.completed': 'A call is over.',
    'debugger.error': 'Twilio noticed an error of the account.',
    'debugger.warning': 'Twilio noticed something that may become an error.',
  },
  ignores: {
    'message.sent': 'What goes well would be most of what comes.',
    'message.delivered': 'What goes well would be most of what comes.',
    'call.running': 'What comes of a call is told at its end.',
  },
  requires: [
    '{{payload.MessageSid}}',
    '{{payload.SmsSid}}',
    '{{payload.CallSid}}',
    '{{#payload.Level}}{{payload.Sid}}{{/payload.Level}}',
  ],
  event: [
    {
      from: '{{payload.Level}}',
      map: { ERROR: 'debugger.error', WARNING: 'debugger.warning' },
      otherwise: '{{#payload.Level}}debugger.{{payload.Level}}{{/payload.Level}}',
    },
    {
      from: STATUS,
      map: {
        failed: 'message.failed',
        canceled: 'message.failed',
        undelivered: 'message.undelivered',
        delivered: 'message.delivered',
        read: 'message.delivered',
        accepted: 'message.sent',
        scheduled: 'message.sent',
        queued: 'message.sent',
        sending: 'message.sent',
        sent: 'message.sent',
        receiving: 'message.received',
        received: 'message.received',
      },
      otherwise: `{{#payload.MessageStatus}}message.${STATUS}{{/payload.MessageStatus}}`,
    },
    {
      from: CALL,
      map: {
        failed: 'call.failed',
        canceled: 'call.missed',
        busy: 'call.missed',
        'no-answer': 'call.missed',
        completed: 'call.completed',
        queued: 'call.running',
        initiated: 'call.running',
        ringing: 'call.running',
        'in-progress': 'call.running',
      },
      otherwise: `{{#payload.CallStatus}}call.${CALL}{{/payload.CallStatus}}`,
    },
    'message.received',
  ],
  id: [
    '{{headers.i-twilio-idempotency-token}}',
    '{{#payload.Level}}{{payload.Sid}}{{/payload.Level}}',
    `{{#payload.CallSid}}{{payload.CallSid}}:${CALL}{{/payload.CallSid}}`,
    `{{#payload.MessageSid}}{{payload.MessageSid}}:${STATUS}{{/payload.MessageSid}}`,
  ],
  key: [
    '{{#payload.CallSid}}call:{{payload.CallSid}}{{/payload.CallSid}}',
    '{{#payload.MessageSid}}message:{{payload.MessageSid}}{{/payload.MessageSid}}',
    '{{#payload.SmsSid}}message:{{payload.SmsSid}}{{/payload.SmsSid}}',
  ],
  state: [STATUS, CALL],
  severity: [
    { from: '{{payload.Level}}', map: { ERROR: 'error', WARNING: 'warning' } },
    // Who wants no more messages gets none: nothing is broken.
    { from: '{{payload.ErrorCode}}', map: { 21610: 'info' } },
    { from: STATUS, map: { failed: 'error', undelivered: 'warning' } },
    { from: CALL, map: { failed: 'error', busy: 'warning', 'no-answer': 'warning' } },
    'info',
  ],
  titles: {
    'message.failed': {
      from: STATUS,
      map: { canceled: `Message to ${TO} cancelled` },
      otherwise: because(`Message to ${TO} failed`),
    },
    'message.undelivered': because(`Message to ${TO} did not arrive`),
    'message.received': [
      `{{#payload.ProfileName}}Message from {{payload.ProfileName}}{{/payload.ProfileName}}`,
      `Message from ${FROM}`,
    ],
    'call.failed': because(`Call to ${TO} failed`),
    'call.missed': {
      from: CALL,
      map: { busy: `Call to ${TO}: busy`, canceled: `Call to ${TO} cancelled` },
      otherwise: `Call to ${TO} was not answered`,
    },
    'call.completed': `Call from ${FROM} to ${TO} is over`,
    'debugger.error': [
      { from: WHY, map: { '': '' }, otherwise: because('Error {{payload.Payload.error_code}}') },
      '{{#payload.Payload.error_code}}Error {{payload.Payload.error_code}}{{/payload.Payload.error_code}}',
      'Error of the account',
    ],
    'debugger.warning': [
      { from: WHY, map: { '': '' }, otherwise: because('Warning {{payload.Payload.error_code}}') },
      '{{#payload.Payload.error_code}}Warning {{payload.Payload.error_code}}{{/payload.Payload.error_code}}',
      'Warning of the account',
    ],
  },
  url: {
    from: CODE,
    map: { '': '' },
    otherwise: 'https://www.twilio.com/docs/api/errors/{{payload.ErrorCode}}{{payload.Payload.error_code}}',
  },
  labels: { code: CODE, to: TO, from: FROM },
  facts: {
    emoji: {
      from: STATUS,
      map: { failed: unlessOptedOut('📵'), undelivered: unlessOptedOut('📭'), canceled: '🚫' },
      otherwise: {
        from: CALL,
        map: { failed: '📵', busy: '📵', 'no-answer': '📵', canceled: '📵', completed: '📞' },
        otherwise: { from: '{{payload.Level}}', map: { '': '💬' } },
      },
    },
    // The title of a message with a name has no number.
    number: '{{#payload.ProfileName}}{{payload.From}}{{/payload.ProfileName}}',
    from: FROM,
    code: CODE,
    said: { markdown: '{{payload.Body}}', of: 'text' },
    attachments: { from: '{{payload.NumMedia}}', map: { 0: '' }, otherwise: '{{payload.NumMedia}}' },
    took: { duration: '{{payload.CallDuration}}', unit: 's' },
    detail: [
      '{{payload.Payload.more_info.Msg}}',
      '{{payload.Payload.more_info.msg}}',
      '{{payload.Payload.more_info.message}}',
      '{{payload.ErrorMessage}}',
      '{{payload.ChannelStatusMessage}}',
    ],
    asked: '{{payload.Payload.webhook.request.url}}',
    answered: '{{payload.Payload.webhook.response.status_code}}',
  },
  at: ['{{payload.Timestamp}}', '{{payload.TimeStamp}}'],
};
