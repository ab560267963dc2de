import type { Inline } from '../../core/message.ts';
import { safeLink, safeWebUrl } from '../../core/url.ts';
import { cleanText } from '../clean-text.ts';
import { URL_CHARS } from './limits.ts';

/** The one element whose text Teams takes literally: no Markdown, no mentions. All text from events goes here. */
export interface TextRun extends TextStyle {
  readonly type: 'TextRun';
  readonly text: string;
}

export interface TextStyle {
  readonly size?: 'Small' | 'Medium';
  readonly weight?: 'Bolder';
  readonly italic?: true;
  readonly strikethrough?: true;
  readonly fontType?: 'Monospace';
  readonly isSubtle?: true;
  readonly selectAction?: OpenUrl;
}

export interface OpenUrl {
  readonly type: 'Action.OpenUrl';
  readonly title?: string;
  readonly url: string;
}

/**
 * Running text as lines of runs. A link is its label, tappable, followed by the host it opens in parentheses, so that no
 * label can pass for another site; the host is left out where it is `ownHost` (the site the whole message is about) and
 * the label does not look like an address itself.
 */
export function toLines(
  inlines: readonly Inline[],
  style: TextStyle,
  ownHost: string | undefined,
): readonly (readonly TextRun[])[] {
  const lines: TextRun[][] = [[]];
  for (const inline of inlines) write(inline, style, { lines, ownHost });
  return lines;
}

/** Renderers replace these by a date, even in a TextRun. */
const MACRO = /\{(?=\{(?:DATE|TIME)\()/gi;

/** Text as a TextRun may hold it: nothing in it acts, hides or is broken. */
export const literal = (text: string): string => cleanText(text).replace(MACRO, '{\u200B');

/** The same on a single line. */
export const literalLine = (text: string): string => literal(text).replace(/\s+/g, ' ').trim();

/** An address as Teams may open it: http or https and not over long; undefined otherwise. */
export function openUrl(address: string | undefined): OpenUrl | undefined {
  const url = address === undefined ? undefined : safeWebUrl(address);
  return url === undefined || url.length > URL_CHARS ? undefined : { type: 'Action.OpenUrl', url };
}

interface Writing {
  readonly lines: TextRun[][];
  readonly ownHost: string | undefined;
}

function write(inline: Inline, style: TextStyle, writing: Writing): void {
  switch (inline.kind) {
    case 'text':
      put(inline.text, style, writing);
      break;
    case 'code':
      put(inline.text, { ...style, fontType: 'Monospace' }, writing);
      break;
    case 'break':
      writing.lines.push([]);
      break;
    case 'strong':
      writeAll(inline.children, { ...style, weight: 'Bolder' }, writing);
      break;
    case 'emphasis':
      writeAll(inline.children, { ...style, italic: true }, writing);
      break;
    case 'strike':
      writeAll(inline.children, { ...style, strikethrough: true }, writing);
      break;
    case 'link':
      writeLink(inline, style, writing);
      break;
  }
}

function writeAll(inlines: readonly Inline[], style: TextStyle, writing: Writing): void {
  for (const inline of inlines) write(inline, style, writing);
}

function put(text: string, style: TextStyle, { lines }: Writing): void {
  literal(text)
    .split('\n')
    .forEach((part, at) => {
      if (at > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ type: 'TextRun', text: part, ...style });
    });
}

function writeLink(link: Extract<Inline, { kind: 'link' }>, style: TextStyle, writing: Writing): void {
  const label: Writing = { lines: [[]], ownHost: writing.ownHost };
  const action = openUrl(link.url);
  writeAll(link.children, action === undefined ? style : { ...style, selectAction: action }, label);
  const shown = label.lines.flat().map((run) => run.text);
  // An address Teams cannot open (mailto) is named instead.
  const address = action?.url ?? safeLink(link.url) ?? link.url;
  if (shown.join('').trim() === '') {
    put(address, action ? { ...style, selectAction: action } : style, writing);
    return;
  }
  const suffix = destination(shown.join(''), { address, opens: action !== undefined, ownHost: writing.ownHost });
  label.lines.forEach((line, at) => {
    if (at > 0) writing.lines.push([]);
    writing.lines.at(-1)?.push(...line);
  });
  const line = writing.lines.findLast((candidate) => candidate.length > 0);
  const last = line?.pop();
  if (line && last) line.push({ ...last, text: last.text + suffix });
}

/** What follows a label so that the reader sees where it leads. Part of the label's own run: data never changes the structure. */
function destination(
  label: string,
  link: { readonly address: string; readonly opens: boolean; readonly ownHost: string | undefined },
): string {
  const bare = link.address.replace(/^mailto:/, '');
  if (label.trim() === link.address || label.trim() === bare) return '';
  if (!link.opens) return ` (${literalLine(bare)})`;
  const { host } = new URL(link.address);
  const looksLikeAddress = /[.\u3002\uFF0E\uFF61]|:\/\//.test(label);
  return host === link.ownHost && !looksLikeAddress ? '' : ` (${host})`;
}
