import type { Clock, Random } from './clock.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const RANDOM_CHARS = 14;

export type IdPrefix = 'hook' | 'evt' | 'dlv' | 'mute';

/** Makes an id that sorts by time: prefix, 48 bits of milliseconds, 70 random bits (Crockford base 32). */
export type NewId = (prefix: IdPrefix) => string;

export function createIds(clock: Pick<Clock, 'now'>, random: Random): NewId {
  return (prefix) => {
    let id = '';
    let time = clock.now().getTime();
    for (let i = 0; i < 10; i++) {
      id = ALPHABET.charAt(time % 32) + id;
      time = Math.floor(time / 32);
    }
    for (let i = 0; i < RANDOM_CHARS; i++) id += ALPHABET.charAt(Math.floor(random() * 32));
    return `${prefix}_${id}`;
  };
}
