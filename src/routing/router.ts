import type { RouteConfig } from '../core/config.ts';
import type { Problem } from '../core/problem.ts';
import type { Destination, Router, RouteTrace, Subject } from '../core/route.ts';
import { compileMatch, type Matcher } from './matcher.ts';
import { indexRoutes } from './route-index.ts';

interface CompiledRoute extends RouteConfig {
  readonly matcher: Matcher;
}

/**
 * Compiles the routes of a config once. `problems` holds what only compiling finds (a bad regular expression); a route with
 * a problem must not go into service.
 */
export function compileRoutes(routes: readonly RouteConfig[]): {
  readonly router: Router;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const compiled = routes.map((route, at) => ({
    ...route,
    matcher: compileMatch(route.match ?? {}, ['routes', at, 'match'], problems),
  }));
  const ordinary = withIndex(compiled.filter((route) => !route.fallback));
  const fallback = withIndex(compiled.filter((route) => route.fallback));
  return {
    problems,
    router: {
      destinations(subject) {
        const taken = ordinary(subject);
        return toDestinations(taken.length > 0 ? taken : fallback(subject));
      },
      trace: (subject) => traceRoutes(compiled, subject),
    },
  };
}

/** Finds the routes of a list that take a subject, in order, up to the first `stop`. */
function withIndex(routes: readonly CompiledRoute[]): (subject: Subject) => readonly CompiledRoute[] {
  const candidates = indexRoutes(routes);
  return (subject) => {
    const taken: CompiledRoute[] = [];
    for (const place of candidates(subject)) {
      const route = routes[place];
      if (route === undefined || !route.matcher.holds(subject)) continue;
      taken.push(route);
      if (route.stop) break;
    }
    return taken;
  };
}

/** One channel once, by the first route that names it. */
function toDestinations(routes: readonly CompiledRoute[]): readonly Destination[] {
  const destinations = new Map<string, Destination>();
  for (const { name, to, mention } of routes) {
    for (const channel of to) {
      if (!destinations.has(channel)) destinations.set(channel, { channel, route: name, mentions: mention });
    }
  }
  return [...destinations.values()];
}

/** Looks at every route, index or not: it is for people, and it is what tests hold the index against. */
function traceRoutes(routes: readonly CompiledRoute[], subject: Subject): readonly RouteTrace[] {
  const traces = new Map<CompiledRoute, RouteTrace>();
  const ended: { ordinary?: string; fallback?: string } = {};
  let ordinaryTook = false;
  for (const isFallback of [false, true]) {
    const pass = isFallback ? 'fallback' : 'ordinary';
    for (const route of routes) {
      if (route.fallback !== isFallback) continue;
      const failed = route.matcher.failure(subject);
      const skipped =
        isFallback && ordinaryTook
          ? 'another route took this event'
          : ended[pass] && `route "${ended[pass]}" ended the search`;
      if (failed !== undefined) traces.set(route, { name: route.name, matched: false, failed });
      else if (skipped !== undefined) traces.set(route, { name: route.name, matched: false, skipped });
      else {
        traces.set(route, { name: route.name, matched: true });
        if (!isFallback) ordinaryTook = true;
        if (route.stop) ended[pass] = route.name;
      }
    }
  }
  return routes.flatMap((route) => traces.get(route) ?? []);
}
