import { openApi, type ServerOptions } from './api-client.ts';
import { localTime, print, printJson, table } from './output.ts';
import { readSettings } from './settings.ts';

/** A mute as the API shows it. */
export interface MuteRow {
  readonly id: string;
  readonly number: number;
  readonly summary: string;
  readonly who: { readonly platform: string; readonly id: string; readonly name: string };
  readonly until: string | null;
  readonly untilResolved: boolean;
  readonly held: number;
}

/** `bellhop mutes`: those in force. */
export async function mutes({ url, json }: ServerOptions): Promise<number> {
  const api = await openApi(readSettings(), url);
  const found = await api.get<{ readonly mutes: readonly MuteRow[] }>('/api/mutes');
  if (json) printJson(found);
  else if (found.mutes.length === 0) print('No mutes.');
  else print(table(['number', 'held', 'by', 'until', 'id', 'what'], found.mutes.map(cells)));
  return 0;
}

const cells = ({ number, held, who, until, untilResolved, id, summary }: MuteRow): readonly string[] => [
  `#${number}`,
  String(held),
  who.name,
  untilResolved ? 'resolved' : until === null ? 'for ever' : localTime(until),
  id,
  summary,
];
