/** The time and zone in which people read it. */
export interface ReadAt {
  /** IANA name. */
  readonly zone: string;
  readonly now: Date;
}

/** When something is, as a person says it: `14:05 CET`, `Sun 22 Nov, 14:05 CET` on another day, the year with it in another year. */
export function clockTime(at: Date, { zone, now }: ReadAt): string {
  if (Number.isNaN(at.getTime())) return 'an unknown time';
  const time = written(at, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  const day = { timeZone: zone, day: 'numeric', month: 'short', weekday: 'short' } as const;
  const year = { ...day, year: 'numeric' } as const;
  if (written(at, year) === written(now, year)) return time;
  const sameYear =
    written(at, { timeZone: zone, year: 'numeric' }) === written(now, { timeZone: zone, year: 'numeric' });
  return `${written(at, sameYear ? day : year).replaceAll(',', '')}, ${time}`;
}

/** `14:05`, `14:05:07`: where the day and the zone go without saying. */
export const timeOfDay = (at: Date, zone: string, { seconds = false } = {}): string =>
  written(at, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds && { second: '2-digit' }),
    hourCycle: 'h23',
  });

const written = (at: Date, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', options).format(at);
