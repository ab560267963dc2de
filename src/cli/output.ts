import { styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan';

/** Coloured on a terminal, plain elsewhere and under `NO_COLOR`. */
export function style(name: Style, text: string): string {
  const coloured = process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '';
  return coloured ? styleText(name, text) : text;
}

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

export const printJson = (value: unknown): void => print(JSON.stringify(value, undefined, 2));

/** Rows under their headings, padded; the last column is left as it is. What a sender wrote cannot drive the terminal. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const safe = rows.map((row) => row.map(oneLine));
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...safe.map((row) => [...(row[column] ?? '')].length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === cells.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - [...cell].length),
      )
      .join('  ')
      .trimEnd();
  return [style('dim', line(headings)), ...safe.map(line)].join('\n');
}

/** `2026-11-21 14:03:07` in the reader's zone. */
export const localTime = (iso: string): string => new Date(iso).toLocaleString('sv-SE');

/** One line without control characters. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
