/** How many decimals a currency's smallest unit has, as Stripe counts it: https://docs.stripe.com/currencies#minor-units */
const WITHOUT_DECIMALS = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
const THREE_DECIMALS = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);

/** Counted in hundredths for old times' sake, though nobody has coins for them. */
const EMPTY_DECIMALS = new Set(['isk', 'ugx']);

/** `$1,234.50`, `¥500`, `KWD 1.500`, of an amount in the smallest unit; undefined without an amount or a currency. */
export function formatMoney(amount: number | undefined, currency: string | undefined): string | undefined {
  if (amount === undefined) return undefined;
  return formatAmount(amount / 10 ** decimalsOf(currency), currency);
}

/** The same of an amount in whole units, as most senders write it. */
export function formatAmount(value: number | undefined, currency: string | undefined): string | undefined {
  if (value === undefined || !Number.isFinite(value) || currency === undefined || !/^[a-z]{3}$/i.test(currency))
    return undefined;
  const code = currency.toLowerCase();
  const decimals = decimalsOf(code);
  const shown = EMPTY_DECIMALS.has(code) && Number.isInteger(value) ? 0 : decimals;
  return formatOf(code, shown)
    .format(value)
    .replace(/\u00a0/g, ' ');
}

function decimalsOf(currency: string | undefined): number {
  const code = (currency ?? '').toLowerCase();
  if (WITHOUT_DECIMALS.has(code)) return 0;
  return THREE_DECIMALS.has(code) ? 3 : 2;
}

const formats = new Map<string, Intl.NumberFormat>();

/** Kept, because making one takes longer than reading the whole event. */
function formatOf(code: string, decimals: number): Intl.NumberFormat {
  const name = `${code}${decimals}`;
  const known = formats.get(name);
  if (known !== undefined) return known;
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency: code, ...digits });
  formats.set(name, format);
  return format;
}
