/** A Markdown table. Bars inside cells are escaped, so that `<a|b>` stays one cell. */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A word of the code, as the README shows it; empty stays empty. */
export const code = (text: string): string => (text === '' ? '' : `\`${text}\``);
