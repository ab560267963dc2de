import { CommandError } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import type { CustomSignature, HmacVerifier, SharedSecretVerifier, Signing, Verifier } from '../core/source.ts';
import { hmacKey, signatureOf } from './signature.ts';
import { writeTime } from './verifiers/signed-time.ts';
import { withBodyText } from './verifiers/with-body-text.ts';

export type { Signing } from '../core/source.ts';

/** What is sent to be let in. */
export interface SignedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** What comes on top of the address's own query. */
  readonly query: Readonly<Record<string, string>>;
  /** What follows the source's name in the address. */
  readonly pathToken?: string;
}

/** Why Bellhop cannot sign as this sender does, in a sentence; undefined where it can. */
export function cannotSign(verifier: Verifier): string | undefined {
  if (verifier.scheme === 'clientCertificate')
    return `The sender shows a client certificate of ${verifier.subject}, and Bellhop has none to show; curl takes one by --cert and --key.`;
  const asymmetric = verifier.scheme === 'ecdsa' || (verifier.scheme === 'custom' && verifier.sign === undefined);
  if (!asymmetric) return undefined;
  return 'This sender signs with a private key that only it has, so that Bellhop cannot sign in its name; "verify": "none" on a source for testing takes hooks without a signature.';
}

/**
 * The request as a genuine sender would make it, which `verifyHook` accepts: where the secret or the time travels in the
 * body or in the address, they have it too. Throws `CommandError` where only the sender can sign.
 */
export function signRequest(verifier: Verifier, secret: Secret, signing: Signing): SignedRequest {
  const why = cannotSign(verifier);
  if (why !== undefined) throw new CommandError(why);
  const plain: SignedRequest = { headers: {}, body: signing.body, query: {} };
  switch (verifier.scheme) {
    case 'none':
    case 'clientCertificate':
    case 'ecdsa':
      return plain;
    case 'custom':
      return { ...plain, ...verifier.sign?.(secret, signing) };
    case 'anyOf': {
      // The first is the one the sender's owner is told to choose.
      const [first] = verifier.of;
      return first === undefined ? plain : signRequest(first, secret, signing);
    }
    default: {
      const body = bodyOf(verifier, secret, signing);
      return { ...plain, ...proofOf(verifier, secret, { ...signing, body }), body };
    }
  }
}

/** The headers of `signRequest`, for senders that show their proof there. */
export const signHook = (verifier: Verifier, secret: Secret, signing: Signing): Readonly<Record<string, string>> =>
  signRequest(verifier, secret, signing).headers;

function proofOf(
  verifier: SharedSecretVerifier,
  secret: Secret,
  signing: Signing,
): CustomSignature & Pick<SignedRequest, 'pathToken'> {
  const written = secret.reveal();
  switch (verifier.scheme) {
    case 'hmac':
      return { headers: hmacHeaders(verifier, secret, signing) };
    case 'token':
      return { headers: { [verifier.header.toLowerCase()]: written } };
    case 'bearer':
      return { headers: { authorization: `Bearer ${written}` } };
    case 'basic':
      return {
        headers: { authorization: `Basic ${Buffer.from(`${verifier.user}:${written}`).toString('base64')}` },
      };
    case 'queryToken':
      return { headers: {}, query: { [verifier.name]: written } };
    case 'urlToken':
      return { headers: {}, pathToken: written };
    case 'bodyToken':
      return { headers: {} };
  }
}

function hmacHeaders(verifier: HmacVerifier, secret: Secret, signing: Signing): Record<string, string> {
  const { body, at, id, method = 'POST', url = '' } = signing;
  const [signatureHeader] = verifier.headers;
  const key = hmacKey(secret, verifier.key);
  if (signatureHeader === undefined || key === undefined) return {};
  const timestamp = writeTime(at, verifier.timestamp?.unit);
  const signature = signatureOf(verifier, key, { body, timestamp, id, method, url }).toString(verifier.encoding);
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

function bodyOf(verifier: SharedSecretVerifier, secret: Secret, { body, at }: Signing): Buffer {
  if (verifier.scheme === 'bodyToken') return withBodyText(body, verifier.path, secret.reveal());
  if (verifier.scheme !== 'hmac' || verifier.timestamp?.bodyPath === undefined) return body;
  const { bodyPath, unit } = verifier.timestamp;
  const time = writeTime(at, unit);
  return withBodyText(body, bodyPath, unit === 'iso' ? time : Number(time));
}
