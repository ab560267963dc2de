import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Config } from '../../src/core/config.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import type { Payload } from '../../src/core/platform.ts';
import type { Store } from '../../src/core/store.ts';
import { createDispatcher } from '../../src/pipeline/dispatch.ts';
import { createEventReader } from '../../src/pipeline/event-reader.ts';
import type { Runtime } from '../../src/pipeline/runtime.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { aHook, aMessage, anEvent, silentLog, type TestClock, testClock, testIds } from '../builders.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const sent: Outcome = { kind: 'sent', ref: { channel: 'C1', message: '1.0' } };
const diskError = new Error('The store’s disk reported an error. (SQLITE_IOERR)');

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface SetUp {
  readonly answer?: (title: string) => Outcome;
  /** Puts faults in front of the real store. */
  readonly faults?: (store: Store) => Partial<Store>;
  readonly render?: Runtime['renderer']['render'];
}

/** One channel, `ops`, on a real store, with the shipped waits between tries. */
async function setUp({ answer = () => sent, faults = () => ({}), render }: SetUp = {}) {
  const clock = testClock();
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-faults-'));
  const real = await openSqliteStore({ file: join(folder, 'bellhop.db'), clock, log: silentLog });
  const takes = { count: 0 };
  const faulty: Store = { ...real, ...faults(real) };
  const store: Store = {
    ...faulty,
    take(...asked) {
      takes.count += 1;
      return faulty.take(...asked);
    },
  };
  const sends: string[] = [];
  const client = {
    async send(_: unknown, { title }: Payload): Promise<Outcome> {
      sends.push(String(title));
      return answer(String(title));
    },
    update: async () => sent,
    health: async () => ({ ok: true, detail: 'good' }),
    stop: async () => {},
  };
  const platform = {
    name: 'console' as const,
    pace: [],
    compose: ({ title }: { readonly title: string }): Payload => ({ title }),
    check: () => [],
    connect: async () => client,
    hears: () => false,
    linkedMessage: () => undefined,
  };
  const ops = {
    config: { name: 'ops', platform: 'console' as const },
    platform,
    client,
    pace: [],
    retryMs: [5_000, 30_000, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR],
    timeoutMs: 10_000,
  };
  const runtime: Runtime = {
    config: { mentions: {}, routes: [], platforms: {} } as unknown as Config,
    sources: new Map(),
    types: new Map(),
    channels: new Map([['ops', ops]]),
    router: { destinations: () => [], trace: () => [] },
    mutes: { find: () => undefined },
    renderer: {
      render: render ?? ((event) => ({ message: aMessage({ title: event.title }), template: 'github/push' })),
      plain: (event) => aMessage({ title: `plain ${event.title}` }),
    },
  };
  const quiet = () => {};
  const dispatcher = createDispatcher({
    runtime: () => runtime,
    store,
    events: createEventReader({ store, runtime: () => runtime }),
    clock,
    random: () => 0.5,
    metrics: {
      hook: quiet,
      event: quiet,
      acknowledged: quiet,
      attempt: quiet,
      delivered: quiet,
      muted: quiet,
      rateLimited: quiet,
      configValid: quiet,
    },
    log: silentLog,
    onTried: quiet,
    onOutage: quiet,
    onRecovered: quiet,
  });
  const newId = testIds();
  async function accept(title: string) {
    const hook = { ...aHook(), id: newId('hook'), at: clock.now() };
    const event = anEvent({ id: newId('evt'), hookId: hook.id, title, receivedAt: clock.now(), at: clock.now() });
    const delivery = {
      id: newId('dlv'),
      channel: 'ops',
      platform: 'console',
      route: 'all',
      mentions: [],
      replay: false,
    };
    await real.accept({ hook, status: 'accepted', events: [{ event, deliveries: [delivery] }] });
    dispatcher.accepted([{ event, deliveries: [delivery] }]);
  }
  const states = async () => (await real.deliveries({ limit: 100 })).map(({ state }) => state).sort();
  cleanups.push(async () => {
    await dispatcher.stop(0);
    await real.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { clock, accept, sends, takes, states, dispatcher };
}

/** Moves on in steps, so that the store's commits keep up with the clock. */
async function pass(clock: TestClock, ms: number, step: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    await clock.advance(step);
    for (let turn = 0; turn < 8; turn++) await new Promise((done) => setImmediate(done));
  }
}

function rejectingOnce<Asked extends unknown[], Found>(
  call: (...asked: Asked) => Promise<Found>,
): (...asked: Asked) => Promise<Found> {
  let left = 1;
  return (...asked) => (left-- > 0 ? Promise.reject(diskError) : call(...asked));
}

describe('one message that a platform never takes', () => {
  it('does not silence a quiet channel once it has opened the breaker alone', async () => {
    const failsInside: Outcome = { kind: 'ambiguous', reason: 'It failed inside (HTTP 500).', status: 500 };
    const { clock, accept, sends } = await setUp({ answer: (title) => (title === 'poison' ? failsInside : sent) });
    await accept('poison');
    await pass(clock, 45 * MINUTE, MINUTE);
    await accept('good');
    await pass(clock, 10 * MINUTE, MINUTE);
    expect(sends.filter((title) => title === 'good')).toEqual(['good']);
  });

  it('does not silence its channel for ever when its refusal is taken for the channel’s (a firewall that dislikes its text)', async () => {
    const turnedAway: Outcome = { kind: 'retry', reason: 'Turned away (HTTP 403).', status: 403, lane: true };
    const { clock, accept, sends } = await setUp({ answer: (title) => (title === 'poison' ? turnedAway : sent) });
    await accept('poison');
    await accept('good');
    await pass(clock, 24 * HOUR, 10 * MINUTE);
    expect(sends.filter((title) => title === 'good')).toEqual(['good']);
  });
});

describe('a lane whose store or renderer fails once', () => {
  const faults: Readonly<Record<string, SetUp>> = {
    'reading the event': { faults: (store) => ({ event: rejectingOnce(store.event) }) },
    'settling, and looking whether it was settled': {
      faults: (store) => ({ settle: rejectingOnce(store.settle), delivery: rejectingOnce(store.delivery) }),
    },
    rendering: {
      render: (() => {
        let left = 1;
        return (event) => {
          if (left-- > 0) throw new Error('a fault');
          return { message: aMessage({ title: event.title }), template: 'github/push' };
        };
      })(),
    },
  };

  for (const [what, fault] of Object.entries(faults)) {
    it(`goes on and does not spin: ${what}`, async () => {
      const { clock, accept, states, takes } = await setUp(fault);
      await accept('one');
      await accept('two');
      await pass(clock, 2 * MINUTE, 1_000);
      const before = takes.count;
      await clock.advance(1_000);
      expect({ states: await states(), takes: takes.count - before }).toEqual({ states: ['sent', 'sent'], takes: 0 });
    });
  }
});

describe('a dispatcher that has stopped', () => {
  it('makes no new lane', async () => {
    const { accept, sends, dispatcher, states } = await setUp();
    await dispatcher.stop(0);
    await accept('late');
    await states();
    for (let turn = 0; turn < 20; turn++) await new Promise((done) => setImmediate(done));
    expect(sends).toEqual([]);
  });
});
