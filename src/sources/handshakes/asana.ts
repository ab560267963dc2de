import type { Handshake } from '../../core/handshake.ts';
import { toSecret } from '../../core/secret.ts';
import { plain, refused } from './reply.ts';

/** https://developers.asana.com/docs/webhooks-guide#the-webhook-handshake */
export const asana: Handshake = {
  name: 'asana',
  means:
    'Asana brings the secret that it will sign with in `X-Hook-Secret`, and gets it back. The first one is kept as the source’s own.',
  signed: false,
  methods: [],
  secret: 'auto',
  answer({ headers }) {
    const secret = headers['x-hook-secret'];
    if (secret === undefined) return undefined;
    if (SECRET.test(secret)) return { ...plain('', { 'x-hook-secret': secret }), brings: toSecret(secret) };
    return refused('The header X-Hook-Secret holds no secret of 16 to 200 letters, digits, "_" or "-".');
  },
};

const SECRET = /^[\w-]{16,200}$/;
