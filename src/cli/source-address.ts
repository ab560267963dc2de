import type { SourceConfig } from '../core/config.ts';
import type { SourceType, Verifier } from '../core/source.ts';
import { publicAddress, verifierOf } from '../sources/verifier-of.ts';

/** Where a source's sender posts to; a secret that is part of it stays a placeholder. */
export function sourceAddress(base: string, config: SourceConfig, type: SourceType | undefined): string {
  const verifier = type === undefined ? undefined : verifierOf(type, config).verifier;
  return `${publicAddress(base, config.name)}${tokenIn(verifier)}`;
}

/** Where in the address the sender puts its token. */
function tokenIn(verifier: Verifier | undefined): string {
  const way = verifier?.scheme === 'anyOf' ? verifier.of[0] : verifier;
  if (way?.scheme === 'urlToken') return '/<token>';
  return way?.scheme === 'queryToken' ? `?${way.name}=<token>` : '';
}
