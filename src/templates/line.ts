import type { InlineNode, InlineNodes, Line } from './nodes.ts';
import type { Section } from './tags.ts';

const DOT = /(?:^|\s+)·(?:\s+|$)/;

/** One line, in pieces at the dots its author wrote; a dot in the data never parts anything. */
export function toLine(nodes: InlineNodes, dots: boolean): Line {
  const pieces: InlineNodes[number][][] = [[]];
  for (const node of dots ? nodes.flatMap(atDots) : nodes) {
    if (node.kind === 'separator') pieces.push([]);
    else pieces.at(-1)?.push(node);
  }
  return pieces.filter((piece) => piece.length > 0).map((piece) => ({ nodes: piece, tagged: piece.some(hasTag) }));
}

function atDots(node: InlineNodes[number]): InlineNodes {
  if (node.kind === 'section') return [{ ...node, children: node.children.flatMap(atDots) }];
  if (node.kind !== 'text' || !DOT.test(node.text)) return [node];
  return node.text
    .split(DOT)
    .flatMap((text, at): readonly InlineNode[] => [
      ...(at > 0 ? [{ kind: 'separator' } as const] : []),
      ...(text === '' ? [] : [{ kind: 'text', text } as const]),
    ]);
}

function hasTag(node: InlineNode | Section<InlineNode>): boolean {
  switch (node.kind) {
    case 'value':
    case 'markdown':
    case 'section':
      return true;
    case 'code':
      return node.leaf.some((part) => part.kind !== 'text');
    case 'link':
      return node.children.some(hasTag) || node.address.some((part) => part.kind !== 'text');
    case 'strong':
    case 'emphasis':
    case 'strike':
      return node.children.some(hasTag);
    default:
      return false;
  }
}
