import type { EndReason, Mute, Person } from '../core/overlay.ts';
import { isRecord } from '../core/record.ts';
import type { Store } from '../core/store.ts';
import { bellhopSource } from './bellhop-source.ts';
import { muteKey } from './mute-notices.ts';

/** A mute that ended, out of its receipt; undefined when that was pruned. */
export async function endedMute(id: string, store: Pick<Store, 'events' | 'hook'>): Promise<Mute | undefined> {
  const [receipt] = await store.events({
    source: bellhopSource.type,
    event: 'mute_ended',
    key: muteKey(id),
    limit: 1,
  });
  const kept = receipt && (await store.hook(receipt.event.hookId));
  return kept && read(kept.hook.body);
}

/** As `mute-notices.ts` wrote it, perhaps in an earlier version. */
function read(body: Buffer): Mute | undefined {
  try {
    const { mute } = JSON.parse(body.toString()) as { readonly mute?: unknown };
    return revived(mute);
  } catch {
    return undefined;
  }
}

/** A mute as its audit entry keeps it, for one that is nowhere else any more; undefined when it keeps none. */
export async function notedMute(id: string, store: Pick<Store, 'audits'>): Promise<Mute | undefined> {
  const [noted] = await store.audits({ subject: id, action: 'mute', limit: 1 });
  return noted?.kept === undefined ? undefined : revived(JSON.parse(noted.kept));
}

function revived(mute: unknown): Mute | undefined {
  if (!isRecord(mute) || !isRecord(mute.scope)) return undefined;
  const { from, until, ended, ...rest } = mute as unknown as KeptMute;
  return {
    ...rest,
    from: new Date(from),
    ...(until !== undefined && { until: new Date(until) }),
    ...(ended !== undefined && { ended: { ...ended, at: new Date(ended.at) } }),
  };
}

interface KeptMute extends Omit<Mute, 'from' | 'until' | 'ended'> {
  readonly from: string;
  readonly until?: string;
  readonly ended?: { readonly at: string; readonly reason: EndReason; readonly by?: Person };
}
