import { type Block, type Inline, inlineText } from '../core/message.ts';
import { cleanLine } from './clean-text.ts';
import { cutText } from './cut.ts';

const CELL_MAX = 32;
/** Of megabytes, what no cell shows is not even looked at. */
const CELL_LONGEST = 1_000;

/** A table as aligned lines, for chats that have none: cells are one line each and at most 32 characters. */
export function monospaceTable(table: Extract<Block, { kind: 'table' }>): string {
  const rows = [table.header, ...table.rows].map((row) => row.map(cellText));
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

const cellText = (cell: readonly Inline[]): string =>
  cutText(cleanLine(inlineText(cell).slice(0, CELL_LONGEST)), CELL_MAX);
