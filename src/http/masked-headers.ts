import type { SourceConfig } from '../core/config.ts';
import { MASK } from '../core/secret.ts';

const SECRET_NAME = /authorization|cookie|token|secret|signature|password|api-?key|credential|hmac/i;

/** Headers as they may be shown: those that prove something are masked, the one that the source's own `auth` names too. */
export function maskedHeaders(
  headers: Readonly<Record<string, string>>,
  source: Pick<SourceConfig, 'auth'> | undefined,
): Readonly<Record<string, string>> {
  const own = authHeaderOf(source);
  const isSecret = (name: string) => name.toLowerCase() === own || SECRET_NAME.test(name);
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, isSecret(name) ? MASK : value]));
}

function authHeaderOf(source: Pick<SourceConfig, 'auth'> | undefined): string | undefined {
  const { auth } = source ?? {};
  if (auth === undefined) return undefined;
  if ('token' in auth) return auth.token.header.toLowerCase();
  return 'hmac' in auth ? auth.hmac.header.toLowerCase() : undefined;
}
