import { openApi, type ServerOptions } from './api-client.ts';
import { print, printJson } from './output.ts';
import { readSettings } from './settings.ts';

interface Replayed {
  readonly deliveries: readonly { readonly id: string; readonly channel: string }[];
}

/** `bellhop replay <event id> [--channel NAME]`: an event again, by today's routes or to one channel. */
export async function replay(
  id: string,
  { url, json, channel }: ServerOptions & { readonly channel?: string },
): Promise<number> {
  const api = await openApi(readSettings(), url);
  const replayed = await api.post<Replayed>(
    `/api/events/${encodeURIComponent(id)}/replay`,
    channel === undefined ? {} : { channel },
  );
  if (json) printJson(replayed);
  else if (replayed.deliveries.length === 0)
    print('No route takes this event today; nothing was sent. Name a channel with --channel.');
  else for (const delivery of replayed.deliveries) print(`${delivery.channel}  ${delivery.id}`);
  return 0;
}
