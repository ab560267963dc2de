import { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Clock } from '../core/clock.ts';
import { HOOK_ERRORS, HookError, type HookErrorCode } from '../core/errors.ts';
import type { HandshakeAnswer } from '../core/handshake.ts';
import type { NewId } from '../core/id.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import type { SourceAnswer } from '../core/source.ts';
import { KEPT_BODY, type RefusalCode, type Store } from '../core/store.ts';
import type { Answered } from '../pipeline/handshake.ts';
import { methodsOf } from '../pipeline/methods.ts';
import type { Received, Receiver } from '../pipeline/receive.ts';
import type { CurrentRuntime } from '../pipeline/runtime.ts';
import { arrivedOf, maskedUrl, sourceOf } from './arrived.ts';
import { createBodyReader } from './read-body.ts';

const DEFAULT_MAX_BODY = 1024 * 1024;
/** Refusals being stored at once; beyond that they are only counted, so that a flood of forgeries is no flood of writes. */
const MOST_REFUSALS = 50;
/** Senders that should simply come back: nothing is wrong with what they sent. */
const NOT_KEPT: ReadonlySet<HookErrorCode> = new Set(['busy', 'rate_limited']);

export interface HooksContext {
  readonly runtime: CurrentRuntime;
  readonly receiver: Receiver;
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** `/hooks/:source[/:token]`: where webhooks arrive. Every answer but a handshake's is JSON with a code word; none is a 500. */
export function hooksRouter(context: HooksContext): Router {
  const { runtime, receiver, store, clock, newId, metrics, log } = context;
  const router = Router({ caseSensitive: true });
  const readBody = createBodyReader();
  let refusing = 0;

  const tooFast = limiter(runtime, (req, res, perMinute) => {
    const message = `More than ${perMinute} hooks a minute came from this address; send it again in a minute.`;
    void refuse(req, res, new HookError('rate_limited', message, 60)).catch(unanswered);
  });
  router.all(['/hooks/:source', '/hooks/:source/:token'], tooFast, (req, res) => {
    const started = performance.now();
    take(req, res)
      .then((received) => thank(res, received))
      .catch((error: unknown) => refuse(req, res, error))
      .finally(() => metrics.acknowledged((performance.now() - started) / 1_000))
      .catch(unanswered);
  });
  const unreadableAddress: ErrorRequestHandler = (_error, req, res, _next) => {
    const refusal = new HookError('unreadable_request', 'The address is not percent-encoded as it should be.');
    void refuse(req, res, refusal).catch(unanswered);
  };
  router.use('/hooks', unreadableAddress);
  return router;

  async function take(req: Request, res: Response): Promise<Received | Answered> {
    const type = runtime().sources.get(sourceOf(req))?.type;
    await readBody(req, res, type?.maxBody ?? DEFAULT_MAX_BODY);
    const received = await receiver.receive(arrivedOf(req));
    // It was taken, but nobody will see a message of it: whoever looks for it finds it among the refused.
    if (received.status === 'unreadable') await keep(req, 'unreadable', received.note ?? '');
    return received;
  }

  /** Counts, keeps and answers. */
  async function refuse(req: Request, res: Response, error: unknown): Promise<void> {
    const { code, message, retryAfterSeconds } = error instanceof HookError ? error : faultOf(error);
    const source = sourceOf(req);
    metrics.hook(runtime().sources.has(source) ? source : 'unknown', code);
    if (!NOT_KEPT.has(code)) await keep(req, code, message);
    if (res.destroyed || res.headersSent) return;
    if (retryAfterSeconds !== undefined) res.setHeader('retry-after', String(retryAfterSeconds));
    if (code === 'method_not_allowed') {
      const type = runtime().sources.get(source)?.type;
      res.setHeader('allow', methodsOf(type ?? {}).join(', '));
    }
    if (code === 'bad_signature' && asksForPassword(source))
      res.setHeader('www-authenticate', `Basic realm="${source}"`);
    // Whatever was not read of the body is not worth reading.
    if (!req.complete) res.setHeader('connection', 'close');
    answer(res, HOOK_ERRORS[code].status, { error: { code, message } });
  }

  /** Some senders show a password only to who asks for it. */
  function asksForPassword(source: string): boolean {
    const { config, sources } = runtime();
    const auth = config.sources[source]?.auth;
    if (auth !== undefined) return 'basic' in auth;
    const verifier = sources.get(source)?.type.verifier;
    return (verifier?.scheme === 'anyOf' ? verifier.of : [verifier]).some((way) => way?.scheme === 'basic');
  }

  function unanswered(error: unknown): void {
    log.error('a hook could not be answered', { error: String(error) });
  }

  function faultOf(error: unknown): HookError {
    log.error('a hook met a fault in Bellhop', { error: error instanceof Error ? error.stack : String(error) });
    return new HookError('busy', 'Bellhop failed on this hook; its log names the fault.', 60);
  }

  async function keep(req: Request, code: RefusalCode, reason: string): Promise<void> {
    if (refusing >= MOST_REFUSALS) return;
    const { source, from, method, headers, query: _query, body, ...proof } = arrivedOf(req);
    const id = newId('hook');
    const url = maskedUrl(req.originalUrl);
    refusing++;
    await store
      .refuse({
        ...{ id, at: clock.now(), source, from, method, url, headers, code, reason },
        body: body.subarray(0, KEPT_BODY),
        bodyBytes: body.length,
        ...(Object.keys(proof).length > 0 && { proof }),
      })
      .catch((error: unknown) => log.error('a refused hook could not be kept', { error: String(error) }));
    refusing--;
  }
}

/** Asks whoever sends faster than the config in force allows to come back. */
function limiter(
  runtime: CurrentRuntime,
  refuse: (req: Request, res: Response, perMinute: number) => void,
): RequestHandler {
  const perMinute = () => runtime().config.server.rateLimit;
  const limit = rateLimit({
    windowMs: 60_000,
    limit: () => perMinute() ?? 0,
    standardHeaders: false,
    legacyHeaders: false,
    // Its checks of how proxies are believed print to the console; the config decides that.
    validate: false,
    handler: (req, res) => refuse(req, res, perMinute() ?? 0),
  });
  // Most run without a limit, and every hook passes here.
  return (req, res, next) => (perMinute() === undefined ? next() : void limit(req, res, next));
}

function answer(res: Response, status: number, body: object): void {
  const bytes = Buffer.from(JSON.stringify(body));
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length });
  res.end(bytes);
}

function thank(res: Response, received: Received | Answered): void {
  const wanted = 'answer' in received ? received.answer : received.wants;
  if (wanted === undefined) answer(res, 200, received);
  else asWanted(res, wanted);
}

/** As the sender wants it; whatever of it a stranger chose, no browser takes it for a page. */
function asWanted(res: Response, { type, body, headers }: SourceAnswer & Pick<HandshakeAnswer, 'headers'>): void {
  const bytes = Buffer.from(body);
  res.writeHead(200, {
    ...headers,
    'content-type': `${type}; charset=utf-8`,
    'x-content-type-options': 'nosniff',
    'content-length': bytes.length,
  });
  res.end(bytes);
}
