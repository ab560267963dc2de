import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Loaded, LoadOptions } from '../../src/config/load.ts';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/core/errors.ts';

export const SOURCE_TYPES = ['github', 'stripe', 'alertmanager', 'generic', 'standard-webhooks'];

const made: string[] = [];

afterAll(() => Promise.all(made.map((dir) => rm(dir, { recursive: true }))));

/** A folder with these files, removed after the tests. */
export async function aFolder(files: Readonly<Record<string, string | Uint8Array | object>>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'bellhop-config-'));
  made.push(dir);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(dir, name, '..'), { recursive: true });
    const isText = typeof content === 'string' || content instanceof Uint8Array;
    await writeFile(join(dir, name), isText ? content : JSON.stringify(content));
  }
  return dir;
}

/** Loads a config of one file. */
export async function load(content: string | object, over: Partial<LoadOptions> = {}): Promise<Loaded> {
  return loadConfig({ dir: await aFolder({ 'bellhop.json': content }), env: {}, sourceTypes: SOURCE_TYPES, ...over });
}

/** What `loadConfig` refuses the folder with, its path written as `config`. */
export async function refusal(options: Pick<LoadOptions, 'dir'> & Partial<LoadOptions>): Promise<string> {
  try {
    await loadConfig({ env: {}, sourceTypes: SOURCE_TYPES, ...options });
  } catch (error) {
    if (error instanceof ConfigError) return error.message.replaceAll(options.dir, 'config');
    throw error;
  }
  throw new Error('The config was accepted.');
}
