import type { ChannelConfig } from '../../core/config.ts';
import type { Outcome, Ref } from '../../core/outcome.ts';
import type { Payload, PlatformClient } from '../../core/platform.ts';
import { answerOutcome, faultOutcome } from './outcomes.ts';
import { signedHeaders } from './sign.ts';

/** How much of an answer is read to keep the connection; a longer one costs a new connection. */
const MAX_ANSWER_BYTES = 64 * 1_024;

interface Post {
  readonly payload: Payload;
  readonly once: string;
  readonly ref: Ref;
  readonly signal: AbortSignal;
}

/** Posts signed JSON; one request an attempt. `now` is only what the signature's timestamp and a `Retry-After` date are measured with. */
export function createWebhookClient(now: () => number = Date.now): PlatformClient {
  async function post(channel: ChannelConfig, { payload, once, ref, signal }: Post): Promise<Outcome> {
    const address = channel.url?.reveal() ?? '';
    if (!URL.canParse(address)) {
      return { kind: 'dead', reason: 'The channel’s `url` is no web address.', unreachable: true };
    }
    const { host } = new URL(address);
    if (signal.aborted) return { kind: 'retry', reason: `The attempt ended before anything was sent to ${host}.` };
    const body = JSON.stringify(payload);
    const signed = signedHeaders(body, channel.secret?.reveal(), { id: once, seconds: Math.floor(now() / 1_000) });
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'Bellhop', ...signed },
        body,
        // A redirect would take the message, and perhaps a token in the address, to a place nobody configured.
        redirect: 'manual',
        signal,
      });
      await drain(response);
      return answerOutcome(
        { status: response.status, retryAfter: response.headers.get('retry-after'), host },
        ref,
        now(),
      );
    } catch (error) {
      return faultOutcome(error, host);
    }
  }

  return {
    send: (channel, payload, { once, signal }) =>
      post(channel, { payload, once, signal, ref: { channel: channel.name, message: once } }),
    /** Nothing can be taken back at a receiver: it gets a new message that names the one it replaces. */
    update: (channel, ref, payload, { once, signal }) =>
      post(channel, { payload: { ...payload, replaces: ref.message ?? '' }, once, signal, ref: { ...ref } }),
    health: async () => ({ ok: true, detail: 'Signed webhooks keep no connection.' }),
    stop: async () => {},
  };
}

/** Reads the answer away so that its connection serves the next message. What it says does not matter, nor that it breaks off. */
async function drain({ body }: Response): Promise<void> {
  if (body === null) return;
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) break;
    }
  } catch {
    // The status has been received: the message arrived.
  }
}
