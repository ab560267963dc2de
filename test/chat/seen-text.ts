import { isRecord } from '../../src/core/record.ts';

/** What is for programs and not for eyes. */
const UNSEEN = new Set([
  'url',
  'type',
  'style',
  'action_id',
  'block_id',
  'value',
  'custom_id',
  'options',
  'color',
  'timestamp',
  'metadata',
  'nonce',
  '$schema',
  'version',
  'contentType',
  'summary',
  'data',
  'verb',
  'size',
  'weight',
  'spacing',
  'width',
  'fallback',
]);

/** Every word of a platform's JSON that a person sees, without its marks. A field's `value` is seen, a button's is not. */
export function textOf(payload: unknown): string {
  const words: string[] = [];
  const visit = (value: unknown, key: string, parent?: Readonly<Record<string, unknown>>): void => {
    if (typeof value === 'string') {
      if (!UNSEEN.has(key) || (key === 'value' && typeof parent?.name === 'string')) words.push(value);
      return;
    }
    if (Array.isArray(value)) for (const child of value) visit(child, key, parent);
    else if (isRecord(value))
      for (const [name, child] of Object.entries(value))
        if (!UNSEEN.has(name) || typeof child === 'string') visit(child, name, value);
  };
  visit(payload, '');
  return words
    .join(' ')
    .replace(/[\\*`]/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}

/** The labels of the buttons and menus that ask Bellhop for something. */
export function labelsOfPresses(payload: unknown): readonly string[] {
  const labels: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const child of value) visit(child);
    if (!isRecord(value)) return;
    const label =
      value.label ??
      value.title ??
      (isRecord(value.text) ? value.text.text : undefined) ??
      (isRecord(value.placeholder) ? value.placeholder.text : value.placeholder);
    const presses =
      (typeof value.action_id === 'string' && !value.action_id.startsWith('bellhop_open')) ||
      typeof value.custom_id === 'string' ||
      value.type === 'Action.Execute' ||
      value.type === 'Action.Submit';
    if (presses && typeof label === 'string') labels.push(label);
    for (const child of Object.values(value)) visit(child);
  };
  visit(payload);
  return labels;
}
