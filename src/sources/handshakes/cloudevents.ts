import type { Handshake } from '../../core/handshake.ts';
import { plain, refused } from './reply.ts';

/**
 * https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md#4-abuse-protection
 *
 * The address in `WebHook-Request-Callback` is never called: the answer given here is the permission.
 */
export const cloudevents: Handshake = {
  name: 'cloudevents',
  means: 'The sender asks by `OPTIONS` with `WebHook-Request-Origin`, and is allowed to send.',
  signed: false,
  methods: ['OPTIONS'],
  answer({ method, headers }, { rateLimit }) {
    const origin = headers['webhook-request-origin'];
    if (method !== 'OPTIONS' || origin === undefined) return undefined;
    if (!ORIGIN.test(origin)) {
      return refused('The header WebHook-Request-Origin is no name of a host, as in eventemitter.example.com.');
    }
    return plain('', {
      allow: 'POST',
      'webhook-allowed-origin': origin,
      'webhook-allowed-rate': rateLimit === undefined ? '*' : String(rateLimit),
    });
  },
};

/** A host; some senders write the address of theirs. */
const ORIGIN = /^[\w.:/-]{1,253}$/;
