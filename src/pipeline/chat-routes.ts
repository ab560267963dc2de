import type { Clock } from '../core/clock.ts';
import { CommandError } from '../core/errors.ts';
import type { NewId } from '../core/id.ts';
import type { Log } from '../core/log.ts';
import { didYouMean } from '../core/nearest.ts';
import {
  type ChatRoute,
  chatRouteName,
  type Overlay,
  type OverlayStore,
  type Person,
  type Where,
} from '../core/overlay.ts';
import type { Store } from '../core/store.ts';
import { auditText, endText, type RouteEnd, routeEnded, routeStarted } from './chat-route-notices.ts';
import { freeNumber, toChatRoute } from './chat-route-order.ts';
import { createExpiry, firstEnd } from './expiry.ts';
import type { Notices } from './notices.ts';
import { BELLHOP_PERSON, createOverlayEdits, FILE_PERSON } from './overlay-edits.ts';
import type { CurrentRuntime } from './runtime.ts';
import { oneLine } from './scope-text.ts';

export interface ChatRouteOrder {
  readonly source: string;
  readonly event?: string;
  readonly where?: Where;
  readonly to: string;
  readonly mode: 'copy' | 'move';
  /** Absent: until somebody removes it. */
  readonly forMs?: number;
  readonly by: Person;
  readonly why?: string;
  readonly origin?: string;
}

/** Routes that people add while Bellhop runs, for chat, API and command line alike. Refusals are `CommandError`s. */
export interface ChatRoutes {
  /** Those in force, by number. */
  list(): readonly ChatRoute[];
  /** Stores it; told in its channel and, where it moves messages away, nowhere else but `origin`'s reply. */
  add(order: ChatRouteOrder): Promise<ChatRoute>;
  /** By name (`chat-4`). Told in its channel, unless that is where it was said. */
  remove(name: string, by: Person, origin?: string): Promise<ChatRoute>;
  /** The config changed: a chat route whose name the config has now is dropped, and its channel told. */
  changed(): Promise<void>;
  /** Ends routes when their time comes. */
  start(): Promise<void>;
  stop(): void;
}

export interface ChatRoutesContext {
  readonly runtime: CurrentRuntime;
  readonly overlay: OverlayStore;
  readonly store: Pick<Store, 'audit'>;
  readonly notices: Notices;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** Called after every change of the overlay, before its promise resolves: puts it in force at once. */
  readonly onOverlay: () => void;
}

/** More are a mistake: each is held against every event, and belongs into the files by then. */
const MOST_ROUTES = 200;

