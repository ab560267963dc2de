import type { AuthConfig, SourceConfig } from '../core/config.ts';
import type { Secret } from '../core/secret.ts';
import type { SourceType, Verifier } from '../core/source.ts';

/** How the hooks of one source are verified: by which means, and with which secrets. */
export interface SourceVerifier<Means extends Verifier = Verifier> {
  readonly verifier: Means;
  readonly secrets: readonly Secret[];
  /** Where the sender posts to, without token and query; undefined where the config has no `server.publicUrl`. */
  readonly address?: string;
}

/**
 * How one source of the config is verified: `verify: "none"` first, then its `auth`, then its type's own way. A type
 * that cannot prove itself (`generic`) takes a bare `secret` as a bearer token, and without one verifies nothing. Senders
 * that sign their address need the config's `server.publicUrl`.
 */
export function verifierOf(type: SourceType, config: SourceConfig, publicUrl?: string): SourceVerifier {
  if (config.verify === 'none') return { verifier: { scheme: 'none' }, secrets: [] };
  if (config.auth !== undefined) return authVerifier(config.auth, config.secrets);
  const verifier: Verifier = type.verifier.scheme === 'none' ? { scheme: 'bearer' } : type.verifier;
  const address = publicUrl === undefined ? {} : { address: publicAddress(publicUrl, config.name) };
  return { verifier, secrets: config.secrets, ...address };
}

/** The address to paste at the sender of this source. */
export const publicAddress = (publicUrl: string, source: string): string =>
  `${publicUrl.replace(/\/+$/, '')}/hooks/${encodeURIComponent(source)}`;

const TOLERANCE_MS = 300_000;

/** The config names no header for `{id}`; these are the ones in use. */
const ID_HEADERS = ['webhook-id', 'x-webhook-id', 'x-delivery-id', 'x-request-id'];

function authVerifier(auth: AuthConfig, secrets: readonly Secret[]): SourceVerifier {
  if ('bearer' in auth) return { verifier: { scheme: 'bearer' }, secrets: [auth.bearer] };
  if ('urlToken' in auth) return { verifier: { scheme: 'urlToken' }, secrets: [auth.urlToken] };
  if ('basic' in auth) return { verifier: { scheme: 'basic', user: auth.basic.user }, secrets: [auth.basic.password] };
  if ('clientCertificate' in auth)
    return { verifier: { scheme: 'clientCertificate', subject: auth.clientCertificate.subject }, secrets: [] };
  if ('token' in auth) return { verifier: { scheme: 'token', header: auth.token.header.toLowerCase() }, secrets };
  const { header, algorithm, encoding, prefix, timestampHeader, toleranceMs } = auth.hmac;
  const signed = auth.hmac.signed ?? (timestampHeader === undefined ? '{body}' : '{timestamp}.{body}');
  const timestamp = timestampHeader && {
    timestamp: { headers: [timestampHeader.toLowerCase()], toleranceMs: toleranceMs ?? TOLERANCE_MS },
  };
  return {
    verifier: {
      scheme: 'hmac',
      headers: [header.toLowerCase()],
      algorithm,
      encoding,
      prefix,
      signed,
      ...(signed.includes('{id}') && { idHeaders: ID_HEADERS }),
      ...timestamp,
      key: 'utf8',
    },
    secrets,
  };
}
