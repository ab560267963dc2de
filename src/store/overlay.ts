import type { Clock } from '../core/clock.ts';
import type { NewId } from '../core/id.ts';
import { EMPTY_OVERLAY, type Overlay, type OverlayStore } from '../core/overlay.ts';
import { openJsonFile } from './json-file.ts';
import { encodeOverlay, readOverlay } from './overlay-document.ts';

export interface OverlayOptions {
  /** `overlay.json` in the data folder; made by the first change. */
  readonly file: string;
  readonly clock: Pick<Clock, 'now'>;
  /** Names the mutes that somebody wrote into the file without an id. */
  readonly newId: NewId;
}

/**
 * What chat, console and API changed, in a small file that people can read and edit. Rejects with a sentence that names the
 * file and the entry when it is broken: to start without it would post what people have muted. An entry that somebody
 * wrote without number, id or time gets them at once and for good. While the file holds what is in force, `update` and
 * `reload` resolve to the same object.
 */
export async function openOverlay({ file, clock, newId }: OverlayOptions): Promise<OverlayStore> {
  const completed = new WeakSet<Overlay>();
  const check = (raw: unknown): Overlay => {
    const { overlay, isCompleted } = readOverlay(raw, { now: clock.now(), newId });
    if (isCompleted) completed.add(overlay);
    return overlay;
  };
  const kept = await openJsonFile<Overlay>({
    file,
    check,
    initial: EMPTY_OVERLAY,
    encode: encodeOverlay,
    // Moved away, it stands for nothing; but what people were told as #3 must not become something else.
    afterRemoval: ({ nextNumber }) => ({ ...EMPTY_OVERLAY, nextNumber }),
  });

  const update = (change: (overlay: Overlay) => Overlay): Promise<Overlay> =>
    kept.update((found) => {
      const next = change(found);
      if (next === found) return completed.has(found) ? { ...found } : found;
      return asStored(next, check);
    });
  const reload = () => update((overlay) => overlay);

  if (completed.has(kept.read())) await reload();
  return { read: kept.read, update, reload };
}

/** What reading it back would give. Throws when that cannot be read: such a file would never be changed again. */
function asStored(overlay: Overlay, check: (raw: unknown) => Overlay): Overlay {
  try {
    return check(JSON.parse(JSON.stringify(encodeOverlay(overlay))));
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it does not hold what belongs there';
    throw new Error(`The change was not stored: ${reason}.`, { cause: error });
  }
}
