import type { Delivery } from '../core/delivery.ts';
import { isOwn, type KeptEvent } from '../core/event.ts';
import type { MuteScope, ScopeTest } from '../core/overlay.ts';
import type { Severity } from '../core/severity.ts';
import type { EventFilter, Store } from '../core/store.ts';
import type { WouldHide } from './mutes.ts';

const LOOKS_BACK_MS = 24 * 60 * 60_000;
const PAGE = 500;
/** Events that are looked at; beyond, the count is a lower bound. */
const MOST = 20_000;

export interface ToHide {
  readonly scope: MuteScope;
  /** Whether `critical` ones are held back too. */
  readonly critical: boolean;
}

/** What a scope would have held back in the last 24 hours, but for what another mute did. */
export async function countHidden(
  { scope, critical }: ToHide,
  context: {
    readonly store: Pick<Store, 'events'>;
    readonly scopeTest: (scope: MuteScope) => ScopeTest;
    readonly now: Date;
  },
): Promise<WouldHide> {
  const { store, now } = context;
  const covers = context.scopeTest(scope);
  const isHidden = (event: KeptEvent, delivery: Delivery): boolean =>
    !delivery.replay && delivery.state !== 'muted' && covers(event, delivery);
  const filter = filterOf(scope, new Date(now.getTime() - LOOKS_BACK_MS));
  const bySeverity: Partial<Record<Severity, number>> = {};
  let count = 0;
  let looked = 0;
  let before: string | undefined;
  for (;;) {
    const page = await store.events({ ...filter, limit: PAGE, ...(before !== undefined && { before }) });
    for (const { event, deliveries } of page) {
      // Critical ones come through, and with them what closes them.
      if (isOwn(event) || (event.severity === 'critical' && !critical)) continue;
      const hidden = deliveries.filter((delivery) => isHidden(event, delivery)).length;
      if (hidden === 0) continue;
      count += hidden;
      bySeverity[event.severity] = (bySeverity[event.severity] ?? 0) + hidden;
    }
    looked += page.length;
    before = page.at(-1)?.event.id;
    if (page.length < PAGE) return { count, bySeverity, atLeast: false };
    if (looked >= MOST) return { count, bySeverity, atLeast: true };
    // Hooks are answered in between.
    await new Promise((done) => setImmediate(done));
  }
}

const filterOf = ({ channel, source, key }: MuteScope, since: Date): Omit<EventFilter, 'limit'> => ({
  since,
  ...(channel !== undefined && { channel }),
  ...(source !== undefined && { source }),
  ...(source !== undefined && key !== undefined && { key }),
});
