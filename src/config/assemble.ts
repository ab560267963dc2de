import { basename } from 'node:path';
import type { z } from 'zod';
import type { Config, RouteConfig } from '../core/config.ts';
import type { Problem } from '../core/problem.ts';
import { childOf, type LocatedObject, plainOf } from './located.ts';
import { type Parts, parts } from './schema.ts';
import { problemsOf, sentence } from './sentences.ts';

export interface Assembled {
  /** Of every entry that is right by itself; whole when there are no problems. */
  readonly config: Config;
  /** Where each of its routes stands in the document. */
  readonly routePlaces: readonly number[];
  readonly problems: readonly Problem[];
}

type Path = readonly (string | number)[];

/** Reads every entry by itself, so that a mistake in one does not hide the others’. */
export function assemble(
  document: LocatedObject,
  sourceTypes: readonly string[],
  secretless?: readonly string[],
): Assembled {
  const problems: Problem[] = [];
  const schemas = parts(sourceTypes, secretless);

  const read = <Schema extends z.ZodType>(schema: Schema, path: Path, value: unknown): z.output<Schema> | undefined => {
    const result = schema.safeParse(value, { error: sentence });
    if (!result.success) problems.push(...problemsOf(result.error, path));
    return result.data;
  };
  const section = (key: string): unknown => {
    const node = document.entries.get(key);
    return node && plainOf(node);
  };
  const named = <Schema extends z.ZodType<object>>(key: string, schema: Schema) => {
    const node = document.entries.get(key);
    // Names come from outside (`/hooks/constructor`): nothing may be inherited.
    const found: Record<string, z.output<Schema> & { readonly name: string }> = Object.create(null);
    for (const [name, entry] of node?.kind === 'object' ? node.entries : []) {
      read(schemas.name, [key, name], name);
      const value = read(schema, [key, name], plainOf(entry));
      if (value !== undefined) found[name] = { ...value, name };
    }
    return found;
  };

  const routes = readRoutes(document, schemas.route, read);
  const whole = <Schema extends z.ZodType>(key: string, schema: Schema) => read(schema, [key], section(key) ?? {});
  const config: Config = {
    server: whole('server', schemas.server) ?? schemas.server.parse({}),
    sources: named('sources', schemas.source),
    platforms: whole('platforms', schemas.platforms) ?? {},
    channels: named('channels', schemas.channel),
    mentions: withoutNames(named('mentions', schemas.mention)),
    routes: routes.map(({ route }) => route),
    delivery: whole('delivery', schemas.delivery) ?? schemas.delivery.parse({}),
    chatops: whole('chatops', schemas.chatops) ?? schemas.chatops.parse({}),
    operators: read(schemas.operators, ['operators'], section('operators') ?? []) ?? [],
  };
  return { config, routePlaces: routes.map(({ place }) => place), problems };
}

type Read = <Schema extends z.ZodType>(schema: Schema, path: Path, value: unknown) => z.output<Schema> | undefined;

function readRoutes(document: LocatedObject, schema: Parts['route'], read: Read) {
  const node = document.entries.get('routes');
  const routes: { readonly route: RouteConfig; readonly place: number }[] = [];
  for (const [place, item] of node?.kind === 'list' ? node.items.entries() : []) {
    const route = read(schema, ['routes', place], plainOf(item));
    if (route === undefined) continue;
    const writtenAt = `${basename(item.at.file)}:${item.at.line}`;
    routes.push({ route: { ...route, name: route.name ?? defaultRouteName(place), writtenAt }, place });
  }
  return routes;
}

/** What a route without a name is called, by its place from 0. */
export const defaultRouteName = (place: number): string => `route-${place + 1}`;

/** Mentions do not know their own name. */
function withoutNames<Entry extends { readonly name: string }>(entries: Readonly<Record<string, Entry>>) {
  const found: Record<string, Omit<Entry, 'name'>> = Object.create(null);
  for (const [key, { name: _, ...entry }] of Object.entries(entries)) found[key] = entry;
  return found;
}

/** The names a section defines, right or wrong: a name with a mistake inside is still known. */
export function namesIn(document: LocatedObject, section: string): readonly string[] {
  const node = childOf(document, section);
  return node?.kind === 'object' ? [...node.entries.keys()] : [];
}
