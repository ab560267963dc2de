/** A time as senders write it: ISO text, or seconds or milliseconds since 1970; undefined for nonsense and for the year 1. */
export function readTime(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{9,14}(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
  // JavaScript takes a short number for a year or a month; of a sender it is a count, or 0 for none.
  if (number === undefined && /^\d{1,14}(?:\.\d+)?$/.test(text)) return undefined;
  const at = new Date(number === undefined ? text : number > 1e11 ? number : number * 1_000);
  return at.getTime() > 0 ? at : undefined;
}
