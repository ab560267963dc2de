import { hostLeaf, nameLeaf, sentenceLeaf, textLeaf } from './leaf-roles.ts';
import type { Leaf } from './leaves.ts';
import { oneLine } from './one-line.ts';
import { plainText } from './plain-text.ts';

export interface Known {
  readonly leaves: readonly Leaf[];
  readonly event: string | undefined;
  readonly state: string | undefined;
  readonly payload: unknown;
  readonly source: string;
}

/** What a document says in words. */
export interface Words {
  readonly title: string;
  /** What follows the title, several lines kept. */
  readonly text: string | undefined;
  /** The leaf that the title was made of. */
  readonly titled: Leaf | undefined;
  /** The leaf that the text was made of, where it is another one. */
  readonly below: Leaf | undefined;
  /** Every leaf that title and text have said already. */
  readonly said: readonly Leaf[];
}

/** The title and the text below it, of what reads like them. */
export function wordsOf(known: Known): Words {
  const { leaves } = known;
  const sentence = sentenceLeaf(leaves);
  const titled = sentence ?? nameLeaf(leaves);
  const title = sentence === undefined ? titleByName(known, titled) : titleBySentence(known, sentence);
  const more = restOf(sentence);
  const below = more === undefined ? textLeaf(leaves.filter((leaf) => leaf !== titled)) : undefined;
  const told = below === undefined ? undefined : plainText(below.text, MAX_TEXT);
  const isNew = told !== undefined && !title.includes(oneLine(told));
  return {
    title,
    text: more ?? (isNew ? told : undefined),
    titled,
    below: isNew ? below : undefined,
    said: [titled, below].filter((leaf) => leaf !== undefined),
  };
}

/**
 * A sentence of something within the document does not say what happened to it, and takes the event along; a single word
 * says as little, and takes the name along where there is one.
 */
function titleBySentence({ leaves, event, source, state }: Known, sentence: Leaf): string {
  const line = firstLine(sentence.text);
  const named = /\s/.test(line) ? undefined : nameLeaf(leaves);
  if (named !== undefined && named.text !== line)
    return oneLine(`${line}: ${named.text}${on(hostLeaf(leaves), named)}${inState(state, line)}`);
  if (/^\/\S+$/.test(line)) return oneLine(`${event ?? source}: ${line}${inState(state, event)}`);
  return sentence.path.length > 1 && event !== undefined ? oneLine(`${event}: ${line}`) : line;
}

const on = (host: Leaf | undefined, named: Leaf): string =>
  host === undefined || host === named ? '' : ` on ${host.text}`;

function titleByName({ leaves, event, state, payload, source }: Known, named: Leaf | undefined): string {
  const tail = inState(state, event);
  if (named !== undefined)
    return oneLine(`${event ?? source}: ${firstLine(named.text)}${on(hostLeaf(leaves), named)}${tail}`);
  if (typeof payload !== 'object') return oneLine(`${source}: ${String(payload)}`);
  const what = Array.isArray(payload) ? `${payload.length} items` : (event ?? 'a hook without a title');
  return oneLine(`${source}: ${what}${tail}`);
}

const inState = (state: string | undefined, event: string | undefined): string =>
  state === undefined || event?.toLowerCase().includes(state) ? '' : ` (${state})`;

const MAX_TEXT = 4_000;

/** The first line that has words, without rulers and stars around it; HTML as its text. */
function firstLine(text: string): string {
  const written = text.slice(0, 4_000);
  const plain = /<[a-z!/][^>]*>|&(amp|lt|gt|quot|nbsp|#\d{1,5});/i.test(written)
    ? plainText(`<p>${written}</p>`, 1_000)
    : written;
  const line = plain.split(/[\r\n]+/).find((each) => /[\p{L}\p{N}]/u.test(each)) ?? plain;
  return oneLine(line.replace(/^[\s*=_~#-]{3,}|[\s*=_~#-]{3,}$/g, ''));
}

/** What follows the title's line; the whole, where the title had to be cut. */
function restOf(titled: Leaf | undefined): string | undefined {
  if (titled === undefined) return undefined;
  const text = plainText(titled.text.slice(0, MAX_TEXT * 2), MAX_TEXT);
  if (firstLine(titled.text).endsWith('…')) return text;
  const lines = text.split('\n');
  const first = lines.findIndex((line) => /[\p{L}\p{N}]/u.test(line));
  const rest = lines
    .slice(first + 1)
    .join('\n')
    .trim();
  return rest === '' ? undefined : rest;
}

const MOST_LINES = 10;
const MOST_CHARACTERS = 700;

/** The text as a message shows it, line by line. Rulers between its parts are left out. */
export function linesOf(text: string | undefined): readonly string[] {
  const lines = (text ?? '')
    .split('\n')
    .map((line) => oneLine(line, 300))
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
  const shown: string[] = [];
  let length = 0;
  for (const line of lines.slice(0, MOST_LINES)) {
    length += line.length;
    if (length > MOST_CHARACTERS && shown.length > 0) break;
    shown.push(line);
  }
  return shown.length === lines.length ? lines : [...shown, '…'];
}
