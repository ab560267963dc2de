import type { Handshake } from '../../core/handshake.ts';
import { isRecord } from '../../core/record.ts';
import { toSecret } from '../../core/secret.ts';
import { strangersDocument } from './asked-document.ts';
import { plain, refused } from './reply.ts';

/** https://developers.notion.com/reference/webhooks#step-2-verifying-the-subscription */
export const notion: Handshake = {
  name: 'notion',
  means:
    'Notion posts a `verification_token` once, which it will sign with and which its owner pastes into Notion. The first one is kept as the source’s own; `bellhop sources` shows it.',
  signed: false,
  methods: [],
  secret: 'auto',
  answer(hook) {
    const asked = strangersDocument(hook);
    if (!isRecord(asked) || asked.verification_token === undefined) return undefined;
    const { verification_token: token } = asked;
    if (typeof token === 'string' && TOKEN.test(token)) return { ...plain(''), brings: toSecret(token) };
    return refused('The verification_token in the body is no token of 16 to 200 letters, digits, "_" or "-".');
  },
};

const TOKEN = /^[\w-]{16,200}$/;
