import type { ErrorRequestHandler } from 'express';
import { z } from 'zod';
import { API_ERRORS, ApiError, CommandError } from '../core/errors.ts';
import type { NewId } from '../core/id.ts';
import type { Log } from '../core/log.ts';
import { formatPath } from '../core/problem.ts';

/** The one place where a refused or failed request becomes `{"error":{"code","message"}}`. */
export function errorHandler(context: { readonly log: Log; readonly newId: NewId }): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error);
    const { code, message } = toApiError(error) ?? fault(error, context);
    res.status(API_ERRORS[code].status).json({ error: { code, message } });
  };
}

function toApiError(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error;
  if (error instanceof CommandError) return new ApiError('bad_request', error.message);
  if (error instanceof z.ZodError) {
    const mistakes = error.issues.map((issue) => `${formatPath(issue.path.map(String)) || 'body'}: ${issue.message}`);
    return new ApiError('bad_request', `The body does not fit: ${mistakes.join('; ')}.`.replace(/\?\.$/, '?'));
  }
  const { type, status } = error as { type?: string; status?: number };
  if (type === 'entity.parse.failed') return new ApiError('bad_request', 'The body is no JSON.');
  if (type === 'entity.too.large') return new ApiError('too_large', 'The body is over 1 MiB.');
  if (status !== undefined && status >= 400 && status < 500)
    return new ApiError('bad_request', 'The request is damaged: its path, its length or its encoding does not fit.');
  return undefined;
}

function fault(error: unknown, { log, newId }: { readonly log: Log; readonly newId: NewId }): ApiError {
  const id = newId('hook').replace('hook_', 'fault_');
  log.error('a request met a fault in Bellhop', { id, error: error instanceof Error ? error.stack : String(error) });
  return new ApiError('internal', `Bellhop failed on this; its log has the details under ${id}.`);
}
