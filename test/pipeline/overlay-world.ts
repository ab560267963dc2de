import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChatopsConfig, Config, RouteConfig } from '../../src/core/config.ts';
import type { SourceEvent } from '../../src/core/event.ts';
import type { Mute, Overlay, OverlayStore, Person } from '../../src/core/overlay.ts';
import type { SourceType } from '../../src/core/source.ts';
import type { PlannedEvent, Store, StoredEvent } from '../../src/core/store.ts';
import type { Notice } from '../../src/pipeline/bellhop-source.ts';
import { type ChatRoutes, createChatRoutes } from '../../src/pipeline/chat-routes.ts';
import { createMutes, type MuteOrder, type Mutes } from '../../src/pipeline/mutes.ts';
import { createNotices } from '../../src/pipeline/notices.ts';
import { planEvents } from '../../src/pipeline/plan.ts';
import type { ActiveChannel, ActiveSource, Runtime } from '../../src/pipeline/runtime.ts';
import { consolePlatform } from '../../src/platforms/console/platform.ts';
import { compileMutes } from '../../src/routing/mutes.ts';
import { compileRoutes } from '../../src/routing/router.ts';
import { compileScope } from '../../src/routing/scope.ts';
import { withOverlay } from '../../src/runtime.ts';
import { openOverlay } from '../../src/store/overlay.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { aHook, NOON, rememberingLog, type TestClock, testClock, testIds } from '../builders.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const later = (ms: number): Date => new Date(NOON.getTime() + ms);

export const ANA: Person = { platform: 'slack', id: 'U1', name: 'Ana' };
export const BO: Person = { platform: 'discord', id: '7', name: 'Bo' };

export const aRoute = (over: Partial<RouteConfig> = {}): RouteConfig => ({
  ...{ name: 'all', to: ['ops'], mention: [], stop: false, fallback: false, actions: [] },
  ...over,
});

export interface WorldOptions {
  /** Another one's folder: the process after a restart. */
  readonly folder?: string;
  readonly clock?: TestClock;
  readonly routes?: readonly RouteConfig[];
  readonly chatops?: Partial<ChatopsConfig>;
  /** Puts faults in front of the real store. */
  readonly faults?: (store: Store) => Partial<Store>;
  /** Puts faults in front of the real overlay. */
  readonly overlayFaults?: (overlay: OverlayStore) => Partial<OverlayStore>;
}

/** What happened, as `send` takes it. */
export type Sent = Partial<SourceEvent> & { readonly source?: string };

export interface World {
  readonly clock: TestClock;
  readonly store: Store;
  readonly overlay: OverlayStore;
  readonly mutes: Mutes;
  readonly routes: ChatRoutes;
  readonly folder: string;
  readonly poked: readonly string[];
  readonly log: readonly string[];
  runtime(): Runtime;
  /** Plans and stores an event as the receiver does; resolves to what became of it: `ops:queued`, `ops:muted`. */
  send(sent?: Sent): Promise<readonly string[]>;
  /** Another config is in force. */
  configure(routes: readonly RouteConfig[]): void;
  /** What Bellhop itself said, oldest first: `title → channels`. */
  said(event?: Notice['event']): Promise<readonly string[]>;
  receipts(): Promise<readonly StoredEvent[]>;
  /** The process ends; what is on disk stays. */
  close(): Promise<void>;
}

const cleanups: (() => Promise<unknown>)[] = [];

