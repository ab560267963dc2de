import type { Clock } from '../../core/clock.ts';

/** Runs `ask` with a signal that ends it after `ms`, or when `stop` does. */
export function withTimeLimit<T>(
  { clock, ms, stop }: { readonly clock: Clock; readonly ms: number; readonly stop?: AbortSignal },
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const cancel = clock.after(ms, () => late.abort(new DOMException('Out of time.', 'TimeoutError')));
  return ask(stop === undefined ? late.signal : AbortSignal.any([late.signal, stop])).finally(cancel);
}
