import type { Handshake } from '../../core/handshake.ts';
import { valueAt } from '../../core/path.ts';
import { strangersDocument } from './asked-document.ts';
import { json, refused } from './reply.ts';

/**
 * https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema
 *
 * The `validationUrl` beside the code is never called.
 */
export const eventGrid: Handshake = {
  name: 'event-grid',
  means: 'Azure Event Grid posts a `SubscriptionValidationEvent`, and gets its `validationCode` back.',
  signed: false,
  methods: [],
  answer(hook) {
    const asked = strangersDocument(hook);
    if (valueAt(asked, ['0', 'eventType']) !== 'Microsoft.EventGrid.SubscriptionValidationEvent') return undefined;
    const code = valueAt(asked, ['0', 'data', 'validationCode']);
    if (typeof code === 'string' && CODE.test(code)) return json({ validationResponse: code });
    return refused('The validationCode in the body is no code of at most 100 letters, digits, "_" or "-".');
  },
};

const CODE = /^[\w-]{1,100}$/;
