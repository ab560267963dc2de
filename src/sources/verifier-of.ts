import type { AuthConfig, SourceConfig } from '../core/config.ts';
import type { Secret } from '../core/secret.ts';
import type { HmacVerifier, SourceType, Verifier } from '../core/source.ts';
import { createEntraVerifier } from './verifiers/entra.ts';

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
  const address = publicUrl === undefined ? {} : { address: publicAddress(publicUrl, config.name) };
  if (config.auth !== undefined) return { secrets: config.secrets, ...authVerifier(config.auth), ...address };
  const verifier: Verifier = type.verifier.scheme === 'none' ? { scheme: 'bearer' } : type.verifier;
  return { verifier, secrets: config.secrets, ...address };
}

/** The address to paste at the sender of this source. */
export const publicAddress = (publicUrl: string, source: string): string =>
  `${publicUrl.replace(/\/+$/, '')}/hooks/${encodeURIComponent(source)}`;

const TOLERANCE_MS = 300_000;

/** In use for `{id}`, where the config names none. */
const ID_HEADERS = ['webhook-id', 'x-webhook-id', 'x-delivery-id', 'x-request-id'];

/** With the secrets of its own, where it holds some: then the source's are not asked. */
function authVerifier(auth: AuthConfig): Pick<SourceVerifier, 'verifier'> & Partial<SourceVerifier> {
  if ('bearer' in auth) return { verifier: { scheme: 'bearer' }, secrets: [auth.bearer] };
  if ('urlToken' in auth) return { verifier: { scheme: 'urlToken' }, secrets: [auth.urlToken] };
  if ('basic' in auth) return { verifier: { scheme: 'basic', user: auth.basic.user }, secrets: [auth.basic.password] };
  if ('clientCertificate' in auth)
    return { verifier: { scheme: 'clientCertificate', subject: auth.clientCertificate.subject }, secrets: [] };
  if ('entra' in auth) return { verifier: createEntraVerifier(auth.entra), secrets: [] };
  if ('token' in auth) return { verifier: { scheme: 'token', header: auth.token.header.toLowerCase() } };
  if ('bodyToken' in auth) return { verifier: { scheme: 'bodyToken', path: auth.bodyToken.path } };
  if ('queryToken' in auth) return { verifier: { scheme: 'queryToken', name: auth.queryToken.name } };
  return { verifier: hmacVerifier(auth.hmac) };
}

function hmacVerifier(written: Extract<AuthConfig, { readonly hmac: unknown }>['hmac']): HmacVerifier {
  const { header, algorithm, encoding, prefix, timestampHeader, timestampField, timestampUnit, idHeader } = written;
  const { toleranceMs = TOLERANCE_MS, separator = timestampField && ',', key = 'utf8' } = written;
  const isTimed = timestampHeader !== undefined || timestampField !== undefined;
  const signed = written.signed ?? (isTimed ? '{timestamp}.{body}' : '{body}');
  const timestamp = {
    toleranceMs,
    ...(timestampHeader !== undefined && { headers: [timestampHeader.toLowerCase()] }),
    ...(timestampField !== undefined && { field: timestampField }),
    ...(timestampUnit !== undefined && { unit: timestampUnit }),
  };
  return {
    ...{ scheme: 'hmac', headers: [header.toLowerCase()], algorithm, encoding, prefix, signed, key },
    ...(separator !== undefined && { separator }),
    ...(signed.includes('{id}') && { idHeaders: idHeader === undefined ? ID_HEADERS : [idHeader.toLowerCase()] }),
    ...(isTimed && { timestamp }),
  };
}
