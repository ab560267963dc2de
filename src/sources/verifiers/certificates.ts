import { type KeyObject, X509Certificate } from 'node:crypto';
import { systemClock } from '../../core/clock.ts';
import { type FetchTools, fetchBytes } from './fetch-bytes.ts';
import type { KeyFound } from './key-found.ts';

export interface Certificates {
  /**
   * The public RSA key of the certificate at an address. The caller has checked that the address is the sender's own: the
   * host's name, proven by TLS, is what makes the certificate worth anything, and its own dates add nothing to that. At
   * once where it is known. Never throws, never rejects.
   */
  keyAt(url: string): KeyFound | Promise<KeyFound>;
}

/** Senders have a handful, one at a time in use. */
const MOST_KEPT = 16;
/** A certificate that its owner took back is believed no longer than this. */
const KEPT_MS = 24 * 3_600_000;
/** Strangers can name any path at the right host; they may not have it fetched as often as they like. */
const MOST_AT_ONCE = 4;

const NONE: KeyFound = { kind: 'none' };
const UNREACHABLE: KeyFound = { kind: 'unreachable' };

/** Fetches certificates, each once a day, and remembers a few. What is not there is not remembered, so that it pushes nothing out. */
export function createCertificates(tools: FetchTools): Certificates {
  const { clock = systemClock } = tools;
  const kept = new Map<string, { readonly found: KeyFound; readonly untilMs: number }>();
  const underWay = new Map<string, Promise<KeyFound>>();

  function keyAt(url: string): KeyFound | Promise<KeyFound> {
    const known = kept.get(url);
    if (known !== undefined && known.untilMs > clock.now().getTime()) return known.found;
    const before = underWay.get(url);
    if (before !== undefined) return before;
    if (underWay.size >= MOST_AT_ONCE) return UNREACHABLE;
    const fetching = download(url).then((found) => {
      underWay.delete(url);
      if (found.kind === 'key') keep(url, found);
      return found;
    });
    underWay.set(url, fetching);
    return fetching;
  }

  function keep(url: string, found: KeyFound): void {
    kept.delete(url);
    kept.set(url, { found, untilMs: clock.now().getTime() + KEPT_MS });
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  }

  async function download(url: string): Promise<KeyFound> {
    const fetched = await fetchBytes(url, tools);
    if (fetched.kind !== 'bytes') return fetched;
    const key = rsaKeyIn(fetched.bytes);
    return key === undefined ? NONE : { kind: 'key', key };
  }

  return { keyAt };
}

/** Of several in one file, the first is the sender's own and the others those that vouch for it. */
function rsaKeyIn(pem: Buffer): KeyObject | undefined {
  try {
    const key = new X509Certificate(pem).publicKey;
    return key.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    return undefined;
  }
}
