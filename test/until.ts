import { setImmediate as turn } from 'node:timers/promises';

/** Waits, turn by turn of the event loop, until `condition` gives something; fails after `seconds`. */
export async function until<Found>(
  condition: () => Found | Promise<Found>,
  what = 'the condition',
  seconds = 15,
): Promise<NonNullable<Exclude<Found, false>>> {
  const end = Date.now() + seconds * 1_000;
  for (;;) {
    const found = await condition();
    if (found !== undefined && found !== null && found !== false) return found as NonNullable<Exclude<Found, false>>;
    if (Date.now() > end) throw new Error(`Waited ${seconds} s in vain for ${what}.`);
    await turn();
  }
}
