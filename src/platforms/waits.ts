import type { Clock } from '../core/clock.ts';

/** What `promise` comes to within `ms`, or undefined. The promise itself goes on. */
export async function within<T>(ms: number, promise: Promise<T>, clock: Clock): Promise<T | undefined> {
  let cancel = () => {};
  const late = new Promise<undefined>((done) => {
    cancel = clock.after(ms, () => done(undefined));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    cancel();
  }
}

interface Waiting {
  readonly clock: Clock;
  readonly ms: number;
  /** Ends it at once. */
  readonly stop?: AbortSignal;
}

/** Runs `ask` with a signal that ends it after `ms`, or when `stop` does. */
export function withTimeLimit<T>({ clock, ms, stop }: Waiting, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const cancel = clock.after(ms, () => late.abort(new DOMException('Out of time.', 'TimeoutError')));
  return ask(stop === undefined ? late.signal : AbortSignal.any([late.signal, stop])).finally(cancel);
}

/** Resolves after `ms`, or when `stop` ends it. */
export function pause({ clock, ms, stop }: Waiting): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      cancel();
      stop?.removeEventListener('abort', end);
      done();
    };
    const cancel = clock.after(ms, end);
    stop?.addEventListener('abort', end);
  });
}
