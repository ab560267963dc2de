import type { Inline } from '../../core/message.ts';
import { safeLink } from '../../core/url.ts';

/** Running text of wiki markup, one line. */
export const wikiInlines = (text: string): readonly Inline[] => inlinesOf(text, new Set());

type Mark = 'strong' | 'emphasis' | 'strike' | 'cite';

const MARKS: Readonly<Record<string, Mark | undefined>> = { '*': 'strong', _: 'emphasis', '-': 'strike' };

/** What means something at this place of a line, most particular first. */
const TOKENS: readonly (readonly [pattern: RegExp, read: (found: RegExpExecArray) => readonly Inline[]])[] = [
  [/\\\\(?:\s|$)|\\\\/y, () => [{ kind: 'break' }]],
  [/\\([\\*_\-{}[\]!|^~+?#])/y, ([, character = '']) => literal(character)],
  [/\{\{(.{1,500}?)\}\}/y, ([, code = '']) => [{ kind: 'code', text: code }]],
  [/\[([^[\]\n]{1,2000})\]/y, ([whole, inner = '']) => bracket(inner, whole)],
  // A picture: its options may say how large it is, and its address may lie elsewhere.
  [/!(?=\S)[^!\s|]{1,300}\.[A-Za-z]{2,5}(?:\|[^!\n]{0,200})?!/y, () => []],
  [/\{color(?::[^{}\n]{0,30})?\}|\{anchor(?::[^{}\n]{0,100})?\}/y, () => []],
  [/\((\/|x|!|\?|i|y|n|on|off|\*)\)/y, ([whole, name = '']) => literal(SIGNS[name] ?? whole)],
  // So that an address is no markup: marks in it belong to it.
  [/https?:\/\/[^\s|[\]{}<>]{1,2000}/y, ([address]) => literal(address)],
  [/(?<=\s)---(?=\s)/y, () => literal('—')],
  [/(?<=\s)--(?=\s)/y, () => literal('–')],
];

const SIGNS: Readonly<Record<string, string>> = {
  '/': '✅',
  x: '❌',
  '!': '⚠️',
  '?': '❓',
  i: 'ℹ️',
  y: '👍',
  n: '👎',
  on: '💡',
  '*': '⭐',
};

const literal = (text: string): readonly Inline[] => [{ kind: 'text', text }];

function inlinesOf(text: string, open: ReadonlySet<Mark>): readonly Inline[] {
  const inlines: Inline[] = [];
  /** Marks that nothing closes from here on: each is looked for once, so that a line costs what it is long. */
  const unclosed = new Set<string>();
  let plain = '';
  const put = (...more: readonly Inline[]): void => {
    if (plain !== '') inlines.push({ kind: 'text', text: plain });
    plain = '';
    inlines.push(...more);
  };
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at);
    const mark = token === undefined ? markAt(text, at, { open, unclosed }) : undefined;
    if (token !== undefined) put(...token.inlines);
    else if (mark !== undefined)
      put({ kind: mark.kind, children: inlinesOf(mark.inner, new Set([...open, mark.kind])) });
    else plain += text.charAt(at);
    at += token?.length ?? mark?.length ?? 1;
  }
  put();
  return inlines;
}

function tokenAt(
  text: string,
  at: number,
): { readonly inlines: readonly Inline[]; readonly length: number } | undefined {
  if (!STARTS.has(text.charAt(at))) return undefined;
  for (const [pattern, read] of TOKENS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) return { inlines: read(found), length: found[0].length };
  }
  return undefined;
}

const STARTS: ReadonlySet<string> = new Set('\\{[!(h-');

interface Open {
  readonly open: ReadonlySet<Mark>;
  readonly unclosed: Set<string>;
}

/** `*bold*` between words, `{*}bold{*}` within them. */
function markAt(text: string, at: number, { open, unclosed }: Open) {
  const isBraced = text.charAt(at) === '{' && text.charAt(at + 2) === '}';
  const character = text.charAt(isBraced ? at + 1 : at);
  const kind = Object.hasOwn(MARKS, character) ? MARKS[character] : undefined;
  if (kind === undefined || kind === 'cite' || open.has(kind)) return undefined;
  const opening = isBraced ? `{${character}}` : character;
  if (unclosed.has(opening)) return undefined;
  const start = at + opening.length;
  if (!isBraced && (!isEdge(text.charAt(at - 1)) || /^$|[\s*_-]/.test(text.charAt(start)))) return undefined;
  for (let end = text.indexOf(opening, start + 1); end >= 0; end = text.indexOf(opening, end + 1)) {
    const closes = isBraced || (isEdge(text.charAt(end + 1)) && !/\s/.test(text.charAt(end - 1)));
    if (closes) return { kind, inner: text.slice(start, end), length: end + opening.length - at };
  }
  unclosed.add(opening);
  return undefined;
}

/** The beginning or end of a line, white space or punctuation. */
const isEdge = (character: string): boolean => character === '' || /[\s\p{P}\p{S}]/u.test(character);

/** `[text|address]`, `[address]`, `[~somebody]`; what names an attachment or a place on the page is its text. */
function bracket(inner: string, whole: string): readonly Inline[] {
  const [first = '', second] = inner.split('|');
  if (first.startsWith('~')) return literal(first.startsWith('~accountid:') ? '@somebody' : `@${first.slice(1)}`);
  const url = safeLink(second ?? first);
  if (url !== undefined)
    return [{ kind: 'link', url, children: literal(first === second ? url : first.trim() || url) }];
  if (second !== undefined) return inlinesOf(first, new Set());
  return literal(/^[\^#]/.test(first) ? first.slice(1) : whole);
}
