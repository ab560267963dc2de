import type { PlatformName } from './config.ts';
import type { KeptEvent } from './event.ts';
import type { Subject } from './route.ts';

/** Who changed something. `id` is the identity, by the platform; `name` is for reading only. */
export interface Person {
  /** `api` for the console, the API and the command line, which share the admin token; `file` for an edit of the file by hand. */
  readonly platform: PlatformName | 'api' | 'file';
  readonly id: string;
  readonly name: string;
}

/** Whether somebody made what somebody else asks about; without an id nobody is known. */
export const isSamePerson = (a: Person, b: Person): boolean =>
  a.id !== '' && a.id === b.id && a.platform === b.platform;

/**
 * Conditions as people type them: `repo:acme/api author:-bot`. Per key the values: any of them must hold, and none of
 * those with a leading `!`; `*` and `?` are wildcards. Keys are `source`, `type`, `event`, `severity`, `state` and labels.
 */
export type Where = Readonly<Record<string, readonly string[]>>;

/** What a mute covers: all that is named here must hold. */
export interface MuteScope {
  /** The channel's name; absent means everywhere. */
  readonly channel?: string;
  readonly source?: string;
  /** A pattern: `pull_request.*`. */
  readonly event?: string;
  readonly route?: string;
  /** What it is about over time, as the source names it: `pr:acme/api#12`. */
  readonly key?: string;
  readonly where?: Where;
}

/** Conditions, an end, who and why: matching deliveries are held back and counted, never lost. */
export interface Mute {
  readonly id: string;
  /** What people call it: `#3`. Shared with chat routes and never used twice. */
  readonly number: number;
  readonly scope: MuteScope;
  readonly by: Person;
  readonly why?: string;
  /** The channel where it was said: told with the scope's channel when it ends. */
  readonly origin?: string;
  readonly from: Date;
  /** Absent: until somebody ends it. */
  readonly until?: Date;
  /** Ends as soon as what `scope.key` names is closed; at `until` at the latest. */
  readonly untilResolved?: boolean;
  /**
   * Holds `critical` ones back too. Others break the mute when they are critical. A mute on a key that was critical when it
   * was made holds them back until something less severe comes of it: then critical is news again.
   */
  readonly critical: boolean;
  /** It holds nothing back any more; its receipt is being written. */
  readonly ended?: MuteEnd;
}

export type EndReason = 'time' | 'unmuted' | 'resolved';

export interface MuteEnd {
  readonly at: Date;
  readonly reason: EndReason;
  /** Who ended it; absent for `time` and `resolved`. */
  readonly by?: Person;
}

/** A route that somebody added while Bellhop runs. */
export interface ChatRoute {
  /** `chat-4`; a route of the config with the same name takes its place. */
  readonly name: string;
  readonly number: number;
  readonly source: string;
  readonly event?: string;
  readonly where?: Where;
  /** The channel's name. */
  readonly to: string;
  /** `copy`: also there. `move`: only there, and no route of the config sees it. */
  readonly mode: 'copy' | 'move';
  readonly by: Person;
  readonly why?: string;
  readonly origin?: string;
  readonly from: Date;
  /** Absent: until somebody removes it. */
  readonly until?: Date;
}

/** What a chat route is called that nobody gave another name. */
export const chatRouteName = (number: number): string => `chat-${number}`;

/** What chat, console and API changed on top of the files. Small: it never holds what grows with traffic. */
export interface Overlay {
  /** The number the next mute or chat route gets. */
  readonly nextNumber: number;
  readonly mutes: readonly Mute[];
  readonly routes: readonly ChatRoute[];
}

export const EMPTY_OVERLAY: Overlay = { nextNumber: 1, mutes: [], routes: [] };

/** Where the overlay is kept. */
export interface OverlayStore {
  /** What is in force. */
  read(): Overlay;
  /**
   * Replaces what is stored by what `change` makes of it; the same value back writes nothing. Resolves after it is on
   * disk. Updates take turns, and each sees the one before. Rejects with a sentence, changing nothing, when the file is
   * broken or cannot be written.
   */
  update(change: (overlay: Overlay) => Overlay): Promise<Overlay>;
  /** Reads again what somebody edited by hand. Rejects with a sentence when it is broken; what was in force stays. */
  reload(): Promise<Overlay>;
}

/** The mutes in force, compiled. Pure but for the time it is asked about. */
export interface MuteMatcher {
  /** The first mute that holds this delivery back. */
  find(subject: Subject, to: { readonly channel: string; readonly route: string }, now: Date): Mute | undefined;
}

/** Whether one scope covers an event's delivery, whatever its time; made once, asked for many. */
export type ScopeTest = (event: KeptEvent, to: { readonly channel: string; readonly route: string }) => boolean;
