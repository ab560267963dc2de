import { verify } from 'node:crypto';
import type { CustomVerifier, Proof, Verdict } from '../../core/source.ts';
import type { FetchTools } from './fetch-bytes.ts';
import { absent, bad, busy, OK } from './finding.ts';
import { type Jwt, readJwt } from './jwt.ts';
import type { KeyFound } from './key-found.ts';
import { createKeySet, type KeySet } from './key-set.ts';
import { authorization } from './request.ts';

export interface EntraTokens {
  /** The tenant that issues them. */
  readonly tenantId: string;
  /** Whom they are for. */
  readonly audience: string;
}

/**
 * Microsoft Entra: the secure webhooks of Azure Monitor, and Event Grid, show a token (RS256) that the tenant issued for
 * Bellhop's application. Everybody to whom the tenant gives such a token is let in: who that is, the application's roles say.
 * https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-tokens
 */
export function createEntraVerifier(tokens: EntraTokens, tools: FetchTools = {}): CustomVerifier {
  const tenantId = tokens.tenantId.toLowerCase();
  const keys = createKeySet(`https://login.microsoftonline.com/${tenantId}/discovery/v2.0/keys`, tools);
  return {
    scheme: 'custom',
    title: 'a token of Microsoft Entra',
    secret: 'none',
    verify: (proof) => verifyEntra(proof, { ...tokens, tenantId }, keys),
  };
}

/** Tokens of the first and of the second version name their issuer each in its own way. */
const issuersOf = (tenantId: string): readonly unknown[] => [
  `https://sts.windows.net/${tenantId}/`,
  `https://login.microsoftonline.com/${tenantId}/v2.0`,
];
/** What Microsoft allows for clocks that are off. */
const LEEWAY_S = 300;

function verifyEntra({ hook, now }: Proof, tokens: EntraTokens, keys: KeySet): Verdict | Promise<Verdict> {
  const token = authorization(hook, 'bearer');
  if (token === undefined) return absent('The header Authorization with a Bearer token');
  const jwt = readJwt(token);
  if (jwt === undefined) return bad('The Bearer token is no signed token of Microsoft Entra.');
  const { alg, kid } = jwt.head();
  if (alg !== 'RS256' || typeof kid !== 'string')
    return bad('The Bearer token is not signed by RS256 with a named key.');
  const judge = (found: KeyFound): Verdict => {
    if (found.kind === 'unreachable')
      return busy('The keys of Microsoft Entra cannot be fetched now; send it again in a moment.');
    if (found.kind === 'none') return bad('The Bearer token is signed with a key that the tenant does not have.');
    if (!verify('sha256', Buffer.from(jwt.signed), found.key, jwt.signature))
      return bad('The signature of the Bearer token does not fit the tenant’s key.');
    return checkClaims(jwt, tokens, now);
  };
  const found = keys.keyOf(kid);
  return found instanceof Promise ? found.then(judge) : judge(found);
}

function checkClaims(jwt: Jwt, { tenantId, audience }: EntraTokens, now: Date): Verdict {
  const { iss, aud, exp, nbf = 0 } = jwt.claims();
  if (!issuersOf(tenantId).includes(iss))
    return bad('The Bearer token was not issued by the tenant that `auth` names.');
  if (aud !== audience) return bad('The Bearer token is for another audience than the one that `auth` names.');
  if (typeof exp !== 'number' || typeof nbf !== 'number') return bad('The Bearer token does not say when it ends.');
  const seconds = now.getTime() / 1_000;
  if (seconds >= exp + LEEWAY_S) return stale('The Bearer token has expired.');
  return seconds < nbf - LEEWAY_S ? stale('The Bearer token is not valid yet, by this server’s clock.') : OK;
}

const stale = (reason: string): Verdict => ({ ok: false, code: 'stale_timestamp', reason });
