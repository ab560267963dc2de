import type { Health } from '../core/platform.ts';

const KEPT_MS = 60_000;

/** A question about a platform's health that is put to it at most once a minute; meanwhile the last answer holds. `now` in milliseconds. */
export function onceAMinute(ask: () => Promise<Health>, now: () => number): () => Promise<Health> {
  let last: { readonly at: number; readonly answer: Promise<Health> } | undefined;
  return () => {
    if (last === undefined || now() - last.at >= KEPT_MS) last = { at: now(), answer: ask() };
    return last.answer;
  };
}
