import type { IncomingMessage } from 'node:http';
import type { App } from '@slack/bolt';
import type { Log } from '../../core/log.ts';
import type { Secret } from '../../core/secret.ts';
import type { InboundHandler } from '../inbound.ts';
import { quietLogger } from './quiet-logger.ts';

export const SLACK_PATH = '/slack/events';

/** A press brings the whole message along, and that is some hundred kilobytes at most. */
const BODY_BYTES = 1024 * 1024;
/** Bolt refuses what is older than this, and takes what is signed for the future. */
const AHEAD_SECONDS = 300;
const FORM = 'application/x-www-form-urlencoded';

/**
 * Takes what Slack posts: Bolt's receiver checks the signature, its age and the body's size, and answers the rest with
 * 401, 400 or 413 and nothing else.
 */
export async function createHttpDoor({
  signingSecret,
  app,
  log,
}: {
  readonly signingSecret: Secret;
  readonly app: App;
  readonly log: Log;
}): Promise<InboundHandler> {
  const { ExpressReceiver, webApi } = await import('@slack/bolt');
  const receiver = new ExpressReceiver({
    signingSecret: signingSecret.reveal(),
    endpoints: SLACK_PATH,
    bodyLimit: BODY_BYTES,
    logger: quietLogger(log, webApi.LogLevel.WARN),
  });
  receiver.init(app);
  const router = receiver.router as unknown as InboundHandler;

  return (request, response, next) => {
    if (request.method !== 'POST') return next();
    if (isAhead(request)) {
      log.warn('slack: refused a request that is signed for the future or for no time');
      response.writeHead(401).end();
      return;
    }
    // Bolt knows the bare type only; some proxies add a charset.
    const type = request.headers['content-type'];
    if (type?.split(';')[0]?.trim().toLowerCase() === FORM) request.headers['content-type'] = FORM;
    router(request, response, next);
  };
}

/** By the same clock as Bolt's own check of the past. */
function isAhead({ headers }: IncomingMessage): boolean {
  const signedAt = headers['x-slack-request-timestamp'];
  if (typeof signedAt !== 'string' || !/^\d{1,12}$/.test(signedAt)) return true;
  return Number(signedAt) - Date.now() / 1_000 > AHEAD_SECONDS;
}
