import { Router } from 'express';
import { z } from 'zod';
import { ApiError } from '../../core/errors.ts';
import type { StoredEvent } from '../../core/store.ts';
import type { ApiContext } from './api.ts';
import { API_PERSON } from './note.ts';
import { muteView } from './overlay-views.ts';
import { given, limitParameter, pageOf, textParameter } from './parameters.ts';
import { deliveryView, eventView, requestView } from './views.ts';

const replayBody = z.strictObject({ channel: z.string().optional() });

/** `/api/events`: what happened, and everything Bellhop did about it. */
export function eventsRouter(context: ApiContext): Router {
  const { store, runtime, events, replayer, mutes, propose } = context;
  const router = Router();

  router.get('/events', async ({ query }, res) => {
    const limit = limitParameter(query);
    const found = await store.events({
      ...given({
        source: textParameter(query, 'source'),
        event: textParameter(query, 'event'),
        channel: textParameter(query, 'channel'),
        state: textParameter(query, 'state'),
        key: textParameter(query, 'key'),
        text: textParameter(query, 'q'),
        before: textParameter(query, 'before'),
      }),
      limit: limit + 1,
    });
    const { page, next } = pageOf(found, limit, ({ event }) => event.id);
    res.json({ events: page.map(eventView), next });
  });

  router.get('/events/:id', async (req, res) => {
    const stored = await store.event(req.params.id);
    const read = stored && (await events.read(stored.event.id));
    if (stored === undefined || read === undefined)
      throw new ApiError('not_found', `There is no event ${req.params.id}.`);
    const { hook } = read;
    res.json({
      ...eventView(stored),
      template: runtime().renderer.render(read.event, 'console').template,
      request: requestView(hook, runtime()),
      trace: runtime().router.trace({ event: read.event, headers: hook.headers, query: hook.query }),
      mutes: await mutesOf(stored),
      deliveries: await deliveriesOf(stored),
    });
  });

  router.get('/events/:id/template', async (req, res) => {
    const read = await events.read(req.params.id);
    if (read === undefined) throw new ApiError('not_found', `There is no event ${req.params.id}.`);
    const mapped = runtime().config.sources[read.event.source]?.map !== undefined;
    res.json(propose({ event: read.event, mapped }));
  });

  router.post('/events/:id/replay', async (req, res) => {
    const { channel } = replayBody.parse(req.body ?? {});
    const { id: event } = req.params;
    const planned = await replayer.replayEvent(event, channel, { by: API_PERSON });
    res.json({
      deliveries: planned.map(({ id, channel: to, platform, route }) => ({ id, channel: to, platform, route })),
    });
  });

  /** Those that hold its deliveries, and those that did. */
  async function mutesOf({ deliveries }: StoredEvent) {
    const ids = new Set(deliveries.flatMap(({ mute }) => (mute === undefined ? [] : [mute])));
    const found = await Promise.all([...ids].map((id) => mutes.find(id)));
    return found.flatMap((mute) => (mute === undefined ? [] : [muteView(mute)]));
  }

  async function deliveriesOf({ event, deliveries }: StoredEvent) {
    const attempts = await store.attempts(deliveries.map((delivery) => delivery.id));
    return deliveries.map((delivery) => deliveryView(delivery, attempts.get(delivery.id) ?? [], event.receivedAt));
  }

  return router;
}
