import type { Block } from '../../core/message.ts';
import { wikiInlines } from './wiki-inline.ts';

/** Rows of `||heading||heading||` and `|cell|cell|`; the first is shown as the heading, whatever it is. */
export function wikiTable(lines: readonly string[]): Block {
  const [header = [], ...rows] = lines.map((line) => cellsOf(line.trim()).map((cell) => wikiInlines(cell)));
  return { kind: 'table', header, rows };
}

/** The `|` in `[text|url]` and in `{{a|b}}` parts no cells. */
function cellsOf(line: string): readonly string[] {
  const cells = line
    .replace(/^\|{1,2}/, '')
    .replace(/\|{1,2}$/, '')
    .match(/(?:\[[^[\]]{0,2000}\]|\{\{[^{}]{0,500}\}\}|![^!|\s]{1,300}\|[^!|\s]{1,300}!|[^|])+|\|{1,2}/g);
  return (cells ?? []).filter((cell) => !/^\|+$/.test(cell)).map((cell) => cell.trim());
}
