import type { Clock } from '../src/core/clock.ts';
import type { HookEvent } from '../src/core/event.ts';
import type { Hook } from '../src/core/hook.ts';
import { createIds, type NewId } from '../src/core/id.ts';
import type { Log } from '../src/core/log.ts';
import type { Message } from '../src/core/message.ts';

/** Saturday noon: what tests call now. */
export const NOON = new Date('2026-11-21T12:00:00.000Z');

/** A clock that stands still until it is moved; `advance` runs what falls due, in order. */
export interface TestClock extends Clock {
  advance(ms: number): Promise<void>;
}

export function testClock(start: Date = NOON): TestClock {
  let now = start.getTime();
  let timers: { readonly at: number; readonly then: () => void }[] = [];
  return {
    now: () => new Date(now),
    after(ms, then) {
      const timer = { at: now + ms, then };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        await new Promise((done) => setImmediate(done));
        const next = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers = timers.filter((timer) => timer !== next);
        now = Math.max(now, next.at);
        next.then();
      }
      now = end;
      await new Promise((done) => setImmediate(done));
    },
  };
}

/** The same numbers on every run (mulberry32). */
export function testRandom(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const testIds = (seed = 1): NewId => createIds({ now: () => NOON }, testRandom(seed));

export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A log that remembers, for tests about what operators are told. */
export function rememberingLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const remember = (level: string) => (message: string, fields?: object) => {
    lines.push(`${level} ${message}${fields === undefined ? '' : ` ${JSON.stringify(fields)}`}`);
  };
  return { lines, debug: remember('debug'), info: remember('info'), warn: remember('warn'), error: remember('error') };
}

export function aHook(over: Partial<Omit<Hook, 'body'>> & { readonly body?: unknown } = {}): Hook {
  const { body = {}, ...rest } = over;
  const rawQuery = new URLSearchParams(rest.query).toString();
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    id: 'hook_1',
    source: 'github',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    query: {},
    ...(rawQuery !== '' && { rawQuery }),
    from: '127.0.0.1',
    at: NOON,
    ...rest,
    body: bytes,
  };
}

export function anEvent(over: Partial<HookEvent> = {}): HookEvent {
  return {
    id: 'evt_1',
    hookId: 'hook_1',
    index: 0,
    source: 'github',
    type: 'github',
    event: 'pull_request.opened',
    severity: 'info',
    title: 'PR #12 opened: Add a bell',
    labels: { repo: 'acme/api', author: 'mona' },
    facts: {},
    payload: {},
    at: NOON,
    receivedAt: NOON,
    ...over,
  };
}

export function aMessage(over: Partial<Message> = {}): Message {
  return {
    title: 'PR #12 opened: Add a bell',
    emoji: '🟢',
    tone: 'info',
    body: [],
    fields: [],
    buttons: [],
    actions: [],
    context: [],
    mentions: [],
    notes: [],
    at: NOON,
    about: {
      eventId: 'evt_1',
      source: 'github',
      event: 'pull_request.opened',
      severity: 'info',
      state: 'open',
      key: 'pr:acme/api#12',
      labels: { repo: 'acme/api' },
    },
    ...over,
  };
}
