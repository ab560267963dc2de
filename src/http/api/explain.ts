import { Router } from 'express';
import { z } from 'zod';
import { ApiError } from '../../core/errors.ts';
import { didYouMean } from '../../core/nearest.ts';
import { explainHook } from '../../pipeline/explain.ts';
import { explanationView, sampleHook } from '../../pipeline/explanation-view.ts';
import type { ApiContext } from './api.ts';

const explainBody = z.strictObject({
  source: z.string(),
  payload: z.unknown().refine((payload) => payload !== undefined, 'is missing; expected a document, or a body as text'),
  event: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
});

/** `POST /api/explain`: what would happen to a payload, with nothing stored and nothing sent. */
export function explainRouter({ runtime, newId, clock }: ApiContext): Router {
  const router = Router();
  router.post('/explain', (req, res) => {
    const { source: name, payload, event, headers = {} } = explainBody.parse(req.body);
    const active = runtime();
    const source = active.sources.get(name);
    if (source === undefined)
      throw new ApiError(
        'bad_request',
        `There is no source "${name}" in the config${didYouMean(name, active.sources.keys())}`,
      );
    const hook = sampleHook(source, { payload: bodyOf(payload), event, headers, id: newId('hook'), at: clock.now() });
    res.json(explanationView(explainHook(active, hook, { source, newId })));
  });
  return router;
}

/** The payload as its sender would write it; what is nested too deeply for that is told so. */
function bodyOf(payload: unknown): string {
  try {
    return typeof payload === 'string' ? payload : JSON.stringify(payload);
  } catch {
    throw new ApiError('bad_request', 'The payload is nested too deeply to be written; give it as text.');
  }
}
