/** Why a request got no answer. */
export interface NetworkFault {
  /** Ends a sentence that begins with the host: `refused the connection`. Never an address or a secret. */
  readonly words: string;
  /** false: the request cannot have reached anybody, so that sending it again cannot post twice. */
  readonly mayHaveArrived: boolean;
}

const NEVER_SENT: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ENOTFOUND: 'could not be found (DNS)',
  EAI_AGAIN: 'could not be looked up (DNS)',
  EHOSTUNREACH: 'cannot be reached from this machine',
  ENETUNREACH: 'cannot be reached from this machine',
  UND_ERR_CONNECT_TIMEOUT: 'did not take the connection in time',
  CERT_HAS_EXPIRED: 'has an expired certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'has a certificate that nobody vouches for',
  SELF_SIGNED_CERT_IN_CHAIN: 'has a certificate that nobody vouches for',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'has a certificate that nobody vouches for',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another name',
};

/** What an exception of an HTTP client means, told by its codes and names: two copies of a class never fool it. */
export function networkFault(error: unknown): NetworkFault {
  for (const fault of chain(error)) {
    const words = NEVER_SENT[textOf(fault, 'code')];
    if (words !== undefined) return { words, mayHaveArrived: false };
    if (['AbortError', 'TimeoutError'].includes(textOf(fault, 'name'))) {
      return { words: 'did not answer in time', mayHaveArrived: true };
    }
  }
  return { words: 'broke the connection before it answered', mayHaveArrived: true };
}

/** The error, its causes, and the first of several (one per address of a host): fetch hides the code two levels down. */
function chain(error: unknown): readonly object[] {
  const found: object[] = [];
  let next = error;
  while (typeof next === 'object' && next !== null && found.length < 5) {
    found.push(next);
    const { cause, errors } = next as { cause?: unknown; errors?: readonly unknown[] };
    next = cause ?? errors?.[0];
  }
  return found;
}

function textOf(fault: object, key: 'code' | 'name'): string {
  const value = (fault as Record<string, unknown>)[key];
  return typeof value === 'string' ? value : '';
}
