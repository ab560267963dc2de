import type { Handshake } from '../../core/handshake.ts';
import { anySame } from '../verifiers/same-bytes.ts';
import { echo } from './reply.ts';

/** https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests */
export const meta: Handshake = {
  name: 'meta',
  means:
    'Facebook, Instagram and WhatsApp call the address with `?hub.challenge=…` and get it back when `hub.verify_token` is one of the source’s secrets.',
  signed: false,
  methods: ['GET'],
  secret: 'own',
  answer({ method, query }, { secrets }) {
    if (method !== 'GET' || query['hub.mode'] !== 'subscribe') return undefined;
    const token = Buffer.from(query['hub.verify_token'] ?? '');
    const wanted = secrets.map((secret) => Buffer.from(secret.reveal()));
    if (!anySame(token, wanted)) {
      const reason = 'The hub.verify_token in the query does not fit the source’s secret.';
      return { kind: 'refused', code: 'bad_signature', reason };
    }
    return echo(query['hub.challenge'], 'The hub.challenge in the query');
  },
};
