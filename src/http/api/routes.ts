import { Router } from 'express';
import { z } from 'zod';
import { ApiError } from '../../core/errors.ts';
import { didYouMean } from '../../core/nearest.ts';
import type { ApiContext } from './api.ts';
import { body, durationText, whereBody, words } from './body.ts';
import { API_PERSON } from './note.ts';
import { chatRouteView, fileRouteView } from './overlay-views.ts';
import { given } from './parameters.ts';
import { refusedAs } from './refused-as.ts';

const routeBody = body({
  source: words('the name of a source'),
  event: words('an event, as in "pull_request.*"').exactOptional(),
  where: whereBody().exactOptional(),
  to: words('the name of a channel'),
  mode: z
    .enum(['copy', 'move'], { error: 'is no way to route; expected "copy" (there too) or "move" (only there)' })
    .default('copy'),
  for: durationText().exactOptional(),
  because: words('a reason', 500).exactOptional(),
});

/** `/api/routes`: every route in the order they are tried, those of the chat before those of the files; and `/api/export`. */
export function routesRouter({ runtime, routes, exportPatch }: ApiContext): Router {
  const router = Router();

  router.get('/routes', (_req, res) => {
    const { config } = runtime();
    res.json({ routes: [...routes.list().map(chatRouteView), ...config.routes.map(fileRouteView)] });
  });

  router.post('/routes', async (req, res) => {
    const { for: forMs, because, ...order } = routeBody.parse(req.body ?? {});
    const made = await routes
      .add({ ...order, ...given({ forMs, why: because }), by: API_PERSON })
      .catch(refusedAs('bad_request'));
    res.status(201).json(chatRouteView(made));
  });

  router.delete('/routes/:name', async (req, res) => {
    const { name } = req.params;
    const known = routes.list().find((route) => [route.name, `#${route.number}`, String(route.number)].includes(name));
    if (known === undefined) throw unknownRoute(name);
    const removed = await routes.remove(known.name, API_PERSON).catch(refusedAs('conflict'));
    res.json({ removed: true, name: removed.name, number: removed.number });
  });

  router.get('/export', (_req, res) => {
    res.json({ patch: exportPatch() });
  });

  return router;

  function unknownRoute(name: string): ApiError {
    if (runtime().config.routes.some((route) => route.name === name))
      return new ApiError('conflict', `The route "${name}" is from the config's files; remove it there.`);
    const known = routes.list().map((route) => route.name);
    const there = known.length === 0 ? 'there are none.' : `there are ${known.join(', ')}.`;
    return new ApiError('not_found', `There is no chat route "${name}"${didYouMean(name, known) || `; ${there}`}`);
  }
}
