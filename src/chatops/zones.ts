/** A zone as it can be used: what a platform tells of a person may be none. */
export function usableZone(told: unknown, otherwise: string): string {
  if (typeof told !== 'string' || told.length > 100) return otherwise;
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: told }).resolvedOptions().timeZone;
  } catch {
    return otherwise;
  }
}
