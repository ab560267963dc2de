import type { Secret } from '../core/secret.ts';
import type { HmacVerifier, Verifier } from '../core/source.ts';
import { hmacKey, signatureOf } from './signature.ts';

export interface Signing {
  readonly body: Buffer;
  readonly at: Date;
  /** The delivery's id, where the sender signs one. */
  readonly id: string;
}

/**
 * The headers by which a genuine sender proves itself: what `verifyHook` accepts. Empty for `none`, and for `urlToken`,
 * whose secret goes into the address.
 */
export function signHook(verifier: Verifier, secret: Secret, signing: Signing): Record<string, string> {
  switch (verifier.scheme) {
    case 'hmac':
      return hmacHeaders(verifier, secret, signing);
    case 'token':
      return { [verifier.header.toLowerCase()]: secret.reveal() };
    case 'bearer':
      return { authorization: `Bearer ${secret.reveal()}` };
    case 'basic':
      return { authorization: `Basic ${Buffer.from(`${verifier.user}:${secret.reveal()}`).toString('base64')}` };
    case 'urlToken':
    case 'none':
      return {};
  }
}

function hmacHeaders(verifier: HmacVerifier, secret: Secret, { body, at, id }: Signing): Record<string, string> {
  const [signatureHeader] = verifier.headers;
  const key = hmacKey(secret, verifier.key);
  if (signatureHeader === undefined || key === undefined) return {};
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signature = signatureOf(verifier, key, { body, timestamp, id }).toString(verifier.encoding);
  const field = verifier.timestamp?.field;
  const lead = field === undefined ? '' : `${field}=${timestamp}${verifier.separator ?? ','}`;
  const [idHeader] = verifier.idHeaders ?? [];
  const [timestampHeader] = verifier.timestamp?.headers ?? [];
  return {
    ...(idHeader !== undefined && { [idHeader]: id }),
    ...(timestampHeader !== undefined && { [timestampHeader]: timestamp }),
    [signatureHeader]: `${lead}${verifier.prefix}${signature}`,
  };
}
