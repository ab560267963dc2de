import type { ErrorRequestHandler, Express, Request, RequestHandler, Response } from 'express';
import type { TeamsConfig } from '../../core/config.ts';
import type { Log } from '../../core/log.ts';
import type { Inbound, InboundContext } from '../inbound.ts';
import { within } from '../waits.ts';
import { type Answers, createAnswers } from './answers.ts';
import { createConnector } from './connector.ts';
import { guardRefusal } from './guard.ts';
import { INBOUND_BYTES } from './limits.ts';
import { createPosts } from './posts.ts';
import { configuredOrigins, createApp, loadSdk } from './sdk.ts';

export const TEAMS_PATH = '/teams/messages';

const STOP_MS = 2_000;

/**
 * What people say to the bot and press on its cards: activities at POST `/teams/messages`, our own guard first, then the
 * SDK's check of the signature. Answers 200 to what is accepted, 401 to what is not, 400 and 413 to bodies that cannot be
 * read, each as JSON. Asks Microsoft nothing before there is something to answer.
 */
export async function openTeamsInbound(config: TeamsConfig, context: InboundContext): Promise<Inbound> {
  const { log, clock } = context;
  const stopping = new AbortController();
  const connector = await createConnector(config, log, clock);
  const posts = createPosts({ connector, tenantId: config.tenantId, clock, log, stop: stopping.signal });
  const answers = createAnswers({ ...context, posts });
  const web = await createDoor(config, log, answers);

  return {
    paths: [TEAMS_PATH],
    handle: (request, response, next) => web(request as Request, response as Response, next),
    start() {},
    health: () => ({ ok: true, detail: `Commands are taken at ${TEAMS_PATH}.` }),
    async stop() {
      await within(STOP_MS, answers.settled(), clock);
      stopping.abort();
    },
  };
}

async function createDoor(config: TeamsConfig, log: Log, answers: Answers): Promise<Express> {
  const [{ default: express }, sdk] = await Promise.all([import('express'), loadSdk()]);
  const guard = { tenants: [config.tenantId], extraOrigins: configuredOrigins(config) };
  const check: RequestHandler = (request, response, next) => {
    const refusal = guardRefusal(request.headers.authorization, request.body, guard);
    if (refusal === undefined) return next();
    log.warn('teams: refused an activity', { because: refusal });
    response.status(401).json({ error: { code: 'unauthorized', message: `This activity was refused: ${refusal}.` } });
  };
  const web = express().disable('x-powered-by').disable('etag');
  // The SDK brings its own parser with a smaller limit; it skips bodies that are read already.
  web.post(TEAMS_PATH, express.json({ limit: INBOUND_BYTES }), check);

  const app = createApp(sdk, config, {
    log,
    // This app only receives. Without this, a sign-in could stand between Microsoft and its answer.
    token: async () => '',
    messagingEndpoint: TEAMS_PATH,
    httpServerAdapter: new sdk.apps.ExpressAdapter(web),
  });
  // The SDK's own routing trusts the shape of what anybody may send, and signs in for some of it: only its check is used.
  app.server.onRequest = async ({ body }) => ({ status: 200, body: await answers.take(body) });
  await app.initialize();
  web.use(TEAMS_PATH, unreadable(log));
  return web;
}

const unreadable =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const given = error instanceof Error && 'status' in error ? error.status : undefined;
    const status = typeof given === 'number' && given >= 400 && given < 500 ? given : 500;
    if (status === 500) log.error('teams: receiving an activity failed');
    const [code, message] = REFUSALS.get(status) ?? ['bad_request', 'The body could not be read.'];
    response.status(status).json({ error: { code, message } });
  };

const REFUSALS: ReadonlyMap<number, readonly [string, string]> = new Map([
  [400, ['bad_request', 'The body is no JSON.']],
  [413, ['too_large', `The body is over ${INBOUND_BYTES} bytes.`]],
  [415, ['bad_request', 'The body is in an encoding that is not read.']],
  [500, ['internal', 'A fault in Bellhop.']],
]);
