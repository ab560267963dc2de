import type { ChannelConfig } from '../../core/config.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Payload, SendOptions } from '../../core/platform.ts';
import { retryAfterMs } from '../retry-after.ts';
import { errorClass } from './error-codes.ts';
import {
  type Asked,
  outcomeOfCode,
  outcomeOfFetchError,
  outcomeOfStatus,
  STOPPED_BEFORE,
  slowDown,
} from './outcomes.ts';

/**
 * Posts through an incoming webhook, whose address is a secret. Slack answers `ok` and names no message, so that what was
 * posted can never be edited. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export async function postToWebhook(
  channel: ChannelConfig,
  payload: Payload,
  { signal }: SendOptions,
): Promise<Outcome> {
  if (signal.aborted) return STOPPED_BEFORE;
  const asked: Asked = { op: 'send', channel: channel.name };
  try {
    const response = await fetch(channel.webhookUrl?.reveal() ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
      // A redirect would carry the message to an address that nobody configured.
      redirect: 'error',
      signal,
    });
    return outcomeOfResponse(response.status, { body: await response.text(), headers: response.headers }, channel);
  } catch (error) {
    return outcomeOfFetchError(error, asked);
  }
}

function outcomeOfResponse(
  status: number,
  { body, headers }: { readonly body: string; readonly headers: Headers },
  channel: ChannelConfig,
): Outcome {
  const asked: Asked = { op: 'send', channel: channel.name };
  if (status === 429) return slowDown(retryAfterMs(headers.get('retry-after'), Date.now()));
  const word = body.slice(0, 100).trim();
  if (status === 200 && word === 'ok') return { kind: 'sent', status, ref: { channel: channel.name } };
  // Older answers put a sentence behind the word: `invalid_payload: …`.
  const code = /^[a-z_]+/.exec(word)?.[0] ?? '';
  if (status < 500 && errorClass(code) !== 'unsure') return outcomeOfCode(code, asked, { status });
  return outcomeOfStatus(status, asked);
}
