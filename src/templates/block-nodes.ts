import type { MarkedToken, Tokens } from 'marked';
import { decodeEntities } from './entities.ts';
import { htmlLines } from './html.ts';
import { DEEPEST, inlineNodes, leafOf, type Making, refuseHtml } from './inline-nodes.ts';
import { isTag } from './leaf.ts';
import type { BlockNode, BlockNodes, InlineNode, RowNode } from './nodes.ts';
import { isSectionTag, joinCodeLines, splitStandIns, tagOf } from './stand-ins.ts';
import { nestSections, type Tag, toName } from './tags.ts';

/** Nodes of a run of blocks; a section must open and close in the same run. */
export const blockNodes = (tokens: readonly MarkedToken[], making: Making): BlockNodes =>
  nestSections<BlockNode>(
    tokens.flatMap((token) => flatBlocks(token, making)),
    isTag,
  );

function flatBlocks(token: MarkedToken, making: Making): readonly (BlockNode | Tag)[] {
  switch (token.type) {
    case 'paragraph':
    case 'text':
      return paragraph(token, making);
    case 'heading':
      return [{ kind: 'heading', children: inlineNodes(token.tokens as MarkedToken[], making) }];
    case 'blockquote':
      if (making.depth >= DEEPEST) return flatText(token.text);
      return [{ kind: 'quote', children: blockNodes(token.tokens as MarkedToken[], deeper(making)) }];
    case 'list':
      return making.depth >= DEEPEST ? flatText(token.raw) : [list(token, deeper(making))];
    case 'code':
      return [code(token, making)];
    case 'table':
      return [table(token, making)];
    case 'hr':
      return [{ kind: 'rule' }];
    case 'html':
      refuseHtml(token.raw, making);
      return making.strict ? [] : flatText(htmlLines(token.text).join('\n'));
    default:
      return [];
  }
}

/** Sections' tags alone are those tags; the payload's Markdown alone, or in sections, is blocks; all else is running text. */
function paragraph(token: Tokens.Paragraph | Tokens.Text, making: Making): readonly (BlockNode | Tag)[] {
  return (
    onlyTags(token.text, making.tags) ?? [
      {
        kind: 'paragraph',
        children: inlineNodes(inner(token), making),
      },
    ]
  );
}

function onlyTags(text: string, tags: readonly Tag[]): readonly (BlockNode | Tag)[] | undefined {
  const alone = splitStandIns(text.trim(), tags).map((part): BlockNode | Tag | undefined => {
    const tag = tagOf(part, tags);
    if (tag?.kind === 'markdown') return { kind: 'markdown', name: toName(tag.name) };
    return isSectionTag(tag) ? tag : undefined;
  });
  const blocks = alone.filter((entry) => entry !== undefined);
  const markdowns = blocks.filter(({ kind }) => kind === 'markdown').length;
  return blocks.length > 0 && blocks.length === alone.length && markdowns < 2 ? blocks : undefined;
}

const inner = (token: Tokens.Paragraph | Tokens.Text): readonly MarkedToken[] =>
  (token.tokens as MarkedToken[] | undefined) ?? [{ type: 'text', raw: token.raw, text: token.text }];

function list(token: Tokens.List, making: Making): BlockNode {
  return {
    kind: 'list',
    ordered: token.ordered,
    start: token.start === '' ? 1 : token.start,
    items: token.items.map((item) => blockNodes(withBox(item.tokens as MarkedToken[]), making)),
  };
}

/** In a tight list the box of a task stands before its text, as a block of its own. */
function withBox(tokens: readonly MarkedToken[]): readonly MarkedToken[] {
  const [box, first, ...rest] = tokens;
  if (box?.type !== 'checkbox') return tokens;
  if (first?.type !== 'text' && first?.type !== 'paragraph')
    return [{ type: 'paragraph', raw: '', text: '', tokens: [box] }, ...tokens.slice(1)];
  return [{ type: 'paragraph', raw: first.raw, text: box.raw + first.text, tokens: [box, ...inner(first)] }, ...rest];
}

function code(token: Tokens.Code, { tags }: Making): BlockNode {
  const [language] = /^[\w+#.-]{1,40}/.exec(token.lang ?? '') ?? [];
  return {
    kind: 'code',
    leaf: leafOf(joinCodeLines(token.text, tags), tags),
    ...(language !== undefined && { language }),
  };
}

function table(token: Tokens.Table, making: Making): BlockNode {
  const cells = (row: readonly Tokens.TableCell[]) =>
    row.map((cell) => inlineNodes(cell.tokens as MarkedToken[], making));
  const rows = token.rows.map((row): RowNode | Tag => {
    const tag = tagOf(row[0]?.text.trim() ?? '', making.tags);
    const alone = row[0]?.text.trim().length === 1 && row.slice(1).every(({ text }) => text.trim() === '');
    return alone && isSectionTag(tag) ? tag : { kind: 'row', cells: cells(row) };
  });
  return { kind: 'table', header: cells(token.header), rows: nestSections<RowNode>(rows, isTag) };
}

/** A paragraph of literal lines. */
export function flatText(text: string): readonly BlockNode[] {
  const children = decodeEntities(text)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line, at): readonly InlineNode[] => [
      ...(at > 0 ? [{ kind: 'break' } as const] : []),
      { kind: 'text', text: line.trim() },
    ]);
  return children.length === 0 ? [] : [{ kind: 'paragraph', children }];
}

const deeper = (making: Making): Making => ({ ...making, depth: making.depth + 1 });
