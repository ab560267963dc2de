/** What SQLite's result codes (https://www.sqlite.org/rescode.html) mean for the person who runs Bellhop. */
const SENTENCES: readonly (readonly [code: string, sentence: string])[] = [
  ['SQLITE_FULL', 'The store is full: make room on its disk.'],
  ['SQLITE_READONLY', 'The store cannot be written: its file or folder is read-only.'],
  ['SQLITE_BUSY', 'The store is locked by another process.'],
  ['SQLITE_LOCKED', 'The store is locked by another process.'],
  ['SQLITE_IOERR', 'The store’s disk reported an error.'],
  ['SQLITE_CANTOPEN', 'The store’s file cannot be opened: look at its folder’s permissions.'],
  ['SQLITE_CORRUPT', 'The store’s file is damaged: restore a backup.'],
  ['SQLITE_NOTADB', 'The store’s file is no SQLite database: move it away to start with an empty one.'],
];

/** The error a store's call rejects with: a sentence, with the original as its `cause`. Holds nothing of what was written. */
export function storeFailure(error: unknown): Error {
  const code = codeOf(error);
  const sentence = SENTENCES.find(([start]) => code.startsWith(start))?.[1];
  if (sentence !== undefined) return new Error(`${sentence} (${code})`, { cause: error });
  if (code !== '') return new Error(`The store refused a write. (${code})`, { cause: error });
  return error instanceof Error ? error : new Error('The store failed.', { cause: error });
}

/** Whether the file as a whole is out of reach, so that trying the calls of a batch one by one cannot help. */
export const isOutage = (error: unknown): boolean =>
  /^SQLITE_(?:BUSY|LOCKED|READONLY|IOERR|CANTOPEN|CORRUPT|NOTADB)/.test(codeOf(error));

/** Whether the reason lies in the file or its disk, not in what was written. A small write may still fit a full one. */
export const isUnwritable = (error: unknown): boolean => isOutage(error) || codeOf(error) === 'SQLITE_FULL';

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : '';
}
