import type { Block, Inline } from '../core/message.ts';
import { renderLeaf } from './leaf.ts';
import type { BlockNode, BlockNodes, RowNode } from './nodes.ts';
import { payloadBlocks } from './payload-markdown.ts';
import { eachPass, lookUp, type Scope } from './scope.ts';
import { isBlank, walkInline } from './walk-inline.ts';

type Item = readonly Block[];

/** Blocks so far, and the list at their end while the next one may still join it. */
interface Out {
  readonly blocks: Block[];
  open?: { readonly ordered: boolean; readonly items: Item[] } | undefined;
}

/** The blocks of prepared nodes; what renders empty is left out. */
export function walkBlocks(nodes: BlockNodes, scope: Scope): readonly Block[] {
  const out: Out = { blocks: [] };
  const run = (list: BlockNodes): void => {
    for (const node of list) {
      if (node.kind === 'section') eachPass(scope, node, run);
      else if (node.kind === 'list') pushList(out, node, scope);
      else for (const block of blocksOf(node, scope)) push(out, block);
    }
  };
  run(nodes);
  return out.blocks;
}

function blocksOf(node: Exclude<BlockNode, { kind: 'list' }>, scope: Scope): readonly Block[] {
  switch (node.kind) {
    case 'paragraph':
    case 'heading': {
      const children = walkInline(node.children, scope);
      return isBlank(children) ? [] : [{ kind: node.kind, children }];
    }
    case 'quote': {
      const children = walkBlocks(node.children, scope);
      return children.length === 0 ? [] : [{ kind: 'quote', children }];
    }
    case 'code':
      return codeOf(node, scope);
    case 'table': {
      const rows = rowsOf(node.rows, scope);
      return rows.length === 0 ? [] : [{ kind: 'table', header: cellsOf(node.header, scope), rows }];
    }
    case 'rule':
      return [node];
    case 'markdown':
      return walkBlocks(payloadBlocks(lookUp(scope, node.name), scope), scope);
  }
}

/** A list after a list of its kind goes on with it: a section around one item makes one list of many. */
function pushList(out: Out, node: Extract<BlockNode, { kind: 'list' }>, scope: Scope): void {
  const items = node.items.map((item) => walkBlocks(item, scope)).filter((item) => item.length > 0);
  if (items.length === 0) return;
  if (out.open?.ordered === node.ordered) {
    out.open.items.push(...items);
    return;
  }
  out.blocks.push({ kind: 'list', ordered: node.ordered, start: node.start, items });
  out.open = { ordered: node.ordered, items };
}

function push(out: Out, block: Block): void {
  out.blocks.push(block);
  out.open = undefined;
}

function codeOf(node: Extract<BlockNode, { kind: 'code' }>, scope: Scope): readonly Block[] {
  const text = renderLeaf(node.leaf, scope)
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
  if (text === '') return [];
  return [{ kind: 'code', text, ...(node.language !== undefined && { language: node.language }) }];
}

function rowsOf(nodes: Extract<BlockNode, { kind: 'table' }>['rows'], scope: Scope) {
  const rows: (readonly (readonly Inline[])[])[] = [];
  const run = (list: typeof nodes): void => {
    for (const node of list) {
      if (node.kind === 'section') {
        eachPass(scope, node, run);
        continue;
      }
      const cells = cellsOf(node.cells, scope);
      if (!cells.every(isBlank)) rows.push(cells);
    }
  };
  run(nodes);
  return rows;
}

const cellsOf = (cells: RowNode['cells'], scope: Scope) => cells.map((cell) => walkInline(cell, scope));
