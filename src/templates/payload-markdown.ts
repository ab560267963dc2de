import { blockNodes, flatText } from './block-nodes.ts';
import { inlineNodes } from './inline-nodes.ts';
import { cutMarkdown, lexBlocks, lexInline } from './markdown.ts';
import type { BlockNodes, InlineNodes } from './nodes.ts';
import type { Scope } from './scope.ts';
import { oneLine, textOf } from './value.ts';

const MAKING = { tags: [], strict: false, depth: 0, inLink: false } as const;

/** What a payload's Markdown says, as blocks without any tag; takes its length out of the scope's allowance. */
export function payloadBlocks(value: unknown, scope: Scope): BlockNodes {
  const source = allowed(textOf(value), scope);
  const tokens = lexBlocks(source, { indentedCode: true });
  return tokens === undefined ? flatText(source) : blockNodes(tokens, MAKING);
}

/** The same inside a line, on one line. */
export function payloadInline(value: unknown, scope: Scope, inLink: boolean): InlineNodes {
  const source = oneLine(allowed(textOf(value), scope)).trim();
  const tokens = lexInline(source);
  return tokens === undefined ? [{ kind: 'text', text: source }] : inlineNodes(tokens, { ...MAKING, inLink });
}

function allowed(source: string, scope: Scope): string {
  if (scope.markdown <= 1) return '';
  const cut = cutMarkdown(source, scope.markdown);
  scope.markdown -= cut.length;
  if (cut.trim() !== '') scope.filled += 1;
  return cut;
}
