import { verify } from 'node:crypto';
import type { Verdict } from '../../core/source.ts';
import type { Certificates } from './certificates.ts';
import { bad, busy } from './finding.ts';
import type { KeyFound } from './key-found.ts';

export interface RsaClaim {
  /** Where the certificate is, already found to be the sender's own. */
  readonly certificateUrl: string;
  readonly algorithm: 'sha1' | 'sha256';
  readonly signature: Buffer;
  /** Any of these fits. */
  readonly signed: readonly Buffer[];
  /** What is said of a signature that does not. */
  readonly misfit: string;
}

/** Whether the owner of the certificate signed this: at once where the certificate is known. Then `then` has the last word. */
export function verifyRsa(
  certificates: Certificates,
  claim: RsaClaim,
  then: () => Verdict,
): Verdict | Promise<Verdict> {
  const judge = (found: KeyFound): Verdict => {
    if (found.kind === 'unreachable')
      return busy('The sender’s certificate cannot be fetched now; send it again in a moment.');
    if (found.kind === 'none') return bad('There is no RSA certificate at the address that the hook names.');
    const { algorithm, signature, signed, misfit } = claim;
    return signed.some((bytes) => verify(algorithm, bytes, found.key, signature)) ? then() : bad(misfit);
  };
  const found = certificates.keyAt(claim.certificateUrl);
  return found instanceof Promise ? found.then(judge) : judge(found);
}

/** An https address on one of the hosts, at one of the paths, and nothing else in it: no port, no user, no query. */
export function certificateUrl(
  written: string | undefined,
  { host, path }: { readonly host: RegExp; readonly path: RegExp },
): string | undefined {
  if (written === undefined || written.length > 500 || !URL.canParse(written)) return undefined;
  const url = new URL(written);
  const plain = url.protocol === 'https:' && url.href === `https://${url.hostname}${url.pathname}`;
  return plain && host.test(url.hostname) && path.test(url.pathname) ? url.href : undefined;
}
