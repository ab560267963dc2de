import { Router } from 'express';
import { ApiError } from '../../core/errors.ts';
import type { ApiContext } from './api.ts';
import { note } from './note.ts';
import { given, limitParameter, pageOf, stateParameter, textParameter } from './parameters.ts';
import { deliveryView } from './views.ts';

/** `/api/deliveries` and `/api/stats`. */
export function deliveriesRouter(context: ApiContext): Router {
  const { store, replayer } = context;
  const router = Router();

  router.get('/deliveries', async ({ query }, res) => {
    const limit = limitParameter(query);
    const found = await store.deliveries({
      ...given({
        state: stateParameter(query),
        channel: textParameter(query, 'channel'),
        before: textParameter(query, 'before'),
      }),
      limit: limit + 1,
    });
    const { page, next } = pageOf(found, limit, ({ id }) => id);
    const attempts = await store.attempts(page.map(({ id }) => id));
    res.json({
      deliveries: page.map((delivery) => deliveryView(delivery, attempts.get(delivery.id) ?? [], delivery.createdAt)),
      next,
    });
  });

  router.get('/deliveries/:id', async (req, res) => {
    const { id } = req.params;
    const delivery = await store.delivery(id);
    if (delivery === undefined) throw new ApiError('not_found', `There is no delivery ${id}.`);
    res.json(deliveryView(delivery, (await store.attempts([id])).get(id) ?? [], delivery.createdAt));
  });

  router.post('/deliveries/:id/retry', async (req, res) => {
    await replayer.retryDelivery(req.params.id);
    await note(context, { action: 'retry', subject: req.params.id, detail: `${req.params.id}, tried again` });
    res.json({ id: req.params.id, state: 'queued' });
  });

  router.get('/stats', async (_req, res) => {
    const stats = await store.stats();
    res.json({
      hooks: stats.hooks,
      events: stats.events,
      deliveries: stats.deliveries,
      rejected: stats.refused,
      bytes: stats.bytes,
      waiting: stats.waiting.map(({ channel, count, oldest }) => ({ channel, count, oldest: oldest.toISOString() })),
      lastHooks: Object.fromEntries(Object.entries(stats.lastHooks).map(([source, at]) => [source, at.toISOString()])),
    });
  });

  return router;
}
