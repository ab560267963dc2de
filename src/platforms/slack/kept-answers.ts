import type { Clock } from '../../core/clock.ts';

/** Asked again when its time is over; somebody who asks meanwhile gets the same answer. */
export interface KeptAnswers<Answer> {
  of(key: string): Promise<Answer | undefined>;
}

export interface Keeping<Answer> {
  readonly clock: Clock;
  readonly keepMs: number;
  /** How long it is not asked again after it gave nothing. */
  readonly nothingMs: number;
  /** More keys than this and the oldest is forgotten. */
  readonly most: number;
  /** Never rejects; undefined when it cannot be told. */
  readonly ask: (key: string) => Promise<Answer | undefined>;
}

interface Kept<Answer> {
  readonly answer: Promise<Answer | undefined>;
  until: number;
}

/** Remembers answers by key, within bounds. */
export function keepAnswers<Answer>({ clock, keepMs, nothingMs, most, ask }: Keeping<Answer>): KeptAnswers<Answer> {
  const kept = new Map<string, Kept<Answer>>();
  const now = () => clock.now().getTime();

  return {
    of(key) {
      const known = kept.get(key);
      if (known !== undefined && now() < known.until) return known.answer;
      kept.delete(key);
      const entry: Kept<Answer> = { answer: ask(key), until: Number.POSITIVE_INFINITY };
      void entry.answer.then((answer) => {
        entry.until = now() + (answer === undefined ? nothingMs : keepMs);
      });
      kept.set(key, entry);
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
      return entry.answer;
    },
  };
}
