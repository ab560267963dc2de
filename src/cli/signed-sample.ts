import { randomBytes } from 'node:crypto';
import { CommandError } from '../core/errors.ts';
import { toSecret } from '../core/secret.ts';
import type { ActiveSource } from '../pipeline/runtime.ts';
import { signRequest } from '../sources/sign.ts';
import type { SourceVerifier } from '../sources/verifier-of.ts';
import { withQuery } from '../sources/verifiers/request.ts';
import type { Sample } from '../templates/samples.ts';
import { freshSample } from './fresh-sample.ts';

export interface SampleOrder {
  readonly sample: Sample;
  /** The source to send as, and how it wants to be proven. */
  readonly source: Pick<ActiveSource, 'name' | 'type' | 'options'>;
  readonly proof: SourceVerifier;
  /** The server, or a whole `/hooks/…` address. */
  readonly to: string;
  readonly at: Date;
}

export interface SampleRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * A sample as its real sender would post it to this source: with an id of its own, signed now. Throws `CommandError` where
 * only the sender can sign, and for an address that is none.
 */
export function signedSample({ sample, source, proof, to, at }: SampleOrder): SampleRequest {
  const { headers, body } = freshSample(sample, source, at);
  const target = addressOf(to, source.name, sample);
  const [secret = toSecret('')] = proof.secrets;
  const signed = signRequest(proof.verifier, secret, {
    ...{ body, at, method: sample.method, url: asItsSenderKnows(target, proof) },
    id: `msg_${randomBytes(12).toString('hex')}`,
  });
  return {
    url: withQuery(withPathToken(target, signed.pathToken), signed.query),
    method: sample.method,
    headers: { ...headers, ...signed.headers },
    body: signed.body,
  };
}

/** As it goes over the wire, which is how it is signed. */
function addressOf(to: string, source: string, { query }: Sample): string {
  if (!URL.canParse(to))
    throw new CommandError(`--to "${to}" is no address; one like http://localhost:3000 was expected.`, 2);
  const url = new URL(to);
  if (!url.pathname.startsWith('/hooks/')) url.pathname = `/hooks/${encodeURIComponent(source)}`;
  return new URL(withQuery(url.href, query)).href;
}

/** Where the config says where senders reach the server, they sign that address, also when this request takes a shorter way. */
function asItsSenderKnows(target: string, { address }: SourceVerifier): string {
  const { pathname, search } = new URL(target);
  const [, rest = ''] = /^\/hooks\/[^/]+(\/.*)?$/.exec(pathname) ?? [];
  return address === undefined ? target : `${address}${rest}${search}`;
}

function withPathToken(target: string, token: string | undefined): string {
  const url = new URL(target);
  if (token === undefined || !/^\/hooks\/[^/]+\/?$/.test(url.pathname)) return target;
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${encodeURIComponent(token)}`;
  return url.href;
}
