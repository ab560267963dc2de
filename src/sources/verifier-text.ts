import type { Verifier } from '../core/source.ts';

/** How a sender proves itself, in words. */
export function verifierText(verifier: Verifier): string {
  switch (verifier.scheme) {
    case 'hmac':
      return `HMAC-${verifier.algorithm.toUpperCase()} in ${verifier.headers[0]}`;
    case 'token':
      return `token in ${verifier.header}`;
    case 'bodyToken':
      return `token in the body (${verifier.path})`;
    case 'queryToken':
      return `token in the address (?${verifier.name}=)`;
    case 'bearer':
      return 'bearer token';
    case 'basic':
      return 'user and password';
    case 'urlToken':
      return 'token in the address';
    case 'anyOf':
      return verifier.of.map(verifierText).join(', or ');
    case 'ecdsa':
      return `ECDSA signature in ${verifier.headers[0]}; the secret is the sender’s public key`;
    case 'clientCertificate':
      return `client certificate of ${verifier.subject}`;
    case 'custom':
      return verifier.title;
    case 'none':
      return 'none of its own: the config says how';
  }
}
