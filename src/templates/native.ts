import { isRecord } from '../core/record.ts';
import { type Leaf, renderLeaf, toLeaf } from './leaf.ts';
import type { Scope } from './scope.ts';
import { type SourceFile, TemplateError } from './source-file.ts';
import { textOf } from './value.ts';

/** JSON for one platform whose strings are mustache. */
export type NativeNode =
  | { readonly kind: 'scalar'; readonly value: unknown }
  | { readonly kind: 'string'; readonly leaf: Leaf; readonly escape: boolean }
  | { readonly kind: 'list'; readonly items: readonly NativeNode[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: string, value: NativeNode])[] };

const MOST_BYTES = 100_000;

/** Prepares a native template; each string is rendered on its own, so that no value can change the JSON around it. Throws a TemplateError. */
export function compileNative(file: SourceFile, platform: string): NativeNode {
  let document: unknown;
  try {
    document = JSON.parse(file.text);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const [sentence = said] = said.split(/,? "|, \.\.\.| in JSON at/);
    throw new TemplateError(`this is not good JSON: ${sentence}`, brokenAt(file.text));
  }
  if (!isRecord(document)) throw new TemplateError('a native template is one JSON object', 0);
  return compileNode(document, { file, platform, key: '' });
}

/** The finished JSON. Throws with a sentence when it is larger than any platform takes. */
export function renderNative(node: NativeNode, scope: Scope): unknown {
  const rendered = renderNode(node, scope);
  const bytes = Buffer.byteLength(JSON.stringify(rendered));
  if (bytes > MOST_BYTES) throw new Error(`its JSON came to ${bytes} bytes; at most ${MOST_BYTES} can be sent`);
  return rendered;
}

/** Node does not always say where JSON breaks: it is where the shortest beginning ends that nothing can complete. */
function brokenAt(text: string): number {
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (canGoOn(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function canGoOn(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    const said = String(error);
    const [, position] = /at position (\d+)/.exec(said) ?? [];
    return /end of JSON|Unterminated/.test(said) || Number(position) >= beginning.length;
  }
}

interface Place {
  readonly file: SourceFile;
  readonly platform: string;
  /** The key the value stands under. */
  readonly key: string;
}

function compileNode(value: unknown, place: Place): NativeNode {
  if (typeof value === 'string') return compileString(value, place);
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => compileNode(item, place)) };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => [key, compileNode(inner, { ...place, key })] as const);
    return { kind: 'object', entries };
  }
  return { kind: 'scalar', value };
}

function compileString(text: string, { file, platform, key }: Place): NativeNode {
  try {
    return { kind: 'string', leaf: toLeaf(text), escape: platform === 'slack' && key === 'text' };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const written = JSON.stringify(text);
    throw new TemplateError(`${error.message} (in ${written.slice(0, 80)})`, Math.max(0, file.text.indexOf(written)));
  }
}

function renderNode(node: NativeNode, scope: Scope): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'string':
      return renderLeaf(node.leaf, scope, node.escape ? slackText : textOf);
    case 'list':
      return node.items.map((item) => renderNode(item, scope));
    case 'object':
      return Object.fromEntries(node.entries.map(([key, value]) => [key, renderNode(value, scope)]));
  }
}

/** In Slack's texts `<!channel>` calls everybody: https://docs.slack.dev/messaging/formatting-message-text#escaping */
const slackText = (value: unknown): string =>
  textOf(value).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
