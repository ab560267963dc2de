import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DOORS, type Door } from './doors.ts';
import { SCENARIOS } from './scenarios.ts';
import { startWorld, type World } from './world.ts';

describe.each(Object.entries(DOORS))('%s', (_name, openDoor) => {
  let door: Door;
  let world: World & { stop(): Promise<void> };

  beforeEach(async () => {
    door = await openDoor();
    world = await startWorld(door);
  });
  afterEach(async () => {
    await world.stop();
    await door.close();
  });

  it.each(SCENARIOS)('$name', async ({ given, when, audience, says, never = [], buttons, after }) => {
    await given?.(world);
    const seen = await when(door, world);
    expect(seen.audience, seen.text).toBe(audience);
    for (const words of says) expect(seen.text).toMatch(words);
    for (const words of never) expect(seen.text).not.toMatch(words);
    if (buttons !== undefined) expect(seen.buttons).toEqual(buttons);
    await after?.(world, door, seen);
    door.assertClean();
  });
});
