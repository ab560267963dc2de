import type { ChatRoute } from '../core/overlay.ts';
import type { Destination, Router, RouteTrace, Subject } from '../core/route.ts';
import { compileWhere, type Matcher } from './matcher.ts';

interface CompiledChatRoute extends ChatRoute {
  /** Every part of it, in the order in which a trace tells them. */
  readonly parts: readonly Matcher[];
}

/**
 * The routes of the chat before those of the config. A `copy` adds its channel and takes nothing from anybody: a channel
 * that the config posts in anyway keeps its route and its mentions. After a `move` the config's routes do not see the event.
 */
export function layerRoutes(chatRoutes: readonly ChatRoute[], fileRouter: Router): Router {
  if (chatRoutes.length === 0) return fileRouter;
  const routes = [...chatRoutes].sort((a, b) => a.number - b.number).map(compile);
  return {
    destinations(subject) {
      const taken = routes.filter((route) => holds(route, subject));
      if (taken.length === 0) return fileRouter.destinations(subject);
      const ofFile = isMoved(taken) ? [] : fileRouter.destinations(subject);
      return [...added(taken, ofFile), ...ofFile];
    },
    trace(subject) {
      const moved = routes.find((route) => route.mode === 'move' && holds(route, subject));
      const ofFile = fileRouter.trace(subject);
      return [
        ...routes.map((route) => traceOf(route, subject)),
        ...(moved === undefined ? ofFile : ofFile.map((trace) => skippedBy(moved, trace))),
      ];
    },
  };
}

function compile(route: ChatRoute): CompiledChatRoute {
  const { source, event, where } = route;
  const conditions = { source: [source], ...(event !== undefined && { event: [event] }) };
  const path = ['routes', route.name, 'match'];
  // Apart: `where` may name the source or the event once more.
  return { ...route, parts: [compileWhere(conditions, path), compileWhere(where ?? {}, path)] };
}

const holds = ({ parts }: CompiledChatRoute, subject: Subject): boolean => parts.every((part) => part.holds(subject));

const isMoved = (taken: readonly ChatRoute[]): boolean => taken.some(({ mode }) => mode === 'move');

/** One channel once, by the first route that names it. */
function added(taken: readonly ChatRoute[], ofFile: readonly Destination[]): readonly Destination[] {
  const destinations = new Map<string, Destination>();
  for (const { name, to } of taken) {
    if (destinations.has(to) || ofFile.some(({ channel }) => channel === to)) continue;
    destinations.set(to, { channel: to, route: name, mentions: [] });
  }
  return [...destinations.values()];
}

function traceOf({ name, parts }: CompiledChatRoute, subject: Subject): RouteTrace {
  for (const part of parts) {
    const failed = part.failure(subject);
    if (failed !== undefined) return { name, matched: false, failed };
  }
  return { name, matched: true };
}

const skippedBy = ({ name: by }: ChatRoute, trace: RouteTrace): RouteTrace =>
  trace.failed === undefined ? { name: trace.name, matched: false, skipped: `route "${by}" moved it` } : trace;
