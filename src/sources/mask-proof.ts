import type { Hook, Said } from '../core/hook.ts';
import { MASK } from '../core/secret.ts';
import type { SharedSecretVerifier, Verifier } from '../core/source.ts';
import { readDocument } from './document.ts';
import { bodyText } from './verifiers/request.ts';
import { withBodyText } from './verifiers/with-body-text.ts';

/** The request as people may see it: what proves its sender is masked, wherever this verifier looks for it. */
export function maskProof(request: Said, verifier: Verifier): Said {
  return waysOf(verifier).reduce((shown, way) => maskOne(shown, way), request);
}

/** The hook as it is read and kept: a token in its address or body has done its work, and is no part of what the sender says. */
export function withoutToken(hook: Hook, verifier: Verifier): Hook {
  const ways = waysOf(verifier);
  const paths = ways.flatMap((way) => (way.scheme === 'bodyToken' ? [way.path] : []));
  const inQuery = ways.flatMap((way) => (way.scheme === 'queryToken' ? [way.name] : []));
  const names = hook.body.length === 0 ? [...inQuery, ...paths] : inQuery;
  const { pathToken: _pathToken, rawQuery: _rawQuery, ...rest } = paths.reduce(withoutText, hook);
  return { ...rest, query: Object.fromEntries(Object.entries(hook.query).filter(([name]) => !names.includes(name))) };
}

function waysOf(verifier: Verifier): readonly Verifier[] {
  return verifier.scheme === 'anyOf' ? verifier.of : [verifier];
}

function maskOne(shown: Said, verifier: Verifier): Said {
  switch (verifier.scheme) {
    case 'hmac':
    case 'ecdsa':
      return { ...shown, headers: maskFields(shown.headers, verifier.headers) };
    case 'token':
      return { ...shown, headers: maskFields(shown.headers, [verifier.header.toLowerCase()]) };
    case 'queryToken':
      return { ...shown, query: maskFields(shown.query, [verifier.name]) };
    case 'bodyToken':
      // Of a request without a body the query is the document.
      return shown.body.length === 0 ? maskQuery(shown, verifier) : { ...shown, body: maskBody(shown, verifier) };
    default:
      return shown;
  }
}

function maskFields(fields: Said['headers'], names: readonly string[]): Said['headers'] {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, names.includes(name) ? MASK : value]));
}

type BodyToken = Extract<SharedSecretVerifier, { readonly scheme: 'bodyToken' }>;

/** The whole body, where it holds the token in a form that nothing can be put into: a document in a field of a form. */
function maskBody(request: Said, { path }: BodyToken): Buffer {
  if (bodyText(request, path) === undefined) return request.body;
  return masked(request, path) ?? Buffer.from(MASK);
}

/** Where nothing can be taken out of the body, its document is kept as JSON. */
function withoutText(hook: Hook, path: string): Hook {
  if (hook.body.length === 0 || bodyText(hook, path) === undefined) return hook;
  const body = masked(hook, path) && withBodyText(hook.body, path, undefined);
  if (body !== undefined && body.length > 0) return { ...hook, body };
  const reading = readDocument(hook);
  const document = JSON.stringify(reading.kind === 'document' ? reading.document : {});
  const headers = { ...hook.headers, 'content-type': 'application/json' };
  return { ...hook, headers, body: withBodyText(Buffer.from(document), path, undefined) };
}

/** Undefined where it would be read as something else. */
function masked(request: Said, path: string): Buffer | undefined {
  const body = withBodyText(request.body, path, MASK);
  return bodyText({ ...request, body }, path) === MASK ? body : undefined;
}

function maskQuery(request: Said, { path }: BodyToken): Said {
  if (bodyText(request, path) === undefined) return request;
  const query = maskFields(request.query, Object.hasOwn(request.query, path) ? [path] : Object.keys(request.query));
  return { ...request, query };
}
