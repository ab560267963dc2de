import type { Clock } from '../core/clock.ts';
import { CommandError } from '../core/errors.ts';
import type { NewId } from '../core/id.ts';
import type { Log } from '../core/log.ts';
import type { Overlay, OverlayStore, Person } from '../core/overlay.ts';
import type { AuditEntry, Store } from '../core/store.ts';

/** Who is named where nobody did it: something's time came. */
export const BELLHOP_PERSON: Person = { platform: 'api', id: 'bellhop', name: 'Bellhop' };

/** Who is named where the overlay's file was changed by hand. */
export const FILE_PERSON: Person = { platform: 'file', id: 'file', name: 'An edit of overlay.json' };

/** Changes of the overlay, with what has to follow each. */
export interface OverlayEdits {
  /** Resolves when it is on disk and in force; rejects with a `CommandError` when it cannot be stored. */
  change(change: (overlay: Overlay) => Overlay): Promise<Overlay>;
  /** Appends to the audit log. */
  note(entry: Omit<AuditEntry, 'id' | 'at'>): Promise<void>;
  /** For what follows a change that is made already: a failure is logged and nothing more. */
  orLog(what: string, doing: Promise<unknown>): Promise<void>;
}

export interface OverlayEditsContext {
  readonly overlay: OverlayStore;
  readonly store: Pick<Store, 'audit'>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** Called after every change, before its promise resolves: puts the overlay in force. */
  readonly onOverlay: () => void;
}

export function createOverlayEdits(context: OverlayEditsContext): OverlayEdits {
  const { overlay, store, clock, newId, log, onOverlay } = context;
  return {
    async change(change) {
      const before = overlay.read();
      const after = await overlay.update(change).catch((error: unknown) => {
        throw error instanceof CommandError ? error : new CommandError(sentenceOf(error));
      });
      if (after !== before) onOverlay();
      return after;
    },
    note: (entry) => store.audit({ ...entry, id: newId('audit'), at: clock.now() }),
    async orLog(what, doing) {
      await doing.catch((error: unknown) => log.error(`${what} failed`, { error: String(error) }));
    },
  };
}

const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'Nothing was changed: the overlay could not be written.';
