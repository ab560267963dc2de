import { openApi, type ServerOptions } from './api-client.ts';
import { localTime, print, printJson, table } from './output.ts';
import { readSettings } from './settings.ts';

interface RefusedRow {
  readonly id: string;
  readonly at: string;
  readonly source: string;
  readonly from: string;
  readonly code: string;
  readonly reason: string;
}

/** `bellhop rejected`: hooks that were refused, with why; `--replay <id>` takes one in after the secret or the config was mended. */
export async function rejected({
  url,
  json,
  replay,
  limit,
}: ServerOptions & { readonly replay?: string; readonly limit?: string }): Promise<number> {
  const api = await openApi(readSettings(), url);
  if (replay !== undefined) {
    const taken = await api.post<{ readonly status: string; readonly events: number }>(
      `/api/rejected/${encodeURIComponent(replay)}/replay`,
    );
    if (json) printJson(taken);
    else
      print(`${replay} is taken in now: ${taken.status}, ${taken.events} ${taken.events === 1 ? 'event' : 'events'}.`);
    return 0;
  }
  const found = await api.get<{ readonly rejected: readonly RefusedRow[] }>('/api/rejected', { limit });
  if (json) printJson(found);
  else if (found.rejected.length === 0) print('No hook was refused.');
  else {
    const rows = found.rejected.map((row) => [localTime(row.at), row.source, row.code, row.from, row.id, row.reason]);
    print(table(['at', 'source', 'refused for', 'from', 'id', 'why'], rows));
  }
  return 0;
}
