import { isOwn, type KeptEvent } from '../core/event.ts';
import { nearest } from '../core/nearest.ts';
import type { MuteScope } from '../core/overlay.ts';
import type { Command, MuteCommand } from './command.ts';
import type { Asked, ChatContext } from './context.ts';
import { asking, sourceOf } from './names.ts';
import { Refusal } from './refusal.ts';
import { listed, nameText, oneLine } from './words.ts';

/** How far back a channel is searched for what "this" may mean. */
const MOST_LOOKED_THROUGH = 50;

/** What a mute is to cover, looked up; `about` is the title of the thing, where it is one thing. */
export interface Targeted {
  readonly scope: MuteScope;
  readonly about: string | undefined;
}

/** The target of a mute as a scope, but for its channel and conditions. Refuses names that do not exist. */
export async function muteTarget(asks: MuteCommand, asked: Asked, context: ChatContext): Promise<Targeted> {
  const { target } = asks;
  switch (target?.kind) {
    case undefined:
      return { scope: {}, about: undefined };
    case 'source':
      return {
        scope: patternOf(target, asked, (source) => ({ ...asks, target: { ...target, source } })),
        about: undefined,
      };
    case 'route':
      return { scope: { route: routeNamed(target.route, asks, { asked, context }) }, about: undefined };
    case 'key':
      return { scope: { key: target.key }, about: undefined };
    case 'this':
      return storyOf(await eventHere(asked, context));
    case 'event':
      return storyOrSort((await context.store.event(target.id))?.event);
  }
}

/** A source, its events by a pattern, or a pattern over all sources: a word that is no source but looks like one. */
export function patternOf(
  { source, event }: { readonly source: string; readonly event?: string },
  asked: Asked,
  corrected: (source: string) => Command,
): MuteScope {
  if (event === undefined && !asked.runtime.sources.has(source) && /[.*]/.test(source)) return { event: source };
  return { source: sourceOf(source, asked, corrected), ...(event !== undefined && { event }) };
}

function routeNamed(
  name: string,
  asks: MuteCommand,
  { asked, context }: { readonly asked: Asked; readonly context: ChatContext },
): string {
  const names = [
    ...context.routes.list().map((route) => route.name),
    ...asked.runtime.config.routes.map((route) => route.name),
  ];
  if (names.includes(name)) return name;
  const near = nearest(name, names);
  const known = names.length === 0 ? 'There are none.' : `The routes: ${listed(names, { most: 20 })}.`;
  throw new Refusal(
    `There is no route "${nameText(name)}"${asking(near)} ${known}`,
    near === undefined ? undefined : { ...asks, target: { kind: 'route', route: near } },
  );
}

/** What the message is about that it was said on; else the newest here that goes on over time. */
async function eventHere({ request, here }: Asked, { store }: ChatContext): Promise<KeptEvent | undefined> {
  if (request.on !== undefined) {
    const delivery = await store.deliveryOf(request.on);
    return delivery && (await store.event(delivery.eventId))?.event;
  }
  if (here === undefined) return undefined;
  const newest = await store.events({ channel: here, limit: MOST_LOOKED_THROUGH });
  return newest.find(({ event }) => event.key !== undefined && !isOwn(event))?.event;
}

/** What a button mutes: the story of its message, or all of its sort where it has none. */
function storyOrSort(event: KeptEvent | undefined): Targeted {
  if (event === undefined || event.key !== undefined || isOwn(event)) return storyOf(event);
  return { scope: { source: event.source, event: event.event }, about: undefined };
}

function storyOf(event: KeptEvent | undefined): Targeted {
  if (event === undefined)
    throw new Refusal(
      'Bellhop knows no event for that: it may be older than what is kept. Name its source, its route or its key.',
      {
        name: 'list',
        what: 'sources',
      },
    );
  if (isOwn(event)) throw new Refusal('That message is Bellhop’s own: it cannot be muted.');
  if (event.key !== undefined) return { scope: { source: event.source, key: event.key }, about: event.title };
  throw new Refusal(
    `"${oneLine(event.title, 100)}" happened once and does not go on, so there is nothing of it to mute. Mute all of its sort.`,
    {
      name: 'mute',
      target: { kind: 'source', source: event.source, event: event.event },
      where: {},
      everywhere: false,
    },
  );
}
