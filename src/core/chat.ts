import type { PlatformName } from './config.ts';
import { OWN_SOURCE } from './event.ts';
import type { Action, Block, Message, Tone } from './message.ts';
import type { Person } from './overlay.ts';
import type { MessagePlace } from './platform.ts';

/** Somebody in a chat. Identity is the platform's id, never a name. */
export interface ChatPerson extends Person {
  readonly platform: PlatformName;
  /** IANA name of their time zone, where the platform tells it. */
  readonly zone?: string;
  /** Ids of the roles the platform sent along. */
  readonly roles: readonly string[];
  /** Whether they belong to this user group; asks the platform, and is false where it has none or cannot tell. */
  inGroup(group: string): Promise<boolean>;
}

/** What somebody said or pressed, by any front door. */
export interface ChatRequest {
  readonly platform: PlatformName;
  readonly person: ChatPerson;
  /** The platform's id of the channel it came from: what a channel's `id` in the config holds; absent in private. */
  readonly place?: string;
  /** The message it is about: a shortcut's, a reply's, the one with the button. */
  readonly on?: MessagePlace;
  readonly input: ChatInput;
}

export type ChatInput =
  /** The grammar's text, without `/bellhop` or `@Bellhop`. Channels may stand as `<#id>`. */
  | { readonly kind: 'text'; readonly text: string }
  /** A command with typed options, by the names of `ChatCommand`. */
  | { readonly kind: 'options'; readonly command: string; readonly options: Readonly<Record<string, string>> }
  /** The id of a `Press`. */
  | { readonly kind: 'press'; readonly id: string };

/** The answer, independent of platform. */
export interface Reply {
  /** `person`: only who asked sees it. `channel`: everybody there does. */
  readonly audience: 'person' | 'channel';
  readonly message: Message;
}

/** A command as platforms with typed options register it. */
export interface ChatCommand {
  readonly name: string;
  /** At most 100 characters. */
  readonly description: string;
  readonly options: readonly ChatOption[];
}

export interface ChatOption {
  readonly name: string;
  /** At most 100 characters. */
  readonly description: string;
  readonly required: boolean;
  /** Values are suggested while somebody types. */
  readonly suggests: boolean;
  /** The only values it takes; empty for any text. */
  readonly choices: readonly string[];
}

/** Everything people can do from chat. Knows no platform. */
export interface Chat {
  /** Registered by platforms with typed options. */
  readonly commands: readonly ChatCommand[];
  /** Never throws: whatever was said, an answer comes back. */
  handle(request: ChatRequest): Promise<Reply>;
  /** At most 25 values for an option that `suggests`, best first. Never throws. */
  suggest(typed: {
    readonly command: string;
    readonly option: string;
    readonly text: string;
  }): Promise<readonly string[]>;
}

export interface ReplyParts {
  readonly title: string;
  readonly emoji?: string;
  readonly tone?: Tone;
  readonly body?: readonly Block[];
  readonly actions?: readonly Action[];
  readonly at: Date;
}

/** A reply's words as a message, so that every platform writes it as it writes all others. */
export const replyMessage = ({
  title,
  emoji = '',
  tone = 'neutral',
  body = [],
  actions = [],
  at,
}: ReplyParts): Message => ({
  title,
  emoji,
  tone,
  body,
  actions,
  at,
  fields: [],
  buttons: [],
  context: [],
  mentions: [],
  notes: [],
  about: { eventId: '', source: OWN_SOURCE, event: 'reply', severity: 'info', labels: {} },
});
