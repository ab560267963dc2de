import express, { type Request, type RequestHandler, type Response } from 'express';
import { HookError } from '../core/errors.ts';

/** Reads the body of a request as bytes, inflated, into `req.body`. Rejects with `HookError`. */
export type BodyReader = (req: Request, res: Response, limit: number) => Promise<void>;

/** What nearly every hook stays under; what may be larger waits for its turn. */
const LARGE = 1024 * 1024;
/** Large bodies read at once: anybody can make 25 MB out of 25 KB of gzip, and memory must not follow. */
const MOST_LARGE = 8;

export function createBodyReader(): BodyReader {
  const turns = createTurns(MOST_LARGE);
  const parsers = new Map<number, RequestHandler>();

  function parserFor(limit: number): RequestHandler {
    const known = parsers.get(limit);
    if (known !== undefined) return known;
    const parser = express.raw({ type: () => true, limit, inflate: true });
    parsers.set(limit, parser);
    return parser;
  }

  const read: BodyReader = (req, res, limit) =>
    new Promise((done, fail) => {
      if (req.destroyed) return fail(endedEarly());
      // Behind an inflater the parser never learns that the sender has gone, and would wait for ever.
      req.once('close', () => {
        if (!req.complete) fail(endedEarly());
      });
      parserFor(limit)(req, res, (error?: unknown) => (error === undefined ? done() : fail(toHookError(error, limit))));
    });

  // What waits is not read meanwhile: the sender's own machine keeps it.
  return async (req, res, limit) => {
    if (Math.min(mostOf(req), limit) <= LARGE) return read(req, res, limit);
    await turns.take();
    return read(req, res, limit).finally(turns.pass);
  };
}

/** The bytes that a body can come to, as far as its headers say. */
function mostOf({ headers }: Request): number {
  const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity';
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return 0;
  return isPlain ? Number(headers['content-length'] ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
}

/** Lets so many go on at once, the others in the order they came. */
function createTurns(most: number): { readonly take: () => Promise<void>; readonly pass: () => void } {
  const waiting: (() => void)[] = [];
  let free = most;
  return {
    async take() {
      if (free > 0) free--;
      else await new Promise<void>((go) => waiting.push(go));
    },
    pass() {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    },
  };
}

const endedEarly = () => new HookError('unreadable_request', 'The connection ended before the body did.');

/** The body parser's own refusals, in Bellhop's words; what is none of them stays as it is. */
function toHookError(error: unknown, limit: number): unknown {
  const { type, status } = error as { type?: string; status?: number };
  if (type === 'entity.too.large') {
    return new HookError('too_large', `The body, or what it inflates to, is over ${Math.round(limit / 1024)} KB.`);
  }
  if (type === 'encoding.unsupported') {
    return new HookError('unsupported_encoding', 'Compress with gzip, deflate or br, or not at all.');
  }
  if (type === 'request.aborted') return endedEarly();
  if (status === undefined || status < 400 || status >= 500) return error;
  return new HookError(
    'unreadable_request',
    'The body does not fit its headers: its length or its compression is damaged.',
  );
}
