import { type ApiClient, openApi, type ServerOptions } from './api-client.ts';
import type { MuteRow } from './mutes.ts';
import { oneLine, print, printJson } from './output.ts';
import { readSettings } from './settings.ts';

interface Ended {
  readonly id: string;
  readonly number: number;
  readonly held: number;
  readonly groups: readonly { readonly source: string; readonly severity: string; readonly count: number }[];
  readonly open: readonly { readonly id: string; readonly title: string }[];
  readonly openCount: number;
}

/** `bellhop unmute <which>`: one by its number or id, or all that are in force. */
export async function unmute(which: string, { url, json }: ServerOptions): Promise<number> {
  const api = await openApi(readSettings(), url);
  const ids = which === 'all' ? (await listed(api)).map(({ id }) => id) : [which];
  const ended: Ended[] = [];
  for (const id of ids) ended.push(await api.delete<Ended>(`/api/mutes/${encodeURIComponent(id)}`));
  if (json) printJson(which === 'all' ? { ended } : ended[0]);
  else if (ended.length === 0) print('No mutes.');
  else for (const one of ended) print(endedText(one));
  return 0;
}

const listed = async (api: ApiClient): Promise<readonly MuteRow[]> =>
  (await api.get<{ readonly mutes: readonly MuteRow[] }>('/api/mutes')).mutes;

function endedText({ number, held, groups, open, openCount }: Ended): string {
  if (held === 0) return `#${number} has ended; it held nothing back.`;
  const parts = groups.map(({ source, severity, count }) => `${count} ${severity} of ${source}`);
  const more = openCount - open.length;
  return [
    `#${number} has ended; it held back ${held}: ${parts.join(', ')}.`,
    ...(openCount === 0 ? [] : [`Still open, ${openCount}:`]),
    ...open.map(({ id, title }) => `  ${oneLine(title)}  ${id}`),
    ...(more > 0 && open.length > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
}
