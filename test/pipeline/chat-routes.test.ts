import { afterEach, describe, expect, it } from 'vitest';
import type { ChatRouteOrder } from '../../src/pipeline/chat-routes.ts';
import { until } from '../until.ts';
import { ANA, aRoute, aWorld, BO, edited, HOUR, later, removeWorlds } from './overlay-world.ts';

afterEach(removeWorlds);

const anOrder = (over: Partial<ChatRouteOrder> = {}): ChatRouteOrder => ({
  ...{ source: 'alerts', where: { env: ['prod'] }, to: 'war-room', mode: 'copy', forMs: 2 * HOUR },
  ...{ by: ANA, why: 'incident 42', origin: 'ops' },
  ...over,
});

describe('a chat route', () => {
  it('is in force at once, numbered with the mutes, and told in its channel', async () => {
    const world = await aWorld();
    await world.mutes.add({ scope: { source: 'github' }, by: ANA, origin: 'ops' });
    const route = await world.routes.add(anOrder());
    expect(route).toEqual({
      ...{ name: 'chat-2', number: 2, source: 'alerts', where: { env: ['prod'] }, to: 'war-room', mode: 'copy' },
      ...{ by: ANA, why: 'incident 42', origin: 'ops', from: later(0), until: later(2 * HOUR) },
    });
    expect(world.routes.list()).toEqual([route]);
    expect(await world.send()).toEqual(['war-room:queued', 'ops:queued']);
    expect(await world.said()).toEqual(['New route for 2 h: alerts where env:prod to war-room → war-room']);
    expect(await world.store.audits({ limit: 1 })).toMatchObject([
      {
        ...{ action: 'route', subject: 'chat-2', by: ANA, channel: 'ops' },
        detail: '#2 copy alerts where env:prod to war-room for 2 h: incident 42',
      },
    ]);
    await world.routes.add(anOrder({ to: 'ops' }));
    expect(await world.said()).toHaveLength(1);
  });

  it('moves what it takes, also away from a fallback', async () => {
    const world = await aWorld({ routes: [aRoute(), aRoute({ name: 'rest', fallback: true, to: ['desk'] })] });
    const { forMs: _forMs, ...order } = anOrder({ mode: 'move' });
    const route = await world.routes.add(order);
    expect(route.until).toBeUndefined();
    expect(await world.send()).toEqual(['war-room:queued']);
    expect(await world.send({ labels: { env: 'test' } })).toEqual(['ops:queued']);
  });

  it('ends when its time comes, with a note, also when Bellhop was down then', async () => {
    const first = await aWorld();
    await first.routes.start();
    await first.routes.add(anOrder({ forMs: HOUR }));
    await first.routes.add(anOrder());
    await first.clock.advance(HOUR);
    await until(() => first.routes.list().length === 1, 'the end');
    expect(await first.said('route_ended')).toEqual([
      'Route chat-1 ended: alerts where env:prod to war-room → war-room',
    ]);
    expect(await first.send()).toEqual(['war-room:queued', 'ops:queued']);
    await first.close();
    const { clock } = first;
    await clock.advance(HOUR);
    const second = await aWorld({ folder: first.folder, clock });
    await second.routes.start();
    expect(await second.send()).toEqual(['ops:queued']);
    expect(await second.said('route_ended')).toHaveLength(2);
    expect(await second.store.audits({ action: 'route_ended', limit: 9 })).toMatchObject([
      { subject: 'chat-2', by: { name: 'Bellhop' } },
      { subject: 'chat-1', by: { name: 'Bellhop' } },
    ]);
  });

  it('is told to have ended once, when Bellhop was killed before it was gone', async () => {
    const first = await aWorld();
    const route = await first.routes.add(anOrder());
    await first.clock.advance(3 * HOUR);
    await until(() => first.routes.list().length === 0, 'the end');
    await edited(first.overlay, (overlay) => ({ ...overlay, routes: [route] }));
    await first.close();
    const second = await aWorld({ folder: first.folder, clock: first.clock });
    await second.routes.start();
    expect(second.routes.list()).toEqual([]);
    expect(await second.said('route_ended')).toHaveLength(1);
  });

  it('is removed by one of two who do it at once, and its channel is told', async () => {
    const world = await aWorld();
    await world.routes.add(anOrder());
    const both = await Promise.allSettled([
      world.routes.remove('chat-1', BO, 'ops'),
      world.routes.remove('chat-1', ANA, 'ops'),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(both[1]).toMatchObject({ reason: { message: 'There is no chat route "chat-1"; there are none.' } });
    expect(await world.send()).toEqual(['ops:queued']);
    expect(await world.said('route_ended')).toHaveLength(1);
    expect(await world.store.audits({ action: 'unroute', limit: 9 })).toMatchObject([{ by: BO, channel: 'ops' }]);
    await world.routes.add(anOrder());
    await expect(world.routes.remove('chat-3', ANA)).rejects.toThrow(
      'There is no chat route "chat-3"; did you mean "chat-2"?',
    );
    await world.routes.remove('chat-2', ANA, 'war-room');
    expect(await world.said('route_ended')).toHaveLength(1);
  });
});

describe('a config that has the name of a chat route', () => {
  it('wins at once, and the channel is told', async () => {
    const world = await aWorld();
    await world.routes.add(anOrder());
    world.configure([aRoute({ name: 'chat-1', to: ['desk'] })]);
    expect(await world.send()).toEqual(['desk:queued']);
    await world.routes.changed();
    await world.routes.changed();
    expect(world.routes.list()).toEqual([]);
    expect(await world.said('route_replaced')).toEqual(['Route chat-1 is the config’s now → war-room']);
    expect(await world.store.audits({ limit: 1 })).toMatchObject([{ action: 'route_ended', subject: 'chat-1' }]);
  });

  it('keeps its name: the next chat route is called otherwise', async () => {
    const world = await aWorld({ routes: [aRoute({ name: 'chat-1' }), aRoute({ name: 'chat-2' })] });
    expect((await world.routes.add(anOrder())).name).toBe('chat-3');
    expect((await world.routes.add(anOrder())).name).toBe('chat-4');
  });
});

describe('an edit of the file by hand', () => {
  it('that takes a route out is told and audited', async () => {
    const world = await aWorld();
    await world.routes.add(anOrder());
    await edited(world.overlay, (overlay) => ({ ...overlay, routes: [] }));
    await world.routes.changed();
    await world.routes.changed();
    expect(await world.said('route_ended')).toHaveLength(1);
    expect(await world.store.audits({ limit: 1 })).toMatchObject([{ action: 'unroute', by: { platform: 'file' } }]);
  });
});

describe('an order that cannot be', () => {
  const cases: readonly [what: string, order: Partial<ChatRouteOrder>, sentence: string][] = [
    ['a source nobody has', { source: 'alrts' }, 'There is no source "alrts" in the config; did you mean "alerts"?'],
    ['a channel nobody has', { to: 'warroom' }, 'did you mean "war-room"?'],
    ['no time', { forMs: 0 }, 'A route lasts a second or more'],
    ['less than none', { forMs: Number.NaN }, 'A route lasts a second or more'],
    ['ten years', { forMs: 3_650 * 24 * HOUR }, 'That would last 3650 d; leave "for" out'],
    ['a path', { where: { 'headers.x': ['1'] } }, '"headers.x" is a path'],
  ];
  it.each(cases)('%s: a sentence, and nothing changes', async (_what, order, sentence) => {
    const world = await aWorld();
    await expect(world.routes.add(anOrder(order))).rejects.toMatchObject({
      name: 'CommandError',
      message: expect.stringContaining(sentence),
    });
    expect(world.overlay.read().routes).toEqual([]);
    expect(await world.said()).toEqual([]);
  });
});
