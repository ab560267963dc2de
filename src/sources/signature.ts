import { createHmac } from 'node:crypto';
import type { Secret } from '../core/secret.ts';
import type { HmacVerifier } from '../core/source.ts';

export interface Signed {
  readonly body: Buffer;
  /** As it is written in the header: it is signed as text. */
  readonly timestamp: string;
  readonly id: string;
}

/** The HMAC a genuine sender makes: placeholders of `verifier.signed` filled in, the body as bytes. */
export function signatureOf(verifier: HmacVerifier, key: Buffer, signed: Signed): Buffer {
  const hmac = createHmac(verifier.algorithm, key);
  for (const part of verifier.signed.split(/(\{(?:body|timestamp|id)\})/)) {
    if (part === '{body}') hmac.update(signed.body);
    else if (part === '{timestamp}') hmac.update(signed.timestamp);
    else if (part === '{id}') hmac.update(signed.id);
    else hmac.update(part);
  }
  return hmac.digest();
}

/** The secret as a key; undefined for a `whsec_` secret that is no base64, which can verify nothing. */
export function hmacKey(secret: Secret, kind: HmacVerifier['key']): Buffer | undefined {
  const written = secret.reveal();
  if (written === '') return undefined;
  if (kind === 'utf8') return Buffer.from(written);
  return decodeSignature(written.replace(/^whsec_/, ''), 'base64');
}

/** Strict: Node's decoders skip what they do not know, and two spellings of one signature are one too many. */
export function decodeSignature(text: string, encoding: 'hex' | 'base64'): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  const written = encoding === 'hex' ? text.toLowerCase() : text;
  return bytes.length > 0 && bytes.toString(encoding) === written ? bytes : undefined;
}
