import { describe, expect, it } from 'vitest';
import { createSeenBefore } from '../../src/platforms/seen-before.ts';
import { testClock } from '../builders.ts';

describe('seen before', () => {
  it('knows what came within ten minutes', async () => {
    const clock = testClock();
    const seen = createSeenBefore(clock);
    expect([seen.add('a'), seen.add('a'), seen.add('b')]).toEqual([false, true, false]);
    await clock.advance(10 * 60_000 - 1);
    expect(seen.add('a')).toBe(true);
    await clock.advance(1);
    expect(seen.add('a')).toBe(false);
    seen.forget('a');
    expect(seen.add('a')).toBe(false);
  });

  it('keeps ten thousand', () => {
    const seen = createSeenBefore(testClock());
    for (let at = 0; at < 10_001; at++) seen.add(String(at));
    expect([seen.add('10000'), seen.add('0')]).toEqual([true, false]);
  });
});
