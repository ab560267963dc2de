import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Config } from '../../src/core/config.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import type { Payload } from '../../src/core/platform.ts';
import type { Store } from '../../src/core/store.ts';
import { createDispatcher, type Dispatcher } from '../../src/pipeline/dispatch.ts';
import { createEventReader } from '../../src/pipeline/event-reader.ts';
import type { Runtime } from '../../src/pipeline/runtime.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { aHook, aMessage, anEvent, silentLog, type TestClock, testClock, testIds, testRandom } from '../builders.ts';
import { until } from '../until.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const retry: Outcome = { kind: 'retry', reason: 'The platform is down.', status: 500 };
const sent: Outcome = { kind: 'sent', ref: { channel: 'C1', message: '1.0' } };

/** A dispatcher on a real store, with a platform that answers what `answer` says. */
async function setUp(
  answer: (title: string, channel: string, times: number) => Outcome | Promise<Outcome>,
  over: { readonly retryMs?: readonly number[]; readonly clock?: TestClock; readonly folder?: string } = {},
) {
  const clock = over.clock ?? testClock();
  const folder = over.folder ?? (await mkdtemp(join(tmpdir(), 'bellhop-lanes-')));
  if (over.folder === undefined) cleanups.push(() => rm(folder, { recursive: true, force: true }));
  const store: Store = await openSqliteStore({ file: join(folder, 'bellhop.db'), clock, log: silentLog });
  const calls: string[] = [];
  const onces: string[] = [];
  const client = {
    async send(
      channel: { readonly name: string },
      payload: Payload,
      { once }: { readonly once: string },
    ): Promise<Outcome> {
      const title = String(payload.title);
      calls.push(title);
      onces.push(once);
      return answer(title, channel.name, calls.filter((call) => call === title).length);
    },
    update: async () => sent,
    health: async () => ({ ok: true, detail: 'good' }),
    stop: async () => {},
  };
  const platform = {
    name: 'console' as const,
    pace: [],
    compose: ({
      title,
      notes,
      body,
    }: {
      readonly title: string;
      readonly notes: readonly string[];
      readonly body: readonly unknown[];
    }): Payload => ({ title, notes, body }),
    check: () => [],
    connect: async () => client,
    hears: () => false,
    linkedMessage: () => undefined,
  };
  const channel = (name: string) => ({
    config: { name, platform: 'console' as const },
    platform,
    client,
    pace: [],
    retryMs: over.retryMs ?? [5_000, 30_000],
    timeoutMs: 10_000,
  });
  const runtime: Runtime = {
    config: { mentions: {}, routes: [], platforms: {} } as unknown as Config,
    sources: new Map(),
    types: new Map(),
    channels: new Map(['ops', 'eng'].map((name) => [name, channel(name)])),
    router: { destinations: () => [], trace: () => [] },
    mutes: { find: () => undefined },
    renderer: {
      render: (event) => ({ message: aMessage({ title: event.title }), template: 'github/push' }),
      plain: (event) => aMessage({ title: `plain ${event.title}` }),
    },
  };
  const recovered: string[] = [];
  const metrics = {
    hook: () => {},
    event: () => {},
    acknowledged: () => {},
    attempt: () => {},
    delivered: () => {},
    muted: () => {},
    rateLimited: () => {},
    configValid: () => {},
  };
  const dispatcher: Dispatcher = createDispatcher({
    runtime: () => runtime,
    store,
    events: createEventReader({ store, runtime: () => runtime }),
    clock,
    random: () => 0.5,
    metrics,
    log: silentLog,
    onTried: () => {},
    onOutage: () => {},
    onRecovered: (active) => recovered.push(active.config.name),
  });
  const newId = testIds(calls.length + Math.floor(testRandom(folder.length)() * 1e6));
  let hooks = 0;
  async function accept(titles: readonly string[], channels: readonly string[] = ['ops']) {
    for (const title of titles) {
      const hook = { ...aHook(), id: `hook_${hooks++}${newId('hook')}`, at: clock.now() };
      const event = anEvent({ id: newId('evt'), hookId: hook.id, title, receivedAt: clock.now(), at: clock.now() });
      const deliveries = channels.map((name) => ({
        id: newId('dlv'),
        channel: name,
        platform: 'console',
        route: 'all',
        mentions: [],
        replay: false,
      }));
      await store.accept({ hook, status: 'accepted', events: [{ event, deliveries }] });
      dispatcher.accepted([{ event, deliveries }]);
    }
  }
  const states = async () => (await store.deliveries({ limit: 500 })).map((delivery) => delivery.state).sort();
  const stop = async () => {
    await dispatcher.stop(0);
    await store.close();
  };
  cleanups.push(stop);
  const settledAs = (wanted: readonly string[]) =>
    until(async () => JSON.stringify(await states()) === JSON.stringify([...wanted].sort()), `states ${wanted}`);
  return { clock, store, dispatcher, accept, calls, onces, recovered, settledAs, folder, stop };
}

