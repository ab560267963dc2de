import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Secret } from '../../core/secret.ts';
import type { EcdsaVerifier, Proof } from '../../core/source.ts';
import { decodeSignature, signedPieces } from '../signature.ts';
import { absent, bad, type Finding } from './finding.ts';
import { firstHeader } from './request.ts';
import { checkTime, readTime, timeForm } from './signed-time.ts';

/** Whether the owner of one of the public keys signed these bytes, near this time. */
export function verifyEcdsa({ hook, secrets, now }: Proof, verifier: EcdsaVerifier): Finding {
  const [name = ''] = verifier.headers;
  const header = firstHeader(hook, verifier.headers);
  if (header === undefined) return absent(`The header ${verifier.headers.join(' or ')}`);
  const signature = decodeSignature(header, 'base64');
  if (signature === undefined) return bad(`The header ${name} holds no base64 signature.`);
  const { headers = [], unit, toleranceMs } = verifier.timestamp;
  const timestamp = firstHeader(hook, headers);
  const at = readTime(timestamp, unit);
  if (timestamp === undefined || at === undefined)
    return bad(`The signed time (${headers.join(' or ')}) is missing or ${timeForm(unit)}.`);

  const keys = secrets.map(publicKeyOf).filter((key) => key !== undefined);
  if (keys.length === 0)
    return bad('The source’s secret is no public key on the curve P-256; expected the sender’s verification key.');
  const pieces = signedPieces(verifier.signed, { body: hook.body, timestamp });
  const signed = Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
  if (!keys.some((key) => verify('sha256', signed, key, signature)))
    return bad(`The signature in ${name} does not fit the body and the source’s public key.`);
  return checkTime(at, now, toleranceMs);
}

/** PEM, or what stands between its lines. */
function publicKeyOf(secret: Secret): KeyObject | undefined {
  const written = secret.reveal().trim();
  try {
    const key = written.startsWith('-----')
      ? createPublicKey(written)
      : createPublicKey({ key: Buffer.from(written, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : undefined;
  } catch {
    return undefined;
  }
}
