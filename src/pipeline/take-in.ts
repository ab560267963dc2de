import type { Clock } from '../core/clock.ts';
import { ApiError, HookError } from '../core/errors.ts';
import type { NewId } from '../core/id.ts';
import type { Log } from '../core/log.ts';
import type { Person } from '../core/overlay.ts';
import { queryFields } from '../core/query-fields.ts';
import { KEPT_BODY, type RefusedHook, type Store } from '../core/store.ts';
import type { Answered } from './handshake.ts';
import type { Received, Receiver } from './receive.ts';

/** Without what only its sender wants to hear. */
export type TakenIn = Omit<Received, 'wants'> | Omit<Answered, 'answer'>;

/** Takes refused hooks in after all, once what refused them was mended. */
export interface TakeIn {
  /**
   * As if it came again at its own time, by today's config. Throws `ApiError` where it is refused again, was not kept
   * whole, or was taken in before.
   */
  takeIn(id: string, by: Person): Promise<TakenIn>;
}

export function createTakeIn(context: {
  readonly store: Store;
  readonly receiver: Receiver;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}): TakeIn {
  const { store, receiver, clock, newId, log } = context;
  const underWay = new Set<string>();

  async function takeOnce(id: string, by: Person): Promise<TakenIn> {
    const refused = await store.refusedHook(id);
    if (refused === undefined) throw new ApiError('not_found', `There is no refused hook ${id}.`);
    const why = whyNotTakenIn(refused);
    if (why !== undefined) throw new ApiError('conflict', why);
    const { source, method, headers, body, from, at, proof } = refused;
    const query = queryFields(proof?.rawQuery ?? '');
    const received = await receiver
      .receive({ source, method, headers, query, body, from, ...proof }, { at, takesIn: id })
      .catch(stillRefused);
    // Who asked for a handshake, or wants an answer of its own, has gone.
    if ('answer' in received) return { status: received.status, events: received.events };
    const { wants: _wants, ...told } = received;
    // It may be read once its type is mended.
    if (received.status === 'unreadable') return told;
    const entry = { id: newId('audit'), at: clock.now(), by, action: 'replay' as const, subject: id };
    const detail = `refused hook of ${source} (${refused.code}): ${received.status}`;
    await store.audit({ ...entry, detail }).catch((error: unknown) => {
      log.error('a refused hook was taken in, and who did it could not be noted', { id, error: String(error) });
    });
    return told;
  }

  return {
    async takeIn(id, by) {
      // Two people look at the same list.
      if (underWay.has(id)) throw new ApiError('conflict', 'Somebody is taking it in just now.');
      underWay.add(id);
      return takeOnce(id, by).finally(() => underWay.delete(id));
    },
  };
}

/** A sentence where a refused hook cannot be taken in any more; undefined where it can be tried. */
export function whyNotTakenIn(refused: RefusedHook): string | undefined {
  if (refused.takenIn !== undefined)
    return `It was taken in already, as ${refused.takenIn}; its events can be replayed.`;
  const missing = missingOf(refused);
  return missing && `${missing} was not kept; only its sender can send this hook again.`;
}

/** What a hook needs and a refused one no longer has. */
function missingOf({ code, url, proof, body, bodyBytes }: RefusedHook): string | undefined {
  const unread = code === 'too_large' || code === 'unsupported_encoding' || code === 'unreadable_request';
  if (unread) return 'Its body';
  if (bodyBytes > body.length) return `What follows the first ${KEPT_BODY / 1024} KB of its body`;
  // Older versions of Bellhop kept none.
  return url.endsWith('?…') && proof?.rawQuery === undefined ? 'Its query' : undefined;
}

function stillRefused(error: unknown): never {
  if (!(error instanceof HookError)) throw error;
  if (error.code === 'busy') throw new ApiError('busy', error.message);
  throw new ApiError('conflict', `It is refused again (${error.code}): ${error.message}`);
}
