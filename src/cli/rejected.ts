import { type ApiClient, openApi, type ServerOptions } from './api-client.ts';
import { localTime, oneLine, print, printJson, style, table } from './output.ts';
import { readSettings } from './settings.ts';

interface RefusedRow {
  readonly id: string;
  readonly at: string;
  readonly source: string;
  readonly from: string;
  readonly code: string;
  readonly reason: string;
  /** The hook it became. */
  readonly takenIn?: string;
}

interface RefusedDetail extends RefusedRow {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly bodyEncoding: 'utf8' | 'base64';
  readonly bodyBytes: number;
  /** Why it cannot be taken in any more. */
  readonly whyNot?: string;
}

/** Of a body, on a terminal. */
const MOST_SHOWN = 4_000;

/**
 * `bellhop rejected [id]`: hooks that were refused, with why, or one with all it brought; `--replay <id>` takes one in after
 * the secret or the config was mended.
 */
export async function rejected(
  id: string | undefined,
  { url, json, replay, limit }: ServerOptions & { readonly replay?: string; readonly limit?: string },
): Promise<number> {
  const api = await openApi(readSettings(), url);
  if (replay !== undefined) return takeIn(api, replay, json);
  if (id !== undefined) return show(api, id, json);
  const found = await api.get<{ readonly rejected: readonly RefusedRow[] }>('/api/rejected', { limit });
  if (json) printJson(found);
  else if (found.rejected.length === 0) print('No hook was refused.');
  else print(table(['at', 'source', 'refused for', 'from', 'id', 'why'], found.rejected.map(cells)));
  return 0;
}

const cells = ({ at, source, code, from, id, reason, takenIn }: RefusedRow): readonly string[] => [
  localTime(at),
  source,
  code,
  from,
  id,
  takenIn === undefined ? reason : `Taken in since, as ${takenIn}. ${reason}`,
];

async function takeIn(api: ApiClient, id: string, json = false): Promise<number> {
  const taken = await api.post<{ readonly status: string; readonly events: number; readonly note?: string }>(
    `/api/rejected/${encodeURIComponent(id)}/replay`,
  );
  const note = taken.note === undefined ? '' : ` ${oneLine(taken.note)}`;
  if (json) printJson(taken);
  else
    print(`${id} is taken in now: ${taken.status}, ${taken.events} ${taken.events === 1 ? 'event' : 'events'}.${note}`);
  return 0;
}

async function show(api: ApiClient, id: string, json = false): Promise<number> {
  const refused = await api.get<RefusedDetail>(`/api/rejected/${encodeURIComponent(id)}`);
  if (json) {
    printJson(refused);
    return 0;
  }
  const { headers, body, bodyEncoding, bodyBytes } = refused;
  print(style('bold', oneLine(`${refused.code}: ${refused.reason}`)));
  print(oneLine(`  ${refused.method} ${refused.url} from ${refused.from}, ${localTime(refused.at)}`));
  print(
    `\nHeaders\n${Object.entries(headers)
      .map(([name, value]) => oneLine(`  ${name}: ${value}`))
      .join('\n')}`,
  );
  if (bodyBytes > 0) {
    const shown = body.slice(0, MOST_SHOWN).split('\n').map(oneLine).join('\n');
    print(
      `\nBody, ${bodyBytes} bytes${bodyEncoding === 'base64' ? ', as base64' : ''}\n${shown}${body.length > MOST_SHOWN ? '…' : ''}`,
    );
  }
  print(`\n${refused.whyNot ?? `When what is wrong is mended: bellhop rejected --replay ${id}`}`);
  return 0;
}
