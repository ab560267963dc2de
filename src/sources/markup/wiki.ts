import type { Block, Inline } from '../../core/message.ts';
import { wikiInlines } from './wiki-inline.ts';
import { wikiTable } from './wiki-table.ts';

/** Longer texts are cut before they are read. */
const MAX_WIKI = 30_000;
const DEEPEST = 4;

/**
 * Atlassian's wiki text, as Jira writes it. Never throws, whatever is sent.
 * https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all
 */
export const wikiBlocks = (text: string): readonly Block[] => blocksOf(text.slice(0, MAX_WIKI), 0);

/** `{code:java}`, `{noformat}`, `{quote}`, `{panel:title=…}`: each ends with its own name. */
const MACRO = /\{(code|noformat|quote|panel|info|note|warning|tip|expand)((?::[^{}\n]{0,300})?)\}/gi;

function blocksOf(text: string, depth: number): readonly Block[] {
  if (depth > DEEPEST) return lineBlocks(text);
  const blocks: Block[] = [];
  const unclosed = new Set<string>();
  let at = 0;
  for (const { 0: opening, 1: written = '', 2: options = '', index } of text.matchAll(MACRO)) {
    const name = written.toLowerCase();
    if (index < at || unclosed.has(name)) continue;
    const start = index + opening.length;
    const end = closingOf(text, written, start);
    if (end === undefined) {
      unclosed.add(name);
      continue;
    }
    blocks.push(...lineBlocks(text.slice(at, index)), ...macroBlocks(name, options, text.slice(start, end), depth));
    at = end + name.length + 2;
  }
  return [...blocks, ...lineBlocks(text.slice(at))];
}

function closingOf(text: string, name: string, from: number): number | undefined {
  const end = text.indexOf(`{${name}}`, from);
  return end < 0 ? undefined : end;
}

function macroBlocks(name: string, options: string, text: string, depth: number): readonly Block[] {
  switch (name) {
    case 'code': {
      const [, language] = /^:(?:language=)?([\w+#.-]{1,40})(?:\||$)/i.exec(options) ?? [];
      return [{ kind: 'code', text, ...(language !== undefined && { language }) }];
    }
    case 'noformat':
      return [{ kind: 'code', text }];
    case 'quote':
      return [{ kind: 'quote', children: blocksOf(text, depth + 1) }];
    default: {
      const [, title] = /[:|](?:title=)?([^|=]+)(?:\||$)/i.exec(options) ?? [];
      return [...(title === undefined ? [] : [heading(title)]), ...blocksOf(text, depth + 1)];
    }
  }
}

const heading = (text: string): Block => ({ kind: 'heading', children: wikiInlines(text.trim()) });

const HEADING = /^\s*h[1-6]\.\s+(.*)$/;
const QUOTE = /^\s*bq\.\s+(.*)$/;
const ITEM = /^\s*([*#]{1,10}|-)\s+(.*)$/;
const RULE = /^\s*-{4,5}\s*$/;
const ROW = /^\s*\|.*\|?\s*$/;

function lineBlocks(text: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    const [, title] = HEADING.exec(line) ?? [];
    const [, quoted] = QUOTE.exec(line) ?? [];
    const kind = kindOf(line);
    // Lines of one kind are one block.
    const run = ALONE.has(kind) ? [line] : takeWhile(lines, at, (next) => kindOf(next) === kind);
    at += run.length;
    if (title !== undefined) blocks.push(heading(title));
    else if (quoted !== undefined) blocks.push({ kind: 'quote', children: [paragraph([quoted])] });
    else if (kind === 'rule') blocks.push({ kind: 'rule' });
    else if (kind === 'item') blocks.push(...lists(run.map(toItem), 1));
    else if (kind === 'row') blocks.push(wikiTable(run));
    else if (kind === 'text') blocks.push(paragraph(run));
  }
  return blocks;
}

type Kind = 'heading' | 'quote' | 'rule' | 'item' | 'row' | 'empty' | 'text';

const ALONE: ReadonlySet<Kind> = new Set(['heading', 'quote', 'rule']);

function kindOf(line: string): Kind {
  if (line.trim() === '') return 'empty';
  if (HEADING.test(line)) return 'heading';
  if (QUOTE.test(line)) return 'quote';
  if (RULE.test(line)) return 'rule';
  if (ITEM.test(line)) return 'item';
  return ROW.test(line) ? 'row' : 'text';
}

function takeWhile(lines: readonly string[], from: number, fits: (line: string) => boolean): readonly string[] {
  let end = from + 1;
  while (end < lines.length && fits(lines[end] ?? '')) end += 1;
  return lines.slice(from, end);
}

function paragraph(lines: readonly string[]): Block {
  const children = lines.flatMap((line, at): readonly Inline[] => [
    ...(at > 0 ? [{ kind: 'break' } as const] : []),
    ...wikiInlines(line.trim()),
  ]);
  return { kind: 'paragraph', children };
}

interface Item {
  /** `*`, `**`, `*#`: its length is its depth, its last character its kind. */
  readonly marker: string;
  readonly text: string;
}

function toItem(line: string): Item {
  const [, marker = '*', text = ''] = ITEM.exec(line) ?? [];
  return { marker, text };
}

/** Items of one depth, each with the deeper ones below it. */
function lists(items: readonly Item[], depth: number): readonly Block[] {
  const made: { readonly ordered: boolean; readonly items: (readonly Block[])[] }[] = [];
  for (let at = 0; at < items.length; ) {
    const item = items[at] ?? { marker: '*', text: '' };
    let end = at + 1;
    while (end < items.length && (items[end]?.marker.length ?? 0) > depth) end += 1;
    const ordered = item.marker.charAt(depth - 1) === '#';
    const isDeeper = item.marker.length > depth;
    const below = lists(isDeeper ? items.slice(at, end) : items.slice(at + 1, end), depth + 1);
    const last = made.at(-1);
    const list = last?.ordered === ordered ? last : { ordered, items: [] };
    if (list !== last) made.push(list);
    list.items.push(isDeeper ? below : [paragraph([item.text]), ...below]);
    at = end;
  }
  return made.map((list) => ({ kind: 'list', start: 1, ...list }));
}
