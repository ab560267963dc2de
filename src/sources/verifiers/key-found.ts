import type { KeyObject } from 'node:crypto';

/** What came of looking for a public key where its owner publishes it. */
export type KeyFound =
  | { readonly kind: 'key'; readonly key: KeyObject }
  /** The owner has no such key. */
  | { readonly kind: 'none' }
  /** Not now: it may be there. */
  | { readonly kind: 'unreachable' };
