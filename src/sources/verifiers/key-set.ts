import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { systemClock } from '../../core/clock.ts';
import { parseJson } from '../../core/parse-json.ts';
import { type FetchTools, fetchBytes } from './fetch-bytes.ts';
import type { KeyFound } from './key-found.ts';

/** The public RSA keys by which an issuer of tokens signs. */
export interface KeySet {
  /** At once where the key is known. Never throws, never rejects. */
  keyOf(id: string): KeyFound | Promise<KeyFound>;
}

/** A key that its issuer took back is believed no longer than this. */
const KEPT_MS = 24 * 3_600_000;
/** A new key is looked for this often at most: strangers can name any. */
const LOOK_AGAIN_MS = 60_000;
const MOST_KEPT = 50;

/** A JSON Web Key Set at an address, fetched when it is needed, by one request at a time. */
export function createKeySet(url: string, tools: FetchTools): KeySet {
  const { clock = systemClock } = tools;
  let keys: ReadonlyMap<string, KeyObject> = new Map();
  let fetchedAtMs = Number.NEGATIVE_INFINITY;
  let underWay: Promise<boolean> | undefined;

  async function refresh(): Promise<boolean> {
    const fetched = await fetchBytes(url, tools);
    if (fetched.kind !== 'bytes') return false;
    const found = keysIn(fetched.bytes);
    // An answer without keys is a fault at the issuer's and takes none of them back.
    if (found.size === 0) return false;
    keys = found;
    fetchedAtMs = clock.now().getTime();
    return true;
  }

  function found(id: string): KeyFound {
    const key = keys.get(id);
    return key === undefined ? { kind: 'none' } : { kind: 'key', key };
  }

  return {
    keyOf(id) {
      const ageMs = clock.now().getTime() - fetchedAtMs;
      if (ageMs < (keys.has(id) ? KEPT_MS : LOOK_AGAIN_MS)) return found(id);
      underWay ??= refresh().finally(() => {
        underWay = undefined;
      });
      return underWay.then((fetched): KeyFound => (fetched ? found(id) : { kind: 'unreachable' }));
    },
  };
}

function keysIn(bytes: Buffer): ReadonlyMap<string, KeyObject> {
  const document = parseJson(bytes.toString('utf8')) as { readonly keys?: unknown } | null | undefined;
  const listed: readonly unknown[] = Array.isArray(document?.keys) ? document.keys : [];
  return new Map(listed.slice(0, MOST_KEPT).flatMap((jwk) => namedKey(jwk) ?? []));
}

function namedKey(jwk: unknown): readonly (readonly [string, KeyObject])[] | undefined {
  const { kid, kty } = (jwk ?? {}) as { readonly kid?: unknown; readonly kty?: unknown };
  if (typeof kid !== 'string' || kty !== 'RSA') return undefined;
  try {
    return [[kid, createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })]];
  } catch {
    return undefined;
  }
}
