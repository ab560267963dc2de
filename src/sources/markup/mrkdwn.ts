import { type Block, type Inline, inlineText } from '../../core/message.ts';
import { mrkdwnInlines } from './mrkdwn-inline.ts';

/** More than anybody reads in a chat; the rest of a longer text is left out. */
const LONGEST = 6_000;

/**
 * Slack's own markup as blocks: `*bold*`, `_italic_`, `~struck~`, code, `<address|words>`, quotes, and what people use for
 * lists. Calls to people and channels come out as words. Never throws, whatever is sent.
 */
export function mrkdwnBlocks(written: string): readonly Block[] {
  const clean = written.slice(0, LONGEST).replace(/\r\n?/g, '\n');
  return clean.split('```').flatMap((part, at) => (at % 2 === 1 ? codeBlock(part) : lineBlocks(part)));
}

/** The same as plain words in one line, for a title. */
export const mrkdwnLine = (written: string): string => inlineText(mrkdwnInlines(written.slice(0, LONGEST))).trim();

function codeBlock(part: string): readonly Block[] {
  const text = part
    .replace(/^\n+/, '')
    .trimEnd()
    .replace(/<([^<>|]{1,2000})(?:\|([^<>]{1,300}))?>/g, (_, target: string, label?: string) => label ?? target)
    .replace(/&(amp|lt|gt);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>' })[name] ?? '');
  return text === '' ? [] : [{ kind: 'code', text }];
}

type LineKind = 'text' | 'quote' | 'item' | 'heading' | 'rule';

interface Line {
  readonly kind: LineKind;
  readonly text: string;
}

function lineBlocks(part: string): readonly Block[] {
  const blocks: Block[] = [];
  let group: Line[] = [];
  const end = (): void => {
    const [first] = group;
    if (first !== undefined) blocks.push(blockOf(first.kind, group));
    group = [];
  };
  let quotesOn = false;
  for (const written of part.split('\n')) {
    // What follows `>>>` is quoted to the end.
    if (/^(?:>>>|&gt;&gt;&gt;)/.test(written)) quotesOn = true;
    const line = quotesOn
      ? { kind: 'quote' as const, text: written.replace(/^(?:>>>|&gt;&gt;&gt;) ?/, '') }
      : lineOf(written);
    const continues = group[0]?.kind === line.kind && line.kind !== 'heading' && line.kind !== 'rule';
    if (!continues || line.text.trim() === '') end();
    if (line.text.trim() !== '' || line.kind === 'rule') group.push(line);
  }
  end();
  return blocks;
}

/** `>` as a quote, `•` as a list, and the headings and lines of those who write Markdown. */
function lineOf(written: string): Line {
  const [, quoted] = /^(?:>|&gt;) ?(.*)$/.exec(written) ?? [];
  if (quoted !== undefined) return { kind: 'quote', text: quoted };
  if (/^\s*(?:-{3,}|_{3,}|={3,}|\*{3,})\s*$/.test(written)) return { kind: 'rule', text: '' };
  const [, item] = /^\s*(?:[•◦▪‣●○]|[-*](?= ))\s*(.*)$/.exec(written) ?? [];
  if (item !== undefined) return { kind: 'item', text: item };
  const [, heading] = /^#{1,6} (.*)$/.exec(written) ?? [];
  if (heading !== undefined) return { kind: 'heading', text: heading };
  return { kind: 'text', text: written };
}

function blockOf(kind: LineKind, lines: readonly Line[]): Block {
  switch (kind) {
    case 'rule':
      return { kind: 'rule' };
    case 'heading':
      return { kind: 'heading', children: joined(lines) };
    case 'quote':
      return { kind: 'quote', children: [{ kind: 'paragraph', children: joined(lines) }] };
    case 'item': {
      const items = lines.map(({ text }): readonly Block[] => [{ kind: 'paragraph', children: mrkdwnInlines(text) }]);
      return { kind: 'list', ordered: false, start: 1, items };
    }
    default:
      return { kind: 'paragraph', children: joined(lines) };
  }
}

const joined = (lines: readonly Line[]): readonly Inline[] =>
  lines.flatMap(({ text }, at) => [...(at > 0 ? [{ kind: 'break' as const }] : []), ...mrkdwnInlines(text)]);
