import { describe, expect, it } from 'vitest';
import { pause, within, withTimeLimit } from '../../src/platforms/waits.ts';
import { testClock } from '../builders.ts';

const never = new Promise<never>(() => {});
const turn = () => new Promise((done) => setImmediate(done));

describe('within', () => {
  it('gives what comes in time, and nothing for what does not', async () => {
    const clock = testClock();
    expect(await within(1_000, Promise.resolve('here'), clock)).toBe('here');
    const late = within(1_000, never, clock);
    await clock.advance(1_000);
    expect(await late).toBeUndefined();
  });

  it('passes a rejection on', async () => {
    await expect(within(1_000, Promise.reject(new Error('gone')), testClock())).rejects.toThrow('gone');
  });
});

describe('withTimeLimit', () => {
  const until = (signal: AbortSignal): Promise<string> =>
    new Promise((done) => signal.addEventListener('abort', () => done(String(signal.reason.name))));

  it('ends a call at its time', async () => {
    const clock = testClock();
    const ended = withTimeLimit({ clock, ms: 1_000 }, until);
    await clock.advance(1_000);
    expect(await ended).toBe('TimeoutError');
  });

  it('ends it when all is stopped', async () => {
    const stopping = new AbortController();
    const ended = withTimeLimit({ clock: testClock(), ms: 1_000, stop: stopping.signal }, until);
    stopping.abort();
    expect(await ended).toBe('AbortError');
  });
});

describe('pause', () => {
  it('lasts its time, or until all is stopped', async () => {
    const clock = testClock();
    const stopping = new AbortController();
    const over: string[] = [];
    void pause({ clock, ms: 1_000 }).then(() => over.push('first'));
    void pause({ clock, ms: 5_000, stop: stopping.signal }).then(() => over.push('second'));
    await turn();
    expect(over).toEqual([]);
    await clock.advance(1_000);
    await turn();
    expect(over).toEqual(['first']);
    stopping.abort();
    await turn();
    expect(over).toEqual(['first', 'second']);
  });
});
