import type { Block, Inline } from '../../core/message.ts';
import { isRecord } from '../../core/record.ts';
import { safeLink } from '../../core/url.ts';
import { day } from '../human-time.ts';

const DEEPEST = 20;
const MOST_CHILDREN = 500;

/**
 * The blocks of an Atlassian document; none for what is no document. Never throws.
 * https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
 */
export function adfBlocks(document: unknown): readonly Block[] {
  return isRecord(document) && document.type === 'doc' ? blocksOf(document, 0) : [];
}

type Node = Readonly<Record<string, unknown>>;

const blocksOf = (node: Node, depth: number): readonly Block[] =>
  depth > DEEPEST ? [] : childrenOf(node).flatMap((child) => blockOf(child, depth + 1));

function blockOf(node: Node, depth: number): readonly Block[] {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return [{ kind: node.type, children: inlinesOf(node) }];
    case 'taskItem':
    case 'decisionItem':
      return [{ kind: 'paragraph', children: [boxOf(node), ...inlinesOf(node)] }];
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
    case 'decisionList':
      return list(node, depth);
    case 'codeBlock': {
      const text = childrenOf(node)
        .map((child) => textAt(child, 'text') ?? '')
        .join('');
      const language = attribute(node, 'language');
      return text === '' ? [] : [{ kind: 'code', text, ...(language !== undefined && { language }) }];
    }
    case 'blockquote':
      return [{ kind: 'quote', children: blocksOf(node, depth) }];
    case 'rule':
      return [{ kind: 'rule' }];
    case 'table':
      return table(node);
    case 'expand':
    case 'nestedExpand': {
      const text = attribute(node, 'title') ?? '';
      return [{ kind: 'heading', children: [{ kind: 'text', text }] }, ...blocksOf(node, depth)];
    }
    case 'blockCard':
    case 'embedCard':
      return [{ kind: 'paragraph', children: inlineOf(node) }];
    default:
      return blocksOf(node, depth);
  }
}

function list(node: Node, depth: number): readonly Block[] {
  const ordered = node.type === 'orderedList';
  const items = childrenOf(node).map((item) =>
    item.type === 'listItem' ? blocksOf(item, depth + 1) : blockOf(item, depth + 1),
  );
  const start = isRecord(node.attrs) && Number.isInteger(node.attrs.order) ? Number(node.attrs.order) : 1;
  return [{ kind: 'list', ordered, start: start >= 0 ? start : 1, items }];
}

function table(node: Node): readonly Block[] {
  const [header, ...rows] = childrenOf(node).map((row) =>
    childrenOf(row).map((cell) =>
      childrenOf(cell).flatMap((block, at): readonly Inline[] => [
        ...(at > 0 ? [{ kind: 'break' } as const] : []),
        ...inlinesOf(block),
      ]),
    ),
  );
  return header === undefined ? [] : [{ kind: 'table', header, rows }];
}

const inlinesOf = (node: Node): readonly Inline[] => childrenOf(node).flatMap(inlineOf);

function inlineOf(node: Node): readonly Inline[] {
  switch (node.type) {
    case 'text':
      return marked(textAt(node, 'text') ?? '', node.marks);
    case 'hardBreak':
      return [{ kind: 'break' }];
    case 'mention':
      return [{ kind: 'text', text: attribute(node, 'text') ?? '@somebody' }];
    case 'emoji':
      return [{ kind: 'text', text: attribute(node, 'text') ?? attribute(node, 'shortName') ?? '' }];
    case 'status':
      return [{ kind: 'strong', children: [{ kind: 'text', text: attribute(node, 'text') ?? '' }] }];
    case 'date': {
      const text = day(new Date(Number(attribute(node, 'timestamp') ?? Number.NaN)));
      return text === undefined ? [] : [{ kind: 'text', text }];
    }
    case 'inlineCard':
    case 'blockCard':
    case 'embedCard': {
      const url = safeLink(attribute(node, 'url') ?? '');
      return url === undefined ? [] : [{ kind: 'link', url, children: [{ kind: 'text', text: url }] }];
    }
    default:
      return [];
  }
}

function marked(text: string, marks: unknown): readonly Inline[] {
  const all = Array.isArray(marks) ? marks.slice(0, 8).filter(isRecord) : [];
  const isCode = all.some(({ type }) => type === 'code');
  return all.reduce<readonly Inline[]>(
    (children, mark) => {
      const kind = typeof mark.type === 'string' && Object.hasOwn(MARKS, mark.type) ? MARKS[mark.type] : undefined;
      if (kind !== undefined) return [{ kind, children }];
      const url = mark.type === 'link' ? safeLink(attribute(mark, 'href') ?? '') : undefined;
      return url === undefined ? children : [{ kind: 'link', url, children }];
    },
    [isCode ? { kind: 'code', text } : { kind: 'text', text }],
  );
}

const MARKS: Readonly<Record<string, 'strong' | 'emphasis' | 'strike'>> = {
  strong: 'strong',
  em: 'emphasis',
  strike: 'strike',
};

const boxOf = (node: Node): Inline => ({
  kind: 'text',
  text: node.type === 'taskItem' ? (attribute(node, 'state') === 'DONE' ? '☑ ' : '☐ ') : '',
});

const childrenOf = ({ content }: Node): readonly Node[] =>
  Array.isArray(content) ? content.slice(0, MOST_CHILDREN).filter(isRecord) : [];

const attribute = ({ attrs }: Node, name: string): string | undefined =>
  isRecord(attrs) ? textAt(attrs, name) : undefined;

function textAt(node: Node, name: string): string | undefined {
  const value = Object.hasOwn(node, name) ? node[name] : undefined;
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}
