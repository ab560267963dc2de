import type { Log } from './core/log.ts';
import type { OverlayStore } from './core/overlay.ts';
import type { Health } from './core/platform.ts';

export interface OverlayReloader {
  /** Reads the overlay's file again; never throws. */
  reload(): Promise<void>;
  /** Whether what is on disk is in force. */
  state(): Health;
}

/** Takes up what somebody changed in the overlay's file by hand; a broken edit never takes effect. */
export function createOverlayReloader(context: {
  readonly overlay: OverlayStore;
  readonly log: Log;
  /** A new overlay is there: puts it in force. */
  readonly apply: () => Promise<void>;
}): OverlayReloader {
  const { overlay, log, apply } = context;
  let state: Health = { ok: true, detail: 'in force' };
  return {
    async reload() {
      try {
        const before = overlay.read();
        const found = await overlay.reload();
        state = { ok: true, detail: 'in force' };
        // Bellhop's own changes are in force already.
        if (found !== before) await apply();
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        if (state.detail !== detail) log.error(`the overlay is not read again; what was in force stays: ${detail}`);
        state = { ok: false, detail };
      }
    },
    state: () => state,
  };
}
