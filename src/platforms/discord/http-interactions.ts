import type { KeyObject } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseJson } from '../../core/parse-json.ts';
import type { InboundContext } from '../inbound.ts';
import type { Answered } from './answers.ts';
import { proofIn, proves } from './proof.ts';

export interface HttpInteractions extends Pick<InboundContext, 'log' | 'clock'> {
  readonly key: KeyObject;
  readonly answer: (payload: unknown) => Promise<Answered>;
}

/** Discord's own are some kilobytes. */
const BODY_BYTES = 1024 * 1024;

/**
 * Answers one POST of Discord's and resolves when all that follows is done. Whoever is not Discord gets 401 and an empty
 * body before anything was read as JSON: Discord sends such requests itself, to see them refused.
 */
export async function answerHttp(
  request: IncomingMessage,
  response: ServerResponse,
  { key, answer, log, clock }: HttpInteractions,
): Promise<void> {
  const refuse = (because: string): Promise<void> => {
    log.warn('discord: refused an interaction', { because });
    request.resume();
    return write(response, 401);
  };
  const proof = proofIn(request.headers, clock.now().getTime());
  if (typeof proof === 'string') return refuse(proof);
  const body = await bodyOf(request);
  if (body === 'broken') return;
  if (body === 'too large') {
    response.setHeader('connection', 'close');
    return write(response, 413, refused('too_large', `The body is over ${BODY_BYTES} bytes.`));
  }
  if (!proves(proof, body, key)) return refuse('its signature does not fit platforms.discord.publicKey');

  const answered = await answer(parseJson(body.toString('utf8')));
  if (answered.kind === 'unreadable') {
    log.warn('discord: an interaction could not be read');
    return write(response, 400, refused('bad_request', 'The body is no interaction that Bellhop can read.'));
  }
  if (answered.kind === 'seen') {
    return write(response, 409, refused('conflict', 'This interaction was answered before.'));
  }
  await write(response, 200, answered.response);
  await answered.after?.();
}

const refused = (code: string, message: string): object => ({ error: { code, message } });

/** Resolves when it is sent, or nobody is there any more to take it. */
function write(response: ServerResponse, status: number, body?: object): Promise<void> {
  return new Promise((done) => {
    response.once('close', done);
    if (response.destroyed) return done();
    response.statusCode = status;
    if (body !== undefined) response.setHeader('content-type', 'application/json');
    response.end(body === undefined ? '' : JSON.stringify(body), () => done());
  });
}

function bodyOf(request: IncomingMessage): Promise<Buffer | 'too large' | 'broken'> {
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_BYTES) chunks.push(chunk);
      else done('too large');
    });
    request.once('end', () => done(Buffer.concat(chunks)));
    request.once('error', () => done('broken'));
    request.once('close', () => done('broken'));
  });
}
