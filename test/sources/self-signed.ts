import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export interface Signer {
  readonly privateKey: KeyObject;
  /** A certificate of the public key, signed by itself. */
  readonly pem: string;
}

/** A new RSA key with a certificate, as short as X.509 allows. */
export function aSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const validity = sequence(utcTime('260101000000Z'), utcTime('360101000000Z'));
  const nobody = sequence();
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const body = sequence(der(0xa0, integer(2)), integer(1), SHA256_WITH_RSA, nobody, validity, nobody, spki);
  const bits = der(0x03, Buffer.concat([Buffer.of(0), sign('sha256', body, privateKey)]));
  const certificate = sequence(body, SHA256_WITH_RSA, bits).toString('base64');
  return { privateKey, pem: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n` };
}

function der(tag: number, content: Buffer): Buffer {
  const length =
    content.length < 128 ? Buffer.of(content.length) : Buffer.of(0x82, content.length >> 8, content.length & 0xff);
  return Buffer.concat([Buffer.of(tag), length, content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

const integer = (value: number): Buffer => der(0x02, Buffer.of(value));
const utcTime = (text: string): Buffer => der(0x17, Buffer.from(text));
const SHA256_WITH_RSA = sequence(der(0x06, Buffer.from('2a864886f70d01010b', 'hex')), der(0x05, Buffer.alloc(0)));
