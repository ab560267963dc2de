import type { CustomVerifier, Verdict } from '../core/source.ts';
import { hasSubjectParts } from '../core/subject.ts';

/**
 * The connection proves the sender: its client showed a certificate whose subject has every part of `subject`. The server
 * has verified it (`server.tls.clientCa`) before a hook has a `clientSubject`.
 */
export const clientCertificateVerifier = (subject: string): CustomVerifier => ({
  scheme: 'custom',
  title: `client certificate of ${subject}`,
  secret: 'none',
  verify({ hook: { clientSubject } }) {
    if (clientSubject === undefined)
      return bad('No client certificate of an authority in server.tls.clientCa was shown; this source asks for one.');
    if (hasSubjectParts(clientSubject, subject)) return { ok: true };
    return bad(`The client certificate is of ${clientSubject}, which is not the subject that this source asks for.`);
  },
});

const bad = (reason: string): Verdict => ({ ok: false, code: 'bad_signature', reason });
