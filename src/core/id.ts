import type { Clock, Random } from './clock.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

type IdPrefix = 'hook' | 'evt' | 'dlv' | 'mute' | 'audit' | 'fault';

/** Makes an id that sorts by time: prefix, 48 bits of milliseconds, 70 random bits (Crockford base 32). */
export type NewId = (prefix: IdPrefix) => string;

export function createIds(clock: Pick<Clock, 'now'>, random: Random): NewId {
  let lastTime = Number.NaN;
  let lastPrefix = '';
  return (prefix) => {
    const time = clock.now().getTime();
    // Several ids are made for one hook, within the same millisecond.
    if (time !== lastTime) [lastTime, lastPrefix] = [time, encoded(time, 10)];
    // 35 bits at a time: what a double's 53 random bits have to spare.
    return `${prefix}_${lastPrefix}${encoded(Math.floor(random() * 2 ** 35), 7)}${encoded(Math.floor(random() * 2 ** 35), 7)}`;
  };
}

function encoded(value: number, length: number): string {
  let text = '';
  let rest = value;
  for (let i = 0; i < length; i++) {
    text = ALPHABET[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
