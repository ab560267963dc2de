/** `14:05`, `14:05:07`: where the day and the zone go without saying. */
export const timeOfDay = (at: Date, zone: string, { seconds = false } = {}): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds && { second: '2-digit' }),
    hourCycle: 'h23',
  }).format(at);

/** A zone as it can be used: what a platform tells of a person may be none. */
export function usableZone(told: unknown, otherwise: string): string {
  if (typeof told !== 'string' || told.length > 100) return otherwise;
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: told }).resolvedOptions().timeZone;
  } catch {
    return otherwise;
  }
}
