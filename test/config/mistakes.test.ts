import { readdirSync, statSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { aFolder, refusal } from './config-folder.ts';

/** A file is a config of one file; a folder is one of several. The text beside it is what its author reads. */
const MISTAKES = fileURLToPath(new URL('mistakes', import.meta.url));
const names = readdirSync(MISTAKES).filter((name) => !name.endsWith('.txt'));

const ENV = { EMPTY: '', TEAM: 'hunter2-secret' };

async function folderOf(name: string): Promise<string> {
  const mistake = join(MISTAKES, name);
  const dir = await aFolder({});
  const isFolder = statSync(mistake).isDirectory();
  await cp(mistake, isFolder ? dir : join(dir, 'bellhop.json'), { recursive: true });
  return dir;
}

describe('every mistake is told in a sentence', () => {
  it.each(names)('%s', async (name) => {
    const told = `${await refusal({ dir: await folderOf(name), env: ENV })}\n`;

    const file = join(MISTAKES, `${name.replace(/\.json$/, '')}.txt`);
    if (process.env.WRITE_MISTAKES === '1') await writeFile(file, told);
    expect(told).toBe(await readFile(file, 'utf8'));
  });

  it.each(names)('%s: no secret, and none of zod’s own words', async (name) => {
    const told = await refusal({ dir: await folderOf(name), env: ENV });
    expect(told).not.toMatch(
      /hunter2|\b12345678|Invalid|Unrecognized|expected (string|array|record)|, received|undefined|NaN/,
    );
  });

  it('has a text for every mistake, and no text without one', () => {
    const texts = readdirSync(MISTAKES).filter((name) => name.endsWith('.txt'));
    expect(texts).toEqual(names.map((name) => `${name.replace(/\.json$/, '')}.txt`));
  });
});
