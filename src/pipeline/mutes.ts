import type { Clock } from '../core/clock.ts';
import { CommandError } from '../core/errors.ts';
import type { NewId } from '../core/id.ts';
import type { Log } from '../core/log.ts';
import type { Mute, MuteScope, OverlayStore, Person, ScopeTest } from '../core/overlay.ts';
import type { Severity } from '../core/severity.ts';
import type { Held, PlannedEvent, Store } from '../core/store.ts';
import { notedMute } from './ended-mutes.ts';
import { createMuteEnds, toldOf } from './mute-ends.ts';
import { auditText, muteStarted } from './mute-notices.ts';
import { checkedScope, endOf } from './mute-order.ts';
import { namesCritical, saysCritical } from './names-critical.ts';
import type { Notices } from './notices.ts';
import { createOverlayEdits, FILE_PERSON } from './overlay-edits.ts';
import type { CurrentRuntime } from './runtime.ts';
import { keptReason, namedPerson } from './scope-text.ts';
import { calms, resolves } from './stories.ts';
import { countHidden } from './would-hide.ts';

/** When a mute ends, decided: wall clocks and zones are behind it. */
export type MuteUntil =
  | { readonly kind: 'at'; readonly at: Date }
  | { readonly kind: 'for'; readonly ms: number }
  /** When what `scope.key` names is closed; at `longestMute` at the latest. */
  | { readonly kind: 'resolved' }
  | { readonly kind: 'forever' };

export interface MuteOrder {
  readonly scope: MuteScope;
  /** Absent: the config's `defaultMute`. */
  readonly until?: MuteUntil;
  readonly by: Person;
  readonly why?: string;
  /** The channel where it was said, and where the reply announces it; it is not announced there again. */
  readonly origin?: string;
  /** The longest this person may ask for; absent means the config's `longestMute`. An administrator's may be `Infinity`, and only then is `forever` taken. */
  readonly atMostMs?: number;
}

/** What a scope would have hidden in the last 24 hours. */
export interface WouldHide {
  readonly count: number;
  readonly bySeverity: Readonly<Partial<Record<Severity, number>>>;
  /** There was more than is worth counting: `count` is a lower bound. */
  readonly atLeast: boolean;
}

export interface MuteMade {
  readonly mute: Mute;
  readonly wouldHide: WouldHide;
}

export interface MuteListed {
  readonly mute: Mute;
  /** Deliveries it holds back now. */
  readonly held: number;
}

/** Mutes, for chat, API and command line alike. Refusals are `CommandError`s: sentences for the person who asked. */
export interface Mutes {
  /** Those in force, by number. */
  list(): Promise<readonly MuteListed[]>;
  wouldHide(scope: MuteScope): Promise<WouldHide>;
  /** Counts what it would have hidden, stores it, and announces it in every channel it covers by name but `origin`. */
  add(order: MuteOrder): Promise<MuteMade>;
  /**
   * Ends a mute by its id and posts its receipt, once, whoever else ends it at the same moment. Refuses when there is
   * none (with what there is) or it has ended already.
   */
  end(id: string, by: Person): Promise<{ readonly mute: Mute; readonly held: Held }>;
  /** Queues what a mute holds back, or held back until it ended; the mute itself stays as it is. */
  post(id: string, by: Person): Promise<{ readonly count: number }>;
  /** A mute in force or ended, by its id; undefined when nothing is known of it any more. */
  find(id: string): Promise<Mute | undefined>;
  /** New events are on disk: whatever they resolve ends. Never throws. */
  accepted(planned: readonly PlannedEvent[]): void;
  /** The config or the overlay's file changed: mutes that were removed by hand get their receipt, new ends are waited for. */
  changed(): Promise<void>;
  /** Finishes what an earlier process began, then ends mutes when their time comes. */
  start(): Promise<void>;
  stop(): void;
}

export interface MutesContext {
  readonly runtime: CurrentRuntime;
  readonly overlay: OverlayStore;
  readonly store: Store;
  readonly notices: Notices;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** Whether a scope covers an event's delivery. */
  readonly scopeTest: (scope: MuteScope) => ScopeTest;
  /** A channel has something to deliver. */
  readonly poke: (channel: string) => void;
  /** Called after every change of the overlay, before its promise resolves: puts it in force at once. */
  readonly onOverlay: () => void;
}

/** More are a mistake: each is held against every delivery, and nobody would look through them. */
const MOST_MUTES = 500;

