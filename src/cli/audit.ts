import { openApi, type ServerOptions } from './api-client.ts';
import { localTime, print, printJson, table } from './output.ts';
import { readSettings } from './settings.ts';

export interface AuditOptions extends ServerOptions {
  readonly subject?: string;
  readonly action?: string;
  readonly before?: string;
  readonly limit?: string;
}

interface AuditRow {
  readonly id: string;
  readonly at: string;
  readonly by: { readonly platform: string; readonly id: string; readonly name: string };
  readonly action: string;
  readonly channel: string | null;
  readonly detail: string;
}

/** `bellhop audit`: who changed what and when. */
export async function audit({ url, json, ...filter }: AuditOptions): Promise<number> {
  const api = await openApi(readSettings(), url);
  const found = await api.get<{ readonly audit: readonly AuditRow[] }>('/api/audit', { ...filter });
  if (json) printJson(found);
  else if (found.audit.length === 0) print(isNarrowed(filter) ? 'No change fits.' : 'Nothing was changed.');
  else print(table(['when', 'who', 'identity', 'did', 'in', 'what'], found.audit.map(cells)));
  return 0;
}

const isNarrowed = ({ subject, action, before }: AuditOptions): boolean =>
  [subject, action, before].some((given) => given !== undefined);

const cells = ({ at, by, action, channel, detail }: AuditRow): readonly string[] => [
  localTime(at),
  by.name,
  `${by.platform}:${by.id}`,
  action,
  channel ?? '',
  detail,
];
