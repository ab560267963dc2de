import type { Hook } from '../core/hook.ts';
import type { Mute } from '../core/overlay.ts';
import type { Explanation } from './explain.ts';
import type { ActiveSource } from './runtime.ts';

/** What `explain --json` and `POST /api/explain` answer. With several events, routes and messages name theirs by its place. */
export function explanationView({ reading, events }: Explanation) {
  const several = events.length > 1;
  return {
    ...(reading.kind === 'events' ? {} : { status: reading.kind, reason: reading.reason }),
    events: events.map(
      ({ event: { payload: _payload, receivedAt: _receivedAt, id: _id, hookId: _hookId, ...event } }) => event,
    ),
    routes: events.flatMap(({ routes }, place) =>
      routes.map((route) => ({ ...route, ...(several ? { event: place } : {}) })),
    ),
    messages: events.flatMap(({ messages }, place) =>
      messages.map(({ mute, ...message }) => ({
        ...message,
        ...(mute === undefined ? {} : { mute: mute.id }),
        ...(several ? { event: place } : {}),
      })),
    ),
    mutes: [...new Set(events.flatMap(({ messages }) => messages.flatMap(({ mute }) => mute ?? [])))].map(muteView),
  };
}

/** A mute that would hold some of the messages back. */
const muteView = ({ id, number, scope, by, why, from, until }: Mute) => ({
  id,
  number,
  scope,
  who: { platform: by.platform, id: by.id, name: by.name },
  why: why ?? null,
  from: from.toISOString(),
  until: until?.toISOString() ?? null,
});

export interface SampleHookParts {
  /** A document, or the raw body when it is a string. */
  readonly payload: unknown;
  /** The sender's name of the event, for types that put it in a header. */
  readonly event: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly id: string;
  readonly at: Date;
}

/** A hook as this source's sender would have made it, but for its signature. */
export function sampleHook(source: ActiveSource, { payload, event, headers, id, at }: SampleHookParts): Hook {
  const { eventHeader } = source.type;
  // `pull_request.opened` and `pull_request` both mean the header `pull_request`: the rest stands in the body.
  const named =
    eventHeader !== undefined && event !== undefined ? { [eventHeader]: event.split('.', 1)[0] ?? event } : {};
  const lowerCase = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    id,
    at,
    source: source.name,
    method: 'POST',
    // What was asked for by name comes before what a sample happens to hold.
    headers: { 'content-type': 'application/json', ...lowerCase, ...named },
    query: {},
    body: Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)),
    from: '127.0.0.1',
  };
}
