import { Router } from 'express';
import { ApiError } from '../../core/errors.ts';
import { createTakeIn } from '../../pipeline/take-in.ts';
import type { ApiContext } from './api.ts';
import { API_PERSON } from './note.ts';
import { limitParameter } from './parameters.ts';
import { refusedView } from './views.ts';

/** `/api/rejected`: hooks that were refused, and taking one in after all once the config is mended. */
export function rejectedRouter(context: ApiContext): Router {
  const { store, runtime } = context;
  const { takeIn } = createTakeIn(context);
  const router = Router();

  router.get('/rejected', async ({ query }, res) => {
    const rejected = await store.refused(limitParameter(query));
    res.json({ rejected: rejected.map((refused) => refusedView(refused, runtime())) });
  });

  router.get('/rejected/:id', async (req, res) => {
    const refused = await store.refusedHook(req.params.id);
    if (refused === undefined) throw new ApiError('not_found', `There is no refused hook ${req.params.id}.`);
    res.json(refusedView(refused, runtime()));
  });

  router.post('/rejected/:id/replay', async (req, res) => {
    const taken = await takeIn(req.params.id, API_PERSON);
    res.json('answer' in taken ? { status: taken.status, events: taken.events } : taken);
  });

  return router;
}
