import { parseJson } from '../../core/parse-json.ts';
import { valueAt } from '../../core/path.ts';
import { networkFault } from '../network.ts';
import { retryAfterMs } from '../retry-after.ts';
import type { Failure } from './outcomes.ts';

/**
 * The few facts of an error that may be told. An AxiosError carries the bearer token in its config, so the error itself
 * must go no further than this: never log it, never throw it on.
 */
export function failureOf(error: unknown, signal: AbortSignal, now: Date): Failure {
  const status = valueAt(error, ['response', 'status']);
  if (typeof status === 'number') {
    const headers = valueAt(error, ['response', 'headers']);
    return answerOf(status, valueAt(error, ['response', 'data']), { retryAfter: header(headers, 'retry-after'), now });
  }
  if (signal.aborted) return { aborted: true };
  return { fault: networkFault(error) };
}

/** A refusal by its status and body; the body comes in several shapes and may be no JSON at all. */
export function answerOf(
  status: number,
  body: unknown,
  { retryAfter, now }: { readonly retryAfter: string | undefined; readonly now: Date },
): Failure {
  const code = codeOf(body);
  const afterMs = retryAfterMs(retryAfter, now.getTime());
  return { status, ...(code !== undefined && { code }), ...(afterMs !== undefined && { afterMs }) };
}

/** The facts of a failed MSAL call: its `errorCode`, or Entra's own number where the text names one. */
export function failureOfMsal(error: unknown, signal: AbortSignal): Failure {
  if (signal.aborted) return { aborted: true };
  const message = valueAt(error, ['errorMessage']) ?? (error instanceof Error ? error.message : '');
  const code = entraCode(message) ?? word(valueAt(error, ['errorCode'])) ?? word(valueAt(error, ['code']));
  return code === undefined ? {} : { code };
}

/** `AADSTS7000215` out of a text that may also hold the tenant, a trace and whatever else. */
export const entraCode = (text: unknown): string | undefined =>
  typeof text === 'string' ? /\bAADSTS\d{4,9}\b/.exec(text.slice(0, 2_000))?.[0] : undefined;

function codeOf(body: unknown): string | undefined {
  const own = valueAt(body, ['error', 'code']) ?? valueAt(body, ['errorCode']) ?? valueAt(body, ['code']);
  return subCodeOf(valueAt(body, ['message'])) ?? word(typeof own === 'number' ? String(own) : own);
}

/** Some refusals carry the telling word in a JSON text inside `message`. */
function subCodeOf(message: unknown): string | undefined {
  if (typeof message !== 'string' || message.length > 4_000 || !message.startsWith('{')) return undefined;
  return word(valueAt(parseJson(message), ['subCode']));
}

/** Only what looks like a code word may be told: a body could echo a token. */
const word = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\w{1,60}$/.test(value) && !value.startsWith('eyJ') ? value : undefined;

function header(headers: unknown, name: string): string | undefined {
  const value = valueAt(headers, [name]);
  return typeof value === 'string' ? value : undefined;
}
