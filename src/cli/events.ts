import { type ApiClient, openApi, type ServerOptions } from './api-client.ts';
import { routeText } from './explain.ts';
import { localTime, oneLine, print, printJson, style, table } from './output.ts';
import { readSettings } from './settings.ts';

export interface EventOptions extends ServerOptions {
  readonly source?: string;
  readonly event?: string;
  readonly channel?: string;
  readonly state?: string;
  readonly q?: string;
  readonly before?: string;
  readonly limit?: string;
}

export interface EventRow {
  readonly id: string;
  readonly source: string;
  readonly event: string;
  readonly severity: string;
  readonly title: string;
  readonly receivedAt: string;
  readonly deliveries: readonly string[];
}

interface EventDetail extends Omit<EventRow, 'deliveries'> {
  readonly key: string | null;
  readonly state: string | null;
  readonly url: string | null;
  readonly labels: Readonly<Record<string, string | readonly string[]>>;
  readonly trace: Parameters<typeof routeText>[0][];
  readonly mutes: readonly { readonly id: string; readonly summary: string; readonly ended?: object }[];
  readonly deliveries: readonly DeliveryRow[];
}

export interface DeliveryRow {
  readonly id: string;
  readonly eventId: string;
  readonly channel: string;
  readonly platform: string;
  readonly route: string;
  readonly state: string;
  readonly dueAt: string;
  /** The id of the mute that holds it back, or did. */
  readonly mute?: string;
  readonly attempts: readonly {
    readonly at: string;
    readonly outcome: string;
    readonly status: number | null;
    readonly reason: string | null;
  }[];
}

/** `bellhop events [id]`: the newest events, or one with everything Bellhop did about it. */
export async function events(id: string | undefined, { url, json, ...filter }: EventOptions): Promise<number> {
  const api = await openApi(readSettings(), url);
  if (id !== undefined) return showEvent(api, id, json);
  const found = await api.get<{ readonly events: readonly EventRow[] }>('/api/events', { ...filter });
  if (json) printJson(found);
  else if (found.events.length === 0) print('No events.');
  else print(table(['received', 'source', 'event', 'severity', 'id', 'title'], found.events.map(eventCells)));
  return 0;
}

const eventCells = ({ receivedAt, source, event, severity, id, title }: EventRow): readonly string[] => [
  localTime(receivedAt),
  source,
  event,
  severity,
  id,
  title,
];

async function showEvent(api: ApiClient, id: string, json = false): Promise<number> {
  const event = await api.get<EventDetail>(`/api/events/${encodeURIComponent(id)}`);
  if (json) {
    printJson(event);
    return 0;
  }
  const about = [event.event, event.severity, event.state && `state ${event.state}`, event.key && `key ${event.key}`]
    .filter(Boolean)
    .join(' · ');
  print(style('bold', oneLine(event.title)));
  print(
    `  ${oneLine(about)}\n  received ${localTime(event.receivedAt)} from ${event.source}${event.url === null ? '' : `\n  ${oneLine(event.url)}`}`,
  );
  print(`\nRoutes\n${event.trace.map((route) => `  ${routeText(route)}`).join('\n')}`);
  print(event.deliveries.length === 0 ? '\nNo deliveries.' : '\nDeliveries');
  for (const delivery of event.deliveries) print(deliveryText(delivery, event));
  return 0;
}

/** A delivery with the mute that holds it back, or did, and every attempt. */
function deliveryText(delivery: DeliveryRow, { mutes }: EventDetail): string {
  const { id, channel, platform, route, state, attempts } = delivery;
  const lines = attempts.map(
    ({ at, outcome, status, reason }) =>
      `      ${localTime(at)}  ${outcome}${status === null ? '' : ` ${status}`}${reason === null ? '' : `  ${oneLine(reason)}`}`,
  );
  return [
    `  ${style(state === 'sent' ? 'green' : state === 'dead' ? 'red' : 'yellow', state)}  ${channel} on ${platform}, by route ${route}  ${style('dim', id)}`,
    ...(delivery.mute === undefined ? [] : [`      held back by ${muteText(delivery.mute, mutes)}`]),
    ...lines,
  ].join('\n');
}

/** By its id alone when nothing more is known of it. */
function muteText(id: string, mutes: EventDetail['mutes']): string {
  const mute = mutes.find((each) => each.id === id);
  return mute === undefined ? id : `${oneLine(mute.summary)}${mute.ended === undefined ? '' : ' (it has ended)'}`;
}
