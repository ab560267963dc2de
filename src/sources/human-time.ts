const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const MINUTE = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** `24 Nov 2026`, in UTC; undefined for a date that is none. */
export const day = (at: Date): string | undefined => (Number.isNaN(at.getTime()) ? undefined : DAY.format(at));

/** `24 Nov, 14:02 UTC`; undefined for a date that is none. */
export const dateTime = (at: Date): string | undefined =>
  Number.isNaN(at.getTime()) ? undefined : `${MINUTE.format(at)} UTC`;
