import type { GenericMap, HmacAlgorithm } from './config.ts';
import type { HookErrorCode } from './errors.ts';
import type { Reading, SourceEvent } from './event.ts';
import type { Hook } from './hook.ts';

/** How a sender proves who it is, as data. Every check runs over the raw bytes and in constant time. */
export type Verifier =
  | HmacVerifier
  /** The secret itself travels in a header. */
  | { readonly scheme: 'token'; readonly header: string }
  | { readonly scheme: 'bearer' }
  | { readonly scheme: 'basic'; readonly user: string }
  /** The secret is the last part of the address. */
  | { readonly scheme: 'urlToken' }
  /** The type cannot prove itself: the config must say `auth` or `"verify": "none"`. */
  | { readonly scheme: 'none' };

export interface HmacVerifier {
  readonly scheme: 'hmac';
  /** Lower-case; the first one present counts. */
  readonly headers: readonly string[];
  readonly algorithm: HmacAlgorithm;
  readonly encoding: 'hex' | 'base64';
  /** What stands before the signature: `sha256=`, `v1,`. Other prefixes in a list are passed over. */
  readonly prefix: string;
  /** Splits several signatures in one header: `,` for Stripe, a space for Standard Webhooks. */
  readonly separator?: string;
  /** Placeholders `{body}`, `{timestamp}`, `{id}`. */
  readonly signed: string;
  readonly idHeaders?: readonly string[];
  /** Where the signed time is: a header, or a `field=` inside the signature header. Seconds since 1970. */
  readonly timestamp?: { readonly headers?: readonly string[]; readonly field?: string; readonly toleranceMs: number };
  /** How the secret becomes a key: as it is written, or base64 after `whsec_`. */
  readonly key: 'utf8' | 'whsec';
}

/** Whether a hook proved where it comes from; `reason` is a sentence for the sender's operator, never a secret or the right signature. */
export type Verdict =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: Extract<HookErrorCode, 'bad_signature' | 'stale_timestamp'>;
      readonly reason: string;
    };

/** What a source's config says that reading depends on. */
export interface ReadOptions {
  readonly map?: GenericMap;
}

/** A type of source: everything Bellhop knows about one sender. */
export interface SourceType {
  /** The word in the config: `github`. */
  readonly type: string;
  /** Its name as people write it: `GitHub`. */
  readonly title: string;
  /** The sender's page on its webhooks. */
  readonly docs: string;
  readonly verifier: Verifier;
  /** How to set it up at the sender: one paragraph of Markdown. */
  readonly setUp: string;
  /** Every event it knows, with what it means; each has a template and a sample. `{}` for a type whose events the user names. */
  readonly events: Readonly<Record<string, string>>;
  /** Known, and left out on purpose, with why. */
  readonly ignores: Readonly<Record<string, string>>;
  /** Bytes; 1 MiB where absent. */
  readonly maxBody?: number;
  /** It may also send by GET, with everything in the query. */
  readonly takesGet?: boolean;
  /** The header that names the event, lower-case; absent where the body does. What `explain --event` sets. */
  readonly eventHeader?: string;
  /** Turns a verified hook into events. Never throws on what a sender may send: `unreadable` says so instead. Pure. */
  read(hook: Hook, options: ReadOptions): Reading;
  /** The sender's own id of this event, for dropping duplicates; undefined where it has none. */
  dedupeKey(hook: Hook, event: SourceEvent): string | undefined;
}
