import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBlueprint, SHIPPED_TEMPLATES } from '../../src/blueprint.ts';
import { createChat } from '../../src/chatops/chat.ts';
import type { ChatContext } from '../../src/chatops/context.ts';
import type { Chat, ChatPerson, ChatRequest, Reply } from '../../src/core/chat.ts';
import type { KeptEvent, SourceEvent } from '../../src/core/event.ts';
import { createIds } from '../../src/core/id.ts';
import { toPlainText } from '../../src/core/message.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import type { OverlayStore } from '../../src/core/overlay.ts';
import type { Payload } from '../../src/core/platform.ts';
import { toSecret } from '../../src/core/secret.ts';
import type { Store } from '../../src/core/store.ts';
import { createAcknowledger } from '../../src/pipeline/acknowledge.ts';
import { createChatRoutes } from '../../src/pipeline/chat-routes.ts';
import { createEventReader } from '../../src/pipeline/event-reader.ts';
import { createMutes } from '../../src/pipeline/mutes.ts';
import { createNotices } from '../../src/pipeline/notices.ts';
import { planEvents } from '../../src/pipeline/plan.ts';
import { createReplayer } from '../../src/pipeline/replay.ts';
import { createTestMessages } from '../../src/pipeline/test-message.ts';
import { commandStyle } from '../../src/platforms/index.ts';
import { linkedMessage } from '../../src/platforms/slack/linked-message.ts';
import { compileScope } from '../../src/routing/scope.ts';
import { buildRuntime, withOverlay } from '../../src/runtime.ts';
import { openOverlay } from '../../src/store/overlay.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { loadSamples } from '../../src/templates/samples.ts';
import { aHook, NOON, rememberingLog, type TestClock, testClock, testRandom } from '../builders.ts';

/** What stands in for a platform: it takes everything, remembers it, and answers as it is told. */
export interface Posted {
  readonly channel: string;
  readonly payload: Payload;
}

export interface World {
  readonly chat: Chat;
  readonly context: ChatContext;
  readonly store: Store;
  readonly overlay: OverlayStore;
  readonly clock: TestClock;
  readonly log: ReturnType<typeof rememberingLog>;
  /** Messages that were changed. */
  readonly updates: Posted[];
  /** Channels that were told to look for work. */
  readonly poked: string[];
  /** What the platform answers to the next change. */
  answer: Outcome;
  /** An event comes in: planned by the real routes and mutes, stored, and posted where nothing holds it back. */
  arrives(event?: Partial<SourceEvent> & { readonly source?: string }): Promise<KeptEvent>;
  say(text: string, by?: Partial<ChatRequest>): Promise<Reply>;
  press(id: string, by?: Partial<ChatRequest>): Promise<Reply>;
  close(): Promise<void>;
}

export const aPerson = (over: Partial<ChatPerson> = {}): ChatPerson => ({
  platform: 'slack',
  id: 'U1',
  name: 'Ana',
  roles: [],
  inGroup: async () => false,
  ...over,
});

const CONFIG = {
  sources: {
    github: { type: 'github', secret: 'hush' },
    alerts: { type: 'alertmanager', auth: { bearer: 'hush' } },
  },
  platforms: {
    slack: { botToken: 'xoxb-1', signingSecret: 'hush' },
    discord: { botToken: 'bot', applicationId: '1', publicKey: '0'.repeat(64), guildId: '2' },
  },
  channels: {
    ops: { platform: 'slack', id: 'C0OPS00000' },
    'war-room': { platform: 'slack', id: 'C0WAR00000' },
    oncall: { platform: 'discord', id: '112233445566778899' },
    screen: { platform: 'console' },
  },
  routes: [
    {
      name: 'prod-alerts',
      match: { source: 'alerts', severity: { atLeast: 'warning' }, env: ['prod', 'eu-*'] },
      to: ['ops', 'screen'],
    },
    { name: 'prs', match: { source: 'github', event: 'pull_request.*', author: '!*[bot]' }, to: ['ops'] },
    { name: 'leftovers', match: { source: 'alerts' }, fallback: true, to: ['screen'] },
  ],
};

/** Ana may do what everybody may; Root everything; Rita routes and replays. */
export const ROOT = aPerson({ id: 'U0ROOT', name: 'Root' });
export const RITA = aPerson({ id: 'U0RITA', name: 'Rita' });

const GRANTS = [
  { who: ['slack:U0ROOT'], may: ['admin'] },
  { who: ['slack:U0RITA'], may: ['route', 'replay'] },
];

