import { formatDuration } from '../core/duration.ts';
import type { ChatRoute, Person } from '../core/overlay.ts';
import { pressId } from '../core/press.ts';
import type { Notice } from './bellhop-source.ts';
import { clockTime, type ReadAt } from './clock-time.ts';
import { chatRouteText, nameText, oneLine, sentence } from './scope-text.ts';

/** How a chat route went. */
export interface RouteEnd {
  readonly reason: 'time' | 'removed' | 'replaced';
  /** Who removed it. */
  readonly by?: Person;
}

/** Told in its channel when it was said elsewhere. */
export function routeStarted(route: ChatRoute, readAt: ReadAt): Notice {
  const until = route.until === undefined ? 'until it is removed' : `until ${clockTime(route.until, readAt)}`;
  const facts = { ...factsOf(route), until };
  return {
    event: 'route_started',
    severity: 'info',
    title: `New route${lengthText(route)}: ${facts.what}`,
    detail: `${facts.who} added it, ${until}. ${facts.how}`,
    about: routeKey(route),
    facts,
    actions: [{ label: 'Undo', id: pressId('unroute', route.name) }],
  };
}

export function routeEnded(route: ChatRoute, end: RouteEnd): Notice {
  const facts = { ...factsOf(route), end: sentence(endText(end)) };
  const replaced = end.reason === 'replaced';
  return {
    event: replaced ? 'route_replaced' : 'route_ended',
    severity: 'info',
    title: replaced ? `Route ${route.name} is the config’s now` : `Route ${route.name} ended: ${facts.what}`,
    detail: `${facts.who} had added ${facts.what}. ${facts.end}`,
    about: routeKey(route),
    facts,
  };
}

/** One line for the audit log: `#4 copy of alerts where env:prod to war-room for 2 h: incident 42`. */
export const auditText = (route: ChatRoute): string =>
  `#${route.number} ${route.mode} ${chatRouteText(route)}${lengthText(route)}${route.why === undefined ? '' : `: ${oneLine(route.why)}`}`;

/** `Ana removed it`, `its time was over`. */
export function endText({ reason, by }: RouteEnd): string {
  if (reason === 'replaced') return 'the config has a route of that name, and the files win';
  return by === undefined ? 'its time was over' : `${nameText(by.name)} removed it`;
}

const factsOf = (route: ChatRoute) => ({
  name: route.name,
  what: chatRouteText(route),
  who: nameText(route.by.name),
  how:
    route.mode === 'move'
      ? 'They come only here now; the config’s routes do not see them.'
      : 'They still go where they went before, too.',
  why: route.why === undefined ? undefined : oneLine(route.why),
});

const routeKey = ({ name }: ChatRoute): string => `route:${name}`;

const lengthText = ({ from, until }: ChatRoute): string =>
  until === undefined ? '' : ` for ${formatDuration(until.getTime() - from.getTime())}`;
