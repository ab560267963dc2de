import { DateTime, FixedOffsetZone, IANAZone, type Zone } from 'luxon';
import { CommandError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import type { MuteUntil } from '../pipeline/mutes.ts';
import type { EndWord } from './command.ts';
import { anyOf, found } from './grammar/mistake.ts';

/**
 * When an end that somebody typed is. A clock's time is the next moment that a clock in the zone shows it, or jumps
 * over it in spring; a date without a time is its beginning. `zone` holds where the end names none. Throws
 * `CommandError` for an unknown zone and for a date that is over.
 */
export function resolveEnd(end: EndWord, { now, zone }: { readonly now: Date; readonly zone: string }): MuteUntil {
  if (end.kind !== 'clock' && end.kind !== 'date') return end;
  const name = end.zone ?? zone;
  const place = zoneOf(name);
  if (place === undefined) throw new CommandError(unknownZone(name).message, 2);
  if (end.kind === 'date') {
    const moments = momentsOf(localTime(end.date, end.time ?? '00:00'), place);
    const at = moments.find((moment) => moment > now);
    if (at !== undefined) return { kind: 'at', at };
    const typed = [end.date, end.time].filter(Boolean).join(' ');
    if (moments.length === 0) throw new CommandError(`${found(typed)} is in no calendar.`, 2);
    throw new CommandError(`${typed} in ${name} is over; an end must be still to come.`, 2);
  }
  const today = DateTime.fromJSDate(now, { zone: place });
  // Clocks can go back over midnight, into the day before, and skip a whole day.
  for (const days of [-1, 0, 1, 2]) {
    const day = today.plus({ days }).toISODate() ?? '';
    const at = momentsOf(localTime(day, end.time), place).find((moment) => moment > now);
    if (at !== undefined) return { kind: 'at', at };
  }
  throw new CommandError(`${found(end.time)} is on no clock in ${name}.`, 2);
}

/** Whether a zone's clocks are known: `Europe/Berlin`, `UTC`, `UTC+2`. */
export const isZone = (text: string): boolean => zoneOf(text) !== undefined;

/** Why a zone cannot be used, and the names of those that may have been meant, best first. */
export function unknownZone(text: string): { readonly message: string; readonly near: readonly string[] } {
  const near = nearZones(text);
  const meant = near.length === 0 ? '.' : `; did you mean ${anyOf(near)}?`;
  return { message: `${found(text)} is no time zone${meant} Zones are written like Europe/Berlin or UTC+2.`, near };
}

const OFFSET = /^(?:UTC|GMT)?([+-])(\d\d?)(?::?([0-5]\d))?$/i;
/** The short names that mean the same to everybody, with summer time where there is one. */
const SHORT = ['UTC', 'GMT', 'UCT', 'CET', 'EET', 'WET', 'MET'];

function zoneOf(text: string): Zone | undefined {
  const [, sign, hours, minutes = '00'] = OFFSET.exec(text) ?? [];
  if (hours !== undefined) {
    const ahead = Number(hours) * 60 + Number(minutes);
    return ahead <= 14 * 60 ? FixedOffsetZone.instance(sign === '-' ? -ahead : ahead) : undefined;
  }
  // Node knows `BST` as Dhaka's and `IST` as India's: abbreviations that others read otherwise.
  const isAbbreviation = /^[a-z]{3,4}$/i.test(text) && !SHORT.includes(text.toUpperCase());
  return isAbbreviation || !IANAZone.isValidZone(text) ? undefined : IANAZone.create(text);
}

/** What people mean by abbreviations, most of them ambiguous. */
const ABBREVIATED: Readonly<Record<string, readonly string[]>> = {
  bst: ['Europe/London'],
  cest: ['Europe/Berlin'],
  cst: ['America/Chicago', 'Asia/Shanghai'],
  cdt: ['America/Chicago'],
  edt: ['America/New_York'],
  est: ['America/New_York'],
  ist: ['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem'],
  jst: ['Asia/Tokyo'],
  aest: ['Australia/Sydney'],
  mdt: ['America/Denver'],
  mst: ['America/Denver', 'America/Phoenix'],
  pdt: ['America/Los_Angeles'],
  pst: ['America/Los_Angeles'],
};

function nearZones(text: string): readonly string[] {
  const typed = text.toLowerCase().replaceAll(' ', '_');
  if (Object.hasOwn(ABBREVIATED, typed)) return ABBREVIATED[typed] ?? [];
  const zones = Intl.supportedValuesOf('timeZone');
  const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1);
  const inCity = zones.filter((zone) => `${cityOf(zone).toLowerCase()}_`.startsWith(`${typed}_`));
  if (inCity.length > 0) return inCity.slice(0, 3);
  const near = nearest(text, zones);
  if (near !== undefined) return [near];
  const city = typed.length < 4 ? undefined : nearest(typed, zones.map(cityOf));
  return zones.filter((zone) => cityOf(zone) === city).slice(0, 3);
}

/** A date and a time on the wall, wherever the wall is. */
const localTime = (date: string, time: string): DateTime => DateTime.fromISO(`${date}T${time}`, { zone: 'utc' });

/** The moments at which the zone's clocks show this: one, two in autumn; in spring the one at which they jump over it. */
function momentsOf(wall: DateTime, zone: Zone): readonly Date[] {
  if (!wall.isValid) return [];
  let shown = wall;
  // A gap is an hour or less, or a day where somebody moved across the date line.
  for (let minutes = 0; minutes <= 25 * 60; minutes++) {
    const there = shown.setZone(zone, { keepLocalTime: true });
    if (there.hour === shown.hour && there.minute === shown.minute && there.day === shown.day)
      return there
        .getPossibleOffsets()
        .map((moment) => moment.toJSDate())
        .sort((a, b) => a.getTime() - b.getTime());
    shown = shown.plus({ minutes: 1 });
  }
  return [];
}
