import { describe, expect, it } from 'vitest';
import type { EndWord } from '../../src/chatops/command.ts';
import { isZone, resolveEnd } from '../../src/chatops/wall-clock.ts';
import { CommandError } from '../../src/core/errors.ts';
import { NOON } from '../builders.ts';

const BERLIN = 'Europe/Berlin';

/** The end as an ISO time, for ends that are one. */
function endAt(end: EndWord, { now = NOON.toISOString(), zone = 'UTC' } = {}): string {
  const until = resolveEnd(end, { now: new Date(now), zone });
  return until.kind === 'at' ? until.at.toISOString() : until.kind;
}

const clock = (time: string, zone?: string): EndWord => ({ kind: 'clock', time, ...(zone !== undefined && { zone }) });
const date = (day: string, time?: string, zone?: string): EndWord => ({
  kind: 'date',
  date: day,
  ...(time !== undefined && { time }),
  ...(zone !== undefined && { zone }),
});

function refusal(end: EndWord, zone = 'UTC'): string {
  try {
    resolveEnd(end, { now: NOON, zone });
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
  return 'not refused';
}

describe('a time of the clock', () => {
  it.each([
    // Now is 12:00 UTC, 13:00 in Berlin, 07:00 in New York, 21:00 in Tokyo.
    ['later today', clock('18:30'), 'UTC', '2026-11-21T18:30:00.000Z'],
    ['earlier: tomorrow', clock('09:00'), 'UTC', '2026-11-22T09:00:00.000Z'],
    ['right now: tomorrow', clock('12:00'), 'UTC', '2026-11-22T12:00:00.000Z'],
    ['midnight', clock('00:00'), 'UTC', '2026-11-22T00:00:00.000Z'],
    ['in the zone of the person', clock('13:30'), BERLIN, '2026-11-21T12:30:00.000Z'],
    ['in the zone that was typed', clock('09:00', 'America/New_York'), BERLIN, '2026-11-21T14:00:00.000Z'],
    ['where it is tomorrow already', clock('01:00', 'Pacific/Auckland'), 'UTC', '2026-11-22T12:00:00.000Z'],
    ['by an offset', clock('14:30', 'UTC+2'), BERLIN, '2026-11-21T12:30:00.000Z'],
    ['by an offset to the west, with minutes', clock('09:00', '-03:30'), BERLIN, '2026-11-21T12:30:00.000Z'],
    ['a zone in any case', clock('13:30', 'europe/berlin'), 'UTC', '2026-11-21T12:30:00.000Z'],
  ])('%s', (_, end, zone, expected) => {
    expect(endAt(end, { zone })).toBe(expected);
  });

  it('where clocks jump over it, it ends when they do', () => {
    // 02:00 becomes 03:00 at 01:00 UTC.
    expect(endAt(clock('02:30'), { zone: BERLIN, now: '2026-03-28T22:00:00Z' })).toBe('2026-03-29T01:00:00.000Z');
    expect(endAt(clock('03:00'), { zone: BERLIN, now: '2026-03-28T22:00:00Z' })).toBe('2026-03-29T01:00:00.000Z');
    expect(endAt(clock('01:59'), { zone: BERLIN, now: '2026-03-28T22:00:00Z' })).toBe('2026-03-29T00:59:00.000Z');
  });

  it('after clocks jumped over it, it is the next day’s', () => {
    expect(endAt(clock('02:30'), { zone: BERLIN, now: '2026-03-29T01:10:00Z' })).toBe('2026-03-30T00:30:00.000Z');
  });

  it('where clocks show it twice, it is the first time, and after that the second', () => {
    // 03:00 becomes 02:00 at 01:00 UTC.
    expect(endAt(clock('02:30'), { zone: BERLIN, now: '2026-10-24T22:00:00Z' })).toBe('2026-10-25T00:30:00.000Z');
    expect(endAt(clock('02:30'), { zone: BERLIN, now: '2026-10-25T00:45:00Z' })).toBe('2026-10-25T01:30:00.000Z');
    expect(endAt(clock('02:30'), { zone: BERLIN, now: '2026-10-25T01:30:00Z' })).toBe('2026-10-26T01:30:00.000Z');
  });

  it('goes by half an hour where summer time does', () => {
    // Lord Howe Island: 02:00 (+10:30) becomes 02:30 (+11:00).
    const zone = 'Australia/Lord_Howe';
    expect(endAt(clock('02:15'), { zone, now: '2026-10-03T12:00:00Z' })).toBe('2026-10-03T15:30:00.000Z');
  });

  it('goes on where midnight is skipped', () => {
    // Beirut: 00:00 becomes 01:00 on 29 March 2026.
    expect(endAt(clock('00:00'), { zone: 'Asia/Beirut', now: '2026-03-28T12:00:00Z' })).toBe(
      '2026-03-28T22:00:00.000Z',
    );
  });

  it('goes on where clocks go back over midnight', () => {
    // St. John’s in 2010: 00:01 on 7 November becomes 23:01 of the 6th; now is 00:00:30.
    expect(endAt(clock('23:30'), { zone: 'America/St_Johns', now: '2010-11-07T02:30:30Z' })).toBe(
      '2010-11-07T03:00:00.000Z',
    );
  });

  it('a day later is not 24 hours later when summer time ends', () => {
    expect(endAt(clock('12:00'), { zone: BERLIN, now: '2026-10-24T10:00:00Z' })).toBe('2026-10-25T11:00:00.000Z');
  });
});

describe('a date', () => {
  it.each([
    ['alone: its beginning', date('2026-11-23'), 'UTC', '2026-11-23T00:00:00.000Z'],
    ['alone, in the zone of the person', date('2026-11-23'), BERLIN, '2026-11-22T23:00:00.000Z'],
    ['with a time', date('2026-11-23', '09:15'), BERLIN, '2026-11-23T08:15:00.000Z'],
    ['with a time and a zone', date('2026-11-23', '09:15', 'Asia/Tokyo'), BERLIN, '2026-11-23T00:15:00.000Z'],
    ['today, later', date('2026-11-21', '12:01'), 'UTC', '2026-11-21T12:01:00.000Z'],
    ['in a gap: when clocks jump', date('2027-03-28', '02:30'), BERLIN, '2027-03-28T01:00:00.000Z'],
    ['shown twice: the first', date('2027-10-31', '02:30'), BERLIN, '2027-10-31T00:30:00.000Z'],
    ['a leap day', date('2028-02-29'), 'UTC', '2028-02-29T00:00:00.000Z'],
  ])('%s', (_, end, zone, expected) => {
    expect(endAt(end, { zone })).toBe(expected);
  });

  it('that is over is refused with a sentence', () => {
    expect(refusal(date('2026-11-20'))).toBe('2026-11-20 in UTC is over; an end must be still to come.');
    expect(refusal(date('2026-11-21'))).toBe('2026-11-21 in UTC is over; an end must be still to come.');
    expect(refusal(date('2026-11-21', '13:00', BERLIN))).toBe(
      '2026-11-21 13:00 in Europe/Berlin is over; an end must be still to come.',
    );
  });

  it('that the island left out is the beginning of the next', () => {
    // Samoa had no 30 December 2011.
    expect(endAt(date('2011-12-30', '10:00'), { zone: 'Pacific/Apia', now: '2011-12-29T12:00:00Z' })).toBe(
      '2011-12-30T10:00:00.000Z',
    );
  });

  it('in no calendar, or a time on no clock, is refused and never guessed', () => {
    expect(refusal(date('2026-02-30'))).toBe('"2026-02-30" is in no calendar.');
    expect(refusal(clock('25:00'))).toBe('"25:00" is on no clock in UTC.');
    expect(refusal(clock('nonsense'))).toBe('"nonsense" is on no clock in UTC.');
  });
});

describe('other ends', () => {
  it('pass as they are', () => {
    expect(resolveEnd({ kind: 'for', ms: 5 }, { now: NOON, zone: 'UTC' })).toEqual({ kind: 'for', ms: 5 });
    expect(resolveEnd({ kind: 'resolved' }, { now: NOON, zone: 'nowhere' })).toEqual({ kind: 'resolved' });
    expect(resolveEnd({ kind: 'forever' }, { now: NOON, zone: 'UTC' })).toEqual({ kind: 'forever' });
  });
});

describe('zones', () => {
  it.each([
    'Europe/Berlin',
    'america/new_york',
    'UTC',
    'utc',
    'GMT',
    'CET',
    'Etc/GMT+5',
    'UTC+2',
    'utc-03:30',
    '+05:45',
    'GMT+1',
  ])('%s is one', (zone) => {
    expect(isZone(zone)).toBe(true);
  });

  it.each([
    '',
    'local',
    'system',
    'Berlin',
    'Europe',
    'Europe/Atlantis',
    'UTC+15',
    'UTC+2:75',
    'PST',
    'BST',
    'IST',
    'CEST',
    '2',
    '__proto__',
  ])('%j is none', (zone) => {
    expect(isZone(zone)).toBe(false);
  });

  it.each([
    ['Berlin', '"Berlin" is no time zone; did you mean Europe/Berlin? Zones are written like Europe/Berlin or UTC+2.'],
    [
      'Europe/Berln',
      '"Europe/Berln" is no time zone; did you mean Europe/Berlin? Zones are written like Europe/Berlin or UTC+2.',
    ],
    [
      'New York',
      '"New York" is no time zone; did you mean America/New_York? Zones are written like Europe/Berlin or UTC+2.',
    ],
    ['Tokio', '"Tokio" is no time zone; did you mean Asia/Tokyo? Zones are written like Europe/Berlin or UTC+2.'],
    ['PST', '"PST" is no time zone; did you mean America/Los_Angeles? Zones are written like Europe/Berlin or UTC+2.'],
    [
      'IST',
      '"IST" is no time zone; did you mean Asia/Kolkata, Europe/Dublin or Asia/Jerusalem? Zones are written like Europe/Berlin or UTC+2.',
    ],
    ['qqqqqq', '"qqqqqq" is no time zone. Zones are written like Europe/Berlin or UTC+2.'],
    ['__proto__', '"__proto__" is no time zone. Zones are written like Europe/Berlin or UTC+2.'],
  ])('%s, unknown, is refused with what is near', (zone, message) => {
    expect(refusal(clock('09:00', zone))).toBe(message);
    expect(refusal(date('2027-01-01'), zone)).toBe(message);
  });

  it('every zone that Node lists is one', () => {
    expect(Intl.supportedValuesOf('timeZone').filter((zone) => !isZone(zone))).toEqual([]);
  });
});
