import { expect, it } from 'vitest';
import { until } from '../until.ts';
import { DOORS } from './doors.ts';
import { startWorld } from './world.ts';

it.each(['slack by http', 'discord by http', 'teams'] as const)(
  '%s: a platform that is down while a mute ends gets the receipt when it is back',
  async (name) => {
    const door = await DOORS[name]();
    const world = await startWorld(door, { retry: ['50ms', '50ms', '50ms', '50ms'] });
    try {
      await world.mute({ source: 'alerts', channel: 'team', for: '2h' });
      await world.posted(/alerts/);
      const held = await world.alert();
      door.fails(3);
      await door.say({ text: 'unmute all', options: { which: 'all' } });
      const { body } = await world.app.api('/api/events?source=bellhop&event=mute_ended');
      const [event] = body.events;
      expect(body.events).toHaveLength(1);
      await until(async () => (await world.deliveries(event.id))[0] === 'team sent', 'the receipt to be settled');
      const detail = await world.app.api(`/api/events/${event.id}`);
      const outcomes = detail.body.deliveries[0].attempts.map(({ outcome }: { outcome: string }) => outcome);
      // In Teams the answer to who unmuted it takes one of the failures.
      expect(outcomes.slice(0, -1).length).toBeGreaterThan(1);
      expect(outcomes.at(-1)).toBe('sent');
      const receipt = await world.posted(/1 held back/);
      expect(receipt.text).toMatch(/mona/i);
      expect(await world.deliveries(held)).toEqual(['team muted']);
      door.assertClean();
    } finally {
      await world.stop();
      await door.close();
    }
  },
);
