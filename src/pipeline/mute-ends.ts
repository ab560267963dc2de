import { formatDuration } from '../core/duration.ts';
import { CommandError } from '../core/errors.ts';
import type { Mute, MuteEnd, Overlay } from '../core/overlay.ts';
import type { Held } from '../core/store.ts';
import { endedMute } from './ended-mutes.ts';
import { createExpiry, firstEnd } from './expiry.ts';
import { auditText, endText, muteEnded, muteKey } from './mute-notices.ts';
import type { MutesContext } from './mutes.ts';
import { BELLHOP_PERSON, FILE_PERSON, type OverlayEdits } from './overlay-edits.ts';
import type { Runtime } from './runtime.ts';
import { isResolved } from './stories.ts';

/** How a mute ends, whoever ends it: marked in the overlay, then its receipt, then gone. */
export interface MuteEnds {
  /** Ends it now and resolves when its receipt is on disk. Rejects with a `CommandError` when there is none, or another one was first. */
  end(id: string, reason: Pick<MuteEnd, 'reason' | 'by'>): Promise<{ readonly mute: Mute; readonly held: Held }>;
  /** What it waits for has come: it ends in the background. */
  resolve(id: string): void;
  find(id: string): Promise<Mute | undefined>;
  /** It is in no overlay any more, and nobody was told: its receipt is written. */
  gone(mute: Mute): void;
  /** The ids of the overlay's mutes when it was last looked at. */
  known(): Iterable<string>;
  /** The overlay is another one now: told of what went by hand, and waits for new ends. */
  follow(overlay: Overlay): void;
  /** Ends what is due. Never throws. */
  look(): Promise<void>;
  start(): Promise<void>;
  stop(): void;
}

export type MuteEndsContext = Pick<MutesContext, 'runtime' | 'overlay' | 'store' | 'notices' | 'clock' | 'log'>;

