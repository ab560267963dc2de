import express, { type Request, type RequestHandler, type Response } from 'express';
import { HookError } from '../core/errors.ts';

/** Reads the body of a request as bytes, inflated, into `req.body`. Rejects with `HookError`. */
export type BodyReader = (req: Request, res: Response, limit: number) => Promise<void>;

export function createBodyReader(): BodyReader {
  const parsers = new Map<number, RequestHandler>();

  function parserFor(limit: number): RequestHandler {
    const known = parsers.get(limit);
    if (known !== undefined) return known;
    const parser = express.raw({ type: () => true, limit, inflate: true });
    parsers.set(limit, parser);
    return parser;
  }

  return (req, res, limit) =>
    new Promise((done, fail) => {
      // Behind an inflater the parser never learns that the sender has gone, and would wait for ever.
      req.once('close', () => {
        if (!req.complete) fail(endedEarly());
      });
      parserFor(limit)(req, res, (error?: unknown) => (error === undefined ? done() : fail(toHookError(error, limit))));
    });
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
