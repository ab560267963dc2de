import type { MatchConfig, RouteConfig } from '../core/config.ts';
import { didYouMean } from '../core/nearest.ts';
import type { Problem } from '../core/problem.ts';
import type { Runtime } from '../pipeline/runtime.ts';

const ROOTS = ['payload', 'headers', 'query'];

/** What a route asks for that can hardly be meant: an event no source sends, a path from nowhere, a channel without a route. */
export function routeWarnings({ config, sources }: Runtime): readonly Problem[] {
  const types = [...sources.values()].map(({ type }) => type);
  // Where one source's events are named by its sender, any name may come.
  const open = types.some(({ events }) => Object.keys(events).length === 0);
  const known = open ? undefined : types.flatMap(({ events, ignores }) => Object.keys({ ...events, ...ignores }));
  return [
    ...config.routes.flatMap((route, at) => conditionWarnings(route.match ?? {}, ['routes', at, 'match'], known)),
    ...unusedChannels(config.routes, Object.keys(config.channels), config.operators),
  ];
}

type Path = readonly (string | number)[];

function conditionWarnings(match: MatchConfig, path: Path, known: readonly string[] | undefined): readonly Problem[] {
  return Object.entries(match).flatMap(([key, condition]): readonly Problem[] => {
    if (key === 'all' || key === 'any' || key === 'none') {
      const nested = condition as readonly MatchConfig[];
      return nested.flatMap((one, at) => conditionWarnings(one, [...path, key, at], known));
    }
    if (key === 'event' && known !== undefined) return eventWarnings(condition, [...path, key], known);
    const [root = '', ...rest] = key.split('.');
    const meant = rest.length > 0 && !ROOTS.includes(root) ? didYouMean(root, ROOTS) : '';
    return meant === '' ? [] : [{ path: [...path, key], message: `is taken for a label${meant}` }];
  });
}

/** Exact names only: a wildcard may be meant for what is still to come. */
function eventWarnings(condition: unknown, path: Path, known: readonly string[]): readonly Problem[] {
  const names = [condition].flat().filter((name): name is string => typeof name === 'string');
  return names
    .map((name) => name.replace(/^!/, ''))
    .filter((name) => !/[*?]/.test(name) && !known.includes(name))
    .map((name) => ({ path, message: `no source has an event "${name}"${didYouMean(name, known)}` }));
}

function unusedChannels(
  routes: readonly RouteConfig[],
  channels: readonly string[],
  operators: readonly string[],
): readonly Problem[] {
  const used = new Set([...routes.flatMap((route) => route.to), ...operators]);
  return channels
    .filter((channel) => !used.has(channel))
    .map((channel) => ({ path: ['channels', channel], message: 'no route leads here' }));
}
