import { readFile, stat } from 'node:fs/promises';
import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Position, Problem } from '../core/problem.ts';
import type { Located } from './located.ts';

export interface ConfigFile {
  readonly file: string;
  /** Undefined when the file cannot be read or is no JSON: then `problems` says why. */
  readonly root?: Located;
  readonly problems: readonly Problem[];
}

/** Deeper than any match somebody writes, and far from the depth at which recursion ends in a stack overflow. */
const MAX_DEPTH = 100;
/** Far more than ten thousand routes take. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Reads one file of the config: JSON with comments and trailing commas. Never throws for what is in it. */
export async function readConfigFile(file: string): Promise<ConfigFile> {
  let bytes: Buffer;
  try {
    // A pipe or a device would be read for ever.
    const { size, isFile } = await inspect(file);
    if (!isFile) return refused(file, 'is no ordinary file; expected JSON');
    if (size > MAX_BYTES) return refused(file, `has ${size} bytes; at most ${MAX_BYTES} are read`);
    bytes = await readFile(file);
  } catch (error) {
    return refused(file, `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`);
  }
  const text = decode(bytes);
  if (text === undefined) return refused(file, 'is not UTF-8; save it with that encoding');
  return parseConfigFile(file, text);
}

/** As `readConfigFile`, for text that is at hand. */
export function parseConfigFile(file: string, text: string): ConfigFile {
  const positionAt = positionsIn(file, text);
  const tooDeep = offsetBeyondDepth(text);
  if (tooDeep !== undefined)
    return refused(file, `is nested too deeply; at most ${MAX_DEPTH} levels are read`, positionAt(tooDeep));

  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  if (root === undefined) return refused(file, 'is empty; expected an object, as in { "sources": { … } }');
  // What follows the first syntax error is mostly its echo.
  const [first] = errors;
  if (first !== undefined) return refused(file, syntaxSentence(first, text), positionAt(first.offset));

  const problems: Problem[] = [];
  return { file, root: locate(root, { at: positionAt(root.offset), path: [], positionAt, problems }), problems };
}

function refused(file: string, message: string, position: Position = { file, line: 1, column: 1 }): ConfigFile {
  return { file, problems: [{ path: [], message, position }] };
}

function decode(bytes: Buffer): string | undefined {
  try {
    // Leaves out a byte order mark, which some editors write.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function offsetBeyondDepth(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (let token = scanner.scan(); token !== END_OF_FILE; token = scanner.scan()) {
    if (token === OPEN_BRACE || token === OPEN_BRACKET) depth++;
    if (token === CLOSE_BRACE || token === CLOSE_BRACKET) depth--;
    if (depth > MAX_DEPTH) return scanner.getTokenOffset();
  }
  return undefined;
}

// jsonc-parser's SyntaxKind is a const enum, which isolated modules cannot read.
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET, END_OF_FILE] = [1, 2, 3, 4, 17] as const;

interface Place {
  readonly at: Position;
  readonly path: readonly (string | number)[];
  readonly positionAt: (offset: number) => Position;
  readonly problems: Problem[];
}

function locate(node: Node, place: Place): Located {
  const { at, path, positionAt, problems } = place;
  if (node.type === 'array') {
    const items = (node.children ?? []).map((child, index) =>
      locate(child, { ...place, at: positionAt(child.offset), path: [...path, index] }),
    );
    return { kind: 'list', at, items };
  }
  if (node.type !== 'object') return { kind: 'value', at, value: node.value };

  const entries = new Map<string, Located>();
  for (const { children: [key, value] = [] } of node.children ?? []) {
    if (key === undefined || value === undefined) continue;
    const name = String(key.value);
    const here: Place = { ...place, at: positionAt(key.offset), path: [...path, name] };
    const first = entries.get(name);
    const fault =
      name === '__proto__'
        ? 'cannot be a name; choose another'
        : first && `is written twice in one object; the first is at line ${first.at.line}`;
    if (fault === undefined) entries.set(name, locate(value, here));
    else problems.push({ path: here.path, message: fault, position: here.at });
  }
  return { kind: 'object', at, entries };
}

/** Lines and columns from 1; columns count as editors do, in UTF-16 units. */
function positionsIn(file: string, text: string): (offset: number) => Position {
  const lineStarts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((end) => end.index + end[0].length)];
  return (offset) => {
    let [low, high] = [0, lineStarts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file, line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
  };
}

const SYNTAX_SENTENCES: Readonly<Record<string, string>> = {
  InvalidSymbol: 'is no JSON here; texts stand in double quotes',
  InvalidNumberFormat: 'is no number',
  PropertyNameExpected: 'a key in double quotes is expected here',
  ValueExpected: 'a value is expected here',
  ColonExpected: 'a colon is expected here, after the key',
  CommaExpected: 'a comma is expected before this',
  CloseBraceExpected: 'a closing } is expected here',
  CloseBracketExpected: 'a closing ] is expected here',
  EndOfFileExpected: 'nothing more is expected here: the object has ended',
  InvalidCommentToken: 'is no comment; expected // … or /* … */',
  UnexpectedEndOfComment: 'this comment is not closed; */ is missing',
  UnexpectedEndOfString: 'this text is not closed; a double quote is missing on its line',
  UnexpectedEndOfNumber: 'this number is not complete',
  InvalidUnicode: 'this text holds a broken \\u escape; expected four hexadecimal digits',
  InvalidEscapeCharacter: 'this text holds an escape that JSON does not know; a backslash is written \\\\',
  InvalidCharacter: 'this text holds a control character; write it as an escape',
};

function syntaxSentence({ error, offset }: ParseError, text: string): string {
  const sentence = SYNTAX_SENTENCES[printParseErrorCode(error)] ?? 'is no JSON';
  return offset >= text.trimEnd().length ? `${sentence} (the file ends too early)` : sentence;
}

async function inspect(file: string): Promise<{ readonly size: number; readonly isFile: boolean }> {
  const found = await stat(file);
  return { size: found.size, isFile: found.isFile() };
}
