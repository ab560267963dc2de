import { openApi, type ServerOptions } from './api-client.ts';
import type { DeliveryRow } from './events.ts';
import { localTime, print, printJson, table } from './output.ts';
import { readSettings } from './settings.ts';

export interface DeliveryOptions extends ServerOptions {
  readonly state?: string;
  readonly channel?: string;
  readonly before?: string;
  readonly limit?: string;
  /** Sends this one again instead of listing. */
  readonly retry?: string;
}

/** `bellhop deliveries`: what went where and how it ended; `--retry <id>` sends a dead or waiting one now. */
export async function deliveries({ url, json, retry, ...filter }: DeliveryOptions): Promise<number> {
  const api = await openApi(readSettings(), url);
  if (retry !== undefined) {
    const answer = await api.post(`/api/deliveries/${encodeURIComponent(retry)}/retry`);
    if (json) printJson(answer);
    else print(`${retry} is on its way again.`);
    return 0;
  }
  const found = await api.get<{ readonly deliveries: readonly DeliveryRow[] }>('/api/deliveries', { ...filter });
  if (json) printJson(found);
  else if (found.deliveries.length === 0) print('No deliveries.');
  else print(table(['state', 'channel', 'platform', 'tries', 'id', 'event', 'last word'], found.deliveries.map(cells)));
  return 0;
}

const cells = (delivery: DeliveryRow): readonly string[] => {
  const { state, channel, platform, attempts, id, eventId } = delivery;
  return [state, channel, platform, String(attempts.length), id, eventId, lastWord(delivery)];
};

/** What is held back is due at no time: it goes out only when somebody asks. */
function lastWord({ state, attempts, dueAt, mute }: DeliveryRow): string {
  const last = attempts.at(-1);
  if (last !== undefined) return `${localTime(last.at)} ${last.reason ?? last.outcome}`;
  if (state === 'muted') return `held back by ${mute ?? 'a mute'}`;
  return `due ${localTime(dueAt)}`;
}
