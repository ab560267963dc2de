import { setTimeout as wait } from 'node:timers/promises';
import { CommandError } from '../core/errors.ts';
import { openApi, type ServerOptions } from './api-client.ts';
import type { EventRow } from './events.ts';
import { localTime, oneLine, print, style } from './output.ts';
import { readSettings } from './settings.ts';

const EVERY_MS = 1_000;

export interface TailOptions extends ServerOptions {
  readonly source?: string;
  /** Ends after this many events; without it, at Ctrl-C. */
  readonly count?: string;
}

/** `bellhop tail`: events as they come, a line each. */
export async function tail({ url, json, source, count }: TailOptions): Promise<number> {
  if (count !== undefined && !/^[1-9]\d*$/.test(count)) {
    throw new CommandError(`--count is "${count}"; a whole number from 1 was expected.`, 2);
  }
  const api = await openApi(readSettings(), url);
  const newest = async () =>
    (await api.get<{ readonly events: readonly EventRow[] }>('/api/events', { source, limit: '500' })).events;
  let last = (await newest())[0]?.id ?? '';
  let left = count === undefined ? Number.POSITIVE_INFINITY : Number(count);
  for (;;) {
    // Ids sort by time, so what is new is what sorts after the last one seen.
    const fresh = (await newest()).filter((event) => event.id > last).reverse();
    for (const event of fresh) {
      print(json ? JSON.stringify(event) : line(event));
      last = event.id;
      if (--left <= 0) return 0;
    }
    await wait(EVERY_MS);
  }
}

const line = ({ receivedAt, source, severity, title, id, deliveries }: EventRow): string =>
  `${style('dim', localTime(receivedAt))}  ${source}  ${severity === 'info' ? severity : style(severity === 'warning' ? 'yellow' : 'red', severity)}  ${oneLine(title)}  ${style('dim', `${id} → ${deliveries.length} ${deliveries.length === 1 ? 'delivery' : 'deliveries'}`)}`;