describe('a lane', () => {
  it('delivers in order and keeps the reference', async () => {
    const { accept, calls, settledAs, store } = await setUp(() => sent);
    await accept(['one', 'two', 'three']);
    await settledAs(['sent', 'sent', 'sent']);
    expect(calls).toEqual(['one', 'two', 'three']);
    expect((await store.deliveries({ limit: 1 }))[0]?.ref).toEqual({ channel: 'C1', message: '1.0' });
  });

  it('keeps the order when the first one has to be sent again', async () => {
    const { accept, calls, settledAs, clock, onces } = await setUp((title, _channel, times) =>
      title === 'one' && times < 3 ? retry : sent,
    );
    await accept(['one', 'two']);
    await until(() => calls.length === 1, 'the first try');
    await clock.advance(4_999);
    expect(calls).toEqual(['one']);
    await clock.advance(1);
    await until(() => calls.length === 2, 'the second try');
    await clock.advance(30_000);
    await settledAs(['sent', 'sent']);
    expect(calls).toEqual(['one', 'one', 'one', 'two']);
    expect(new Set(onces.slice(0, 3)).size).toBe(1);
  });

  it('does not let one poisoned message silence its channel', async () => {
    const { accept, calls, settledAs, clock } = await setUp((title) => (title === 'poison' ? retry : sent), {
      retryMs: [1_000, 1_000, 60_000, 60_000],
    });
    await accept(['poison', 'next']);
    await until(() => calls.length === 1);
    await clock.advance(1_000);
    await until(() => calls.length === 2);
    await clock.advance(1_000);
    await settledAs(['queued', 'sent']);
    expect(calls).toEqual(['poison', 'poison', 'poison', 'next']);
    await clock.advance(60_000);
    await until(() => calls.length === 5);
    await clock.advance(60_000);
    await settledAs(['dead', 'sent']);
  });

  it('goes on after a permanent refusal', async () => {
    const { accept, settledAs, store } = await setUp((title) =>
      title === 'bad' ? { kind: 'dead', reason: 'Refused for good.', status: 400 } : sent,
    );
    await accept(['bad', 'good']);
    await settledAs(['dead', 'sent']);
    const dead = (await store.deliveries({ limit: 9, state: 'dead' }))[0];
    expect((await store.attempts([dead?.id ?? ''])).get(dead?.id ?? '')).toMatchObject([
      { outcome: 'dead', reason: 'Refused for good.', status: 400 },
    ]);
  });

  it('answers a refused form with the plain form at once', async () => {
    const { accept, calls, settledAs } = await setUp((title) =>
      title.startsWith('plain') ? sent : { kind: 'dead', reason: 'invalid_blocks', form: true },
    );
    await accept(['fancy']);
    await settledAs(['sent']);
    expect(calls).toEqual(['fancy', 'plain fancy']);
  });

  it('waits as long as a platform asks, without holding up other channels', async () => {
    const slow: Outcome = { kind: 'retry', reason: 'Slow down.', status: 429, afterMs: 7_000, lane: true };
    const { accept, calls, settledAs, clock } = await setUp((title, channel, times) =>
      channel === 'ops' && times === 1 && title === 'one' ? slow : sent,
    );
    await accept(['one', 'two'], ['ops']);
    await accept(['three'], ['eng']);
    await until(() => calls.includes('three') && calls.includes('one'));
    await clock.advance(6_999);
    expect(calls.filter((call) => call !== 'three')).toEqual(['one']);
    await clock.advance(1);
    await settledAs(['sent', 'sent', 'sent']);
    expect(calls.filter((call) => call !== 'three')).toEqual(['one', 'one', 'two']);
  });

  it('probes a channel that is out of reach and delivers everything in order when it is back', async () => {
    let down = true;
    const unreachable: Outcome = { kind: 'retry', reason: 'The token was revoked.', lane: true, unreachable: true };
    const { accept, calls, settledAs, clock, recovered } = await setUp(() => (down ? unreachable : sent));
    await accept(['one', 'two', 'three']);
    await until(() => calls.length === 1);
    for (let probe = 2; probe <= 12; probe++) {
      await clock.advance(60_000);
      await until(() => calls.length >= probe);
    }
    down = false;
    await clock.advance(60_000);
    await settledAs(['sent', 'sent', 'sent']);
    expect(calls.slice(-3)).toEqual(['one', 'two', 'three']);
    expect(new Set(calls.slice(0, -2))).toEqual(new Set(['one', 'two']));
    expect(recovered).toEqual(['ops']);
  });

  it('loses nothing and stays quiet through a night of failures', async () => {
    let down = true;
    const { accept, calls, settledAs, clock } = await setUp(() => (down ? retry : sent), {
      retryMs: [5_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 28_800_000],
    });
    await accept(['one', 'two', 'three', 'four']);
    await until(() => calls.length > 0);
    for (let minute = 0; minute < 8 * 60; minute++) {
      const before = calls.length;
      await clock.advance(60_000);
      await until(() => calls.length > before || minute < 3, `minute ${minute}`);
    }
    down = false;
    await clock.advance(120_000);
    await settledAs(['sent', 'sent', 'sent', 'sent']);
    expect(calls.slice(-4).sort()).toEqual(['four', 'one', 'three', 'two']);
  });

  it('takes up what a killed process left, with the same once', async () => {
    let hang = true;
    const first = await setUp(() => (hang ? new Promise<Outcome>(() => {}) : sent));
    await first.accept(['one', 'two']);
    await until(() => first.calls.length === 1);
    hang = false;
    // No stop: the process is gone in the middle of a send. Only its file lock goes with it.
    await first.store.close();
    const second = await setUp(() => sent, { folder: first.folder, clock: first.clock });
    await second.dispatcher.start();
    await second.settledAs(['sent', 'sent']);
    expect(second.calls).toEqual(['one', 'two']);
    expect(second.onces[0]).toBe(first.onces[0]);
    cleanups.splice(cleanups.indexOf(first.stop), 1);
  });
});
