// Rewrites a document without end and says which version is on disk: `json-file.test.ts` kills it.
import { writeSync } from 'node:fs';
import { openJsonFile } from '../../src/store/json-file.ts';

export interface Versioned {
  readonly version: number;
  readonly filler: readonly number[];
}

const [path = ''] = process.argv.slice(2);
const check = (raw: unknown) => raw as Versioned;
const file = await openJsonFile<Versioned>({ file: path, check, initial: { version: 0, filler: [] } });
for (;;) {
  await file.update(({ version }) => ({ version: version + 1, filler: Array(5_000).fill(version + 1) }));
  writeSync(1, `${file.read().version}\n`);
}
