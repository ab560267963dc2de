import { afterEach, describe, expect, it } from 'vitest';
import type { PlannedEvent } from '../../src/core/store.ts';
import { createDispatcher } from '../../src/pipeline/dispatch.ts';
import { explainHook } from '../../src/pipeline/explain.ts';
import { explanationView } from '../../src/pipeline/explanation-view.ts';
import { createReceiver } from '../../src/pipeline/receive.ts';
import type { ActiveSource } from '../../src/pipeline/runtime.ts';
import { withOverlay } from '../../src/runtime.ts';
import { aHook, aMessage, anEvent, silentLog, testIds } from '../builders.ts';
import { ANA, anOccurrence, anOrder, aRoute, aWorld, HOUR, later, removeWorlds, type World } from './overlay-world.ts';

afterEach(removeWorlds);

/** A source that reads every hook as one alert. */
function alertsOf(world: World): ActiveSource {
  const source = world.runtime().sources.get('alerts');
  if (source === undefined) throw new Error('the world has no alerts');
  const read = () => ({ kind: 'events' as const, events: [anOccurrence({})] });
  return { ...source, type: { ...source.type, read } };
}

const quiet = () => {};
const noMetrics = {
  ...{ hook: quiet, event: quiet, acknowledged: quiet, attempt: quiet, delivered: quiet, rateLimited: quiet },
  ...{ configValid: quiet, muted: quiet },
};

describe('an explanation', () => {
  it('names the mute that would hold a message back, at the time of the hook', async () => {
    const world = await aWorld({ routes: [aRoute({ to: ['ops', 'desk'] })] });
    const { mute } = await world.mutes.add(anOrder({ why: 'deploy' }));
    const runtime = {
      ...world.runtime(),
      renderer: { render: () => ({ message: aMessage(), template: 'x' }), plain: () => aMessage() },
    };
    const explain = (at: Date) =>
      explanationView(explainHook(runtime, { ...aHook(), at }, { source: alertsOf(world), newId: testIds() }));
    const now = explain(later(HOUR));
    expect(now.messages.map(({ channel, mute: held }) => [channel, held])).toEqual([
      ['ops', mute.id],
      ['desk', undefined],
    ]);
    expect(now.mutes).toEqual([
      {
        ...{
          id: mute.id,
          number: 1,
          scope: mute.scope,
          who: { platform: 'slack', id: 'U1', name: 'Ana' },
          why: 'deploy',
        },
        ...{ from: later(0).toISOString(), until: later(2 * HOUR).toISOString() },
      },
    ]);
    expect(explain(later(2 * HOUR)).mutes).toEqual([]);
  });
});

describe('a receiver', () => {
  it('counts what a mute holds back', async () => {
    const world = await aWorld({ routes: [aRoute({ to: ['ops', 'desk'] })] });
    await world.mutes.add(anOrder());
    await world.mutes.add(anOrder({ scope: { channel: 'desk', source: 'alerts' } }));
    const counts: number[] = [];
    const { store, clock } = world;
    const receiver = createReceiver({
      runtime: () => ({ ...world.runtime(), sources: new Map([['alerts', alertsOf(world)]]) }),
      ...{ store, clock, newId: testIds(99), log: silentLog, onAccepted: quiet },
      metrics: { ...noMetrics, muted: (count) => counts.push(count) },
    });
    await receiver.receive(aHook({ source: 'alerts' }));
    await world.clock.advance(3 * HOUR);
    await receiver.receive(aHook({ source: 'alerts' }));
    expect(counts).toEqual([2]);
  });
});

describe('a dispatcher', () => {
  it('wakes no lane for what is held back, but for the end of a story, which the store may let through', async () => {
    const world = await aWorld();
    const taken: string[] = [];
    const dispatcher = createDispatcher({
      ...{ runtime: world.runtime, clock: world.clock, random: () => 0.5, log: silentLog, metrics: noMetrics },
      store: {
        ...world.store,
        async take(channel) {
          taken.push(channel);
          return undefined;
        },
      },
      events: { read: async () => undefined, remember: quiet },
      ...{ onTried: quiet, onOutage: quiet, onRecovered: quiet },
    });
    const planned = (channel: string, over: { readonly mute?: string; readonly closes?: boolean }): PlannedEvent => {
      const { mute, closes } = over;
      const parts = { id: 'dlv_1', channel, platform: 'console', route: 'all', mentions: [], replay: false };
      const event = anEvent({ key: 'alert:1', ...(closes === true && { closes }) });
      return { event, deliveries: [{ ...parts, ...(mute !== undefined && { mute }) }] };
    };
    dispatcher.accepted([
      planned('ops', { mute: 'mute_1' }),
      planned('war-room', { mute: 'mute_1', closes: true }),
      planned('desk', {}),
    ]);
    await dispatcher.stop(0);
    expect(taken.sort()).toEqual(['desk', 'war-room']);
  });
});

describe('an overlay', () => {
  it('takes the place of the one before, and leaves a runtime without one as it was', async () => {
    const world = await aWorld();
    const before = world.runtime();
    await world.routes.add({ source: 'alerts', to: 'desk', mode: 'move', by: ANA });
    const after = withOverlay(world.runtime(), world.overlay.read());
    expect(after.router.trace({ event: anEvent(), headers: {}, query: {} })).toHaveLength(2);
    expect(withOverlay(after, { nextNumber: 1, mutes: [], routes: [] }).router).toBe(before.router);
  });

  it('has no routes to channels that are gone', async () => {
    const world = await aWorld();
    const route = await world.routes.add({ source: 'alerts', to: 'desk', mode: 'move', by: ANA });
    const lost = withOverlay(world.runtime(), { nextNumber: 2, mutes: [], routes: [{ ...route, to: 'gone' }] });
    expect(lost.router.destinations({ event: anEvent({ source: 'alerts' }), headers: {}, query: {} })).toEqual([
      { channel: 'ops', route: 'all', mentions: [] },
    ]);
  });
});
