import type { PlatformName } from './config.ts';
import type { HookErrorCode } from './errors.ts';
import type { HookStatus } from './hook.ts';
import type { OutcomeKind } from './outcome.ts';

/** What the pipeline counts. `http` turns it into Prometheus text. */
export interface Metrics {
  hook(source: string, status: HookStatus | HookErrorCode | 'handshake'): void;
  event(source: string, event: string): void;
  /** From the first byte of a hook to its answer. */
  acknowledged(seconds: number): void;
  attempt(channel: string, platform: PlatformName, outcome: OutcomeKind): void;
  /** From a hook's receipt to the platform's acceptance, time spent waiting and throttled included. */
  delivered(seconds: number): void;
  /** Deliveries that a mute holds back. */
  muted(count: number): void;
  rateLimited(platform: PlatformName): void;
  configValid(valid: boolean): void;
}
