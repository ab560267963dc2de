import { afterEach, describe, expect, it } from 'vitest';
import type { Mute } from '../../src/core/overlay.ts';
import type { Notice } from '../../src/pipeline/bellhop-source.ts';
import { until } from '../until.ts';
import {
  ANA,
  anOrder,
  aRoute,
  aWorld,
  BO,
  edited,
  HOUR,
  later,
  MINUTE,
  markedAs,
  removeWorlds,
  type World,
} from './overlay-world.ts';

afterEach(removeWorlds);

const fires = { key: 'alert:1', state: 'firing', title: 'DiskFull is firing' };
const resolves = {
  key: 'alert:1',
  event: 'alert.resolved',
  state: 'resolved',
  closes: true,
  title: 'DiskFull is over',
};
const onKey = { channel: 'ops', source: 'alerts', key: 'alert:1' };

const receiptOf = async (world: World): Promise<Notice> => {
  const [receipt, ...others] = await world.receipts();
  expect(others).toEqual([]);
  const hook = await world.store.hook(receipt?.event.hookId ?? '');
  return JSON.parse(hook?.hook.body.toString() ?? '{}') as Notice;
};

/** What failed is tried again every few seconds. */
const comesAbout = (world: World): Promise<unknown> =>
  until(async () => {
    await world.clock.advance(5_000);
    return world.overlay.read().mutes.length === 0;
  }, 'the end of all mutes');