/** For `afterEach`. */
export async function removeWorlds(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

let seed = 1;

/** Mutes and chat routes on a real store and a real overlay file, below a config with three channels and two sources. */
export async function aWorld(options: WorldOptions = {}): Promise<World> {
  const clock = options.clock ?? testClock();
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'bellhop-overlay-')));
  if (options.folder === undefined)
    cleanups.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 }));
  const newId = testIds(seed++);
  const log = rememberingLog();
  const realStore = await openSqliteStore({ file: join(folder, 'bellhop.db'), clock, log });
  const store: Store = { ...realStore, ...options.faults?.(realStore) };
  const realOverlay = await openOverlay({ file: join(folder, 'overlay.json'), clock, newId });
  const overlay: OverlayStore = { ...realOverlay, ...options.overlayFaults?.(realOverlay) };

  const base = (routes: readonly RouteConfig[]): Runtime => ({
    config: {
      ...{ routes, operators: ['desk'], mentions: {}, platforms: {} },
      chatops: {
        ...{ timeZone: 'UTC', defaultMuteMs: HOUR, longestMuteMs: 7 * 24 * HOUR, permissions: [] },
        ...options.chatops,
      },
    } as unknown as Config,
    sources: new Map(['alerts', 'github'].map((name) => [name, source(name)])),
    types: new Map(),
    channels: new Map(['ops', 'war-room', 'desk'].map((name) => [name, channel(name)])),
    router: compileRoutes(routes).router,
    mutes: compileMutes([]),
    renderer: { render: unused, plain: unused },
  });
  let configured = base(options.routes ?? [aRoute()]);
  let current = withOverlay(configured, overlay.read());
  const onOverlay = (): void => {
    current = withOverlay(configured, overlay.read());
  };
  const runtime = (): Runtime => current;
  const poked: string[] = [];
  const onAccepted = (_hook: unknown, planned: readonly PlannedEvent[]): void => mutes.accepted(planned);
  const notices = createNotices({ runtime, store, clock, newId, onAccepted });
  const shared = { runtime, overlay, store, notices, clock, newId, log, onOverlay };
  const mutes = createMutes({ ...shared, scopeTest: compileScope, poke: (name) => poked.push(name) });
  const routes = createChatRoutes(shared);

  async function send({ source: name = 'alerts', ...over }: Sent = {}): Promise<readonly string[]> {
    const hook = { ...aHook({ source: name }), id: newId('hook'), at: clock.now() };
    const active = current.sources.get(name) ?? source(name);
    const planned = planEvents(current, hook, { source: active, events: [anOccurrence(over)], newId });
    await store.accept({ hook, status: 'accepted', events: planned });
    mutes.accepted(planned);
    const stored = await store.event(planned[0]?.event.id ?? '');
    return (stored?.deliveries ?? []).map((delivery) => `${delivery.channel}:${delivery.state}`);
  }

  const told = async (event?: Notice['event']): Promise<readonly StoredEvent[]> =>
    [...(await store.events({ source: 'bellhop', limit: 500, ...(event !== undefined && { event }) }))].sort(
      (a, b) => a.event.receivedAt.getTime() - b.event.receivedAt.getTime(),
    );

  async function close(): Promise<void> {
    mutes.stop();
    routes.stop();
    await realStore.close();
    // Updates take turns: what is being written now is over then.
    await realOverlay.reload();
  }
  cleanups.push(close);

  return {
    ...{ clock, store, overlay, mutes, routes, folder, poked, log: log.lines, runtime, send, close },
    configure(next) {
      configured = base(next);
      onOverlay();
    },
    said: async (event) =>
      (await told(event)).map(({ event: { title }, deliveries }) =>
        `${title} → ${deliveries.map((one) => one.channel).join(', ')}`.trim(),
      ),
    receipts: () => told('mute_ended'),
  };
}

/** An order that names what most tests do not care about. */
export const anOrder = (over: Partial<MuteOrder> = {}): MuteOrder => ({
  scope: { channel: 'ops', source: 'alerts' },
  until: { kind: 'for', ms: 2 * HOUR },
  by: ANA,
  origin: 'ops',
  ...over,
});

/** Somebody edits the overlay's file by hand. */
export const edited = (overlay: OverlayStore, change: (overlay: Overlay) => Overlay): Promise<Overlay> =>
  overlay.update(change);

export const markedAs = (mute: Mute, ended: NonNullable<Mute['ended']>) => (overlay: Overlay) => ({
  ...overlay,
  mutes: overlay.mutes.map((other) => (other.id === mute.id ? { ...other, ended } : other)),
});

export function anOccurrence(over: Partial<SourceEvent>): SourceEvent {
  return {
    event: 'alert.firing',
    severity: 'warning',
    title: 'HighLatency is firing',
    labels: { env: 'prod' },
    facts: {},
    payload: {},
    at: NOON,
    ...over,
  };
}

const source = (name: string): ActiveSource => ({
  name,
  type: { type: 'generic', dedupeKey: () => undefined } as unknown as SourceType,
  options: {},
  allows: () => true,
  verify: () => ({ ok: true }),
  withoutToken: (hook) => hook,
  looksLike: () => undefined,
  maskProof: (request) => request,
});

const channel = (name: string): ActiveChannel => ({
  config: { name, platform: 'console' },
  platform: consolePlatform,
  client: { send: unused, update: unused, health: unused, stop: unused },
  pace: [],
  retryMs: [],
  timeoutMs: 10_000,
});

function unused(): never {
  throw new Error('nothing is sent here');
}
