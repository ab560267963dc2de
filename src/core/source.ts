import type { GenericMap, HmacAlgorithm } from './config.ts';
import type { HookErrorCode } from './errors.ts';
import type { Reading, SourceEvent } from './event.ts';
import type { Handshake } from './handshake.ts';
import type { Hook } from './hook.ts';
import type { Secret } from './secret.ts';

/** How a sender proves who it is, as data where that is possible. Every check runs over the raw bytes and in constant time. */
export type Verifier =
  | SharedSecretVerifier
  /** Any of them, with any of the source's secrets: the sender lets its owner choose. */
  | { readonly scheme: 'anyOf'; readonly of: readonly SharedSecretVerifier[] }
  | EcdsaVerifier
  /** The certificate that its client showed (`server.tls.clientCa`): its subject has all these parts, as in `CN=hooks.example.com`. */
  | { readonly scheme: 'clientCertificate'; readonly subject: string }
  | CustomVerifier
  /** The type cannot prove itself: the config must say `auth` or `"verify": "none"`. */
  | { readonly scheme: 'none' };

/** Both sides know the secret, so that Bellhop can also sign as the sender does. */
export type SharedSecretVerifier =
  | HmacVerifier
  /** The secret itself travels in a header. */
  | { readonly scheme: 'token'; readonly header: string }
  /** The secret itself travels in the body, at this path: `token`, `auth.key`. */
  | { readonly scheme: 'bodyToken'; readonly path: string }
  /** The secret itself travels in the address: `?access_token=…`. */
  | { readonly scheme: 'queryToken'; readonly name: string }
  | { readonly scheme: 'bearer' }
  | { readonly scheme: 'basic'; readonly user: string }
  /** The secret is the last part of the address. */
  | { readonly scheme: 'urlToken' };

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
  /** Placeholders `{body}`, `{timestamp}`, `{id}`, `{method}`, and `{url}`: the source's address as the sender knows it. */
  readonly signed: string;
  /** Where a form or a query carries the document in this field, its text is signed in place of the body, as Gitea does. */
  readonly carrier?: string;
  readonly idHeaders?: readonly string[];
  /** Where the signed time is: a header, or a `field=` inside the signature header, or in the signed body. */
  readonly timestamp?: SignedTime & { readonly field?: string; readonly bodyPath?: string };
  /** How the secret becomes a key: as it is written, base64, or base64 after `whsec_`. */
  readonly key: 'utf8' | 'base64' | 'whsec';
}

/** ECDSA on P-256 with SHA-256, as SendGrid signs: the source's secret is the sender's public key (PEM, or base64 of its DER). */
export interface EcdsaVerifier {
  readonly scheme: 'ecdsa';
  /** Lower-case; the first one present counts. It holds the signature as base64 of its DER. */
  readonly headers: readonly string[];
  /** Placeholders `{body}` and `{timestamp}`. */
  readonly signed: string;
  readonly timestamp: SignedTime;
}

export interface SignedTime {
  /** Lower-case. */
  readonly headers?: readonly string[];
  /** Since 1970, or text as in `2026-11-21T12:00:00Z`. Absent: seconds or milliseconds, which their size tells apart. */
  readonly unit?: 's' | 'ms' | 'iso';
  /** How far it may be from this server's clock, before and after. */
  readonly toleranceMs: number;
}

/** A proof that takes code: certificates, the fields of a form, a token that is a document. */
export interface CustomVerifier {
  readonly scheme: 'custom';
  /** For people, after "proves itself by": `an RSA signature of Amazon SNS`. */
  readonly title: string;
  /** `shared`: the source's secret, known to both. `public`: names the sender and is no secret. `none`: the source needs none. */
  readonly secret: 'shared' | 'public' | 'none';
  /** It covers the address that the sender posts to, so that the config must have `server.publicUrl`. */
  readonly signsAddress?: true;
  /** At once where it can, and later where it has to fetch something. Never throws, never rejects, whatever is sent. */
  readonly verify: (proof: Proof) => Verdict | Promise<Verdict>;
  /** As the sender would; absent where only the sender can. */
  readonly sign?: (secret: Secret, signing: Signing) => CustomSignature;
}

/** What a verifier looks at. */
export interface Proof {
  readonly hook: Hook;
  /** None of them empty; at least one, unless the verifier needs none. */
  readonly secrets: readonly Secret[];
  readonly now: Date;
  /** `server.publicUrl` and the source's path, without token and query. Undefined where the config has none: it is never taken from the request. */
  readonly address: string | undefined;
}

/** A request to be signed as its sender would. */
export interface Signing {
  readonly body: Buffer;
  readonly at: Date;
  /** The delivery's id, where the sender signs one. */
  readonly id: string;
  /** POST where absent. */
  readonly method?: string;
  /** The whole address with its query, as the sender knows it; needed where the sender signs it. */
  readonly url?: string;
}

export interface CustomSignature {
  readonly headers: Readonly<Record<string, string>>;
  /** What the sender adds to the address. */
  readonly query?: Readonly<Record<string, string>>;
}

/**
 * Whether a hook proved where it comes from; `reason` is a sentence for the sender's operator, never a secret or the right
 * signature. `busy`: it could not be checked now, and the sender should come back.
 */
export type Verdict =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: Extract<HookErrorCode, 'bad_signature' | 'stale_timestamp' | 'topic_not_allowed' | 'busy'>;
      readonly reason: string;
    };

/** What a source's config says that reading depends on. */
export interface ReadOptions {
  readonly map?: GenericMap;
  /** Only `aws-sns`: the ARNs of the topics that are taken. */
  readonly topics?: readonly string[];
}

/** Always with HTTP 200. Nothing of the hook is in it. */
export interface SourceAnswer {
  readonly type: 'text/plain' | 'text/xml' | 'application/json';
  readonly body: string;
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
  /** What its sender asks before it sends. Types whose events the user names may have another one by the config. */
  readonly handshake?: Handshake;
  /** Whether the source's owner wants what this verified hook is about; absent where every verified hook is wanted. */
  admits?(hook: Hook, options: ReadOptions): Verdict;
  /** What the sender wants to hear once this hook is stored, where it does something with the answer; Bellhop's own JSON where absent. */
  answerTo?(hook: Hook): SourceAnswer | undefined;
  /** Turns a verified hook into events. Never throws on what a sender may send: `unreadable` says so instead. Pure. */
  read(hook: Hook, options: ReadOptions): Reading;
  /** The sender's own id of this event, for dropping duplicates; undefined where it has none. */
  dedupeKey(hook: Hook, event: SourceEvent): string | undefined;
  /**
   * Of an event without a `dedupeKey`: whether its document says when it happened, so that the very same bytes a moment
   * later are the same event sent again and no second one. Never where a sender repeats itself on purpose.
   */
  isDated?(hook: Hook, event: SourceEvent): boolean;
}
