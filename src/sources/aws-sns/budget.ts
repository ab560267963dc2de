import type { Detail } from '../leaf-details.ts';

/** A line of the table in the letter that AWS Budgets writes. */
const LINE = /^([A-Za-z][A-Za-z ]{1,40}): (\S.{0,150})$/gm;

const SHOWN: ReadonlyMap<string, string> = new Map([
  ['ACTUAL Amount', 'Actual'],
  ['FORECASTED Amount', 'Forecast'],
  ['Budgeted Amount', 'Budget'],
  ['Alert Threshold', 'Alert at'],
]);

/** The amounts in such a letter; undefined for any other text. */
export function budgetDetails(text: string): readonly Detail[] | undefined {
  if (!/^Budget Name: /m.test(text)) return undefined;
  return [...text.slice(0, 8_000).matchAll(LINE)].flatMap(([, written = '', value = '']) => {
    const name = SHOWN.get(written);
    return name === undefined ? [] : [{ name, value: value.trim() }];
  });
}

/** `$812.37 of $1,000.00`, `forecast: $1,100.00 of $1,000.00`. */
export function spentOf(details: readonly Detail[]): string | undefined {
  const amount = (wanted: string) => details.find(({ name }) => name === wanted)?.value;
  const [spent, forecast, budget] = ['Actual', 'Forecast', 'Budget'].map(amount);
  if (budget === undefined) return undefined;
  if (forecast !== undefined) return `forecast: ${forecast} of ${budget}`;
  return spent === undefined ? undefined : `${spent} of ${budget}`;
}
