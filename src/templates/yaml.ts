import { isMap, isScalar, parseDocument } from 'yaml';
import { TemplateError } from './source-file.ts';

/** The front matter of a file: from a first line `---` to the next one. */
export const FRONT_MATTER = /^---[ \t]*\n(?:[\s\S]*?\n)??---[ \t]*(?:\n|$)/;

/** A text in YAML and where it begins. */
export interface YamlText {
  readonly text: string;
  readonly offset: number;
}

/** A key with its text, or with the texts of its own keys. */
export interface YamlEntry {
  readonly key: string;
  readonly offset: number;
  readonly value: YamlText | readonly { readonly key: YamlText; readonly value: YamlText }[];
}

/** The entries of a document that holds texts only, to a depth of two. Throws a TemplateError at the first mistake of YAML. */
export function readYaml(source: string): {
  readonly entries: readonly YamlEntry[];
  readonly mistakes: readonly TemplateError[];
} {
  const document = parseDocument(source, { prettyErrors: false, strict: true });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const [said = 'it cannot be read'] = broken.message.split('\n');
    throw new TemplateError(`the front matter is not good YAML: ${said}; put quotes around a text`, broken.pos[0]);
  }
  const { contents } = document;
  if (contents === null) return { entries: [], mistakes: [] };
  if (!isMap(contents)) throw new TemplateError('the front matter is a list or a text; keys were expected', 0);
  const entries: YamlEntry[] = [];
  const mistakes: TemplateError[] = [];
  for (const pair of contents.items) {
    const key = yamlText(pair.key);
    if (key === undefined) {
      mistakes.push(new TemplateError('a key of the front matter is no text', offsetOf(pair.key)));
      continue;
    }
    const value = entryValue(pair.value, key, mistakes);
    if (value !== undefined) entries.push({ key: key.text, offset: key.offset, value });
  }
  return { entries, mistakes };
}

function entryValue(node: unknown, key: YamlText, mistakes: TemplateError[]): YamlEntry['value'] | undefined {
  if (node === null || (isScalar(node) && node.value === null)) return { text: '', offset: key.offset };
  const text = yamlText(node);
  if (text !== undefined) return text;
  // `title: {{title}}` is a YAML map whose key is a map.
  if (!isMap(node) || node.items.some((pair) => yamlText(pair.key) === undefined)) {
    mistakes.push(new TemplateError(`${key.text} is no text; put quotes around it: "{{…}}"`, offsetOf(node)));
    return undefined;
  }
  return node.items.flatMap((pair) => {
    const inner = yamlText(pair.key);
    if (inner === undefined) return [];
    if (pair.value === null || (isScalar(pair.value) && pair.value.value === null)) return [];
    const value = yamlText(pair.value);
    if (value !== undefined) return [{ key: inner, value }];
    mistakes.push(
      new TemplateError(`${key.text}.${inner.text} is no text; put quotes around it: "{{…}}"`, offsetOf(pair.value)),
    );
    return [];
  });
}

function yamlText(node: unknown): YamlText | undefined {
  if (!isScalar(node)) return undefined;
  const { value } = node;
  if (typeof value === 'string')
    return { text: value, offset: offsetOf(node) + (node.type?.startsWith('QUOTE') ? 1 : 0) };
  if (typeof value === 'number' || typeof value === 'boolean')
    return { text: node.source ?? String(value), offset: offsetOf(node) };
  return undefined;
}

function offsetOf(node: unknown): number {
  const { range } = (node ?? {}) as { range?: readonly number[] | null };
  return range?.[0] ?? 0;
}
