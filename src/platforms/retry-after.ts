/** Milliseconds to wait by a `Retry-After` header: seconds or a date (RFC 9110, 10.2.3); undefined when it is neither or absent. */
export function retryAfterMs(header: string | null | undefined, now: number): number | undefined {
  const written = header?.trim() ?? '';
  // Some write fractions of a second, which the RFC does not know.
  if (/^\d{1,9}(?:\.\d{1,9})?$/.test(written)) return Math.ceil(Number(written) * 1_000);
  const at = /[a-z]/i.test(written) && written.length <= 64 ? Date.parse(written) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
