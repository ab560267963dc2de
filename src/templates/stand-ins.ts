import { TemplateError } from './source-file.ts';
import { scanTags, type Tag } from './tags.ts';

/** A body whose tags are single characters that Markdown takes for letters. */
export interface StoodIn {
  readonly text: string;
  /** What each character stands for, by its place from U+E000. */
  readonly tags: readonly Tag[];
}

/** A tag that opens or closes a section. */
export type SectionTag = Tag & { readonly kind: 'section' | 'inverted' | 'close' };

const FIRST = 0xe000;
// Markdown takes it for punctuation, and nobody writes it: it describes how a Chinese character is put together.
const PUNCTUATION = '\u2ff0';
const COMMENT = '\uf8ff';
const MOST_TAGS = 6_000;
const FENCE = /^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*(`{3,}|~{3,})/;
const PRIVATE = /[\ue000-\uf8ff]/g;

/**
 * Replaces every tag by a character of its own. A section's tag alone on its line becomes a paragraph of its own, which
 * ends what stands before it: so a section repeats whole blocks; among a table's rows it becomes a row of its own.
 */
export function standIn(text: string): StoodIn {
  const clean = text.replace(PRIVATE, '\ufffd').replaceAll(PUNCTUATION, '\ufffd');
  const all = scanTags(clean);
  const tags = all.filter(({ kind }) => kind !== 'comment');
  const beyond = tags[MOST_TAGS];
  if (beyond !== undefined) throw new TemplateError(`a template can have ${MOST_TAGS} tags at most`, beyond.start);
  return { tags, text: standAlone(dropComments(replaceTags(clean, all)), tags) };
}

/** The tag a character stands for. */
export const tagOf = (char: string, tags: readonly Tag[]): Tag | undefined => tags[char.charCodeAt(0) - FIRST];

export const isSectionTag = (tag: Tag | undefined): tag is SectionTag =>
  tag?.kind === 'section' || tag?.kind === 'inverted' || tag?.kind === 'close';

/** Literal text and stood-in characters, one after the other. */
export function splitStandIns(text: string, tags: readonly Tag[]): readonly string[] {
  if (tags.length === 0) return text === '' ? [] : [text];
  return text
    .replaceAll(PUNCTUATION, '')
    .split(/([\ue000-\uf8ff])/)
    .filter((part) => part !== '');
}

/** In a code block, a line with nothing but sections' tags is no line of the code. */
export function joinCodeLines(code: string, tags: readonly Tag[]): string {
  if (tags.length === 0) return code;
  return code.replace(/^[ \t]*([\ue000-\uf8ff][\ue000-\uf8ff \t]*)(?:\n|$)/gm, (line, marks: string) =>
    sectionMarks(marks, tags) === undefined ? line : marks.replace(/[ \t]/g, ''),
  );
}

function replaceTags(text: string, tags: readonly Tag[]): string {
  let replaced = '';
  let at = 0;
  let index = 0;
  for (const tag of tags) {
    replaced += text.slice(at, tag.start);
    replaced += tag.kind === 'comment' ? COMMENT : String.fromCharCode(FIRST + index++);
    at = tag.end;
  }
  return replaced + text.slice(at);
}

const dropComments = (text: string): string =>
  text.replace(/^[ \t]*\uf8ff[\uf8ff \t]*(?:\n|$)/gm, '').replaceAll(COMMENT, '');

/** A section's tag inside a line: `_x_` beside it would stay as it is, as between letters. */
const besidePunctuation = (line: string, tags: readonly Tag[]): string =>
  line.replace(PRIVATE, (char) => (isSectionTag(tagOf(char, tags)) ? PUNCTUATION + char + PUNCTUATION : char));

function standAlone(text: string, tags: readonly Tag[]): string {
  const lines: string[] = [];
  let fence: string | undefined;
  let inTable = false;
  // Whether each open section's tags are rows: a closing tag goes the way its opening one went.
  const rows: boolean[] = [];
  for (const line of text.split('\n')) {
    const [prefix = ''] = /^[\s>]*/.exec(line) ?? [];
    const marks = fence === undefined ? sectionMarks(line.slice(prefix.length), tags) : undefined;
    if (marks === undefined) {
      fence = nextFence(fence, line);
      inTable = fence === undefined && line.slice(prefix.length).startsWith('|');
      lines.push(fence === undefined ? besidePunctuation(line, tags) : line);
      continue;
    }
    for (const mark of marks) {
      const asRow = tagOf(mark, tags)?.kind === 'close' ? (rows.pop() ?? false) : inTable;
      if (tagOf(mark, tags)?.kind !== 'close') rows.push(asRow);
      inTable = asRow;
      lines.push(...(asRow ? [`${prefix}|${mark}|`] : [prefix.trimEnd(), prefix + mark, prefix.trimEnd()]));
    }
  }
  return lines.join('\n');
}

/** The marks of a line that holds nothing else. */
function sectionMarks(rest: string, tags: readonly Tag[]): readonly string[] | undefined {
  const marks = rest.split('').filter((char) => char.trim() !== '');
  return marks.length > 0 && marks.every((char) => isSectionTag(tagOf(char, tags))) ? marks : undefined;
}

function nextFence(open: string | undefined, line: string): string | undefined {
  const [, fence] = FENCE.exec(line) ?? [];
  if (open === undefined) return fence;
  const closes = fence?.startsWith(open) && /^[\s>]*[`~]+\s*$/.test(line);
  return closes ? undefined : open;
}
