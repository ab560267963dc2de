import { tookText } from '../wording.ts';

/** How long it took, of the seconds that GitLab counted: `42 s`, `4 min`; undefined for none. */
export const tookSeconds = (seconds: number | undefined): string | undefined =>
  seconds === undefined || !(seconds >= 1) || seconds > 1e8
    ? undefined
    : tookText(new Date(0), new Date(Math.round(seconds) * 1_000));
