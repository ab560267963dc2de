import type { Clock } from '../../core/clock.ts';
import { parseJson } from '../../core/parse-json.ts';
import { valueAt } from '../../core/path.ts';
import type { Payload } from '../../core/platform.ts';
import { networkFault } from '../network.ts';
import { pause, withTimeLimit } from '../waits.ts';
import { wordsOnly } from './words-only.ts';

export interface Responding {
  readonly clock: Clock;
  /** Ends it at once. */
  readonly stop: AbortSignal;
}

/** Slack takes answers for half an hour; somebody who waits for one does not. */
const TRY_MS = 10_000;
const PAUSE_MS = 1_000;
const SLACK_HOST = /(?:^|\.)slack(?:-gov)?\.com$/;

/** Whether an answer may be sent there: to Slack, or to where the config says that Slack is. */
export function mayRespondTo(responseUrl: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(responseUrl)) return false;
  const { protocol, hostname, origin, port, username, password } = new URL(responseUrl);
  if (username !== '' || password !== '') return false;
  if (apiUrl !== undefined && origin === new URL(apiUrl).origin) return true;
  return protocol === 'https:' && port === '' && SLACK_HOST.test(hostname);
}

/**
 * Sends an answer to a `response_url`, twice at most: again what did not arrive, and as bare words what was refused.
 * Resolves with why it failed, undefined when it arrived. https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
export async function respond(
  responseUrl: string,
  payload: Payload,
  responding: Responding,
): Promise<string | undefined> {
  const first = await tryOnce(responseUrl, payload, responding);
  if (first === undefined || first.over) return first?.words;
  if (!first.refused) await pause({ ...responding, ms: PAUSE_MS });
  const second = await tryOnce(responseUrl, first.refused ? wordsOnly(payload) : payload, responding);
  return second?.words;
}

interface Failure {
  readonly words: string;
  /** Slack read it and did not want it in this form. */
  readonly refused: boolean;
  /** Slack takes no answer here any more. */
  readonly over: boolean;
}

async function tryOnce(
  responseUrl: string,
  payload: Payload,
  { clock, stop }: Responding,
): Promise<Failure | undefined> {
  try {
    return await withTimeLimit({ clock, ms: TRY_MS, stop }, async (signal) => {
      const response = await fetch(responseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(payload),
        // A redirect would carry the answer to an address that nobody checked.
        redirect: 'error',
        signal,
      });
      return failureOf(response.status, (await response.text()).slice(0, 1_000));
    });
  } catch (error) {
    return { words: `Slack ${networkFault(error).words}`, refused: false, over: stop.aborted };
  }
}

function failureOf(status: number, body: string): Failure | undefined {
  const answer = parseJson(body);
  if (status === 200 && valueAt(answer, ['ok']) !== false) return undefined;
  const said = valueAt(answer, ['error']) ?? body.trim();
  const word = typeof said === 'string' ? (/^[a-z_]{1,64}/.exec(said)?.[0] ?? '') : '';
  return {
    words: word === '' ? `HTTP ${status}` : `${word} (HTTP ${status})`,
    refused: status < 500 && status !== 429,
    over: ['expired_url', 'used_url'].includes(word),
  };
}
