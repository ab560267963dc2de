import type { Block, Inline } from '../../core/message.ts';

/** Text without any markup: an empty line begins a paragraph, and lines stay lines. */
export function textBlocks(text: string): readonly Block[] {
  return text
    .split(/\n[^\S\n]*\n\s*/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => ({ kind: 'paragraph', children: linesOf(paragraph.trim()) }));
}

function linesOf(text: string): readonly Inline[] {
  return text
    .split('\n')
    .flatMap((line, at): readonly Inline[] => [
      ...(at > 0 ? [{ kind: 'break' } as const] : []),
      { kind: 'text', text: line },
    ]);
}
