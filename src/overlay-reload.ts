import type { Log } from './core/log.ts';
import type { OverlayStore } from './core/overlay.ts';
import type { Health } from './core/platform.ts';

export interface OverlayReloader {
  /** Reads the overlay's file again; never throws. */
  reload(): Promise<void>;
  /** Logs what it names and the config does not have, each once. */
  tellUnknown(): void;
  /** Whether what is on disk is in force. */
  state(): Health;
}

/** Takes up what somebody changed in the overlay's file by hand; a broken edit never takes effect. */
export function createOverlayReloader(context: {
  readonly overlay: OverlayStore;
  readonly log: Log;
  /** A new overlay is there: puts it in force. */
  readonly apply: () => Promise<void>;
  /** What it names and the config does not have, each a sentence. */
  readonly unknownNames: () => readonly string[];
}): OverlayReloader {
  const { overlay, log, apply, unknownNames } = context;
  let broken: string | undefined;
  let told: readonly string[] = [];

  function tellUnknown(): void {
    const unknown = unknownNames();
    for (const sentence of unknown)
      if (!told.includes(sentence)) log.warn(`${sentence}: it does nothing until it is there`);
    told = unknown;
  }

  return {
    async reload() {
      try {
        const before = overlay.read();
        const found = await overlay.reload();
        broken = undefined;
        // Bellhop's own changes are in force already.
        if (found !== before) await apply();
        tellUnknown();
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        if (broken !== detail) log.error(`the overlay is not read again; what was in force stays: ${detail}`);
        broken = detail;
      }
    },
    tellUnknown,
    state() {
      if (broken !== undefined) return { ok: false, detail: broken };
      return { ok: true, detail: ['in force', ...unknownNames()].join('; ') };
    },
  };
}