export function createMuteEnds(context: MuteEndsContext, edits: OverlayEdits): MuteEnds {
  const { runtime, overlay, store, notices, clock, log } = context;
  /** The overlay's mutes when it was last looked at. */
  let known: ReadonlyMap<string, Mute> = new Map();
  /** Removed by hand: they are in no overlay any more, and have no receipt yet. */
  const removed = new Map<string, Mute>();
  /** What they wait for has come. */
  const resolved = new Set<string>();
  const finishing = new Map<string, Promise<Held>>();

  const expiry = createExpiry({ clock, log, what: 'a mute', next: nextEnd, run: endDue });

  function nextEnd(): Date | undefined {
    const { mutes } = overlay.read();
    if (resolved.size > 0 || removed.size > 0 || mutes.some(({ ended }) => ended !== undefined)) return clock.now();
    return firstEnd(mutes);
  }

  async function endDue(): Promise<void> {
    for (const { id, until, ended } of overlay.read().mutes) {
      if (ended !== undefined) continue;
      if (resolved.has(id)) await mark(id, { at: clock.now(), reason: 'resolved' });
      else if (until !== undefined && until <= clock.now()) await mark(id, { at: until, reason: 'time' });
    }
    const inForce = new Set(overlay.read().mutes.flatMap(({ id, ended }) => (ended === undefined ? id : [])));
    for (const id of resolved) if (!inForce.has(id)) resolved.delete(id);
    const failures: unknown[] = [];
    for (const mute of [...overlay.read().mutes, ...removed.values()]) {
      if (mute.ended !== undefined) await finish(mute, mute.ended).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  /** Decides who ends a mute: undefined when it is not there, or has ended already. */
  async function mark(id: string, ended: MuteEnd): Promise<Mute | undefined> {
    let isOurs = false;
    const { mutes } = await edits.change((found) => {
      isOurs = found.mutes.some((mute) => mute.id === id && mute.ended === undefined);
      if (!isOurs) return found;
      return { ...found, mutes: found.mutes.map((mute) => (mute.id === id ? { ...mute, ended } : mute)) };
    });
    return isOurs ? mutes.find((mute) => mute.id === id) : undefined;
  }

  function finish(mute: Mute, ended: MuteEnd): Promise<Held> {
    const running = finishing.get(mute.id);
    if (running !== undefined) return running;
    const done = writeReceipt(mute, ended).finally(() => finishing.delete(mute.id));
    finishing.set(mute.id, done);
    return done;
  }

  /** Each step may be done twice, when Bellhop was stopped between two of them. */
  async function writeReceipt(mute: Mute, ended: MuteEnd): Promise<Held> {
    // What was planned while the mute was in force was handed to the store before, so that nothing is left out here.
    const held = await store.held(mute.id);
    await notices.post(muteEnded(mute, held, ended), toldOf(mute, runtime()), {
      route: 'bellhop',
      dedupeKey: `${muteKey(mute.id)}:ended`,
    });
    await noteOnce(mute, ended);
    await edits.change((found) =>
      found.mutes.some(({ id }) => id === mute.id)
        ? { ...found, mutes: found.mutes.filter(({ id }) => id !== mute.id) }
        : found,
    );
    removed.delete(mute.id);
    return held;
  }

  async function noteOnce(mute: Mute, ended: MuteEnd): Promise<void> {
    const action = ended.by === undefined ? 'mute_ended' : 'unmute';
    const [noted] = await store.audits({ subject: mute.id, action, limit: 1 });
    if (noted !== undefined) return;
    const detail = `${auditText(mute)}; ${endText(ended)}`;
    await edits.note({ action, subject: mute.id, by: ended.by ?? BELLHOP_PERSON, detail });
  }

  async function refusal(id: string): Promise<CommandError> {
    const mute = await find(id);
    if (mute?.ended !== undefined) {
      const ago = formatDuration(Math.max(0, clock.now().getTime() - mute.ended.at.getTime()));
      return new CommandError(`Mute #${mute.number} has ended already: ${endText(mute.ended)} ${ago} ago.`);
    }
    const numbers = overlay.read().mutes.flatMap(({ number, ended }) => (ended === undefined ? [`#${number}`] : []));
    return new CommandError(
      `There is no such mute; ${numbers.length === 0 ? 'nothing is muted' : `in force: ${numbers.join(', ')}`}.`,
    );
  }

  const find = async (id: string): Promise<Mute | undefined> =>
    overlay.read().mutes.find((mute) => mute.id === id) ?? removed.get(id) ?? (await endedMute(id, store));

  function gone(mute: Mute): void {
    const ended = mute.ended ?? { at: clock.now(), reason: 'unmuted', by: FILE_PERSON };
    removed.set(mute.id, { ...mute, ended });
  }

  function follow({ mutes }: Overlay): void {
    const now = new Map(mutes.map((mute) => [mute.id, mute]));
    for (const [id, mute] of known) {
      if (now.has(id) || finishing.has(id) || removed.has(id)) continue;
      gone(mute);
    }
    known = now;
    expiry.arm();
  }

  return {
    async end(id, { reason, by }) {
      const mute = await mark(id, { at: clock.now(), reason, ...(by !== undefined && { by }) });
      if (mute?.ended === undefined) throw await refusal(id);
      try {
        return { mute, held: await finish(mute, mute.ended) };
      } catch (error) {
        log.error('the receipt of a mute could not be written yet', { mute: id, error: String(error) });
        throw new CommandError(
          `Mute #${mute.number} has ended. Its receipt could not be written just now and follows by itself.`,
        );
      } finally {
        expiry.arm();
      }
    },
    resolve(id) {
      resolved.add(id);
      void expiry.look();
    },
    find,
    gone,
    known: () => known.keys(),
    follow,
    look: expiry.look,
    async start() {
      follow(overlay.read());
      const waiting = overlay.read().mutes.filter(({ untilResolved, ended }) => untilResolved && ended === undefined);
      for (const mute of waiting) {
        const isOver = await isResolved(mute, { store, runtime: runtime() }).catch((error: unknown) => {
          log.error('whether a mute is resolved could not be looked up', { mute: mute.id, error: String(error) });
          return false;
        });
        if (isOver) resolved.add(mute.id);
      }
      await expiry.look();
    },
    stop: expiry.stop,
  };
}

/** Who is told of a mute: where it holds and where it was said; the operators where that is nowhere. */
export function toldOf({ scope, origin }: Mute, { channels, config }: Runtime): readonly string[] {
  const told = [scope.channel, origin].flatMap((name) => (name !== undefined && channels.has(name) ? name : []));
  return told.length > 0 ? [...new Set(told)] : config.operators;
}