describe('a mute in force', () => {
  it('holds back what it covers, with its number and for as long as it was asked', async () => {
    const world = await aWorld();
    expect(await world.send()).toEqual(['ops:queued']);
    const { mute } = await world.mutes.add(anOrder({ why: 'deploy' }));
    expect(mute).toMatchObject({ number: 1, by: ANA, why: 'deploy', until: later(2 * HOUR), critical: false });
    expect(await world.send()).toEqual(['ops:muted']);
    expect(await world.send({ source: 'github' })).toEqual(['ops:queued']);
    const [newest] = await world.store.deliveries({ limit: 1, state: 'muted' });
    expect(newest?.mute).toBe(mute.id);
    expect(await world.mutes.list()).toEqual([{ mute, held: 1 }]);
    expect(await world.mutes.find(mute.id)).toEqual(mute);
    const [audit] = await world.store.audits({ limit: 5 });
    expect(audit).toMatchObject({
      action: 'mute',
      subject: mute.id,
      by: ANA,
      channel: 'ops',
      detail: '#1 alerts in ops for 2 h: deploy',
    });
  });

  it('says in advance what the last day’s deliveries would have lost, but for what is held back already', async () => {
    const world = await aWorld({ routes: [aRoute(), aRoute({ name: 'too', to: ['war-room'] })] });
    await world.send({ title: 'yesterday' });
    await world.clock.advance(24 * HOUR + 1);
    for (const severity of ['info', 'warning', 'warning', 'critical'] as const) await world.send({ severity });
    await world.send({ severity: 'critical', closes: true, key: 'alert:9' });
    await world.send({ source: 'github' });
    const here = { channel: 'ops', source: 'alerts' };
    const counted = { count: 3, bySeverity: { info: 1, warning: 2 }, atLeast: false };
    expect(await world.mutes.wouldHide(here)).toEqual(counted);
    expect(await world.mutes.wouldHide({ source: 'alerts' })).toMatchObject({ count: 6 });
    expect(await world.mutes.wouldHide({ ...here, where: { severity: ['crit*'] } })).toMatchObject({ count: 2 });
    expect((await world.mutes.add(anOrder())).wouldHide).toEqual(counted);
    await world.send();
    expect(await world.mutes.wouldHide(here)).toEqual(counted);
  });

  it('counts no further than is worth it', async () => {
    let pages = 0;
    const world = await aWorld({
      faults: (store) => ({
        async events(filter) {
          if (filter.limit < 500) return store.events(filter);
          pages++;
          const [one] = await store.events({ limit: 1 });
          return one === undefined ? [] : Array.from({ length: filter.limit }, () => one);
        },
      }),
    });
    await world.send();
    expect(await world.mutes.wouldHide({ source: 'alerts' })).toMatchObject({ count: 20_000, atLeast: true });
    expect(pages).toBe(40);
  });

  it('is announced where it holds and was not said', async () => {
    const world = await aWorld();
    await world.mutes.add(anOrder());
    expect(await world.said()).toEqual([]);
    await world.mutes.add(anOrder({ origin: 'desk' }));
    await world.mutes.add(anOrder({ scope: { source: 'github' }, origin: 'ops' }));
    const { origin: _origin, ...byApi } = anOrder({ scope: { source: 'github' } });
    await world.mutes.add(byApi);
    expect(await world.said()).toEqual(['Muted for 2 h: alerts → ops', 'Muted for 2 h: github → desk']);
    const [told] = await world.store.events({ source: 'bellhop', limit: 1, channel: 'ops' });
    const hook = await world.store.hook(told?.event.hookId ?? '');
    const { mutes } = world.overlay.read();
    expect(JSON.parse(hook?.hook.body.toString() ?? '').actions).toEqual([
      { label: 'Unmute', id: `unmute:${mutes.find(({ number }) => number === 2)?.id}` },
    ]);
    expect(told?.deliveries[0]?.route).toBe('bellhop');
  });

  it('is broken by what turns critical, and not when that was named or is so already', async () => {
    const world = await aWorld();
    await world.mutes.add(anOrder());
    expect(await world.send({ severity: 'error' })).toEqual(['ops:muted']);
    expect(await world.send({ severity: 'critical' })).toEqual(['ops:queued']);
    const named = await world.mutes.add(anOrder({ scope: { channel: 'ops', where: { severity: ['crit*'] } } }));
    expect(named.mute.critical).toBe(true);
    expect(await world.send({ severity: 'critical' })).toEqual(['ops:muted']);
    const unnamed = await world.mutes.add(anOrder({ scope: { channel: 'ops', where: { severity: ['!critical'] } } }));
    expect(unnamed.mute.critical).toBe(false);
    await world.send({ ...fires, severity: 'critical', source: 'github' });
    const burning = await world.mutes.add(anOrder({ scope: { channel: 'ops', key: 'alert:1' } }));
    expect(burning.mute.critical).toBe(true);
    expect(await world.send({ ...fires, severity: 'critical', source: 'github' })).toEqual(['ops:muted']);
  });

  it('is broken by a thing that was critical, calmed down and becomes critical again', async () => {
    const world = await aWorld();
    const alert = (severity: 'warning' | 'critical') => world.send({ ...fires, severity });
    await alert('critical');
    const { mute } = await world.mutes.add(anOrder({ scope: { channel: 'ops', source: 'alerts', key: 'alert:1' } }));
    expect(await alert('critical')).toEqual(['ops:muted']);
    expect(await world.send({ ...fires, severity: 'critical', closes: true })).toEqual(['ops:queued']);
    expect(await alert('critical')).toEqual(['ops:muted']);
    expect(await alert('warning')).toEqual(['ops:muted']);
    await until(async () => (await world.mutes.find(mute.id))?.critical === false, 'critical to be news again');
    expect(await alert('critical')).toEqual(['ops:queued']);
  });

  it('goes on through a flapping alert; who saw it begin is told once that it is over', async () => {
    const world = await aWorld();
    expect(await world.send(fires)).toEqual(['ops:queued']);
    const { mute } = await world.mutes.add(anOrder({ scope: onKey }));
    expect(await world.send(fires)).toEqual(['ops:muted']);
    expect(await world.send(resolves)).toEqual(['ops:queued']);
    expect(await world.send(fires)).toEqual(['ops:muted']);
    expect(await world.send(resolves)).toEqual(['ops:muted']);
    expect(await world.send(fires)).toEqual(['ops:muted']);
    expect(await world.send({ ...fires, key: 'alert:2' })).toEqual(['ops:queued']);
    expect(await world.mutes.list()).toEqual([{ mute, held: 4 }]);
  });

  it('outlives a restart, and what falls due meanwhile is told afterwards', async () => {
    const first = await aWorld();
    const { mute } = await first.mutes.add(anOrder());
    await first.send();
    await first.close();
    const second = await aWorld({ folder: first.folder, clock: first.clock });
    await second.mutes.start();
    expect(await second.send()).toEqual(['ops:muted']);
    expect(await second.mutes.list()).toEqual([{ mute, held: 2 }]);
    await second.close();
    const clock = second.clock;
    await clock.advance(3 * HOUR);
    const third = await aWorld({ folder: first.folder, clock });
    await third.mutes.start();
    expect(await third.send()).toEqual(['ops:queued']);
    expect(await third.said()).toEqual(['Mute #1 ended: 2 held back, nothing still open → ops']);
    expect(await third.mutes.list()).toEqual([]);
    expect((await third.mutes.add(anOrder())).mute.number).toBe(2);
  });
});

