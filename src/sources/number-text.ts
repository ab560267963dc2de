/** `2.31`, `0.0042`, `14,151`: four digits are enough to be alarmed by. */
export function numberText(value: number): string {
  const digits = Math.abs(value) < 1_000 ? { maximumSignificantDigits: 4 } : { maximumFractionDigits: 0 };
  return new Intl.NumberFormat('en-US', digits).format(value);
}
