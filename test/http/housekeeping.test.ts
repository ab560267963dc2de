import { afterEach, expect, it } from 'vitest';
import { type TestClock, testClock } from '../builders.ts';
import { until } from '../until.ts';
import { startTestApp, type TestApp } from './app.ts';

const HOUR = 3_600_000;

let bellhop: TestApp | undefined;
afterEach(() => bellhop?.stop());

it('keeps what a mute in force holds back, however old it is, and counts it in the receipt', async () => {
  const clock: TestClock = testClock();
  const app = await startTestApp(
    {
      sources: { shop: { type: 'generic', verify: 'none', map: { event: 'order', title: '{{payload.id}}' } } },
      channels: { screen: { platform: 'console', pace: false } },
      routes: [{ name: 'all', to: 'screen' }],
      delivery: { keep: '1h' },
    },
    { clock },
  );
  bellhop = app;
  await app.send('/hooks/shop', { body: { id: 'finished' } });
  await until(() => app.printed.some((text) => text.includes('finished')), 'the first message');
  const { body: mute } = await app.api('/api/mutes', { body: { source: 'shop', channel: 'screen', for: '7d' } });
  await app.send('/hooks/shop', { body: { id: 'held' } });

  const titles = async () =>
    (await app.api('/api/events?source=shop')).body.events.map(({ title }: { title: string }) => title);
  await until(async () => {
    await clock.advance(HOUR);
    return !(await titles()).includes('finished');
  }, 'housekeeping');
  expect(await titles()).toEqual(['held']);
  const ended = await app.api(`/api/mutes/${mute.id}`, { method: 'DELETE' });
  expect(ended.body).toMatchObject({ ended: true, held: 1 });
  expect((await app.api(`/api/mutes/${mute.id}/post`, { method: 'POST' })).body).toEqual({ posted: 1 });
});
