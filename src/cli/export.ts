import { openApi, type ServerOptions } from './api-client.ts';
import { print, printJson } from './output.ts';
import { readSettings } from './settings.ts';

/** `bellhop export`: what was changed in chat, as a file for the config folder. */
export async function exportPatch({ url, json }: ServerOptions): Promise<number> {
  const api = await openApi(readSettings(), url);
  const found = await api.get<{ readonly patch: string }>('/api/export');
  if (json) printJson(found);
  else print(found.patch.trimEnd());
  return 0;
}
