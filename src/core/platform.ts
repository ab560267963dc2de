import type { ChannelConfig, PlatformName, PlatformsConfig } from './config.ts';
import type { Log } from './log.ts';
import type { Message } from './message.ts';
import type { Outcome, Ref } from './outcome.ts';

/** One posted message, by the platform's own ids: what its `Ref` holds under the same names. */
export interface MessagePlace {
  readonly channel: string;
  readonly message: string;
}

/** The JSON a platform is sent. */
export type Payload = Readonly<Record<string, unknown>>;

/** How many sends within how long; all of them hold at once. */
export interface PaceWindow {
  readonly sends: number;
  readonly perMs: number;
}

/** How people type a command there. */
export interface CommandStyle {
  /** What stands before it: `/bellhop`. */
  readonly prefix: string;
  /** By options with names instead of the grammar's text. */
  readonly byOptions: boolean;
}

/** What Bellhop knows of a platform without an account on it. Everything here is pure. */
export interface Platform {
  readonly name: PlatformName;
  /** The platform's own limits on one channel; empty where it has none. */
  readonly pace: readonly PaceWindow[];
  /** The exact JSON of a message in this channel, within every limit of the platform. */
  compose(message: Message, channel: ChannelConfig): Payload;
  /** What the platform would refuse this JSON for, each a JSON pointer and a sentence; empty when it is good. */
  check(payload: Payload, channel: ChannelConfig): readonly string[];
  /** Loads the platform's SDK and makes a client. Does not talk to the platform yet. */
  connect(platforms: PlatformsConfig, context: ConnectContext): Promise<PlatformClient>;
  /** Whether a person's commands and presses can reach Bellhop from this channel: a bot posts there, and its inbound side is configured. */
  hears(channel: ChannelConfig, platforms: PlatformsConfig): boolean;
  /** The message that a link copied from this platform leads to; undefined when it is no such link. */
  linkedMessage(link: URL): MessagePlace | undefined;
  /** Absent where nobody can say one. */
  readonly commandStyle?: CommandStyle;
}

export interface ConnectContext {
  readonly log: Log;
  /** One finished line for a person: what `console` prints. */
  readonly print: (text: string) => void;
}

export interface SendOptions {
  /** The same for every try of one delivery: makes it exactly once where the platform can. */
  readonly once: string;
  /** Ends the attempt at the channel's time limit, or when Bellhop stops. */
  readonly signal: AbortSignal;
}

/** Whether a platform would take a message now, with a sentence for the person who looks. */
export interface Health {
  readonly ok: boolean;
  readonly detail: string;
}

/** A live connection. One attempt a call, no retries of its own; throws only for its own bugs. */
export interface PlatformClient {
  send(channel: ChannelConfig, payload: Payload, options: SendOptions): Promise<Outcome>;
  /** Replaces a message that was sent. Safe to repeat. */
  update(channel: ChannelConfig, ref: Ref, payload: Payload, options: SendOptions): Promise<Outcome>;
  /** Asks the platform at most once a minute. */
  health(): Promise<Health>;
  stop(): Promise<void>;
}