describe('the end of a mute', () => {
  it('comes with its time, and its receipt tells everything exactly', async () => {
    const world = await aWorld();
    const { mute } = await world.mutes.add(
      anOrder({ scope: { channel: 'ops', where: { env: ['prod'] } }, why: 'deploy' }),
    );
    for (const key of ['alert:1', 'alert:2', 'alert:3']) await world.send({ ...fires, key, title: `${key} is firing` });
    await world.send({ ...resolves, key: 'alert:2' });
    await world.send({
      severity: 'error',
      source: 'github',
      url: 'https://github.example.com/1',
      key: 'pr:1',
      title: 'PR 1',
    });
    await world.clock.advance(2 * HOUR - 1);
    expect(await world.receipts()).toEqual([]);
    await world.clock.advance(1);
    await until(() => world.overlay.read().mutes.length === 0, 'the end');
    expect(await world.said()).toEqual(['Mute #1 ended: 5 held back, 3 still open → ops']);
    const receipt = await receiptOf(world);
    expect(receipt.detail).toBe(
      'Ana muted where env:prod in ops for 2 h. Its time was over.\ngithub: 1 error\nalerts: 4 warning',
    );
    expect(receipt.facts).toMatchObject({
      why: 'deploy',
      openCount: 3,
      more: 0,
      open: [
        { title: 'PR 1', severity: 'error', url: 'https://github.example.com/1' },
        { title: 'alert:3 is firing', severity: 'warning' },
        { title: 'alert:1 is firing', severity: 'warning' },
      ],
    });
    expect(receipt.actions).toEqual([{ label: 'Post them now', id: `post:${mute.id}`, style: 'primary' }]);
    const [audit] = await world.store.audits({ limit: 1 });
    expect(audit).toMatchObject({
      action: 'mute_ended',
      by: { name: 'Bellhop' },
      detail: '#1 where env:prod in ops for 2 h: deploy; its time was over',
    });
    expect(await world.mutes.find(mute.id)).toEqual({ ...mute, ended: { at: later(2 * HOUR), reason: 'time' } });
  });

  it('waits with one timer for the next of several ends', async () => {
    const world = await aWorld();
    const { origin: _origin, ...order } = anOrder();
    for (const ms of [3 * HOUR, HOUR, 2 * HOUR]) await world.mutes.add({ ...order, until: { kind: 'for', ms } });
    const ended = async () => (await world.said('mute_ended')).map((text) => /#\d/.exec(text)?.[0]);
    for (const expected of [['#2'], ['#2', '#3'], ['#2', '#3', '#1']]) {
      await world.clock.advance(HOUR);
      await until(() => world.overlay.read().mutes.length === 3 - expected.length, 'an end');
      expect(await ended()).toEqual(expected);
    }
  });

  it('is told where it held and where it was said, by name', async () => {
    const world = await aWorld();
    const { mute } = await world.mutes.add(anOrder({ origin: 'war-room' }));
    await world.clock.advance(20 * MINUTE);
    const { mute: ended, held } = await world.mutes.end(mute.id, BO);
    expect(ended.ended).toEqual({ at: later(20 * MINUTE), reason: 'unmuted', by: BO });
    expect(held).toEqual({ count: 0, posted: 0, groups: [], open: [], openCount: 0 });
    expect(await world.said('mute_ended')).toEqual(['Mute #1 ended: nothing was held back → ops, war-room']);
    expect((await receiptOf(world)).detail).toBe('Ana muted alerts in ops for 20 min. Bo ended it.');
    expect((await receiptOf(world)).actions).toEqual([]);
    expect(await world.store.audits({ limit: 1 })).toMatchObject([{ action: 'unmute', by: BO }]);
    expect(await world.send()).toEqual(['ops:queued']);
  });

  it('has one receipt when two end it at once, and the second one is told who was first', async () => {
    const world = await aWorld();
    const { mute } = await world.mutes.add(anOrder());
    await world.send();
    const both = await Promise.allSettled([world.mutes.end(mute.id, ANA), world.mutes.end(mute.id, BO)]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(both[1]).toMatchObject({ reason: { message: 'Mute #1 has ended already: Ana ended it 0 ms ago.' } });
    await world.clock.advance(2_000);
    await expect(world.mutes.end(mute.id, BO)).rejects.toThrow('Mute #1 has ended already: Ana ended it 2 s ago.');
    await expect(world.mutes.end('mute_x', BO)).rejects.toThrow('There is no such mute; nothing is muted.');
    await world.clock.advance(3 * HOUR);
    expect(await world.receipts()).toHaveLength(1);
    expect(await world.store.audits({ subject: mute.id, limit: 9 })).toHaveLength(2);
  });

  it('counts every delivery that was held back, however close to the end it came', async () => {
    const world = await aWorld();
    const { mute } = await world.mutes.add(anOrder());
    const sends = Array.from({ length: 40 }, () => world.send());
    const ending = world.mutes.end(mute.id, ANA);
    sends.push(...Array.from({ length: 40 }, () => world.send()));
    const { held } = await ending;
    sends.push(...Array.from({ length: 40 }, () => world.send()));
    const states = (await Promise.all(sends)).flat();
    expect(states.filter((state) => state === 'ops:muted')).toHaveLength(held.count);
    expect(held.count).toBeGreaterThanOrEqual(40);
    expect(states.slice(80)).toEqual(Array.from({ length: 40 }, () => 'ops:queued'));
    expect((await receiptOf(world)).title).toBe(`Mute #1 ended: ${held.count} held back, nothing still open`);
  });

  it('is finished by the next process when one was killed on the way, whatever it had done', async () => {
    const first = await aWorld();
    const { mute } = await first.mutes.add(anOrder());
    await first.send();
    const ended: NonNullable<Mute['ended']> = { at: later(0), reason: 'unmuted', by: BO };
    await edited(first.overlay, markedAs(mute, ended));
    await first.close();
    const second = await aWorld({ folder: first.folder, clock: first.clock });
    await second.mutes.start();
    expect(await second.said()).toEqual(['Mute #1 ended: 1 held back, nothing still open → ops']);
    expect(second.overlay.read().mutes).toEqual([]);
    // Killed once more, after the receipt and before the mute was gone.
    await edited(second.overlay, (overlay) => ({ ...overlay, mutes: [{ ...mute, ended }] }));
    await second.close();
    const third = await aWorld({ folder: first.folder, clock: first.clock });
    await third.mutes.start();
    expect(third.overlay.read().mutes).toEqual([]);
    expect(await third.receipts()).toHaveLength(1);
    expect(await third.store.audits({ subject: mute.id, action: 'unmute', limit: 9 })).toHaveLength(1);
  });

  it('waits for a store that cannot be written', async () => {
    let broken = true;
    const world = await aWorld({
      faults: (store) => ({
        accept: (accepting) =>
          broken && accepting.hook.source === 'bellhop'
            ? Promise.reject(new Error('disk full'))
            : store.accept(accepting),
      }),
    });
    const { mute } = await world.mutes.add(anOrder());
    await world.send();
    await expect(world.mutes.end(mute.id, ANA)).rejects.toThrow(
      'Mute #1 has ended. Its receipt could not be written just now and follows by itself.',
    );
    expect(await world.send()).toEqual(['ops:queued']);
    expect(await world.mutes.list()).toEqual([]);
    await world.clock.advance(20_000);
    expect(await world.receipts()).toEqual([]);
    broken = false;
    await comesAbout(world);
    expect(await world.said()).toEqual(['Mute #1 ended: 1 held back, nothing still open → ops']);
  });

  it('changes nothing when the overlay cannot be written', async () => {
    let broken = false;
    const world = await aWorld({
      overlayFaults: (overlay) => ({
        update: (change) =>
          broken
            ? Promise.reject(new Error('overlay.json cannot be written: look at its disk.'))
            : overlay.update(change),
      }),
    });
    const { mute } = await world.mutes.add(anOrder());
    broken = true;
    await expect(world.mutes.add(anOrder())).rejects.toThrow('overlay.json cannot be written: look at its disk.');
    await expect(world.mutes.end(mute.id, ANA)).rejects.toThrow('overlay.json cannot be written: look at its disk.');
    expect(await world.send()).toEqual(['ops:muted']);
    await world.clock.advance(3 * HOUR);
    broken = false;
    await comesAbout(world);
    expect(await world.receipts()).toHaveLength(1);
  });
});

describe('a mute until something is resolved', () => {
  const order = anOrder({ scope: onKey, until: { kind: 'resolved' } });

  it('ends with what it waits for, and holds nothing of it back afterwards', async () => {
    const world = await aWorld();
    await world.send(fires);
    const { mute } = await world.mutes.add(order);
    expect(mute).toMatchObject({ untilResolved: true, until: later(7 * 24 * HOUR) });
    await world.send(fires);
    await world.send({ ...resolves, key: 'alert:2' });
    await world.send({ ...resolves, source: 'github' });
    expect(await world.mutes.list()).toEqual([{ mute, held: 1 }]);
    expect(await world.send(resolves)).toEqual(['ops:queued']);
    await until(() => world.overlay.read().mutes.length === 0, 'the end');
    expect(await world.said()).toEqual(['Mute #1 ended: 1 held back, nothing still open → ops']);
    expect((await receiptOf(world)).detail).toContain('What it was about is resolved.');
    expect(await world.send(fires)).toEqual(['ops:queued']);
  });

  it('finds out after a restart, also when it began again since', async () => {
    const first = await aWorld();
    await first.send(resolves);
    await first.clock.advance(MINUTE);
    await first.mutes.add(order);
    await first.mutes.add(anOrder({ scope: { key: 'alert:1' }, until: { kind: 'resolved' } }));
    await first.mutes.add(anOrder({ scope: { ...onKey, key: 'alert:2' }, until: { kind: 'resolved' } }));
    first.mutes.stop();
    const between = await aWorld({ folder: await closed(first), clock: first.clock });
    await between.mutes.start();
    expect(await between.mutes.list()).toHaveLength(3);
    between.mutes.stop();
    await between.clock.advance(MINUTE);
    await between.send(resolves);
    await between.send(fires);
    const second = await aWorld({ folder: await closed(between), clock: first.clock });
    await second.mutes.start();
    expect((await second.mutes.list()).map(({ mute }) => mute.number)).toEqual([3]);
    expect(await second.receipts()).toHaveLength(2);
  });

  it('ends at the longest a mute may last', async () => {
    const world = await aWorld();
    expect((await world.mutes.add({ ...order, atMostMs: 4 * HOUR })).mute.until).toEqual(later(4 * HOUR));
    const forever = await world.mutes.add({ ...order, atMostMs: Number.POSITIVE_INFINITY });
    expect(forever.mute.until).toEqual(later(7 * 24 * HOUR));
  });
});

const closed = async (world: World): Promise<string> => {
  await world.close();
  return world.folder;
};

describe('what was held back', () => {
  it('is posted when somebody wants it, from a mute in force or one that ended', async () => {
    const world = await aWorld();
    const { mute } = await world.mutes.add(anOrder());
    await world.send();
    expect(await world.mutes.post(mute.id, BO)).toEqual({ count: 1 });
    await world.send();
    await world.mutes.end(mute.id, ANA);
    expect((await receiptOf(world)).title).toBe(
      'Mute #1 ended: 2 held back, 1 of them posted already, nothing still open',
    );
    expect(await world.mutes.post(mute.id, BO)).toEqual({ count: 1 });
    expect(await world.mutes.post(mute.id, BO)).toEqual({ count: 0 });
    expect(world.poked).toEqual(['ops', 'ops']);
    expect(await world.store.deliveries({ state: 'muted', limit: 9 })).toEqual([]);
    expect(await world.store.audits({ action: 'post_held', limit: 9 })).toMatchObject([
      { subject: mute.id, by: BO, detail: '#1: 1 posted' },
      { subject: mute.id, by: BO, detail: '#1: 1 posted' },
    ]);
    await expect(world.mutes.post('mute_x', BO)).rejects.toThrow('Nothing is known of that mute');
  });
});

describe('an edit of the file by hand', () => {
  it('ends a mute with its receipt when it takes the mute out', async () => {
    const world = await aWorld();
    const { mute } = await world.mutes.add(anOrder());
    await world.send();
    await edited(world.overlay, (overlay) => ({ ...overlay, mutes: [] }));
    world.configure([aRoute()]);
    await world.mutes.changed();
    await world.mutes.changed();
    expect(await world.said()).toEqual(['Mute #1 ended: 1 held back, nothing still open → ops']);
    expect((await receiptOf(world)).detail).toContain('An edit of overlay.json ended it.');
    expect(await world.mutes.find(mute.id)).toMatchObject({ ended: { by: { platform: 'file' } } });
    expect(await world.mutes.post(mute.id, ANA)).toEqual({ count: 1 });
  });

  it('that takes a mute out while Bellhop does not run is found at the next start', async () => {
    const first = await aWorld();
    const { mute } = await first.mutes.add(anOrder());
    await first.send();
    await edited(first.overlay, (overlay) => ({ ...overlay, mutes: [] }));
    await first.close();
    const second = await aWorld({ folder: first.folder, clock: first.clock });
    await second.mutes.start();
    await second.mutes.start();
    expect(await second.said('mute_ended')).toEqual(['Mute #1 ended: 1 held back, nothing still open → ops']);
    expect((await receiptOf(second)).detail).toContain('Ana muted alerts in ops');
    expect(await second.mutes.post(mute.id, ANA)).toEqual({ count: 1 });
  });

  it('that brings a mute is told in its channel and in the audit log', async () => {
    const world = await aWorld();
    const { mute } = await world.mutes.add(anOrder());
    const byHand = {
      ...mute,
      id: 'mute_byhand',
      number: 7,
      by: { platform: 'file', id: 'file', name: 'By hand' },
    } as const;
    await edited(world.overlay, (overlay) => ({ ...overlay, mutes: [...overlay.mutes, byHand] }));
    await world.mutes.changed();
    await world.mutes.changed();
    expect(await world.said('mute_started')).toEqual(['Muted for 2 h: alerts → ops']);
    expect(await world.store.audits({ subject: 'mute_byhand', limit: 9 })).toMatchObject([
      { action: 'mute', by: { platform: 'file' } },
    ]);
  });

  it('is waited for when it brings one', async () => {
    const world = await aWorld();
    const { mute } = await world.mutes.add(anOrder());
    await edited(world.overlay, (overlay) => ({
      ...overlay,
      mutes: [{ ...mute, until: later(30 * MINUTE) }],
    }));
    await world.mutes.changed();
    await world.clock.advance(30 * MINUTE);
    await until(() => world.overlay.read().mutes.length === 0, 'the end');
    expect(await world.receipts()).toHaveLength(1);
  });
});

describe('an order that cannot be', () => {
  const far = 3_650 * 24 * HOUR;
  const cases: readonly [what: string, order: Parameters<typeof anOrder>[0], sentence: string][] = [
    ['everything', { scope: { channel: 'ops' } }, 'That would hide everything in ops; name a source, an event'],
    ['everything everywhere', { scope: {} }, 'That would hide everything everywhere; name a source'],
    [
      'stars',
      { scope: { channel: 'ops', source: '*', event: '**', where: { env: ['*'] } } },
      'That would hide everything',
    ],
    ['stars and question marks', { scope: { channel: 'ops', event: '?*' } }, 'That would hide everything in ops'],
    ['such conditions', { scope: { where: { source: ['*?'] } } }, 'That would hide everything everywhere'],
    ['empty conditions', { scope: { where: { env: [] } } }, 'That would hide everything everywhere'],
    [
      'a source nobody has',
      { scope: { source: 'alrts' } },
      'There is no source "alrts" in the config; did you mean "alerts"?',
    ],
    ['a source like none', { scope: { source: 'x' } }, 'There is no source "x" in the config; it has alerts, github.'],
    ['a channel nobody has', { scope: { source: 'alerts', channel: 'opps' } }, 'did you mean "ops"?'],
    ['a route nobody has', { scope: { route: 'al' } }, 'There is no route "al" in the config; did you mean "all"?'],
    ['a source in conditions', { scope: { where: { source: ['!github', 'alrts'] } } }, 'did you mean "alerts"?'],
    [
      'no severity',
      { scope: { where: { severity: ['critcal'] } } },
      '"critcal" is no severity; expected info, warning, error, critical; did you mean "critical"?',
    ],
    ['a path', { scope: { where: { 'payload.a': ['1'] } } }, '"payload.a" is a path'],
    ['an empty value', { scope: { where: { env: ['prod', ''] } } }, '"env" has an empty value'],
    ['a novel', { scope: { where: { env: ['x'.repeat(501)] } } }, '"env" is longer than 500 characters'],
    [
      'a wall of keys',
      { scope: { where: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`k${n}`, ['x']])) } },
      'more than 20 keys',
    ],
    ['the past', { until: { kind: 'at', at: later(-1) } }, 'That end is not in the future: it is 12:00 UTC now.'],
    ['this moment', { until: { kind: 'for', ms: 0 } }, 'That end is not in the future'],
    ['no time', { until: { kind: 'at', at: new Date(Number.NaN) } }, 'That end is no time'],
    [
      'too long',
      { until: { kind: 'for', ms: 8 * 24 * HOUR } },
      'That would last 8 d; a mute may last 7 d at most here. An administrator may ask for longer.',
    ],
    ['longer than theirs', { until: { kind: 'for', ms: 5 * HOUR }, atMostMs: 4 * HOUR }, 'may last 4 h at most'],
    [
      'ten years',
      { until: { kind: 'for', ms: far }, atMostMs: Number.POSITIVE_INFINITY },
      'That would last 3650 d; say "forever", or at most a year.',
    ],
    [
      'for ever',
      { until: { kind: 'forever' } },
      'A mute ends: here it may last 7 d at most. An administrator may mute for ever.',
    ],
    ['nothing to resolve', { until: { kind: 'resolved' } }, '"until resolved" needs something that can be resolved'],
  ];
  it.each(cases)('%s: a sentence, and nothing changes', async (_what, order, sentence) => {
    const world = await aWorld();
    await expect(world.mutes.add(anOrder(order))).rejects.toMatchObject({
      name: 'CommandError',
      message: expect.stringContaining(sentence),
    });
    expect(world.overlay.read().mutes).toEqual([]);
    expect(await world.store.audits({ limit: 1 })).toEqual([]);
  });

  it('is none from an administrator who mutes for ever, from somebody hostile, or about a chat route', async () => {
    const world = await aWorld();
    const { mute } = await world.mutes.add(anOrder({ until: { kind: 'forever' }, atMostMs: Number.POSITIVE_INFINITY }));
    expect(mute.until).toBeUndefined();
    const hostile = { platform: 'slack', id: 'U9', name: '\u202e<!channel>\n' } as const;
    const made = await world.mutes.add(anOrder({ by: hostile, why: `a\n\u0000b${'x'.repeat(5_000)}` }));
    expect(made.mute.by.name).toBe('<!channel>');
    expect(made.mute.why).toMatch(/^a bx{496}…$/);
    const route = await world.routes.add({ source: 'alerts', to: 'war-room', mode: 'copy', by: ANA });
    await world.mutes.add(anOrder({ scope: { route: route.name } }));
    expect(await world.send()).toContain('war-room:muted');
  });

  it('without an end gets the config’s default, or less where they may not ask for that', async () => {
    const world = await aWorld();
    const { until: _until, ...order } = anOrder();
    expect((await world.mutes.add(order)).mute.until).toEqual(later(HOUR));
    expect((await world.mutes.add({ ...order, atMostMs: MINUTE })).mute.until).toEqual(later(MINUTE));
  });
});
