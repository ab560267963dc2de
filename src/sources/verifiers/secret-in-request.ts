import type { Proof } from '../../core/source.ts';
import { decodeSignature } from '../signature.ts';
import { absent, bad, type Finding, OK } from './finding.ts';
import { authorization } from './request.ts';
import { anySame } from './same-bytes.ts';

/** The sender shows the secret itself; `what` names the place for people. */
export function verifyText({ secrets }: Proof, given: string | undefined, what: string): Finding {
  if (given === undefined || given === '') return absent(what);
  const wanted = secrets.map((secret) => Buffer.from(secret.reveal()));
  return anySame(Buffer.from(given), wanted) ? OK : bad(`${what} does not fit the source’s secret.`);
}

export function verifyBasic({ hook, secrets }: Proof, user: string): Finding {
  const given = decodeSignature(authorization(hook, 'basic') ?? '', 'base64');
  if (given === undefined) return absent('The header Authorization with a user and password (Basic)');
  const wanted = secrets.map((password) => Buffer.from(`${user}:${password.reveal()}`));
  return anySame(given, wanted)
    ? OK
    : bad('The user and password in the header Authorization do not fit the source’s.');
}
