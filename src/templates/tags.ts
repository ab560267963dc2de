import mustache from 'mustache';
import { TemplateError } from './source-file.ts';

/** A name as it is looked up: `facts.commits` is two keys, `.` none. */
export type Name = readonly string[];

export type TagKind = 'value' | 'markdown' | 'section' | 'inverted' | 'close' | 'partial' | 'comment';

export interface Tag {
  readonly kind: TagKind;
  /** As it is written, without the braces and the sign. */
  readonly name: string;
  /** Where it stands in the text; `end` is one past its last brace. */
  readonly start: number;
  readonly end: number;
}

/** A piece of a text or tree that is repeated or left out. */
export interface Section<Item> {
  readonly kind: 'section';
  readonly name: Name;
  readonly inverted: boolean;
  readonly children: readonly (Item | Section<Item>)[];
}

const KINDS: Readonly<Record<string, TagKind>> = {
  name: 'value',
  '&': 'markdown',
  '#': 'section',
  '^': 'inverted',
  '>': 'partial',
  '!': 'comment',
};

type Token = readonly [type: string, value: string, start: number, end: number, nested?: unknown, closeStart?: number];

// The writer's own cache never forgets; what is parsed here is kept by whoever asked for it.
const writer = Object.assign(new mustache.Writer(), { templateCache: undefined });

/** Every tag of a mustache text, in order; sections are sure to be balanced. Throws a TemplateError. */
export function scanTags(text: string): readonly Tag[] {
  if (!text.includes('{{')) return [];
  return flatten(text, parse(text));
}

export const toName = (written: string): Name => (written === '.' ? [] : written.split('.'));

/** The tag as its author wrote it, for a sentence. */
export function showTag({ kind, name }: Pick<Tag, 'kind' | 'name'>): string {
  if (kind === 'markdown') return `{{{${name}}}}`;
  const sign = { value: '', section: '#', inverted: '^', close: '/', partial: '> ', comment: '!' }[kind];
  return `{{${sign}${name}}}`;
}

/** Puts what stands between an opening and its closing mark into a section. Throws where a section straddles this list. */
export function nestSections<Item>(flat: readonly (Item | Tag)[], isTag: (entry: Item | Tag) => entry is Tag) {
  const root: (Item | Section<Item>)[] = [];
  const open: { readonly tag: Tag; readonly children: (Item | Section<Item>)[] }[] = [];
  for (const entry of flat) {
    const children = open.at(-1)?.children ?? root;
    if (!isTag(entry)) {
      children.push(entry);
    } else if (entry.kind === 'close') {
      const { tag } = open.pop() ?? {};
      if (tag === undefined || tag.name !== entry.name) throw straddles(entry);
    } else {
      const section = { tag: entry, children: [] };
      open.push(section);
      children.push({
        kind: 'section',
        name: toName(entry.name),
        inverted: entry.kind === 'inverted',
        children: section.children,
      });
    }
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) throw straddles(unclosed.tag);
  return root;
}

const straddles = (tag: Tag): TemplateError =>
  new TemplateError(
    `${showTag(tag)} has its other end in another part of the message; open and close a section within one line's text, ` +
      'link, emphasis or table cell, or put both tags on lines of their own around whole paragraphs, list items or rows',
    tag.start,
  );

function parse(text: string): readonly Token[] {
  try {
    return writer.parse(text);
  } catch (error) {
    throw toTemplateError(text, error instanceof Error ? error.message : String(error));
  }
}

function flatten(text: string, tokens: readonly Token[]): readonly Tag[] {
  return tokens.flatMap(([type, name, start, end, nested, closeStart]): readonly Tag[] => {
    if (type === 'text') return [];
    if (type === '=') throw new TemplateError('a template cannot change its delimiters; write {{ and }}', start);
    const kind = KINDS[type] ?? 'comment';
    const tag: Tag = { kind, name, start, end };
    if (kind === 'comment') return [tag];
    checkName(tag);
    if (kind !== 'section' && kind !== 'inverted') return [tag];
    const close = closeStart ?? end;
    const inner = flatten(text, nested as readonly Token[]);
    return [tag, ...inner, { kind: 'close', name, start: close, end: text.indexOf('}}', close) + 2 }];
  });
}

function checkName(tag: Tag): void {
  if (tag.name === '') throw new TemplateError('a tag has no name; write {{name}}', tag.start);
  if (/\s/.test(tag.name)) throw new TemplateError(hasSpace(showTag(tag)), tag.start);
}

const hasSpace = (tag: string): string => `${tag} has a space in its name; mustache knows names only, no helpers`;

/** Mustache's own sentences end in an offset, and blame an unclosed section on the end of the file. */
function toTemplateError(text: string, message: string): TemplateError {
  const [, said = message, at = '0'] = /^(.*) at (\d+)$/s.exec(message) ?? [];
  const offset = Number(at);
  const [, unclosed] = /^Unclosed section "(.*)"$/s.exec(said) ?? [];
  if (unclosed !== undefined) {
    const opened = [...text.slice(0, offset).matchAll(/\{\{\s*[#^]\s*([^}]*?)\s*\}\}/g)].findLast(
      ([, name]) => name === unclosed,
    );
    if (/\s/.test(unclosed)) return new TemplateError(hasSpace(`{{#${unclosed}}}`), opened?.index ?? offset);
    return new TemplateError(
      `the section "${unclosed}" is not closed; write {{/${unclosed}}} after it`,
      opened?.index ?? offset,
    );
  }
  const [, unopened] = /^Unopened section "(.*)"$/s.exec(said) ?? [];
  if (unopened !== undefined) return new TemplateError(`{{/${unopened}}} closes a section that is not open`, offset);
  if (said === 'Unclosed tag')
    return new TemplateError('a tag is not closed; write }} after it', lastOpening(text, offset));
  return new TemplateError(said, offset);
}

function lastOpening(text: string, offset: number): number {
  const at = Math.max(0, text.lastIndexOf('{{', offset));
  return text.charAt(at - 1) === '{' ? at - 1 : at;
}
