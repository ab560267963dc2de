import { isOwn, type KeptEvent } from '../core/event.ts';
import type { Mute, MuteScope } from '../core/overlay.ts';
import type { Store } from '../core/store.ts';
import type { Runtime } from './runtime.ts';
import { isTest } from './test-message.ts';

/** A story that flaps more often than this while Bellhop is down is resolved all the same. */
const LOOKED_AT = 200;

interface StoriesOf {
  readonly store: Pick<Store, 'events'>;
  readonly runtime: Runtime;
}

/** The newest event of what a scope's key names; undefined where it names nothing, or nothing came. */
export async function newestOf(scope: MuteScope, context: StoriesOf): Promise<KeptEvent | undefined> {
  const found = await eventsOf(scope, context, { limit: 1 });
  return found.reduce<KeptEvent | undefined>(
    (newest, event) => (newest !== undefined && newest.receivedAt > event.receivedAt ? newest : event),
    undefined,
  );
}

/** Whether what a mute waits for has come since it was made. */
export async function isResolved({ scope, from }: Mute, context: StoriesOf): Promise<boolean> {
  const found = await eventsOf(scope, context, { limit: LOOKED_AT, since: from });
  return found.some((event) => event.closes === true);
}

/** Whether an event ends what a mute waits for. */
export const resolves = (event: KeptEvent, { scope, untilResolved, ended }: Mute): boolean =>
  event.closes === true &&
  !isTest(event) &&
  untilResolved === true &&
  ended === undefined &&
  event.key !== undefined &&
  event.key === scope.key &&
  (scope.source === undefined || scope.source === event.source);

/** Whether an event shows that what a mute is about is less than critical now. */
export const calms = (event: KeptEvent, { scope }: Mute): boolean =>
  event.closes !== true &&
  !isOwn(event) &&
  event.severity !== 'critical' &&
  event.key !== undefined &&
  event.key === scope.key &&
  (scope.source === undefined || scope.source === event.source);

/** Keys are unique within their source only, so each source is asked. */
async function eventsOf(
  { source, key }: MuteScope,
  { store, runtime }: StoriesOf,
  filter: { readonly limit: number; readonly since?: Date },
): Promise<readonly KeptEvent[]> {
  if (key === undefined) return [];
  const sources = source === undefined ? [...runtime.sources.keys()] : [source];
  const found = await Promise.all(sources.map((name) => store.events({ ...filter, source: name, key })));
  return found.flat().map(({ event }) => event);
}
