import type { PaceConfig } from '../core/config.ts';
import type { PaceWindow } from '../core/platform.ts';

/** Keeps one lane within its platform's limits. */
export interface Pace {
  /** Milliseconds to wait before the next send; 0 when it may go now. */
  waitMs(now: Date): number;
  sent(now: Date): void;
}

/** Every window holds at any moment: no `perMs` sees more than its `sends`. */
export function createPace(windows: readonly PaceWindow[]): Pace {
  const longest = Math.max(0, ...windows.map((window) => window.sends));
  let sends: number[] = [];
  return {
    waitMs(now) {
      const at = now.getTime();
      // The clock was set back: what lies in the future says nothing.
      if ((sends.at(-1) ?? 0) > at) sends = [];
      const waits = windows.map(({ sends: most, perMs }) => {
        const first = sends[sends.length - most];
        return first === undefined ? 0 : first + perMs - at;
      });
      return Math.max(0, ...waits);
    },
    sent(now) {
      if (longest === 0) return;
      sends.push(now.getTime());
      // Twice as long as needed before it is cut, so that a send costs no copy.
      if (sends.length > 2 * longest) sends = sends.slice(-longest);
    },
  };
}

/** The pace of a channel: its own setting before its platform's; `false` lifts it. */
export function paceWindows(
  own: PaceConfig | false | undefined,
  platform: readonly PaceWindow[],
): readonly PaceWindow[] {
  if (own === false) return [];
  if (own === undefined) return platform;
  return [{ sends: own.burst, perMs: (own.burst / own.perSecond) * 1_000 }];
}
