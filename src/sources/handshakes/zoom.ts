import { createHmac } from 'node:crypto';
import type { Handshake } from '../../core/handshake.ts';
import { isRecord } from '../../core/record.ts';
import { askedDocument } from './asked-document.ts';
import { json, refused } from './reply.ts';

/**
 * https://developers.zoom.us/docs/api/webhooks/#validate-your-webhook-endpoint
 *
 * The answer is an HMAC by the secret that also signs Zoom's hooks. Whoever could have anything signed could forge hooks:
 * so only what is verified is answered, and only a token that cannot be what a hook signs (`v0:…`, a body).
 */
export const zoom: Handshake = {
  name: 'zoom',
  means: 'Zoom posts a signed `endpoint.url_validation`, and gets its `plainToken` back with an HMAC of it.',
  signed: true,
  methods: [],
  secret: 'own',
  answer(hook, { secrets: [secret] }) {
    const asked = askedDocument(hook);
    if (secret === undefined || !isRecord(asked) || asked.event !== 'endpoint.url_validation') return undefined;
    const plainToken = isRecord(asked.payload) ? asked.payload.plainToken : undefined;
    if (typeof plainToken !== 'string' || !TOKEN.test(plainToken)) {
      return refused(
        'The plainToken in the body is no token of at most 256 letters, digits, "_", "-", "+", "/" or "=".',
      );
    }
    const encryptedToken = createHmac('sha256', secret.reveal()).update(plainToken).digest('hex');
    return json({ plainToken, encryptedToken });
  },
};

const TOKEN = /^[\w+/=-]{1,256}$/;