export function createMutes(context: MutesContext): Mutes {
  const { runtime, overlay, store, notices, clock, newId, log, scopeTest, poke } = context;
  const edits = createOverlayEdits({
    ...{ overlay, store, clock, newId, log },
    onOverlay() {
      context.onOverlay();
      ends.follow(overlay.read());
    },
  });
  const ends = createMuteEnds(context, edits);
  const hidden = (scope: MuteScope, critical: boolean): Promise<WouldHide> =>
    countHidden({ scope, critical }, { store, scopeTest, now: clock.now() });

  const isCritical = (scope: MuteScope): Promise<boolean> =>
    namesCritical(scope, { store, runtime: runtime(), scopeTest });

  async function announce(mute: Mute, wouldHide: WouldHide): Promise<void> {
    const active = runtime();
    const channels = toldOf(mute, active).filter((channel) => channel !== mute.origin);
    if (channels.length === 0) return;
    const notice = muteStarted(mute, wouldHide, { zone: active.config.chatops.timeZone, now: clock.now() });
    await notices.post(notice, channels, { route: 'bellhop' });
  }

  async function calm(ids: ReadonlySet<string>): Promise<void> {
    await edits.change((found) => ({
      ...found,
      mutes: found.mutes.map((mute) => (ids.has(mute.id) ? { ...mute, critical: false } : mute)),
    }));
  }

  /** Somebody wrote it into the file: nobody was told, and nobody is answered. */
  async function tellOfHandMade(mute: Mute): Promise<void> {
    if (!(await noteMissing(mute))) return;
    const { origin: _nowhere, ...told } = mute;
    await announce(told, await hidden(mute.scope, mute.critical));
  }

  /** True when its audit entry was missing: it came by the file, or Bellhop was stopped before it was written. */
  async function noteMissing(mute: Mute): Promise<boolean> {
    const [noted] = await store.audits({ subject: mute.id, action: 'mute', limit: 1 });
    if (noted !== undefined) return false;
    await edits.note({ ...noteOf(mute), by: FILE_PERSON });
    return true;
  }

  /** Mutes that were taken out of the file while Bellhop did not run, and still hold something back: they get their receipt. */
  async function endOrphans(): Promise<void> {
    const known = new Set(overlay.read().mutes.map(({ id }) => id));
    for (const id of await store.holdingMutes()) {
      if (known.has(id) || (await ends.find(id)) !== undefined) continue;
      const mute = await notedMute(id, store);
      if (mute === undefined) log.warn('messages are held back by a mute of which nothing is known', { mute: id });
      else ends.gone(mute);
    }
  }

  return {
    async list() {
      const inForce = overlay.read().mutes.filter(({ ended }) => ended === undefined);
      const counts = await store.heldCounts(inForce.map(({ id }) => id));
      return inForce.sort((a, b) => a.number - b.number).map((mute) => ({ mute, held: counts.get(mute.id) ?? 0 }));
    },

    async wouldHide(asked) {
      const scope = checkedScope(asked, { runtime: runtime(), chatRoutes: overlay.read().routes });
      return hidden(scope, await isCritical(scope));
    },

    async add(order) {
      const { by, why, origin } = order;
      const active = runtime();
      const { chatops } = active.config;
      const scope = checkedScope(order.scope, { runtime: active, chatRoutes: overlay.read().routes });
      endOf({ ...order, scope }, { chatops, now: clock.now() });
      const critical = await isCritical(scope);
      const wouldHide = await hidden(scope, critical);
      // Counting took its time.
      const from = clock.now();
      const asked: Omit<Mute, 'number'> = {
        id: newId('mute'),
        scope,
        by: namedPerson(by),
        ...keptReason(why),
        ...(origin !== undefined && { origin }),
        from,
        ...endOf({ ...order, scope }, { chatops, now: from }),
        critical,
      };
      const { mutes } = await edits.change((found) => {
        if (found.mutes.length >= MOST_MUTES)
          throw new CommandError(`There are ${MOST_MUTES} mutes already; end some before you add another.`);
        const mute = { ...asked, number: found.nextNumber };
        return { ...found, nextNumber: found.nextNumber + 1, mutes: [...found.mutes, mute] };
      });
      const mute = mutes.find(({ id }) => id === asked.id);
      if (mute === undefined) throw new CommandError('The mute was removed from the overlay’s file at once.');
      const entry = { ...noteOf(mute), by: mute.by, ...(origin !== undefined && { channel: origin }) };
      await edits.orLog('the audit entry of a mute', edits.note(entry));
      await edits.orLog('the announcement of a mute', announce(mute, wouldHide));
      return { mute, wouldHide };
    },

    end: (id, by) => ends.end(id, { reason: 'unmuted', by }),

    async post(id, by) {
      const mute = await ends.find(id);
      if (mute === undefined)
        throw new CommandError('Nothing is known of that mute any more; "recent" shows what came meanwhile.');
      const { count, channels } = await store.release(id, clock.now());
      for (const channel of channels) poke(channel);
      const entry = { action: 'post_held', subject: id, by, detail: `#${mute.number}: ${count} posted` } as const;
      if (count > 0) await edits.orLog('the audit entry of what a mute held back', edits.note(entry));
      return { count };
    },

    find: ends.find,

    accepted(planned) {
      const { mutes } = overlay.read();
      if (!mutes.some(({ scope }) => scope.key !== undefined)) return;
      const calmed = new Set<string>();
      for (const { event } of planned) {
        for (const mute of mutes) {
          if (resolves(event, mute)) ends.resolve(mute.id);
          else if (mute.critical && calms(event, mute) && !saysCritical(mute.scope, scopeTest)) calmed.add(mute.id);
        }
      }
      if (calmed.size > 0) void edits.orLog('a mute that critical breaks again', calm(calmed));
    },

    async changed() {
      const before = new Set(ends.known());
      ends.follow(overlay.read());
      for (const mute of overlay.read().mutes) {
        if (!before.has(mute.id) && mute.ended === undefined)
          await edits.orLog('a mute made by hand', tellOfHandMade(mute));
      }
      await ends.look();
    },

    async start() {
      await edits.orLog('the receipts of mutes that are gone', endOrphans());
      await ends.start();
      for (const mute of overlay.read().mutes) await edits.orLog('the audit entry of a mute', noteMissing(mute));
    },
    stop: ends.stop,
  };
}

const noteOf = (mute: Mute) =>
  ({ action: 'mute', subject: mute.id, detail: auditText(mute), kept: JSON.stringify(mute) }) as const;
