import type { Outcome, Ref } from '../../core/outcome.ts';
import { parseJson } from '../../core/parse-json.ts';
import type { Payload } from '../../core/platform.ts';
import { retryAfterMs } from '../retry-after.ts';
import { noIdOutcome, type Operation, type Refusal, refusalOutcome, thrownOutcome, waitOf } from './outcomes.ts';

export interface WebhookCall {
  /** The whole address, its token included: never shown. */
  readonly address: string;
  readonly payload: Payload;
  readonly signal: AbortSignal;
  /** Of the message to edit; absent for a new one. */
  readonly ref?: Ref;
}

/**
 * Posts to a Discord webhook address, or edits what was posted there. Webhooks know no nonce: an ambiguous post may stand twice.
 * https://docs.discord.com/developers/resources/webhook#execute-webhook
 */
export async function callWebhook({ address, payload, signal, ref }: WebhookCall): Promise<Outcome> {
  const operation: Operation = ref === undefined ? 'send' : 'update';
  const url = webhookUrl(address, ref);
  if (url === undefined)
    return { kind: 'dead', reason: 'The channel’s webhookUrl is no web address.', unreachable: true };
  try {
    const response = await fetch(url, {
      method: operation === 'send' ? 'POST' : 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
      redirect: 'manual',
      signal,
    });
    if (response.status >= 300 && response.status < 400) {
      const reason = `The Discord webhook’s address answers with a redirect (HTTP ${response.status}), which is not followed.`;
      return { kind: 'dead', reason, status: response.status, unreachable: true };
    }
    // A proxy's page is no JSON.
    const body = parseJson(await response.text());
    if (!response.ok) return refusalOutcome(refusalOf(response, body), operation);
    const { id, channel_id: channel } = (body ?? {}) as Record<string, unknown>;
    if (typeof id !== 'string') return noIdOutcome;
    return {
      kind: 'sent',
      ref: { channel: typeof channel === 'string' ? channel : 'webhook', message: id },
      status: response.status,
    };
  } catch (error) {
    return thrownOutcome(error, operation);
  }
}

/** `wait` makes Discord name the message; without `with_components` it drops the buttons. A `thread_id` of the config stays. */
function webhookUrl(address: string, ref: Ref | undefined): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (ref === undefined) url.searchParams.set('wait', 'true');
  else url.pathname = `${url.pathname.replace(/\/+$/, '')}/messages/${encodeURIComponent(ref.message ?? '')}`;
  url.searchParams.set('with_components', 'true');
  return url;
}

function refusalOf({ status, headers }: Response, body: unknown): Refusal {
  const { code, message } = (body ?? {}) as Record<string, unknown>;
  const afterMs = retryAfterMs(headers.get('retry-after'), Date.now());
  return {
    status,
    ...(typeof code === 'number' && { code }),
    ...(typeof message === 'string' && { detail: message }),
    ...(afterMs !== undefined && { afterMs }),
    ...waitOf(body),
  };
}
