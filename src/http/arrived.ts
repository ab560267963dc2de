import type { Request } from 'express';
import { queryFields } from '../core/query-fields.ts';
import { MASK } from '../core/secret.ts';
import type { Arrived } from '../pipeline/receive.ts';
import { clientSubjectOf } from './tls.ts';

/** A request as the accept walk takes it. Never throws, however the request is written. */
export function arrivedOf(req: Request): Arrived {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(req.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const { token } = req.params;
  const rawQuery = queryOf(req.originalUrl);
  const clientSubject = clientSubjectOf(req.socket);
  return {
    source: sourceOf(req),
    method: req.method,
    headers,
    query: queryFields(rawQuery),
    ...(rawQuery === '' ? {} : { rawQuery }),
    ...(typeof token === 'string' ? { pathToken: token } : {}),
    body: Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0),
    from: req.ip ?? '',
    ...(clientSubject === undefined ? {} : { clientSubject }),
  };
}

/** The name in the address; empty when the address could not be read. */
export const sourceOf = (req: Request): string => (typeof req.params.source === 'string' ? req.params.source : '');

/** Path and query without what may be secret in them. */
export function maskedUrl(url: string): string {
  const [path = ''] = url.split('?', 1);
  const masked = path.replace(/(\/hooks\/[^/]*\/)[^/].*$/, `$1${MASK}`);
  return url.includes('?') ? `${masked}?…` : masked;
}

function queryOf(url: string): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start + 1).replace(/#.*$/, '');
}
