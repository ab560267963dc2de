import type { Hook } from '../../core/hook.ts';
import type { Verdict } from '../../core/source.ts';
import { hasSubjectParts } from '../../core/subject.ts';
import { bad, OK } from './finding.ts';

/**
 * The connection proves the sender: its client showed a certificate whose subject has every part of `subject`. The server
 * has verified it (`server.tls.clientCa`) before a hook has a `clientSubject`.
 */
export function verifyClientCertificate({ clientSubject }: Hook, subject: string): Verdict {
  if (clientSubject === undefined)
    return bad('No client certificate of an authority in server.tls.clientCa was shown; this source asks for one.');
  if (hasSubjectParts(clientSubject, subject)) return OK;
  return bad(`The client certificate is of ${clientSubject}, which is not the subject that this source asks for.`);
}
