import type { HandshakeAnswer, HandshakeRefusal, HandshakeReply } from '../../core/handshake.ts';

/** Longer than any sender's challenge. */
const LONGEST = 1_024;

/** The challenge as it came, as plain text; refused where it is no short text. */
export function echo(challenge: unknown, what: string): HandshakeReply {
  if (typeof challenge === 'string' && challenge !== '' && challenge.length <= LONGEST) return plain(challenge);
  return refused(`${what} is no text of at most ${LONGEST} characters.`);
}

/** The sender asks in a way that cannot be answered, and is told why. */
export const refused = (reason: string): HandshakeRefusal => ({ kind: 'refused', code: 'handshake_refused', reason });

export const plain = (body: string, headers: Readonly<Record<string, string>> = {}): HandshakeAnswer => ({
  ...{ kind: 'answer', type: 'text/plain', body },
  headers,
});

/** For senders that read nothing else; what they sent stands in it only where it is letters and digits. */
export const json = (document: object): HandshakeAnswer => ({
  ...{ kind: 'answer', type: 'application/json', body: JSON.stringify(document) },
});
