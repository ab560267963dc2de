import type { Outcome, Ref } from '../../core/outcome.ts';
import type { Payload } from '../../core/platform.ts';
import { networkFault } from '../network.ts';
import { noIdOutcome, type Operation, type Refusal, refusalOutcome, waitOf } from './outcomes.ts';

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
    const body = await jsonOf(response);
    if (!response.ok) return refusalOutcome(refusalOf(response, body), operation);
    const { id, channel_id: channel } = (body ?? {}) as Record<string, unknown>;
    if (typeof id !== 'string') return noIdOutcome;
    return {
      kind: 'sent',
      ref: { channel: typeof channel === 'string' ? channel : 'webhook', message: id },
      status: response.status,
    };
  } catch (error) {
    const { words, mayHaveArrived } = networkFault(error);
    return { kind: mayHaveArrived ? 'ambiguous' : 'retry', reason: `Discord ${words}.` };
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

/** The body as JSON; undefined for anything else, such as a proxy's page. */
async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusalOf({ status, headers }: Response, body: unknown): Refusal {
  const { code, message } = (body ?? {}) as Record<string, unknown>;
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return {
    status,
    ...(typeof code === 'number' && { code }),
    ...(typeof message === 'string' && { detail: message }),
    ...(seconds >= 0 && { afterMs: seconds * 1_000 }),
    ...waitOf(body),
  };
}
