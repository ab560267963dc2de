import { createHmac } from 'node:crypto';
import type { Secret } from '../core/secret.ts';
import type { HmacVerifier } from '../core/source.ts';

export interface Signed {
  readonly body: Buffer;
  /** As it is written in the header: it is signed as text. */
  readonly timestamp: string;
  readonly id?: string;
  readonly method?: string;
  readonly url?: string;
}

const PLACEHOLDERS = /(\{(?:body|timestamp|id|method|url)\})/;

/** What is signed, in pieces: the placeholders of a pattern filled in, the body as bytes. */
export function signedPieces(pattern: string, signed: Signed): readonly (string | Buffer)[] {
  const values = new Map<string, string | Buffer>([
    ['{body}', signed.body],
    ['{timestamp}', signed.timestamp],
    ['{id}', signed.id ?? ''],
    ['{method}', signed.method ?? ''],
    ['{url}', signed.url ?? ''],
  ]);
  return pattern.split(PLACEHOLDERS).map((part) => values.get(part) ?? part);
}

/** The HMAC a genuine sender makes. */
export function signatureOf(verifier: HmacVerifier, key: Buffer, signed: Signed): Buffer {
  const hmac = createHmac(verifier.algorithm, key);
  for (const piece of signedPieces(verifier.signed, signed)) hmac.update(piece);
  return hmac.digest();
}

/** The secret as a key; undefined for one that should be base64 and is not, which can verify nothing. */
export function hmacKey(secret: Secret, kind: HmacVerifier['key']): Buffer | undefined {
  const written = secret.reveal();
  if (written === '') return undefined;
  if (kind === 'utf8') return Buffer.from(written);
  return decodeSignature(kind === 'whsec' ? written.replace(/^whsec_/, '') : written, 'base64');
}

/** Strict: Node's decoders skip what they do not know, and two spellings of one signature are one too many. */
export function decodeSignature(text: string, encoding: 'hex' | 'base64' | 'base64url'): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  const written = encoding === 'hex' ? text.toLowerCase() : text;
  return bytes.length > 0 && bytes.toString(encoding) === written ? bytes : undefined;
}
