import { TONES } from '../core/message.ts';
import { didYouMean } from '../core/nearest.ts';
import type { Position, Problem } from '../core/problem.ts';
import { blockNodes } from './block-nodes.ts';
import { isEmoji } from './emoji.ts';
import { inlineNodes } from './inline-nodes.ts';
import { type Leaf, toLeaf } from './leaf.ts';
import { toLine } from './line.ts';
import { lexBlocks, lexInline } from './markdown.ts';
import type { BlockNodes, InlineNodes, Line } from './nodes.ts';
import { expandPartials, type FindPartial, PartialError, positionOf } from './partials.ts';
import { joined, locate, type Piece, positionAt, type SourceFile, TemplateError } from './source-file.ts';
import { standIn } from './stand-ins.ts';
import { FRONT_MATTER, readYaml, type YamlEntry, type YamlText } from './yaml.ts';

/** A template, ready to be rendered any number of times. */
export interface Template {
  readonly title?: Leaf;
  readonly emoji?: Leaf;
  readonly tone?: Leaf;
  readonly url?: Leaf;
  readonly fields: readonly { readonly name: Leaf; readonly value: Line }[];
  readonly buttons: readonly { readonly label: Leaf; readonly url: Leaf }[];
  readonly context: Line;
  readonly body: BlockNodes;
}

/** The template, or every mistake in it. */
export type Compiled =
  | { readonly template: Template; readonly problems?: never }
  | { readonly template?: never; readonly problems: readonly Problem[] };

const KEYS = ['title', 'emoji', 'tone', 'url', 'fields', 'buttons', 'context'] as const;

/** Reads a template's front matter and body. Never throws for what a template may hold. */
export function compileTemplate(file: SourceFile, find: FindPartial): Compiled {
  const problems: Problem[] = [];
  const matter = FRONT_MATTER.exec(file.text)?.[0] ?? '';
  const read = compiler(file, find, problems);
  const entries = matter === '' ? [] : read.entries(matter);
  const one = (key: string): YamlText | undefined => {
    const value = entries.find((entry) => entry.key === key)?.value;
    return value !== undefined && 'text' in value && value.text !== '' ? value : undefined;
  };
  const many = (key: string) => {
    const value = entries.find((entry) => entry.key === key)?.value;
    return value !== undefined && !('text' in value) ? value : [];
  };
  const [title, emoji, tone, url, context] = [one('title'), one('emoji'), one('tone'), one('url'), one('context')];
  const template: Template = {
    ...(title && { title: read.leaf(title) }),
    ...(emoji && { emoji: read.checked(emoji, isEmoji, 'emoji is one emoji character, never a :name:') }),
    ...(tone && { tone: read.checked(tone, isTone, `tone is one of ${TONES.join(', ')}`) }),
    ...(url && { url: read.leaf(url) }),
    fields: many('fields').map(({ key, value }) => ({ name: read.leaf(key), value: read.line(value, false) })),
    buttons: many('buttons').map(({ key, value }) => ({ label: read.leaf(key), url: read.leaf(value) })),
    context: context ? read.line(context, true) : [],
    body: read.body({ file, offset: matter.length, text: file.text.slice(matter.length) }),
  };
  return problems.length > 0 ? { problems } : { template };
}

const isTone = (text: string): boolean => TONES.some((tone) => tone === text);

/** The readers of one file's parts; each keeps its mistakes and goes on. */
function compiler(file: SourceFile, find: FindPartial, problems: Problem[]) {
  const keep = (message: string, position: Position | undefined): void => {
    problems.push({ path: [], message, ...(position && { position }) });
  };
  /** Runs over a piece with its partials put in. */
  const attempt = <Made>(piece: Piece, fallback: Made, make: (text: string) => Made): Made => {
    let pieces: readonly Piece[] = [piece];
    try {
      pieces = expandPartials(piece, find, [file.path]);
      return make(joined(pieces));
    } catch (error) {
      if (error instanceof PartialError) keep(error.message, positionOf(error));
      else if (error instanceof TemplateError) keep(error.message, locate(pieces, error.offset));
      else throw error;
      return fallback;
    }
  };
  const pieceOf = ({ text, offset }: YamlText): Piece => ({ file, text: text.replace(/\n/g, ' '), offset });
  const leaf = (text: YamlText): Leaf => attempt(pieceOf(text), [], toLeaf);
  return {
    leaf,
    checked(text: YamlText, allows: (text: string) => boolean, rule: string): Leaf {
      if (!text.text.includes('{{') && !allows(text.text.trim())) {
        keep(`${rule}; found "${text.text}"`, positionAt(file, text.offset));
        return [];
      }
      return leaf(text);
    },
    line: (text: YamlText, dots: boolean): Line => attempt(pieceOf(text), [], (line) => toLine(inlineOf(line), dots)),
    body: (piece: Piece): BlockNodes => attempt(piece, [], bodyOf),
    entries(matter: string): readonly YamlEntry[] {
      const start = matter.indexOf('\n') + 1;
      const source = matter.slice(start, matter.lastIndexOf('---'));
      const at = (offset: number): Position => positionAt(file, start + offset);
      const shift = (text: YamlText): YamlText => ({ text: text.text, offset: start + text.offset });
      try {
        const { entries, mistakes } = readYaml(source);
        for (const mistake of mistakes) keep(mistake.message, at(mistake.offset));
        for (const entry of entries) {
          const mistake = mistakeIn(entry);
          if (mistake !== undefined) keep(mistake, at(entry.offset));
        }
        return entries.map(({ key, offset, value }) => ({
          key,
          offset: start + offset,
          value:
            'text' in value ? shift(value) : value.map((pair) => ({ key: shift(pair.key), value: shift(pair.value) })),
        }));
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        keep(error.message, at(error.offset));
        return [];
      }
    },
  };
}

function mistakeIn({ key, value }: YamlEntry): string | undefined {
  if (!KEYS.some((known) => known === key))
    return `"${key}" is no key of the front matter${didYouMean(key, KEYS) || `; ${KEYS.join(', ')} were expected`}`;
  const wantsMap = key === 'fields' || key === 'buttons';
  if (wantsMap && 'text' in value && value.text !== '') return `${key} holds names, each with its text`;
  if (!wantsMap && !('text' in value)) return `${key} is one text; put quotes around it`;
  return undefined;
}

function inlineOf(text: string): InlineNodes {
  const { text: source, tags } = standIn(text);
  const tokens = lexInline(source);
  if (tokens === undefined) throw new TemplateError('this cannot be read as Markdown', 0);
  return inlineNodes(tokens, { tags, strict: true, depth: 0, inLink: false });
}

function bodyOf(text: string): BlockNodes {
  const { text: source, tags } = standIn(text);
  const tokens = lexBlocks(source, { indentedCode: false });
  if (tokens === undefined) throw new TemplateError('the body cannot be read as Markdown', 0);
  return blockNodes(tokens, { tags, strict: true, depth: 0, inLink: false });
}
