import type { Attempt, Delivery, DeliveryState, PlannedDelivery } from './delivery.ts';
import type { HookErrorCode } from './errors.ts';
import type { KeptEvent } from './event.ts';
import type { Hook, HookStatus } from './hook.ts';
import type { Ref } from './outcome.ts';
import type { Person } from './overlay.ts';
import type { MessagePlace } from './platform.ts';
import type { Severity } from './severity.ts';

/** An event with what planning decided about it. */
export interface PlannedEvent {
  readonly event: KeptEvent;
  /** The sender's id, unique within the source, or what else makes it the same event; absent where nothing does. */
  readonly dedupeKey?: string;
  /** How long the key is held against others, in milliseconds; days where absent. */
  readonly dedupeWithinMs?: number;
  readonly deliveries: readonly PlannedDelivery[];
}

export interface Accepting {
  readonly hook: Hook;
  /** `ignored` and `unreadable` hooks have no events and are kept all the same. */
  readonly status: Extract<HookStatus, 'accepted' | 'ignored' | 'unreadable'>;
  /** Why it was ignored or could not be read. */
  readonly note?: string;
  readonly events: readonly PlannedEvent[];
  /** The refused hook that this one was: marked in the same commit, so that it becomes one only once. */
  readonly takesIn?: string;
}

export interface Accepted {
  /** `duplicate` when every event of the hook was there already: then nothing was stored. */
  readonly status: HookStatus;
  /** The hook that is on disk: of a duplicate, the first one. */
  readonly hookId: string;
  /** The events that are new, in order. */
  readonly events: readonly KeptEvent[];
  /** How many deliveries of these events a mute holds back. */
  readonly muted: number;
}

/** What is kept of a refused hook's body. */
export const KEPT_BODY = 64 * 1024;

/** Why a hook is kept among the refused: it was turned away, or it was taken and no document of its type could be read in it. */
export type RefusalCode = HookErrorCode | 'unreadable';

export type RefusedProof = Pick<Hook, 'pathToken' | 'rawQuery' | 'clientSubject'>;

/** A hook that was refused, kept for the person who has to find out why. */
export interface RefusedHook {
  readonly id: string;
  readonly at: Date;
  readonly source: string;
  readonly from: string;
  readonly method: string;
  /** The path and query, secrets masked. */
  readonly url: string;
  /** What the masks hide, and how its client proved itself: for taking it in after all, and never shown. */
  readonly proof?: RefusedProof;
  readonly headers: Readonly<Record<string, string>>;
  /** At most 64 KB of it. */
  readonly body: Buffer;
  /** Of the whole body as it was read. */
  readonly bodyBytes: number;
  readonly code: RefusalCode;
  readonly reason: string;
  /** The hook it became when a person had it taken in after all. */
  readonly takenIn?: string;
}

/** A delivery that was taken for sending. */
export interface Taken {
  readonly delivery: Delivery;
  /** An earlier try began and nobody saw its end: it may have arrived already. */
  readonly interrupted: boolean;
}

export interface TakeOptions {
  readonly now: Date;
  readonly stepAside: number;
  /** Longer than the longest try. */
  readonly leaseMs: number;
  readonly force?: boolean;
  readonly except?: string;
}

/** How an attempt ended. */
export type Settlement =
  | { readonly state: 'sent'; readonly ref: Ref }
  | { readonly state: 'dead' }
  /** Again at `dueAt`; `counts` says whether this try counts against the retry list. */
  | { readonly state: 'queued'; readonly dueAt: Date; readonly counts: boolean };

export interface StoredEvent {
  readonly event: KeptEvent;
  readonly deliveries: readonly Delivery[];
}

export interface StoredHook {
  readonly hook: Hook;
  readonly status: HookStatus;
  readonly note?: string;
}

export interface EventFilter {
  readonly source?: string;
  readonly event?: string;
  readonly channel?: string;
  /** The event's own state (`open`, `firing`). */
  readonly state?: string;
  /** Words in the title. */
  readonly text?: string;
  /** With `source`: only those about this. */
  readonly key?: string;
  /** Only those received at this time or later. */
  readonly since?: Date;
  /** Only those older than this event id. */
  readonly before?: string;
  readonly limit: number;
}

export interface DeliveryFilter {
  readonly state?: DeliveryState;
  readonly channel?: string;
  readonly before?: string;
  readonly limit: number;
}

/** What one mute held back. But for `posted`, only what has not been posted since. */
export interface Held {
  readonly count: number;
  /** How many it held back that were posted since. */
  readonly posted: number;
  /** Most severe first, then by count. */
  readonly groups: readonly { readonly source: string; readonly severity: Severity; readonly count: number }[];
  /** The newest event of each key that was held back and is not closed, newest first; at most 20. */
  readonly open: readonly KeptEvent[];
  readonly openCount: number;
}

