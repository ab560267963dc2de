import type { Where } from '../core/overlay.ts';

/** What somebody asks for, read but not yet looked up: names may not exist, and nobody's rights are checked. */
export type Command =
  | { readonly name: 'help'; readonly topic?: string }
  | { readonly name: 'list'; readonly what?: ListTopic }
  | { readonly name: 'status' }
  | MuteCommand
  | { readonly name: 'unmute'; readonly which: Numbered | 'all' }
  | RouteCommand
  | { readonly name: 'unroute'; readonly which: Numbered | string }
  | { readonly name: 'why'; readonly about: WhyAbout }
  | { readonly name: 'recent'; readonly count?: number; readonly source?: string }
  | { readonly name: 'replay'; readonly event: string; readonly to?: ChannelWord; readonly now?: boolean }
  | { readonly name: 'test'; readonly type: string; readonly sample?: string; readonly to?: ChannelWord }
  | { readonly name: 'acknowledge'; readonly event: string }
  /** Posts what a mute holds back, or held back until it ended. */
  | { readonly name: 'post'; readonly mute: string }
  | { readonly name: 'export' };

export type CommandName = Command['name'];

/** As many events as `recent` shows at the most. */
export const MOST_RECENT = 20;

export const LIST_TOPICS = ['routes', 'mutes', 'sources', 'channels'] as const;
export type ListTopic = (typeof LIST_TOPICS)[number];

/** `#3`, or the id of a mute. */
export type Numbered = { readonly number: number } | { readonly id: string };

export interface MuteCommand {
  readonly name: 'mute';
  /** Absent when only `where` says what. */
  readonly target?: MuteTarget;
  readonly where: Where;
  readonly end?: EndWord;
  /** `in ops`; absent means here. */
  readonly in?: ChannelWord;
  readonly everywhere: boolean;
  readonly because?: string;
}

export type MuteTarget =
  /** `github`, `github:pull_request.*`; a word alone may also turn out to be an event pattern. */
  | { readonly kind: 'source'; readonly source: string; readonly event?: string }
  | { readonly kind: 'route'; readonly route: string }
  | { readonly kind: 'key'; readonly key: string }
  /** What the message is about that it was said on; else the newest one here. */
  | { readonly kind: 'this' }
  /** What this event is about: what a button says. */
  | { readonly kind: 'event'; readonly id: string };

export type EndWord =
  | { readonly kind: 'for'; readonly ms: number }
  /** `until 09:00`, with or without a zone: the next time a clock there shows it. */
  | { readonly kind: 'clock'; readonly time: string; readonly zone?: string }
  /** `until 2026-11-22`, `until 2026-11-22 09:00`, with or without a zone. */
  | { readonly kind: 'date'; readonly date: string; readonly time?: string; readonly zone?: string }
  | { readonly kind: 'resolved' }
  | { readonly kind: 'forever' };

export interface RouteCommand {
  readonly name: 'route';
  readonly source: string;
  readonly event?: string;
  readonly where: Where;
  readonly to: ChannelWord;
  readonly mode: 'copy' | 'move';
  readonly forMs?: number;
  readonly because?: string;
}

/** A channel as it was typed: `here`, its name in the config, or the platform's own id (`<#C0123>`). */
export type ChannelWord =
  | { readonly kind: 'here' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'id'; readonly id: string };

export type WhyAbout =
  /** An event's or a delivery's id. */
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'link'; readonly link: string }
  /** The message it was said on. */
  | { readonly kind: 'this' }
  /** The newest events that match, arrived or not: `github pull_request.opened repo:acme/api`. */
  | { readonly kind: 'match'; readonly source: string; readonly event?: string; readonly where: Where };
