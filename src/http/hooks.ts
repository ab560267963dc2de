import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Clock } from '../core/clock.ts';
import { HOOK_ERRORS, HookError } from '../core/errors.ts';
import type { NewId } from '../core/id.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import { MASK } from '../core/secret.ts';
import type { Store } from '../core/store.ts';
import type { Arrived, Receiver } from '../pipeline/receive.ts';
import type { CurrentRuntime } from '../pipeline/runtime.ts';

const DEFAULT_MAX_BODY = 1024 * 1024;
/** What is kept of a refused hook's body. */
const KEPT_BODY = 64 * 1024;
/** Refusals being stored at once; beyond that they are only counted, so that a flood of forgeries is no flood of writes. */
const MOST_REFUSALS = 50;

export interface HooksContext {
  readonly runtime: CurrentRuntime;
  readonly receiver: Receiver;
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** `/hooks/:source[/:token]`: where webhooks arrive. Every answer is JSON with a code word; none is a 500. */
export function hooksRouter(context: HooksContext): Router {
  const router = Router({ caseSensitive: true });
  const parsers = new Map<number, RequestHandler>();
  let refusing = 0;

  router.all(['/hooks/:source', '/hooks/:source/:token'], (req, res) => {
    const started = performance.now();
    const source = String(req.params.source);
    take(req, res, source)
      .then((received) => answer(res, 200, received))
      .catch((error: unknown) => refuse(req, res, error))
      .finally(() => context.metrics.acknowledged((performance.now() - started) / 1_000))
      .catch((error: unknown) => context.log.error('a hook could not be answered', { source, error: String(error) }));
  });
  return router;

  async function take(req: Request, res: Response, source: string): Promise<object> {
    const type = context.runtime().sources.get(source)?.type;
    await readBody(req, res, parserFor(type?.maxBody ?? DEFAULT_MAX_BODY));
    const allowed = type?.takesGet === true ? ['POST', 'PUT', 'PATCH', 'GET'] : ['POST', 'PUT', 'PATCH'];
    if (type !== undefined && !allowed.includes(req.method)) {
      throw new HookError('method_not_allowed', `"${source}" takes ${allowed.join(', ')}; this was ${req.method}.`);
    }
    return context.receiver.receive(arrivedOf(req, source));
  }

  /** The body as bytes, inflated, up to the source's limit. */
  function parserFor(limit: number): RequestHandler {
    const known = parsers.get(limit);
    if (known !== undefined) return known;
    const parser = express.raw({ type: () => true, limit, inflate: true });
    parsers.set(limit, parser);
    return parser;
  }

  async function refuse(req: Request, res: Response, error: unknown): Promise<void> {
    const refusal = toHookError(error);
    if (refusal === undefined) {
      context.log.error('a hook met a fault in Bellhop', {
        error: error instanceof Error ? error.stack : String(error),
      });
    }
    const { code, message, retryAfterSeconds } =
      refusal ?? new HookError('busy', 'Bellhop failed on this hook; its log names the fault.', 60);
    const source = String(req.params.source);
    context.metrics.hook(context.runtime().sources.has(source) ? source : 'unknown', code);
    await keepRefused(req, { code, reason: message });
    if (res.destroyed || res.headersSent) return;
    const { status } = HOOK_ERRORS[code];
    if (retryAfterSeconds !== undefined) res.setHeader('retry-after', String(retryAfterSeconds));
    // Whatever was not read of the body is not worth reading.
    if (!req.complete) res.setHeader('connection', 'close');
    answer(res, status, { error: { code, message } });
  }

  async function keepRefused(
    req: Request,
    why: { readonly code: HookError['code']; readonly reason: string },
  ): Promise<void> {
    if (why.code === 'busy' || refusing >= MOST_REFUSALS) return;
    refusing++;
    const { source, from, method, headers, body } = arrivedOf(req, String(req.params.source));
    const at = context.clock.now();
    await context.store
      .refuse({
        id: context.newId('hook'),
        at,
        source,
        from,
        method,
        url: maskedUrl(req),
        headers,
        body: body.subarray(0, KEPT_BODY),
        ...why,
      })
      .catch((error: unknown) => context.log.error('a refused hook could not be kept', { error: String(error) }))
      .finally(() => {
        refusing--;
      });
  }
}

function answer(res: Response, status: number, body: object): void {
  const bytes = Buffer.from(JSON.stringify(body));
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length });
  res.end(bytes);
}

const readBody = (req: Request, res: Response, parser: RequestHandler): Promise<void> =>
  new Promise((done, fail) => {
    parser(req, res, (error?: unknown) => (error === undefined ? done() : fail(error)));
  });

function arrivedOf(req: Request, source: string): Arrived {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(req.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const query = req.url.includes('?') ? Object.fromEntries(new URL(req.url, 'http://localhost').searchParams) : {};
  const { token } = req.params;
  return {
    source,
    method: req.method,
    headers,
    query,
    ...(typeof token === 'string' ? { pathToken: token } : {}),
    body: Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0),
    from: req.ip ?? '',
  };
}

/** Path and query without what may be secret in them. */
function maskedUrl(req: Request): string {
  const [path = ''] = req.originalUrl.split('?', 1);
  const masked = typeof req.params.token === 'string' ? path.replace(/\/[^/]*\/?$/, `/${MASK}`) : path;
  return req.originalUrl.includes('?') ? `${masked}?…` : masked;
}

/** The body parser's own refusals, in Bellhop's words. */
function toHookError(error: unknown): HookError | undefined {
  if (error instanceof HookError) return error;
  const { type, limit, status } = error as { type?: string; limit?: number; status?: number };
  if (type === 'entity.too.large') {
    return new HookError(
      'too_large',
      `The body, or what it inflates to, is over ${Math.round((limit ?? 0) / 1024)} KB.`,
    );
  }
  if (type === 'encoding.unsupported')
    return new HookError('unsupported_encoding', 'Compress with gzip, deflate or br, or not at all.');
  if (type === 'request.aborted')
    return new HookError('unreadable_request', 'The connection ended before the body did.');
  if (status !== undefined && status >= 400 && status < 500) {
    return new HookError(
      'unreadable_request',
      'The body does not fit its headers: its length or its compression is damaged.',
    );
  }
  return undefined;
}
