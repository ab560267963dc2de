import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Chat } from '../core/chat.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Health } from '../core/platform.ts';

export interface InboundContext {
  readonly chat: Chat;
  readonly log: Log;
  readonly clock: Clock;
  /** Names a fault in the log for the person who was told about it. */
  readonly newFaultId: () => string;
}

/** Takes one HTTP request on one of the inbound's paths; Express routers are such functions. */
export type InboundHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** Where a platform brings what people do in chat: by HTTP, by a socket it opened, or both. */
export interface Inbound {
  /** The paths it answers, each by `handle`; empty where all comes by a socket. */
  readonly paths: readonly string[];
  readonly handle: InboundHandler;
  /** Opens sockets and registers commands, in the background: what fails is tried again, logged and told by `health`. */
  start(): void;
  /** For `/readyz`: whether commands arrive. Cheap; asks nobody. */
  health(): Health;
  /** Closes what is open and waits for what is being answered, within 2 s. */
  stop(): Promise<void>;
}
