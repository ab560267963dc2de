import type { Attempt, PlannedDelivery } from '../../src/core/delivery.ts';
import type { KeptEvent } from '../../src/core/event.ts';
import type { Hook } from '../../src/core/hook.ts';
import type { Accepting, PlannedEvent, RefusedHook, Store } from '../../src/core/store.ts';
import { aHook, anEvent, NOON } from '../builders.ts';

export const later = (ms: number): Date => new Date(NOON.getTime() + ms);

export const STEP_ASIDE = 3;
/** How long a take keeps its channel. */
export const LEASE = 60_000;
export const now = { now: NOON, stepAside: STEP_ASIDE, leaseMs: LEASE };

export function aPlannedDelivery(over: Partial<PlannedDelivery> = {}): PlannedDelivery {
  return { id: 'dlv_1', channel: 'ops', platform: 'slack', route: 'prs', mentions: [], replay: false, ...over };
}

export interface HookParts {
  readonly hook?: Partial<Omit<Hook, 'body'>> & { readonly body?: unknown };
  readonly event?: Partial<KeptEvent>;
  readonly dedupeKey?: string;
  readonly deliveries?: readonly PlannedDelivery[];
}

/** Hook, event and deliveries number `n`, ids fitting together. Without `deliveries` it goes to `ops` alone. */
export function anAccepting(n: number, parts: HookParts = {}): Accepting {
  const hook = aHook({ id: `hook_${pad(n)}`, ...parts.hook });
  return { hook, status: 'accepted', events: [aPlannedEvent(n, { ...parts, hook })] };
}

export function aPlannedEvent(n: number, { hook, event, dedupeKey, deliveries }: HookParts = {}): PlannedEvent {
  const source = hook?.source ?? 'github';
  const ids = { id: `evt_${pad(n)}`, hookId: hook?.id ?? `hook_${pad(n)}` };
  const { payload: _payload, ...kept } = anEvent({ ...ids, source, receivedAt: hook?.at ?? NOON, ...event });
  return {
    event: kept,
    ...(dedupeKey !== undefined && { dedupeKey }),
    deliveries: deliveries ?? [aPlannedDelivery({ id: `dlv_${pad(n)}` })],
  };
}

export const anAttempt = (over: Partial<Attempt> = {}): Attempt => ({ at: NOON, outcome: 'sent', tookMs: 12, ...over });

export function aRefused(n: number, over: Partial<RefusedHook> = {}): RefusedHook {
  return {
    id: `hook_${pad(n)}`,
    at: NOON,
    source: 'github',
    from: '203.0.113.9',
    method: 'POST',
    url: '/hooks/github',
    headers: { 'x-hub-signature-256': 'sha256=00' },
    body: Buffer.from(`body ${n}`),
    bodyBytes: `body ${n}`.length,
    code: 'bad_signature',
    reason: 'The signature does not fit.',
    ...over,
  };
}

/** Stores numbers `from` to `to`, one delivery to `ops` each, in order. */
export async function acceptRange(store: Store, from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n++) await store.accept(anAccepting(n));
}

/** Takes and fails the next delivery; it waits until `dueAt`. Returns its id. */
export async function failNext(store: Store, dueAt: Date, at: Date = NOON): Promise<string | undefined> {
  const taken = await store.take('ops', { ...now, now: at });
  if (taken === undefined) return undefined;
  const attempt = anAttempt({ at, outcome: 'retry', reason: 'The platform is down.' });
  await store.settle(taken.delivery.id, [attempt], { state: 'queued', dueAt, counts: true });
  return taken.delivery.id;
}

/** Takes the next delivery and ends it; returns its id. */
export async function finishNext(store: Store, at: Date = NOON): Promise<string | undefined> {
  const taken = await store.take('ops', { ...now, now: at });
  if (taken === undefined) return undefined;
  await store.settle(taken.delivery.id, [anAttempt({ at })], {
    state: 'sent',
    ref: { channel: 'C1', message: '1.10' },
  });
  return taken.delivery.id;
}

const pad = (n: number): string => String(n).padStart(6, '0');
