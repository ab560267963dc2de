import { formatDuration } from '../core/duration.ts';
import { CommandError } from '../core/errors.ts';
import { type ChatRoute, chatRouteName, type Overlay } from '../core/overlay.ts';
import type { ChatRouteOrder } from './chat-routes.ts';
import { checkLength, checkName, checkWhere, LONGEST_SAID_MS } from './overlay-names.ts';
import type { Runtime } from './runtime.ts';
import { keptReason, namedPerson } from './scope-text.ts';

const SHORTEST_MS = 1_000;

/** An order as the route that is kept, but for its number. Refuses names the config does not have, and ends nobody means. */
export function toChatRoute(order: ChatRouteOrder, runtime: Runtime, from: Date): Omit<ChatRoute, 'name' | 'number'> {
  const { by, why, to, mode, origin, forMs } = order;
  return {
    ...checkedMatch(order, runtime),
    ...{ to, mode, from },
    by: namedPerson(by),
    ...keptReason(why),
    ...(origin !== undefined && { origin }),
    ...(forMs !== undefined && { until: new Date(from.getTime() + forMs) }),
  };
}

/** The next number whose name nobody has: in the files somebody may have called a route `chat-7`. */
export function freeNumber({ nextNumber, routes }: Overlay, { config }: Runtime): number {
  const taken = new Set([...config.routes, ...routes].map(({ name }) => name));
  let number = nextNumber;
  while (taken.has(chatRouteName(number))) number++;
  return number;
}

/** What a route matches, as it is kept. Refuses names the config does not have, and ends nobody means. */
function checkedMatch(
  { source, event, where, to, forMs }: ChatRouteOrder,
  runtime: Runtime,
): Pick<ChatRoute, 'source' | 'event' | 'where'> {
  checkName('source', source, [...runtime.sources.keys()]);
  checkName('channel', to, [...runtime.channels.keys()]);
  if (event !== undefined) checkLength('The event', event);
  if (where !== undefined) checkWhere(runtime, where);
  if (forMs !== undefined && !(forMs >= SHORTEST_MS))
    throw new CommandError(
      'A route lasts a second or more; say "for 2h", or nothing: then it stays until it is removed.',
    );
  if (forMs !== undefined && forMs > LONGEST_SAID_MS)
    throw new CommandError(
      `That would last ${formatDuration(forMs)}; leave "for" out, and the route stays until it is removed.`,
    );
  const asked = Object.entries(where ?? {}).filter(([, values]) => values.length > 0);
  return {
    source,
    ...(event !== undefined && event !== '' && { event }),
    ...(asked.length > 0 && { where: Object.fromEntries(asked) }),
  };
}
