import { parseDuration } from '../../core/duration.ts';
import { didYouMean, nearest } from '../../core/nearest.ts';
import type { EndWord } from '../command.ts';
import { keywordOf, type Word, type Words } from '../tokens.ts';
import { isZone, unknownZone } from '../wall-clock.ts';
import { CLAUSES, clauseOf } from './keywords.ts';
import { found, Mistake } from './mistake.ts';
import { valueAfter } from './value-after.ts';

const LONGEST_MS = 3650 * 86_400_000;

const UNITS: Readonly<Record<string, readonly string[]>> = {
  ms: ['ms', 'millisecond', 'milliseconds'],
  s: ['s', 'sec', 'secs', 'second', 'seconds'],
  m: ['m', 'min', 'mins', 'minute', 'minutes'],
  h: ['h', 'hr', 'hrs', 'hour', 'hours'],
  d: ['d', 'day', 'days'],
  w: ['w', 'wk', 'wks', 'week', 'weeks'],
};
const UNIT_OF = new Map(Object.entries(UNITS).flatMap(([unit, names]) => names.map((name) => [name, unit] as const)));

/** `2h`, `2 hours`, `1h30m`: milliseconds, from 1 to those of 3,650 days. */
export function readDuration(words: Words, clause?: Word): number {
  const first = valueAfter(words, clause, { needs: 'a duration, such as 30m, 2h or 3d', typical: '2h' });
  let text = first.text;
  let last = first;
  for (;;) {
    const next = words.peek();
    if (next === undefined || !continuesDuration(text, keywordOf(next))) break;
    text += ` ${next.text}`;
    last = next;
    words.next();
  }
  const wrong = (message: string, by: string): Mistake =>
    new Mistake(message, words.instead({ start: first.start, end: last.end }, by));
  const ms = durationOf(text);
  if (ms === undefined)
    throw wrong(
      `${found(text)} is no duration${/^[\d.]+$/.test(text) ? ' without a unit' : ''}; a number and one of ms, s, m, h, d, w were expected, such as 30m, 2h or 3d.`,
      /^\d{1,2}$/.test(text) ? `${Number(text) || 2}h` : '2h',
    );
  if (ms < 1) throw wrong(`${found(text)} is no time at all; a duration is 1ms or longer.`, '2h');
  if (ms > LONGEST_MS) throw wrong(`${found(text)} is too long; a duration is 3650d or shorter.`, '1d');
  return ms;
}

/** Whether `2 h` goes on after `2`, and `1h 30m` after `1h`. */
const continuesDuration = (before: string, word: string): boolean =>
  /\d$/.test(before) ? UNIT_OF.has(word) : /^\d+(?:\.\d+)?[a-z]*$/.test(word) && durationOf(before) !== undefined;

/** Milliseconds of one or several amounts with a unit each; undefined when it is anything else. */
export function durationOf(text: string): number | undefined {
  let rest = text.toLowerCase().replaceAll(' ', '');
  let sum = 0;
  do {
    const [part, amount, name = ''] = /^(\d+(?:\.\d+)?)([a-z]+)/.exec(rest) ?? [];
    const unit = UNIT_OF.get(name);
    const ms = part === undefined || unit === undefined ? undefined : parseDuration(`${amount}${unit}`);
    if (part === undefined || ms === undefined) return undefined;
    sum += ms;
    rest = rest.slice(part.length);
  } while (rest !== '');
  return sum;
}

/** `09:00 [zone]`, `2026-11-22 [09:00] [zone]`, `resolved` or `forever`. */
export function readUntil(words: Words, clause?: Word): EndWord {
  // `until:forever` is how it is typed where a command has options.
  if (keywordOf(words.peek()) === 'forever') {
    words.next();
    return { kind: 'forever' };
  }
  const first = valueAfter(words, clause, { needs: EXPECTED_END, typical: '09:00' });
  if (keywordOf(first) === 'resolved') return { kind: 'resolved' };
  const [, date, joined] = /^(\d{4}-\d\d-\d\d)(?:t(\d\d?:\d\d))?$/i.exec(plainDashes(first.text)) ?? [];
  if (date === undefined) {
    const time = timeFrom(words, first);
    if (time === undefined) throw noEnd(words, first);
    return { kind: 'clock', time, ...readZone(words) };
  }
  if (!isCalendarDate(date))
    throw new Mistake(
      `${found(first.text)} is in no calendar; a date is year-month-day.`,
      words.instead(first, '09:00'),
    );
  const next = words.peek();
  const isTime = joined === undefined && next !== undefined && /^\d\d?(?::\d\d(?:[ap]m)?|[ap]m)$/i.test(next.text);
  if (isTime) words.next();
  const time = isTime ? timeFrom(words, next) : joined && timeFrom(words, { ...first, text: joined });
  return { kind: 'date', date, ...(time !== undefined && { time }), ...readZone(words) };
}

const EXPECTED_END = 'a time (09:00), a date (2026-11-22) or "resolved"';

function noEnd(words: Words, word: Word): Mistake {
  const known = ['resolved', 'forever'];
  const hour = /^\d\d?$/.test(word.text) ? timeOf(`${word.text}:00`) : undefined;
  return new Mistake(
    `${found(word.text)} is no end${didYouMean(word.text, known) || '.'} After "until" comes ${EXPECTED_END}.`,
    words.instead(word, nearest(word.text, known) ?? hour ?? '09:00'),
  );
}

/** `9:00`, `9am`, `9:30 pm` as `HH:MM`, the word having been taken; undefined when it is no time. */
function timeFrom(words: Words, word: Word): string | undefined {
  const half = keywordOf(words.peek());
  const joined = half === 'am' || half === 'pm' ? timeOf(word.text + half) : undefined;
  if (joined !== undefined) words.next();
  const time = joined ?? timeOf(word.text);
  if (time === undefined && /^\d\d?(?::\d\d|[ap]m)/i.test(word.text))
    throw new Mistake(
      `${found(word.text)} is on no clock; times go from 00:00 to 23:59.`,
      words.instead(word, '09:00'),
    );
  return time;
}

function timeOf(text: string): string | undefined {
  const [, hours = '', minutes, half] = /^(\d\d?)(?::(\d\d))?(am|pm)?$/i.exec(text) ?? [];
  if (hours === '' || (minutes === undefined && half === undefined)) return undefined;
  const isTwelve = half !== undefined;
  if (isTwelve && (Number(hours) < 1 || Number(hours) > 12)) return undefined;
  const hour = isTwelve ? (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hours);
  if (hour > 23 || Number(minutes ?? 0) > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${minutes ?? '00'}`;
}

/** The next word when it is a zone. A word that looks like something else is left for whoever knows better. */
function readZone(words: Words): { readonly zone?: string } {
  const word = words.peek();
  if (word === undefined || word.literal.includes(true) || clauseOf(words, word) !== undefined) return {};
  const zone = plainDashes(word.text);
  if (!isZone(zone)) {
    if (/[:=#<]/.test(zone) || nearest(zone, CLAUSES) !== undefined) return {};
    const { message, near } = unknownZone(zone);
    throw new Mistake(message, words.instead(word, near[0] ?? ''));
  }
  words.next();
  return { zone };
}

const plainDashes = (text: string): string => text.replace(/[‐‑‒–—―−]/g, '-');

function isCalendarDate(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}
