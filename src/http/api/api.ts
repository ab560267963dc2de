import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type RequestHandler, Router } from 'express';
import type { Clock } from '../../core/clock.ts';
import { ApiError } from '../../core/errors.ts';
import type { NewId } from '../../core/id.ts';
import type { Log } from '../../core/log.ts';
import type { Propose } from '../../core/proposal.ts';
import type { Secret } from '../../core/secret.ts';
import type { Store } from '../../core/store.ts';
import type { ChatRoutes } from '../../pipeline/chat-routes.ts';
import type { EventReader } from '../../pipeline/event-reader.ts';
import type { Mutes, MuteUntil } from '../../pipeline/mutes.ts';
import type { Receiver } from '../../pipeline/receive.ts';
import type { Replayer } from '../../pipeline/replay.ts';
import type { CurrentRuntime } from '../../pipeline/runtime.ts';
import { auditRouter } from './audit.ts';
import { deliveriesRouter } from './deliveries.ts';
import { eventsRouter } from './events.ts';
import { explainRouter } from './explain.ts';
import { mutesRouter } from './mutes.ts';
import { rejectedRouter } from './rejected.ts';
import { routesRouter } from './routes.ts';

const MAX_BODY = 1024 * 1024;

export interface ApiContext {
  readonly adminToken: Secret;
  readonly runtime: CurrentRuntime;
  readonly store: Store;
  readonly events: EventReader;
  readonly replayer: Replayer;
  readonly receiver: Receiver;
  readonly mutes: Mutes;
  readonly routes: ChatRoutes;
  /** Reads an end as people write it (`09:00`, `2026-11-22 09:00`), in the config's zone; throws `CommandError` for what is none. */
  readonly endOf: (text: string) => MuteUntil;
  /** What chat, console and API changed, as a file for the config folder. */
  readonly exportPatch: () => string;
  /** A template of one's own for events like one. */
  readonly propose: Propose;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

/** `/api/…`: JSON for whoever holds the admin token. */
export function apiRouter(context: ApiContext): Router {
  const router = Router();
  router.use(requireToken(context.adminToken), express.json({ limit: MAX_BODY, strict: false, type: () => true }));
  router.use(eventsRouter(context), deliveriesRouter(context), rejectedRouter(context), explainRouter(context));
  router.use(mutesRouter(context), routesRouter(context), auditRouter(context));
  router.use((req) => {
    throw new ApiError(
      'not_found',
      `The API has no ${req.method} ${req.baseUrl}${req.path}; the README lists what it has.`,
    );
  });
  return router;
}

function requireToken(token: Secret): RequestHandler {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const wanted = digest(token.reveal());
  return (req, res, next) => {
    const given = /^Bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1];
    if (given === undefined || !timingSafeEqual(digest(given), wanted)) {
      res.setHeader('www-authenticate', 'Bearer');
      throw new ApiError(
        'unauthorized',
        'The admin token is missing or wrong; send it as "Authorization: Bearer <token>".',
      );
    }
    next();
  };
}
