import type { Block } from '../../core/message.ts';
import type { DomNode } from './dom.ts';
import { blocksOf, inlinesOf, nameOf, type Reading } from './html.ts';

/** What a chat can show side by side. */
const MOST_COLUMNS = 8;

/** A table with headings. Others are how mail puts its parts in place: what stands in them is read cell by cell. */
export function htmlTable(table: DomNode, reading: Reading): readonly Block[] {
  const rows = rowsOf(table).map((row) => row.children.filter((cell) => /^t[hd]$/.test(nameOf(cell))));
  const [first = [], ...rest] = rows;
  const isTable =
    first.length > 1 &&
    first.length <= MOST_COLUMNS &&
    first.every((cell) => nameOf(cell) === 'th') &&
    rows.every((row) => row.every(isPlain));
  if (!isTable) return rows.flatMap((row) => row.flatMap((cell) => blocksOf(cell.children, reading)));
  const cells = (row: readonly DomNode[]) => row.map((cell) => inlinesOf(cell.children, reading));
  return [{ kind: 'table', header: cells(first), rows: rest.map(cells) }];
}

function rowsOf(table: DomNode): readonly DomNode[] {
  return table.children.flatMap((child) => {
    if (nameOf(child) === 'tr') return [child];
    return /^t(?:head|body|foot)$/.test(nameOf(child)) ? child.children.filter((row) => nameOf(row) === 'tr') : [];
  });
}

/** Holds no table or list of its own. */
const isPlain = (cell: DomNode): boolean =>
  cell.children.every((child) => !/^(?:table|ul|ol|pre|blockquote)$/.test(nameOf(child)));
