import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { TeamsConfig } from '../../core/config.ts';
import type { Log } from '../../core/log.ts';
import { valueAt } from '../../core/path.ts';
import { guardRefusal } from './guard.ts';
import { INBOUND_BYTES } from './limits.ts';
import { configuredOrigins, createApp, loadSdk } from './sdk.ts';

export const TEAMS_PATH = '/teams/messages';

/** What of an activity is used. Signed by Microsoft, from one of our tenants; its text is anybody's. */
export interface TeamsActivity {
  /** `message`, `conversationUpdate`, `installationUpdate`, `invoke` … */
  readonly type: string;
  readonly id?: string;
  readonly name?: string;
  readonly text?: string;
  /** `19:…@thread.tacv2;messageid=…` in a channel. */
  readonly conversation?: string;
  /** The sender's Entra object id. */
  readonly from?: string;
  readonly serviceUrl?: string;
}

export interface TeamsInbound {
  readonly config: TeamsConfig;
  readonly log: Log;
  /** Called once per accepted activity, after Microsoft has its answer; what it throws is logged. */
  readonly onActivity?: (activity: TeamsActivity) => void | Promise<void>;
}

/**
 * Receives activities at POST `/teams/messages`: our own guard first, then the SDK's check of the signature. Answers 200
 * to what is accepted, 401 to what is not, 400 and 413 to bodies that cannot be read, each as JSON.
 */
export async function mountTeams(web: Express, { config, log, onActivity }: TeamsInbound): Promise<void> {
  const sdk = await loadSdk();
  const guard = { tenants: [config.tenantId], extraOrigins: configuredOrigins(config) };
  const check: RequestHandler = (request, response, next) => {
    const refusal = guardRefusal(request.headers.authorization, request.body, guard);
    if (refusal === undefined) return next();
    log.warn('teams: refused an activity', { because: refusal });
    response.status(401).json({ error: { code: 'unauthorized', message: `This activity was refused: ${refusal}.` } });
  };
  // The SDK brings its own parser with a smaller limit; it skips bodies that are read already.
  web.post(TEAMS_PATH, express.json({ limit: INBOUND_BYTES }), check);

  const app = createApp(sdk, config, {
    log,
    // Receiving needs no token; without this, a sign-in could stand between Microsoft and its answer.
    token: async () => '',
    messagingEndpoint: TEAMS_PATH,
    httpServerAdapter: new sdk.apps.ExpressAdapter(web),
  });
  app.on('activity', ({ activity }) => {
    const read = readActivity(activity);
    if (read === undefined) return;
    const { type, name, conversation } = read;
    log.info('teams: received an activity', { type, ...(name && { name }), ...(conversation && { conversation }) });
    // Microsoft waits for the answer: the work must not hold it up.
    setImmediate(() => void tell(read));
  });
  await app.initialize();
  web.use(TEAMS_PATH, unreadable(log));

  async function tell(activity: TeamsActivity): Promise<void> {
    try {
      await onActivity?.(activity);
    } catch {
      log.error('teams: an activity could not be handled', { type: activity.type });
    }
  }
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

/** Any signed body gets this far: its shape is checked here. */
function readActivity(activity: unknown): TeamsActivity | undefined {
  const text = (path: readonly string[]): string | undefined => {
    const value = valueAt(activity, path);
    return typeof value === 'string' ? value : undefined;
  };
  const type = text(['type']);
  if (type === undefined) return undefined;
  const known = {
    id: text(['id']),
    name: text(['name']),
    text: text(['text']),
    conversation: text(['conversation', 'id']),
    from: text(['from', 'aadObjectId']),
    serviceUrl: text(['serviceUrl']),
  };
  const held = Object.entries(known).filter(([, value]) => value !== undefined);
  return { type, ...Object.fromEntries(held) };
}
