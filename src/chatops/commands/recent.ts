import { isOwn } from '../../core/event.ts';
import type { StoredEvent } from '../../core/store.ts';
import { clockTime } from '../../pipeline/clock-time.ts';
import { type Command, MOST_RECENT } from '../command.ts';
import type { Asked, Run } from '../context.ts';
import { sourceOf } from '../names.ts';
import { privately } from '../reply.ts';
import { bullets, code, link, oneLine, type Words } from '../words.ts';

const USUAL = 5;
/** Bellhop's own messages, which are left out. */
const MOST_OWN = 30;

/** `recent [n] [source]`: the newest events of this channel; of all where this is none. */
export const recent: Run<Extract<Command, { readonly name: 'recent' }>> = async (asks, asked, { store }) => {
  await asked.rights.need('ask');
  const source =
    asks.source === undefined ? undefined : sourceOf(asks.source, asked, (other) => ({ ...asks, source: other }));
  const limit = Math.min(Math.max(1, asks.count ?? USUAL), MOST_RECENT);
  const newest = await store.events({
    ...(asked.here !== undefined && { channel: asked.here }),
    ...(source !== undefined && { source }),
    limit: limit + MOST_OWN,
  });
  const found = newest.filter(({ event }) => !isOwn(event)).slice(0, limit);
  const of = `${source === undefined ? '' : ` of ${source}`}${asked.here === undefined ? '' : ' here'}`;
  return privately(asked, {
    title:
      found.length === 0
        ? `No events${of} yet`
        : `The newest ${found.length === 1 ? 'event' : `${found.length} events`}${of}`,
    emoji: '🕑',
    body: found.length === 0 ? [] : [bullets(found.map((one) => lineOf(one, asked)))],
  });
};

function lineOf({ event, deliveries }: StoredEvent, asked: Asked): readonly Words[] {
  const state = deliveries.find(({ channel }) => channel === asked.here)?.state;
  const held = state === undefined || state === 'sent' ? '' : ` (${state})`;
  const severity = event.severity === 'info' ? '' : `${event.severity}: `;
  return [
    `${clockTime(event.receivedAt, asked)} ${severity}`,
    link(oneLine(event.title, 120), event.url),
    `${held} `,
    code(event.id),
  ];
}
