const SECOND = 1_000;
const WAITS_MS = [5 * SECOND, 30 * SECOND, 120 * SECOND, 600 * SECOND] as const;

/** How long to wait after so many failures in a row, from 1. A bot may sign in 1,000 times a day, or its token is reset. */
export const waitAfter = (failures: number): number => WAITS_MS[Math.min(failures, WAITS_MS.length) - 1] ?? WAITS_MS[0];

/** What only a person can mend (a token, an intent) is not asked again sooner. */
export const PATIENT_MS = 60 * SECOND;
