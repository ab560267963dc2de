import type { HookErrorCode } from './errors.ts';
import type { Hook } from './hook.ts';
import type { Secret } from './secret.ts';
import type { ReadOptions } from './source.ts';

/** The handshakes that a source of the config, or a declared type, may name. */
export const HANDSHAKE_NAMES = [
  'asana',
  'cloudevents',
  'dropbox',
  'event-grid',
  'graph',
  'meta',
  'notion',
  'probe',
  'slack',
  'woocommerce',
  'zoom',
] as const;
export type HandshakeName = (typeof HANDSHAKE_NAMES)[number];

/**
 * What a sender asks before it sends, or in between: whether the address is there and its owner wants the hooks. It is
 * answered as the sender wants, and nothing of it is stored or posted.
 */
export interface Handshake {
  /** The word in the config, or that of its type. */
  readonly name: string;
  /** What is asked and answered, in one sentence of Markdown. */
  readonly means: string;
  /** Asked only about what the source's verifier let in. The others answer everybody who knows the address. */
  readonly signed: boolean;
  /** By which it comes, beside those that hooks come by. */
  readonly methods: readonly string[];
  /** What the source's `secret` must be for it; absent where any will do, or none. */
  readonly secret?: 'own' | 'auto';
  /** Undefined for what is no handshake: then it is taken as a hook. Never throws, never rejects, whatever is sent. */
  readonly answer: (hook: Hook, asked: AskedSource) => HandshakeReply | undefined | Promise<HandshakeReply | undefined>;
}

/** What a handshake may know of the source it is made with. */
export interface AskedSource {
  /** None of them empty. */
  readonly secrets: readonly Secret[];
  readonly options: ReadOptions;
  /** Hooks a minute from one address; undefined where there is no limit. */
  readonly rateLimit: number | undefined;
}

export type HandshakeReply = HandshakeAnswer | HandshakeRefusal;

/** Always HTTP 200. */
export interface HandshakeAnswer {
  readonly kind: 'answer';
  /** What a stranger sent is never given back as anything that a browser would run. */
  readonly type: 'text/plain' | 'application/json';
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The sender brings the secret by which it will prove itself: the source's own from now on, if it has none yet. */
  readonly brings?: Secret;
}

export interface HandshakeRefusal {
  readonly kind: 'refused';
  readonly code: Extract<HookErrorCode, 'bad_signature' | 'handshake_refused' | 'busy'>;
  /** A sentence for the sender's operator, without a secret. */
  readonly reason: string;
}