export function createChatRoutes(context: ChatRoutesContext): ChatRoutes {
  const { runtime, overlay, notices, clock, log } = context;
  /** The overlay's routes when it was last looked at. */
  let known: ReadonlyMap<string, ChatRoute> = new Map();
  const edits = createOverlayEdits({
    ...context,
    onOverlay() {
      context.onOverlay();
      expiry.arm();
    },
  });
  const expiry = createExpiry({ clock, log, what: 'a chat route', next: nextEnd, run: endDue });

  /** Why a route ends by itself now, if it does. */
  function dueAs({ name, until }: ChatRoute): RouteEnd | undefined {
    if (runtime().config.routes.some((route) => route.name === name)) return { reason: 'replaced' };
    return until !== undefined && until <= clock.now() ? { reason: 'time' } : undefined;
  }

  function nextEnd(): Date | undefined {
    const { routes } = overlay.read();
    if (routes.some((route) => dueAs(route) !== undefined)) return clock.now();
    return firstEnd(routes);
  }

  async function endDue(): Promise<void> {
    for (const route of overlay.read().routes) {
      const end = dueAs(route);
      if (end === undefined) continue;
      // The note first: it is written once, and a route that is still there after a crash is looked at again.
      await tell(route, end);
      if (await take(route)) await note(route, end);
    }
  }

  /** Removes a route from the overlay; false when it is not there any more. */
  async function take({ name, number }: ChatRoute): Promise<boolean> {
    let isOurs = false;
    const isIt = (route: ChatRoute): boolean => route.name === name && route.number === number;
    const after = await edits.change((found) => {
      isOurs = found.routes.some(isIt);
      return isOurs ? { ...found, routes: found.routes.filter((route) => !isIt(route)) } : found;
    });
    if (isOurs) known = byName(after);
    return isOurs;
  }

  const tell = (route: ChatRoute, end: RouteEnd): Promise<void> =>
    notices.post(routeEnded(route, end), toldOf(route), {
      route: 'bellhop',
      dedupeKey: `route:${route.name}:${route.from.getTime()}:ended`,
    });

  const note = (route: ChatRoute, end: RouteEnd, channel?: string): Promise<void> =>
    edits.orLog(
      'the audit entry of a chat route',
      edits.note({
        action: end.reason === 'removed' ? 'unroute' : 'route_ended',
        subject: route.name,
        by: end.by ?? BELLHOP_PERSON,
        ...(channel !== undefined && { channel }),
        detail: `${auditText(route)}; ${endText(end)}`,
      }),
    );

  function toldOf({ to }: ChatRoute): readonly string[] {
    const { channels, config } = runtime();
    return channels.has(to) ? [to] : config.operators;
  }

  /** Told of what somebody took out of the file by hand. */
  async function follow(): Promise<void> {
    const now = byName(overlay.read());
    const gone = [...known.values()].filter(({ name }) => !now.has(name));
    known = now;
    for (const route of gone) {
      const end: RouteEnd = { reason: 'removed', by: FILE_PERSON };
      await note(route, end);
      await edits.orLog('the note about a chat route', tell(route, end));
    }
  }

  return {
    list: () => [...overlay.read().routes].sort((a, b) => a.number - b.number),

    async add(order) {
      const { origin, to } = order;
      const active = runtime();
      const asked = toChatRoute(order, active, clock.now());
      let number = 0;
      const after = await edits.change((found) => {
        if (found.routes.length >= MOST_ROUTES)
          throw new CommandError(`There are ${MOST_ROUTES} chat routes already; remove some before you add another.`);
        number = freeNumber(found, active);
        const route = { ...asked, number, name: chatRouteName(number) };
        return { ...found, nextNumber: number + 1, routes: [...found.routes, route] };
      });
      known = byName(after);
      const route = after.routes.find((other) => other.number === number);
      if (route === undefined) throw new CommandError('The route was removed from the overlay’s file at once.');
      const entry = { action: 'route', subject: route.name, by: route.by, detail: auditText(route) } as const;
      await edits.orLog(
        'the audit entry of a chat route',
        edits.note({ ...entry, ...(origin !== undefined && { channel: origin }) }),
      );
      if (to !== origin) {
        const started = routeStarted(route, { zone: active.config.chatops.timeZone, now: route.from });
        await edits.orLog('the note about a chat route', notices.post(started, toldOf(route), { route: 'bellhop' }));
      }
      return route;
    },

    async remove(name, by, origin) {
      const route = overlay.read().routes.find((other) => other.name === name);
      const names = overlay.read().routes.map((other) => other.name);
      if (route === undefined || !(await take(route)))
        throw notThere(
          name,
          names.filter((other) => other !== name),
        );
      const end: RouteEnd = { reason: 'removed', by };
      await note(route, end, origin);
      if (route.to !== origin) await edits.orLog('the note about a chat route', tell(route, end));
      return route;
    },

    async changed() {
      await follow();
      await expiry.look();
    },

    async start() {
      known = byName(overlay.read());
      await expiry.look();
    },

    stop: expiry.stop,
  };
}

const byName = ({ routes }: Overlay): ReadonlyMap<string, ChatRoute> =>
  new Map(routes.map((route) => [route.name, route]));

function notThere(name: string, names: readonly string[]): CommandError {
  const near = didYouMean(name, names);
  const there = names.length === 0 ? '; there are none.' : `; there are ${names.join(', ')}.`;
  return new CommandError(`There is no chat route "${oneLine(name, 80)}"${near === '' ? there : near}`);
}
