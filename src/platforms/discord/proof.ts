import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What Discord sends beside the body to show that it is Discord. */
export interface Proof {
  readonly signature: Buffer;
  readonly timestamp: string;
}

/** The DER in front of the 32 bytes of an Ed25519 key (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const TOLERANCE_MS = 5 * 60_000;

/** The key that the developer portal shows; undefined when it is none. */
export function publicKeyOf(hex: string): KeyObject | undefined {
  // Zeros are what people put in for the time being; for that key anybody can make a signature.
  if (!/^[0-9a-f]{64}$/i.test(hex) || /^0[01]0*$/.test(hex)) return undefined;
  return createPublicKey({ key: Buffer.concat([SPKI, Buffer.from(hex, 'hex')]), format: 'der', type: 'spki' });
}

/** The proof in the headers, or why there is none; `now` in milliseconds. Asked before the body is read. */
export function proofIn(headers: IncomingHttpHeaders, now: number): Proof | string {
  const { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp } = headers;
  if (typeof signature !== 'string' || !/^[0-9a-f]{128}$/i.test(signature)) return 'it has no signature';
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) return 'it has no time';
  if (Math.abs(now - Number(timestamp) * 1_000) > TOLERANCE_MS) return 'its time is too far from this server’s clock';
  return { signature: Buffer.from(signature, 'hex'), timestamp };
}

/** https://docs.discord.com/developers/interactions/overview#validating-security-request-headers */
export const proves = ({ signature, timestamp }: Proof, body: Buffer, key: KeyObject): boolean =>
  verify(null, Buffer.concat([Buffer.from(timestamp), body]), key, signature);