export const AUDIT_ACTIONS = [
  'mute',
  'unmute',
  'mute_ended',
  'post_held',
  'route',
  'unroute',
  'route_ended',
  'acknowledge',
  'replay',
  'retry',
  'test',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Something that was changed, by whom and when. Appended and never changed. */
export interface AuditEntry {
  readonly id: string;
  readonly at: Date;
  readonly by: Person;
  readonly action: AuditAction;
  /** The id of what it is about: a mute, a chat route's name, an event, a delivery. */
  readonly subject: string;
  /** The config's name of the channel where it was said; absent for API and command line. */
  readonly channel?: string;
  /** One line for people: `#3 alerts where env:prod in ops, for 2 h: deploy`. */
  readonly detail: string;
  /** What was made, as JSON, so that it can be told about when it is nowhere else any more. */
  readonly kept?: string;
}

export interface AuditFilter {
  readonly subject?: string;
  readonly action?: AuditAction;
  readonly before?: string;
  readonly limit: number;
}

export interface Stats {
  readonly hooks: number;
  readonly events: number;
  readonly deliveries: Readonly<Partial<Record<DeliveryState, number>>>;
  readonly refused: number;
  readonly bytes: number;
  /** Per channel with something waiting: how many, and since when the oldest. */
  readonly waiting: readonly { readonly channel: string; readonly count: number; readonly oldest: Date }[];
  /** Per source: when its last hook came. */
  readonly lastHooks: Readonly<Record<string, Date>>;
}

/**
 * Everything Bellhop must not forget. Every promise of a writing call resolves after the data is on disk, and rejects
 * with nothing of that call kept. Calls in flight at once share a commit; they take effect in the order they were made.
 */
export interface Store {
  /**
   * Stores a hook, its events and their deliveries, all or nothing; drops events whose `dedupeKey` was seen in the last
   * days, or within `dedupeWithinMs`. A delivery with a `mute` is stored as `muted`, unless its event closes what stands open in its channel: the
   * newest delivery there of the same source and key that was, or will be, posted belongs to an event that does not close.
   * Then it is queued, without the mute.
   */
  accept(accepting: Accepting): Promise<Accepted>;
  refuse(refused: RefusedHook): Promise<void>;
  /** More deliveries for an event that is there (a replay). */
  addDeliveries(eventId: string, deliveries: readonly PlannedDelivery[], now: Date): Promise<void>;

  /** Channels with something waiting, each with the time its next delivery falls due. */
  lanes(): Promise<readonly { readonly channel: string; readonly dueAt: Date }[]>;
  /**
   * Takes the next delivery of a channel and marks it `sending`: the oldest waiting one, unless it has failed
   * `stepAside` times: then it waits for its own time and the next ones go on. What was never tried is always due. With
   * `force` the oldest, due or not; another than `except` where there is one. The channel is this store's for `leaseMs`:
   * until then no other take gets anything, and afterwards whoever asks first takes the same delivery over.
   */
  take(channel: string, options: TakeOptions): Promise<Taken | undefined>;
  /** When the lane has something to do next; undefined when nothing waits. Same rule as `take`. */
  nextDue(channel: string, options: { readonly stepAside: number }): Promise<Date | undefined>;
  /**
   * Ends a try: the attempts (usually one) are appended and the delivery goes on to its next state. Rejects, keeping
   * nothing, when the try is not this store's any more: its lease ran out and another one took it over.
   */
  settle(deliveryId: string, attempts: readonly Attempt[], settlement: Settlement): Promise<void>;
  /** Everything waiting in a channel falls due now: it can be reached again. */
  wake(channel: string, now: Date): Promise<void>;
  /** Puts a `dead`, `muted` or waiting delivery at the head of the next tries; false when it is in another state. */
  retry(deliveryId: string, now: Date): Promise<boolean>;
  /** Everything a mute holds back is queued, in its old order; returns the channels that have something to do now, each once. */
  release(muteId: string, now: Date): Promise<{ readonly count: number; readonly channels: readonly string[] }>;
  audit(entry: AuditEntry): Promise<void>;
  /** After a start: what was `sending` when the process ended waits again, its try noted as `ambiguous`. Returns how many. */
  recover(now: Date): Promise<number>;

  hook(id: string): Promise<StoredHook | undefined>;
  event(id: string): Promise<StoredEvent | undefined>;
  events(filter: EventFilter): Promise<readonly StoredEvent[]>;
  delivery(id: string): Promise<Delivery | undefined>;
  deliveries(filter: DeliveryFilter): Promise<readonly Delivery[]>;
  /** The delivery that became this message. */
  deliveryOf(place: MessagePlace): Promise<Delivery | undefined>;
  /** What a mute holds back now. */
  held(muteId: string): Promise<Held>;
  /** The ids of all mutes that hold something back, in force or not. */
  holdingMutes(): Promise<readonly string[]>;
  /** How many deliveries each of these mutes holds back now. */
  heldCounts(muteIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Newest first. */
  audits(filter: AuditFilter): Promise<readonly AuditEntry[]>;
  attempts(deliveryIds: readonly string[]): Promise<ReadonlyMap<string, readonly Attempt[]>>;
  refused(limit: number): Promise<readonly RefusedHook[]>;
  refusedHook(id: string): Promise<RefusedHook | undefined>;
  stats(): Promise<Stats>;

  /**
   * Removes what is finished and older than `before`, then the oldest finished until the store is under `maxBytes`. What a
   * mute holds back is finished, but for the mutes `inForce`. Returns how many events went.
   */
  prune(limits: {
    readonly before: Date;
    readonly duplicatesBefore: Date;
    readonly maxBytes: number;
    /** Ids of mutes; none where absent. */
    readonly inForce?: readonly string[];
  }): Promise<number>;
  /** Whether it can be written now: a real write that leaves nothing behind. */
  writable(): Promise<boolean>;
  close(): Promise<void>;
}
