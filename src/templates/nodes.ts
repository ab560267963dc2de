import type { Leaf } from './leaf.ts';
import type { Name, Section } from './tags.ts';

/** A piece of running text, prepared. */
export type InlineNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly name: Name }
  /** The payload's own Markdown. */
  | { readonly kind: 'markdown'; readonly name: Name }
  | { readonly kind: 'strong' | 'emphasis' | 'strike'; readonly children: InlineNodes }
  | { readonly kind: 'code'; readonly leaf: Leaf }
  | { readonly kind: 'link'; readonly address: Leaf; readonly children: InlineNodes }
  | { readonly kind: 'break' }
  /** The dot between the pieces of a context line. */
  | { readonly kind: 'separator' };

export type InlineNodes = readonly (InlineNode | Section<InlineNode>)[];

/** The pieces of one line between its dots; one whose tags all come to nothing is left out with its dot. */
export type Line = readonly { readonly nodes: InlineNodes; readonly tagged: boolean }[];

export interface RowNode {
  readonly kind: 'row';
  readonly cells: readonly InlineNodes[];
}

/** A block, prepared. */
export type BlockNode =
  | { readonly kind: 'paragraph' | 'heading'; readonly children: InlineNodes }
  | { readonly kind: 'quote'; readonly children: BlockNodes }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly start: number; readonly items: readonly BlockNodes[] }
  | { readonly kind: 'code'; readonly leaf: Leaf; readonly language?: string }
  | {
      readonly kind: 'table';
      readonly header: readonly InlineNodes[];
      readonly rows: readonly (RowNode | Section<RowNode>)[];
    }
  | { readonly kind: 'rule' }
  /** The payload's own Markdown, alone in its paragraph. */
  | { readonly kind: 'markdown'; readonly name: Name };

export type BlockNodes = readonly (BlockNode | Section<BlockNode>)[];
