import { type Clock, systemClock } from '../../core/clock.ts';
import type { AskedSource, Handshake, HandshakeReply } from '../../core/handshake.ts';
import type { Hook } from '../../core/hook.ts';
import type { FetchTools } from '../verifiers/fetch-bytes.ts';
import { SNS_HOST } from '../verifiers/sns.ts';
import { readSns } from './message.ts';
import type { Envelope } from './payloads.ts';

/** SNS waits 15 s for its answer; whoever made the subscription looks on. */
const TIME_LIMIT_MS = 3_000;

/**
 * SNS asks whether its messages are wanted, and takes a call of the address in its message for a yes. It is called for the
 * source's own topics only. `UnsubscribeConfirmation` has such an address too, which would subscribe again: never called.
 */
export const confirmation = ({ fetch = globalThis.fetch, clock = systemClock }: FetchTools): Handshake => ({
  name: 'aws-sns',
  means: 'Amazon SNS posts a signed `SubscriptionConfirmation`, and its `SubscribeURL` is called.',
  signed: true,
  methods: [],
  answer: (hook, asked) => confirm(hook, asked, { fetch, clock }),
});

/** Undefined when all is well: that it was confirmed is an event like any other. */
async function confirm(hook: Hook, { options }: AskedSource, tools: Calling): Promise<HandshakeReply | undefined> {
  const reading = readSns(hook);
  if (reading.kind !== 'message' || reading.message.Type !== 'SubscriptionConfirmation') return undefined;
  const { TopicArn = '' } = reading.message;
  if (options.topics?.includes(TopicArn) !== true) return undefined;
  const url = subscribeUrl(reading.message);
  if (url === undefined) {
    const reason = `The SubscribeURL is not the address at sns.<region>.amazonaws.com that confirms ${TopicArn}.`;
    return { kind: 'refused', code: 'handshake_refused', reason };
  }
  const trouble = await call(url, tools);
  if (trouble === undefined) return undefined;
  return { kind: 'refused', code: 'busy', reason: `The subscription to ${TopicArn} is not confirmed: ${trouble}.` };
}

/** The address that confirms, made of nothing but what the message names elsewhere too; undefined for any other. */
function subscribeUrl({ SubscribeURL: written = '', TopicArn, Token }: Envelope): string | undefined {
  if (written.length > 2_000 || !URL.canParse(written) || TopicArn === undefined || Token === undefined)
    return undefined;
  const url = new URL(written);
  const isPlain = url.href.startsWith(`https://${url.hostname}/?`) && url.hash === '' && url.pathname === '/';
  if (!isPlain || !SNS_HOST.test(url.hostname)) return undefined;
  const fields = [...url.searchParams].sort(([a], [b]) => (a < b ? -1 : 1));
  const wanted = [
    ['Action', 'ConfirmSubscription'],
    ['Token', Token],
    ['TopicArn', TopicArn],
  ];
  return JSON.stringify(fields) === JSON.stringify(wanted) ? url.href : undefined;
}

interface Calling {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
}

/** Why it did not work; the answer's body is not read. Ends in time also where the fetch does not heed its signal. */
async function call(url: string, { fetch, clock }: Calling): Promise<string | undefined> {
  const stop = new AbortController();
  let cancel = (): void => {};
  const late = new Promise<string>((resolve) => {
    cancel = clock.after(TIME_LIMIT_MS, () => {
      resolve(`Amazon did not answer within ${TIME_LIMIT_MS / 1_000} s`);
      stop.abort();
    });
  });
  const asking = async (): Promise<string | undefined> => {
    const response = await fetch(url, { redirect: 'error', signal: stop.signal });
    await response.body?.cancel();
    return response.ok ? undefined : `Amazon answered ${response.status}`;
  };
  try {
    return await Promise.race([asking(), late]);
  } catch {
    return 'Amazon cannot be reached';
  } finally {
    cancel();
  }
}
