/** The fields of a query as it arrived; of one that comes twice, the last. */
export const queryFields = (rawQuery: string): Readonly<Record<string, string>> =>
  Object.fromEntries(new URLSearchParams(rawQuery));
