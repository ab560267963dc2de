import { joined, locate, type Piece, type SourceFile, TemplateError } from './source-file.ts';
import { scanTags, showTag, type Tag } from './tags.ts';
import { FRONT_MATTER } from './yaml.ts';

export type FindPartial = (name: string) => SourceFile | undefined;

const DEEPEST = 10;
const LONGEST = 200_000;

/** A mistake in a file other than the one being read, with its place. */
export class PartialError extends Error {
  readonly pieces: readonly Piece[];
  readonly offset: number;

  constructor(message: string, pieces: readonly Piece[], offset: number) {
    super(message);
    this.name = 'PartialError';
    this.pieces = pieces;
    this.offset = offset;
  }
}

/**
 * The piece with every `{{> name}}` replaced by the body of that file, to any depth short of recursion. A partial alone
 * on its line keeps that line's indentation, as mustache has it. Throws a PartialError.
 */
export function expandPartials(piece: Piece, find: FindPartial, trail: readonly string[] = []): readonly Piece[] {
  const tags = scanOrThrow(piece).filter(({ kind }) => kind === 'partial');
  if (tags.length === 0) return [piece];
  const pieces: Piece[] = [];
  let at = 0;
  for (const tag of tags) {
    const file = find(tag.name);
    const mistake = mistakeIn(tag, file, trail);
    if (mistake !== undefined || file === undefined) throw new PartialError(mistake ?? '', [piece], tag.start);
    const { start, end, indent } = lineOf(piece.text, tag);
    pieces.push(cutPiece(piece, at, start));
    const body = bodyOf(file, indent === undefined);
    for (const inner of expandPartials(body, find, [...trail, file.path])) {
      pieces.push(...(indent ? indented(inner, indent) : [inner]));
    }
    at = end;
  }
  pieces.push(cutPiece(piece, at, piece.text.length));
  if (joined(pieces).length > LONGEST)
    throw new PartialError(`the partials come to more than ${LONGEST} characters`, [piece], tags[0]?.start ?? 0);
  return pieces;
}

function scanOrThrow(piece: Piece): readonly Tag[] {
  try {
    return scanTags(piece.text);
  } catch (error) {
    if (error instanceof TemplateError) throw new PartialError(error.message, [piece], error.offset);
    throw error;
  }
}

function mistakeIn(tag: Tag, file: SourceFile | undefined, trail: readonly string[]): string | undefined {
  if (file === undefined)
    return `no partial is called "${tag.name}"; ${tag.name}.mustache or _${tag.name}.mustache was expected beside the template or at the top`;
  if (trail.includes(file.path) || trail.length >= DEEPEST)
    return `${showTag(tag)} includes itself: ${[...trail, file.path].join(' → ')}`;
  return undefined;
}

/** The tag with its line, when nothing else stands there; else the tag alone and no indent. */
function lineOf(text: string, tag: Tag): { start: number; end: number; indent?: string } {
  const lineStart = text.lastIndexOf('\n', tag.start - 1) + 1;
  const lineEnd = text.indexOf('\n', tag.end);
  const end = lineEnd < 0 ? text.length : lineEnd + 1;
  const indent = text.slice(lineStart, tag.start);
  if (indent.trim() !== '' || text.slice(tag.end, end).trim() !== '') return tag;
  return { start: lineStart, end, indent };
}

/** What follows the front matter. Inside a line the file's last line break would tear that line in two. */
function bodyOf(file: SourceFile, inLine: boolean): Piece {
  const offset = FRONT_MATTER.exec(file.text)?.[0].length ?? 0;
  const text = file.text.slice(offset);
  if (inLine) return { file, offset, text: text.trimEnd() };
  return { file, offset, text: text === '' || text.endsWith('\n') ? text : `${text}\n` };
}

const cutPiece = ({ text, file, offset }: Piece, start: number, end: number): Piece => ({
  text: text.slice(start, end),
  file,
  offset: offset + start,
});

function indented(piece: Piece, indent: string): readonly Piece[] {
  const lines = piece.text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let at = 0;
  return lines.flatMap((line) => {
    const start = at;
    at += line.length;
    return [{ ...piece, text: indent, offset: piece.offset + start }, cutPiece(piece, start, at)];
  });
}

export const positionOf = (error: PartialError) => locate(error.pieces, error.offset);
