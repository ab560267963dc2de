import type { Outcome } from '../../core/outcome.ts';
import { networkFault } from '../network.ts';
import { oneLine } from './escape.ts';

export type Operation = 'send' | 'update';

/** What Discord answered instead of a message, whether through discord.js or a webhook address. */
export interface Refusal {
  readonly status: number;
  /** Discord's own code; undefined when somebody in front of it answered (Cloudflare). */
  readonly code?: number;
  /** Discord's own words, and where in the message the fault is. */
  readonly detail?: string;
  readonly afterMs?: number;
}

/** What a refusal means for the delivery. */
type ErrorClass = 'unreachable' | 'token' | 'form' | 'refused' | 'gone' | 'wait';

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const CODES: Readonly<Record<number, readonly [ErrorClass, string]>> = {
  10003: ['unreachable', 'The Discord channel does not exist any more'],
  10004: ['unreachable', 'The Discord server does not exist or the bot was removed from it'],
  10015: ['unreachable', 'The Discord webhook was deleted'],
  50027: ['unreachable', 'The Discord webhook’s address is not valid any more'],
  50001: ['unreachable', 'The bot cannot see the Discord channel'],
  50013: [
    'unreachable',
    'The bot may not post in the Discord channel: it needs “Send Messages” and “Embed Links” there',
  ],
  50007: ['unreachable', 'This Discord user takes no messages from the bot'],
  50278: ['unreachable', 'The bot shares no server with this Discord user'],
  50008: ['unreachable', 'The Discord channel takes no messages'],
  50009: ['unreachable', 'The Discord channel asks for a verification that the bot does not have'],
  50024: ['unreachable', 'The Discord channel is of a type that takes no messages'],
  160005: ['unreachable', 'The Discord thread is locked'],
  220001: ['unreachable', 'The Discord webhook belongs to a forum: its address must name a thread (thread_id)'],
  40066: ['unreachable', 'The Discord forum has no tags to post under'],
  40067: ['unreachable', 'The Discord forum wants a tag on every post'],

  40001: ['token', 'Discord does not accept the bot’s token'],
  50014: ['token', 'Discord does not accept the bot’s token'],
  50025: ['token', 'Discord does not accept the bot’s token'],

  50035: ['form', 'Discord refused the message’s form'],
  50006: ['form', 'Discord saw an empty message'],
  50109: ['form', 'Discord could not read the message'],
  50045: ['form', 'The message is too big for Discord'],
  200000: ['refused', 'The server’s AutoMod blocked the message'],
  240000: ['refused', 'Discord blocked a harmful link in the message'],
  20009: ['refused', 'Discord calls the message explicit, and the channel is not for that'],

  10008: ['gone', 'The Discord message was deleted'],
  30046: ['gone', 'The Discord message is over an hour old and was edited too often'],

  20016: ['wait', 'The Discord channel is in slow mode'],
  20028: ['wait', 'The Discord channel takes no more messages for now'],
  20029: ['wait', 'The Discord server takes no more messages for now'],
  20022: ['wait', 'The Discord announcement was edited too often for now'],
  40062: ['wait', 'Discord is limiting this resource'],
  40004: ['wait', 'Discord has switched off sending for now'],
  40006: ['wait', 'Discord has switched off this feature for now'],
  110000: ['wait', 'Discord is not ready yet'],
  110001: ['wait', 'Discord is not ready yet'],
  130000: ['wait', 'Discord is overloaded'],
  160006: ['wait', 'The Discord server has too many active threads'],
};

/** Every refusal counts towards the 10,000 in ten minutes that get an address banned: a block without a stated end is left alone for a minute. */
const BLOCKED_MS = 60_000;

/** The outcome of an answer that was no success. `once` makes a repeated create safe, so 5xx may have arrived. */
export function refusalOutcome(refusal: Refusal, operation: Operation): Outcome {
  const { status, code, afterMs } = refusal;
  if (status === 429) return rateLimited(afterMs);
  if (status >= 500) return { kind: 'ambiguous', reason: `Discord failed inside (HTTP ${status}).`, status };
  const [errorClass, words] = CODES[code ?? 0] ?? unlisted(refusal);
  const reason = sentence(words, refusal);
  switch (errorClass) {
    case 'unreachable':
      return { kind: 'dead', reason, status, unreachable: true };
    case 'token':
      return { kind: 'retry', reason, status, lane: true, unreachable: true };
    case 'form':
      return { kind: 'dead', reason, status, form: true };
    case 'refused':
      return { kind: 'dead', reason, status };
    case 'gone':
      // On a create the nonce found the message of an earlier try, which somebody has deleted since: not to be posted again.
      return operation === 'update' ? { kind: 'dead', reason, status, gone: true } : { kind: 'dead', reason, status };
    case 'wait':
      return { kind: 'retry', reason, status, lane: true, ...(afterMs !== undefined && { afterMs }) };
  }
}

/** The outcome of what discord.js or `fetch` threw. Told by names and codes, never by `instanceof`: the package exists twice. */
export function thrownOutcome(error: unknown, operation: Operation): Outcome {
  const { name, status, code, message, retryAfter, rawError } = (error ?? {}) as Record<string, unknown>;
  const named = String(name);
  if (named.startsWith('RateLimitError')) return rateLimited(Number(retryAfter));
  if (named === 'HTTPError') return refusalOutcome({ status: Number(status) }, operation);
  if (named.startsWith('DiscordAPIError')) {
    const known = typeof code === 'number' ? { code, detail: String(message) } : {};
    return refusalOutcome({ status: Number(status), ...known, ...waitOf(rawError) }, operation);
  }
  if (error instanceof SyntaxError) return { kind: 'ambiguous', reason: 'Discord’s answer could not be read.' };
  const { words, mayHaveArrived } = networkFault(error);
  return { kind: mayHaveArrived ? 'ambiguous' : 'retry', reason: `Discord ${words}.` };
}

/** A success must name the message; a proxy's page with status 200 does not. */
export const noIdOutcome: Outcome = { kind: 'ambiguous', reason: 'Discord’s answer named no message.' };

/** `retry_after` as Discord's JSON has it: seconds with a fraction. */
export function waitOf(body: unknown): { readonly afterMs?: number } {
  const seconds = (body as { retry_after?: unknown } | null | undefined)?.retry_after;
  return typeof seconds === 'number' && seconds >= 0 ? { afterMs: Math.ceil(seconds * 1_000) } : {};
}

function rateLimited(afterMs = 0): Outcome {
  const wait = Number.isFinite(afterMs) && afterMs > 0 ? afterMs : BLOCKED_MS;
  return { kind: 'retry', reason: 'Discord’s rate limit is reached.', status: 429, afterMs: wait, lane: true };
}

function unlisted({ status, code }: Refusal): readonly [ErrorClass, string] {
  if (status === 401) return ['token', 'Discord does not accept the bot’s token'];
  if (code === undefined) return ['wait', 'Discord’s gatekeeper (Cloudflare) turned the request away'];
  if (status === 403 || status === 404) return ['unreachable', 'Discord does not let the bot post there'];
  if (status === 400 || status === 413) return ['form', 'Discord refused the message’s form'];
  return ['refused', 'Discord refused the message'];
}

function sentence(words: string, { status, code, detail = '' }: Refusal): string {
  const said = oneLine(detail).slice(0, 300);
  const where = code === undefined || code === 0 ? `HTTP ${status}` : `Discord’s code ${code}`;
  return said === '' ? `${words} (${where}).` : `${words} (${where}: ${said}).`;
}
