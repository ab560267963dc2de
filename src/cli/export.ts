import { rename, writeFile } from 'node:fs/promises';
import { CommandError } from '../core/errors.ts';
import { openApi, type ServerOptions } from './api-client.ts';
import { print, printJson } from './output.ts';
import { readSettings } from './settings.ts';

/** `bellhop export`: what was changed in chat, as a file for the config folder. */
export async function exportPatch({ url, json, out }: ServerOptions & { readonly out?: string }): Promise<number> {
  const api = await openApi(readSettings(), url);
  const found = await api.get<{ readonly patch: string }>('/api/export');
  if (out !== undefined) {
    await replace(out, found.patch);
    print(`${out} is written.`);
  } else if (json) printJson(found);
  else print(found.patch.trimEnd());
  return 0;
}

/** Whole or not at all: a config folder is watched, and half a file would be refused. */
async function replace(file: string, text: string): Promise<void> {
  const written = `${file}.${process.pid}.new`;
  try {
    await writeFile(written, text);
    await rename(written, file);
  } catch (error) {
    throw new CommandError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`);
  }
}
