import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { CommandError } from '../core/errors.ts';

/** The text of a file that a person named; `-` is standard input. Throws `CommandError` when it cannot be read. */
export function readText(file: string): Promise<string> {
  // By the stream: `/dev/stdin` cannot be opened where standard input is a socket, and is not there on Windows.
  if (file === '-') return text(process.stdin);
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new CommandError(`${file} cannot be read: ${why}.`, 2);
  });
}
