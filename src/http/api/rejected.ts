import { Router } from 'express';
import { ApiError, HookError } from '../../core/errors.ts';
import type { RefusedHook } from '../../core/store.ts';
import { queryFields } from '../arrived.ts';
import { KEPT_BODY } from '../hooks.ts';
import type { ApiContext } from './api.ts';
import { limitParameter } from './parameters.ts';
import { refusedView } from './views.ts';

/** More than the store keeps. */
const ALL = 500;

/** `/api/rejected`: hooks that were refused, and taking one in after all once the config is mended. */
export function rejectedRouter({ store, runtime, receiver }: ApiContext): Router {
  const router = Router();

  router.get('/rejected', async ({ query }, res) => {
    const rejected = await store.refused(limitParameter(query));
    res.json({ rejected: rejected.map((refused) => refusedView(refused, runtime())) });
  });

  router.post('/rejected/:id/replay', async (req, res) => {
    const { id } = req.params;
    const refused = (await store.refused(ALL)).find((one) => one.id === id);
    if (refused === undefined) throw new ApiError('not_found', `There is no refused hook ${id}.`);
    const missing = missingOf(refused);
    if (missing !== undefined) {
      throw new ApiError('conflict', `${missing} was not kept; only its sender can send this hook again.`);
    }
    const { source, method, headers, body, from, at, proof } = refused;
    const query = queryFields(proof?.rawQuery ?? '');
    const arrived = { source, method, headers, query, body, from, ...proof };
    const taken = await receiver.receive(arrived, at).catch(stillRefused);
    // Who asked has gone; what it brought is kept.
    res.json('answer' in taken ? { status: taken.status, events: taken.events } : taken);
  });

  return router;
}

/** What a hook needs and a refused one no longer has. */
function missingOf({ code, url, body, proof }: RefusedHook): string | undefined {
  const unread = code === 'too_large' || code === 'unsupported_encoding' || code === 'unreadable_request';
  if (unread) return 'Its body';
  if (body.length >= KEPT_BODY) return `What follows the first ${KEPT_BODY / 1024} KB of its body`;
  // Older versions of Bellhop kept none.
  return url.endsWith('?…') && proof?.rawQuery === undefined ? 'Its query' : undefined;
}

function stillRefused(error: unknown): never {
  if (!(error instanceof HookError)) throw error;
  if (error.code === 'busy') throw new ApiError('busy', error.message);
  throw new ApiError('conflict', `It is refused again (${error.code}): ${error.message}`);
}
