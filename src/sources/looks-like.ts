import type { Hook } from '../core/hook.ts';
import type { SharedSecretVerifier, SourceType, Verifier } from '../core/source.ts';

/** Whose hook it may be instead, by its name; undefined where nothing tells, and for a hook of the type itself. */
export type LooksLike = (hook: Hook, own: SourceType) => string | undefined;

/**
 * Tells by the headers that one type alone has whose a hook may be: for the sentence to whoever pointed it at a wrong address,
 * and for nothing else. Anybody can send any header, and some senders look like others on purpose.
 */
export function createLooksLike(types: Iterable<SourceType>): LooksLike {
  const owners = new Map<string, SourceType | undefined>();
  for (const type of types) {
    for (const header of marksOf(type)) owners.set(header, owners.has(header) ? undefined : type);
  }
  return (hook, own) => {
    const found = new Set(Object.keys(hook.headers).flatMap((header) => owners.get(header) ?? []));
    if ([...found].some(({ type }) => type === own.type)) return undefined;
    // Gitea, Forgejo and Gogs send GitHub's headers beside their own.
    const [only, ...more] = [...found].filter(({ type }) => type !== 'github' || found.size === 1);
    return more.length === 0 ? only?.title : undefined;
  };
}

/** Headers that say more than that somebody signs or logs in. */
function marksOf({ verifier, eventHeader }: SourceType): ReadonlySet<string> {
  const headers = [...headersOf(verifier), ...(eventHeader === undefined ? [] : [eventHeader])];
  return new Set(headers.map((header) => header.toLowerCase()));
}

function headersOf(verifier: Verifier | SharedSecretVerifier): readonly string[] {
  switch (verifier.scheme) {
    case 'hmac':
    case 'ecdsa':
      return verifier.headers;
    case 'token':
      return [verifier.header];
    case 'anyOf':
      return verifier.of.flatMap(headersOf);
    default:
      return [];
  }
}