/** The real store, routes, templates, mutes and overlay, on a clock that stands still, without a platform. */
export async function aWorld(
  over: {
    readonly config?: object;
    readonly permissions?: readonly unknown[];
    readonly context?: Partial<ChatContext>;
  } = {},
): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-chatops-'));
  const chatops = { timeZone: 'UTC', permissions: over.permissions ?? GRANTS };
  await writeFile(join(folder, 'bellhop.json'), JSON.stringify({ ...CONFIG, chatops, ...over.config }));
  const blueprint = await readBlueprint({ config: folder, templates: SHIPPED_TEMPLATES }, {});
  const clock = testClock();
  const log = rememberingLog();
  const newId = createIds(clock, testRandom());
  const store = await openSqliteStore({ file: join(folder, 'bellhop.db'), clock, log });
  const overlay = await openOverlay({ file: join(folder, 'overlay.json'), clock, newId });
  const updates: Posted[] = [];
  const poked: string[] = [];
  const world = { answer: { kind: 'sent', ref: {} } as Outcome };
  const base = await buildRuntime({
    ...blueprint,
    autoSecret: async () => toSecret('hush'),
    connect: async () => ({
      send: async () => ({ kind: 'sent', ref: {} }),
      async update(channel, _ref, payload) {
        updates.push({ channel: channel.name, payload });
        return world.answer;
      },
      health: async () => ({ ok: true, detail: 'good' }),
      stop: async () => {},
    }),
  });
  let current = withOverlay(base, overlay.read());
  const runtime = () => current;
  const onOverlay = () => {
    current = withOverlay(base, overlay.read());
  };
  const events = createEventReader({ store, runtime });
  const poke = (channel: string) => poked.push(channel);
  const samples = await loadSamples([SHIPPED_TEMPLATES]);
  const onAccepted = () => {};
  const notices = createNotices({ runtime, store, clock, newId, onAccepted });
  const shared = { runtime, overlay, store, notices, clock, newId, log, onOverlay };
  const mutes = createMutes({ ...shared, scopeTest: compileScope, poke });
  const routes = createChatRoutes(shared);
  const context: ChatContext = {
    ...{ runtime, overlay, store, events, clock, newId, log },
    ...{ mutes, routes },
    replayer: createReplayer({ runtime, store, events, clock, newId, poke }),
    acknowledger: createAcknowledger({ runtime, store, events, clock, newId, log }),
    tests: createTestMessages({ runtime, store, samples: async () => samples, clock, newId, onAccepted }),
    scopeTest: compileScope,
    ready: async () => ({ store: { ok: true, detail: 'writable' }, slack: { ok: true, detail: 'good' } }),
    linkedMessage: (platform, link) => (platform === 'slack' ? linkedMessage(link) : undefined),
    commandStyle,
    ...over.context,
  };
  const chat = createChat(context);
  let messages = 0;

  const request = (input: ChatRequest['input'], by: Partial<ChatRequest>): ChatRequest => ({
    platform: 'slack',
    person: aPerson(),
    place: 'C0OPS00000',
    input,
    ...by,
  });

  return Object.assign(world, {
    ...{ chat, context, store, overlay, clock, log, updates, poked },
    async arrives({ source = 'github', ...event }: Partial<SourceEvent> & { readonly source?: string } = {}) {
      // Ids sort by time: one second apart, the newest is the newest.
      await clock.advance(1_000);
      const active = runtime();
      const from = active.sources.get(source);
      if (from === undefined) throw new Error(`no source ${source}`);
      const hook = aHook({ id: newId('hook'), source, at: clock.now(), from: '203.0.113.7' });
      const read: SourceEvent = { ...PULL_REQUEST, at: clock.now(), ...event };
      const [planned] = planEvents(active, hook, { source: from, events: [read], newId });
      if (planned === undefined) throw new Error('no event');
      await store.accept({ hook, status: 'accepted', events: [planned] });
      for (const { channel, mute } of planned.deliveries) {
        if (mute !== undefined) continue;
        const taken = await store.take(channel, { now: clock.now(), stepAside: 3, leaseMs: 60_000 });
        if (taken === undefined) continue;
        const ref = {
          channel: active.channels.get(channel)?.config.id ?? channel,
          message: `1700000000.00000${++messages}`,
        };
        await store.settle(taken.delivery.id, [{ at: clock.now(), outcome: 'sent', status: 200, tookMs: 120 }], {
          state: 'sent',
          ref,
        });
      }
      return planned.event;
    },
    say: (text: string, by: Partial<ChatRequest> = {}) => chat.handle(request({ kind: 'text', text }, by)),
    press: (id: string, by: Partial<ChatRequest> = {}) => chat.handle(request({ kind: 'press', id }, by)),
    async close() {
      mutes.stop();
      routes.stop();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  });
}

const PULL_REQUEST: SourceEvent = {
  event: 'pull_request.opened',
  key: 'pr:acme/api#12',
  state: 'open',
  severity: 'info',
  title: 'PR #12 opened: Add a bell',
  url: 'https://github.example/acme/api/pull/12',
  labels: { repo: 'acme/api', author: 'mona' },
  facts: {},
  payload: {},
  at: NOON,
};

export const AN_ALERT = {
  source: 'alerts',
  event: 'alert.firing',
  key: 'alert:disk',
  state: 'firing',
  severity: 'error',
  title: 'Disk is full on db-1',
  labels: { env: 'prod' },
} as const;

/** What was typed and what came back, one after the other. */
export async function dialogue(
  world: World,
  lines: readonly (string | readonly [string, Partial<ChatRequest>])[],
): Promise<string> {
  const told: string[] = [];
  for (const line of lines) {
    const [text, by] = typeof line === 'string' ? [line, {}] : line;
    told.push(`> ${text}\n${withoutIds(readable(await world.say(text, by)))}`);
  }
  return told.join('\n\n');
}

/** A reply as a person reads it: who sees it, its lines, its buttons. */
export function readable({ audience, message }: Reply): string {
  return [
    `(${audience}) ${message.emoji} ${message.title}`,
    ...(message.body.length === 0 ? [] : [toPlainText(message.body)]),
    ...message.actions.flatMap((action) => ('choices' in action ? action.choices : [action])).map(buttonText),
  ].join('\n');
}

const buttonText = ({ label, id }: { readonly label: string; readonly id: string }): string =>
  `[${label} → ${id.replace(/_[0-9a-z]{24}/g, '_…')}]`;

/** Ids differ from run to run only with the order in which things are made: they say nothing to a reader. */
export const withoutIds = (text: string): string => text.replace(/\b(evt|dlv|mute|hook|fault)_[0-9a-z]{24}/g, '$1_…');
