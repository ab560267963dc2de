import type { Inline } from '../core/message.ts';
import { safeLink } from '../core/url.ts';
import { renderLeaf, valueText } from './leaf.ts';
import type { InlineNodes, Line } from './nodes.ts';
import { payloadInline } from './payload-markdown.ts';
import { eachPass, lookUp, type Scope } from './scope.ts';
import { oneLine } from './value.ts';

/** A message's text in the making; a separator is the template's own, told apart from a dot in the data. */
type Piece = Inline | { readonly kind: 'separator' };

/** Running text of prepared nodes: white space in single spaces, empty pieces left out. */
export function walkInline(nodes: InlineNodes, scope: Scope): readonly Inline[] {
  return inlinesOnly(trimmed(walk(nodes, scope, false)));
}

/** A field's value or a context line: one line, without the pieces whose tags all come to nothing. */
export function walkLine(line: Line, scope: Scope): readonly Inline[] {
  const shown: Inline[] = [];
  for (const { nodes, tagged } of line) {
    const before = scope.filled;
    const pieces = walk(nodes, scope, false);
    if (tagged && scope.filled === before) continue;
    for (const piece of atSeparators(pieces)) {
      if (shown.length > 0) pushText(shown, ' · ');
      for (const inline of piece) push(shown, inline);
    }
  }
  return shown;
}

/** What stands between the separators that a section put in, without what is empty. */
function atSeparators(pieces: readonly Piece[]): readonly (readonly Inline[])[] {
  const groups: Inline[][] = [[]];
  for (const piece of pieces) {
    if (piece.kind === 'separator') groups.push([]);
    else groups.at(-1)?.push(piece.kind === 'break' ? { kind: 'text', text: ' ' } : piece);
  }
  return groups.map((group) => inlinesOnly(trimmed(group))).filter((group) => !isBlank(group));
}

function walk(nodes: InlineNodes, scope: Scope, inLink: boolean): Piece[] {
  const out: Piece[] = [];
  const run = (list: InlineNodes): void => {
    for (const node of list) {
      switch (node.kind) {
        case 'text':
          pushText(out, node.text);
          break;
        case 'value':
          pushText(out, valueText(node, scope));
          break;
        case 'markdown':
          for (const inline of inlinesOnly(walk(payloadInline(lookUp(scope, node.name), scope, inLink), scope, inLink)))
            push(out, inline);
          break;
        case 'section':
          eachPass(scope, node, run);
          break;
        case 'code': {
          const text = oneLine(renderLeaf(node.leaf, scope)).trim();
          if (text !== '') out.push({ kind: 'code', text });
          break;
        }
        case 'link':
          for (const inline of link(node, scope)) push(out, inline);
          break;
        case 'break':
        case 'separator':
          out.push(node);
          break;
        default: {
          const children = inlinesOnly(walk(node.children, scope, inLink));
          if (!isBlank(children)) out.push({ kind: node.kind, children });
        }
      }
    }
  };
  run(nodes);
  return out;
}

function link(node: Extract<InlineNodes[number], { kind: 'link' }>, scope: Scope): readonly Inline[] {
  const url = safeLink(renderLeaf(node.address, scope));
  const children = inlinesOnly(walk(node.children, scope, true));
  if (url === undefined || isBlank(children)) return children;
  return [{ kind: 'link', url, children }];
}

function push(out: Piece[] | Inline[], inline: Inline): void {
  if (inline.kind === 'text') pushText(out, inline.text);
  else out.push(inline);
}

/** Joins neighbouring texts, so that a tree has the same shape however many tags a line has. */
function pushText(out: Piece[] | Inline[], text: string): void {
  if (text === '') return;
  const last = out.at(-1);
  const line = oneLine(text);
  if (last?.kind !== 'text') out.push({ kind: 'text', text: line });
  else if (last.text.endsWith(' ')) out[out.length - 1] = { kind: 'text', text: last.text + line.replace(/^ /, '') };
  else out[out.length - 1] = { kind: 'text', text: last.text + line };
}

/** Without white space or breaks at its ends and around its breaks, and without a break after a break. */
function trimmed(pieces: readonly Piece[]): readonly Piece[] {
  const kept: Piece[] = [];
  pieces.forEach((piece, at) => {
    const before = kept.at(-1);
    const afterBreak = before === undefined || before.kind === 'break';
    if (piece.kind === 'break') {
      if (!afterBreak) kept.push(piece);
    } else if (piece.kind === 'text') {
      const next = pieces[at + 1];
      const beforeBreak = next === undefined || next.kind === 'break';
      const left = afterBreak ? piece.text.trimStart() : piece.text;
      const text = beforeBreak ? left.trimEnd() : left;
      if (text !== '') kept.push(text === piece.text ? piece : { kind: 'text', text });
    } else {
      kept.push(piece);
    }
  });
  if (kept.at(-1)?.kind === 'break') kept.pop();
  return kept;
}

const inlinesOnly = (pieces: readonly Piece[]): readonly Inline[] =>
  pieces.map((piece): Inline => (piece.kind === 'separator' ? { kind: 'text', text: '·' } : piece));

export const isBlank = (inlines: readonly Inline[]): boolean =>
  inlines.every((inline) => inline.kind === 'break' || (inline.kind === 'text' && inline.text.trim() === ''));
