import type { SourceType } from '../../core/source.ts';
import type { Declaration } from '../declared/declaration.ts';
import { declareSource } from '../declared/declare-source.ts';
import type { RenderText } from '../declared/value-text.ts';
import { defineSource } from '../define-source.ts';
import { answersOf } from './answers.ts';

/** All of it is data but the answers: each has to be put to its question. */
export function createTypeform(renderText: RenderText): SourceType {
  const declared = declareSource(typeform, renderText);
  return defineSource({
    ...declared,
    read: (hook, options) => {
      const reading = declared.read(hook, options);
      if (reading.kind !== 'events') return reading;
      const events = reading.events.map((event) => ({
        ...event,
        facts: { ...event.facts, answers: answersOf(event.payload) },
      }));
      return { kind: 'events', events };
    },
  });
}

const typeform: Declaration = {
  type: 'typeform',
  title: 'Typeform',
  docs: 'https://www.typeform.com/developers/webhooks/',
  setUp:
    'In the form under “Connect” → “Webhooks”, add the address, enter the source’s secret as the webhook’s secret, and switch it on.',
  verifier: {
    scheme: 'hmac',
    headers: ['typeform-signature'],
    algorithm: 'sha256',
    encoding: 'base64',
    prefix: 'sha256=',
    signed: '{body}',
    key: 'utf8',
  },
  events: {
    form_response: 'Somebody answered a form.',
    'form_response.partial': 'Somebody left a form half answered.',
  },
  requires: '{{payload.form_response.form_id}}',
  event: {
    from: '{{payload.event_type}}',
    map: { '': 'form_response', form_response_partial: 'form_response.partial' },
    otherwise: '{{payload.event_type}}',
  },
  id: '{{payload.event_id}}',
  key: '{{#payload.form_response.token}}response:{{payload.form_response.token}}{{/payload.form_response.token}}',
  titles: {
    form_response: [
      '{{#payload.form_response.definition.title}}New response: {{payload.form_response.definition.title}}{{/payload.form_response.definition.title}}',
      'New response to a form',
    ],
    'form_response.partial': [
      '{{#payload.form_response.definition.title}}Response not finished: {{payload.form_response.definition.title}}{{/payload.form_response.definition.title}}',
      'Response to a form not finished',
    ],
  },
  url: '{{#payload.form_response.form_id}}https://admin.typeform.com/form/{{payload.form_response.form_id}}/results{{/payload.form_response.form_id}}',
  labels: { form: ['{{payload.form_response.definition.title}}', '{{payload.form_response.form_id}}'] },
  facts: { score: '{{payload.form_response.calculated.score}}' },
  at: ['{{payload.form_response.submitted_at}}', '{{payload.form_response.landed_at}}'],
};
