import type { Position } from '../core/problem.ts';

/** A template's text with the name that people know it by. */
export interface SourceFile {
  /** As a mistake's position prints it. */
  readonly path: string;
  readonly text: string;
}

/** A run of text and where it came from: a body with its partials put in is several of them. */
export interface Piece {
  readonly text: string;
  readonly file: SourceFile;
  /** Where the run begins in its file. */
  readonly offset: number;
}

/** A mistake in a template, at an offset of the text that was being read. */
export class TemplateError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'TemplateError';
    this.offset = offset;
  }
}

/** Line and column of an offset in a text that was put together from pieces. */
export function locate(pieces: readonly Piece[], offset: number): Position | undefined {
  let rest = offset;
  let last: Piece | undefined;
  for (const piece of pieces) {
    if (rest < piece.text.length) return positionAt(piece.file, piece.offset + rest);
    rest -= piece.text.length;
    last = piece;
  }
  return last && positionAt(last.file, last.offset + last.text.length);
}

/** Line and column of an offset in one file. */
export function positionAt(file: SourceFile, offset: number): Position {
  const before = file.text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { file: file.path, line: before.split('\n').length, column: before.length - lineStart + 1 };
}

export const joined = (pieces: readonly Piece[]): string => pieces.map((piece) => piece.text).join('');
