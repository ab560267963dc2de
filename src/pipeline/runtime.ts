import type { ChannelConfig, Config } from '../core/config.ts';
import type { Hook, Said } from '../core/hook.ts';
import type { MuteMatcher } from '../core/overlay.ts';
import type { PaceWindow, Platform, PlatformClient } from '../core/platform.ts';
import type { Renderer } from '../core/renderer.ts';
import type { Router } from '../core/route.ts';
import type { ReadOptions, SourceType, Verdict } from '../core/source.ts';
import type { ActiveHandshake } from './handshake.ts';

/** A source of the config, ready to take hooks. */
export interface ActiveSource {
  readonly name: string;
  readonly type: SourceType;
  readonly options: ReadOptions;
  /** What its sender asks before it sends; absent where it asks nothing. */
  readonly handshake?: ActiveHandshake;
  /** Whether this address may send at all. */
  allows(from: string): boolean;
  /** Checks the sender's proof over the raw bytes: at once, but for senders whose certificate has to be fetched. Never rejects. */
  verify(hook: Hook, now: Date): Verdict | Promise<Verdict>;
  /** The hook as it is read and kept once it is verified: without a token in its address. */
  withoutToken(hook: Hook): Hook;
  /** Whose hook one that this source cannot take may be instead: `GitLab`. */
  looksLike(hook: Hook): string | undefined;
  /** The request as people may see it: without what proves its sender. */
  maskProof(request: Said): Said;
}

/** A channel of the config, ready to be posted in. */
export interface ActiveChannel {
  readonly config: ChannelConfig;
  readonly platform: Platform;
  readonly client: PlatformClient;
  /** Empty for no pace at all. */
  readonly pace: readonly PaceWindow[];
  readonly retryMs: readonly number[];
  readonly timeoutMs: number;
}

/** Everything that follows from one config. Replaced as a whole when the config changes, never edited. */
export interface Runtime {
  readonly config: Config;
  readonly sources: ReadonlyMap<string, ActiveSource>;
  /** Every type Bellhop knows, also those no source has now: stored hooks are read again by their type. */
  readonly types: ReadonlyMap<string, SourceType>;
  readonly channels: ReadonlyMap<string, ActiveChannel>;
  /** The routes of the config with those of the overlay before them. */
  readonly router: Router;
  /** The mutes of the overlay. */
  readonly mutes: MuteMatcher;
  readonly renderer: Renderer;
}

/** The runtime in force at this moment. */
export type CurrentRuntime = () => Runtime;
