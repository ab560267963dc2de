import type { MarkedToken } from 'marked';
import { decodeEntities } from './entities.ts';
import { tagText } from './html.ts';
import { isTag, type Leaf, type LeafPart, leafPart } from './leaf.ts';
import type { InlineNode, InlineNodes } from './nodes.ts';
import { TemplateError } from './source-file.ts';
import { splitStandIns, tagOf } from './stand-ins.ts';
import { nestSections, type Tag, toName } from './tags.ts';
import { clean } from './value.ts';

/** Where Markdown's tokens are being turned into nodes. */
export interface Making {
  /** What the stand-ins mean; empty for a payload's Markdown. */
  readonly tags: readonly Tag[];
  /** A template: its author is told what it cannot hold. */
  readonly strict: boolean;
  readonly depth: number;
  readonly inLink: boolean;
}

/** A payload's Markdown nests no deeper; what does is flat text. */
export const DEEPEST = 12;

/** Nodes of running text; sections must open and close in the same run. */
export const inlineNodes = (tokens: readonly MarkedToken[], making: Making): InlineNodes =>
  nestSections<InlineNode>(
    tokens.flatMap((token) => flatNodes(token, making)),
    isTag,
  );

/** A string with stand-ins, as a leaf. */
export function leafOf(text: string, tags: readonly Tag[]): Leaf {
  const flat = splitStandIns(text, tags).map((part): LeafPart | Tag => {
    const tag = tagOf(part, tags);
    return tag === undefined ? { kind: 'text', text: part } : leafPart(tag);
  });
  return nestSections<LeafPart>(flat, isTag);
}

function flatNodes(token: MarkedToken, making: Making): readonly (InlineNode | Tag)[] {
  switch (token.type) {
    case 'text':
      if (token.tokens !== undefined)
        return (token.tokens as MarkedToken[]).flatMap((inner) => flatNodes(inner, making));
      return textNodes(token.escaped === true ? token.text : decodeEntities(token.text), making);
    case 'escape':
      return textNodes(token.text, making);
    case 'strong':
    case 'em':
    case 'del':
      return marked(token, making);
    case 'codespan':
      return [{ kind: 'code', leaf: leafOf(token.text.replaceAll('\n', ' '), making.tags) }];
    case 'br':
      return [{ kind: 'break' }];
    case 'checkbox':
      return [{ kind: 'text', text: token.checked ? '☑ ' : '☐ ' }];
    case 'link':
      return link(token.autolink ? token.href : decodeEntities(token.href), token.tokens as MarkedToken[], making);
    case 'image':
      return image(token.href, token.text, making);
    case 'html':
      return htmlNodes(token.raw, making);
    default:
      return textNodes('raw' in token ? token.raw : '', making);
  }
}

/** Literal text between tags; a new line stays one, in a template as in a payload: chats do not join lines. */
function textNodes(text: string, { tags }: Making): readonly (InlineNode | Tag)[] {
  return splitStandIns(text, tags).flatMap((part): readonly (InlineNode | Tag)[] => {
    const tag = tagOf(part, tags);
    if (tag?.kind === 'value' || tag?.kind === 'markdown')
      return [{ kind: tag.kind, name: toName(tag.name) } as InlineNode];
    if (tag !== undefined) return [tag];
    // The tokenizer reads numeric references itself, and they can spell what `clean` took out of the source.
    return clean(part)
      .split(/[ \t]*\n[ \t]*/)
      .flatMap((line, at): readonly InlineNode[] => [
        ...(at > 0 ? [{ kind: 'break' } as const] : []),
        ...(line === '' ? [] : [{ kind: 'text', text: line } as const]),
      ]);
  });
}

function marked(token: Extract<MarkedToken, { type: 'strong' | 'em' | 'del' }>, making: Making) {
  const tokens = token.tokens as MarkedToken[];
  if (making.depth >= DEEPEST) return textNodes(decodeEntities(token.text), making);
  const kind = token.type === 'em' ? 'emphasis' : token.type === 'del' ? 'strike' : 'strong';
  return [{ kind, children: inlineNodes(tokens, { ...making, depth: making.depth + 1 }) } as const];
}

/** A link within a link is its text alone: what would open is not what the outer one shows. */
function link(address: string, tokens: readonly MarkedToken[], making: Making): readonly (InlineNode | Tag)[] {
  if (making.inLink) return tokens.flatMap((inner) => flatNodes(inner, making));
  const children = inlineNodes(tokens, { ...making, inLink: true });
  return [{ kind: 'link', address: leafOf(address, making.tags), children }];
}

/** Chats show no pictures from strangers: a link with the picture's text. */
function image(address: string, alt: string, making: Making): readonly (InlineNode | Tag)[] {
  const shown = decodeEntities(alt).trim() || 'image';
  if (making.inLink) return textNodes(shown, making);
  const children = nestSections<InlineNode>(textNodes(shown, making), isTag);
  return [{ kind: 'link', address: leafOf(decodeEntities(address), making.tags), children }];
}

function htmlNodes(raw: string, making: Making): readonly (InlineNode | Tag)[] {
  refuseHtml(raw, making);
  const text = tagText(raw);
  return text === '\n' ? [{ kind: 'break' }] : textNodes(text, { ...making, tags: [] });
}

/** An author who writes HTML is told so; from a payload it is dropped without a word. */
export function refuseHtml(raw: string, { strict, tags }: Making): void {
  if (!strict || raw.trimStart().startsWith('<!--') || /^<br\b/i.test(raw)) return;
  const near = splitStandIns(raw, tags)
    .map((part) => tagOf(part, tags))
    .find((tag) => tag !== undefined);
  const shown = splitStandIns(raw.trim().slice(0, 60), tags)
    .map((part) => (tagOf(part, tags) === undefined ? part : '{{…}}'))
    .join('');
  throw new TemplateError(`HTML has no meaning in a message: ${shown}; write Markdown`, near?.start ?? 0);
}
