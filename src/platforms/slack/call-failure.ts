import { valueAt } from '../../core/path.ts';
import { networkFault } from '../network.ts';

/** Why a call of Slack's client failed, to end a sentence: Slack's own word, or what the network did. Never an address or a secret. */
export function callFailure(error: unknown): string {
  const word = errorWord(error);
  if (word !== undefined) return `Slack says ${word}`;
  const status = valueAt(error, ['statusCode']);
  if (typeof status === 'number') return `Slack, or a proxy on the way, answered with HTTP ${status}`;
  const original = valueAt(error, ['original']);
  if (original !== undefined) return `Slack ${networkFault(original).words}`;
  if (valueAt(error, ['retryAfter']) !== undefined) return 'Slack asks to slow down';
  return 'what answered does not answer as Slack does';
}

/** The error word of an answer with `ok: false`; undefined where there is none, and for a proxy's page in its place. */
export function errorWord(error: unknown): string | undefined {
  const word = valueAt(error, ['data', 'error']);
  return typeof word === 'string' && /^[a-z0-9_]{1,64}$/.test(word) ? word : undefined;
}
