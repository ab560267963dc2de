import type { Clock } from '../../core/clock.ts';
import type { ChannelConfig, TeamsConfig } from '../../core/config.ts';
import type { Log } from '../../core/log.ts';
import { type Outcome, type Ref, reasonOf } from '../../core/outcome.ts';
import { valueAt } from '../../core/path.ts';
import type { Health, Payload } from '../../core/platform.ts';
import { onceAMinute } from '../once-a-minute.ts';
import { failureOf, failureOfMsal } from './failures.ts';
import { serviceUrlAllowed } from './guard.ts';
import { createTurns } from './in-turn.ts';
import { outcomeOfCall, outcomeOfSignIn, UNNAMED } from './outcomes.ts';
import { configuredOrigins, createApp, loadSdk, serviceUrlOf } from './sdk.ts';
import { createSignIn, SignInError } from './sign-in.ts';

export interface Bot {
  send(channel: ChannelConfig, payload: Payload, signal: AbortSignal): Promise<Outcome>;
  update(ref: Ref, payload: Payload, signal: AbortSignal): Promise<Outcome>;
  health(): Promise<Health>;
}

/** A bot that posts through the Bot Connector. One call a try; calls on one conversation go one after the other. */
export async function createBot(config: TeamsConfig, log: Log, clock: Clock): Promise<Bot> {
  const sdk = await loadSdk();
  const { tokenUrl } = config;
  const signIn = tokenUrl === undefined ? undefined : createSignIn({ ...config, tokenUrl }, clock);
  const app = createApp(sdk, config, { log, ...(signIn && { token: () => signIn.token() }) });
  const inTurn = createTurns();

  const token = async (signal: AbortSignal): Promise<string> => {
    const ask = app.api.http.token;
    try {
      const asked = signIn ? signIn.token() : Promise.resolve(typeof ask === 'function' ? ask({}) : ask).then(String);
      return await orAborted(asked, signal);
    } catch (error) {
      throw error instanceof SignInError ? error : new SignInError(failureOfMsal(error, signal));
    }
  };

  /** The SDK's client for one call: signed in, ended by `signal`, following no redirect with the token. */
  const callable = async (serviceUrl: string, signal: AbortSignal) => {
    const http = app.api.http.clone({ token: await token(signal) });
    http.use({
      request: ({ config: request }) => ({ ...request, signal, maxRedirects: 0, maxContentLength: 1_000_000 }),
    });
    return new sdk.api.Client(serviceUrl, http).conversations;
  };

  const attempt = (call: 'send' | 'update', signal: AbortSignal, run: () => Promise<Outcome>): Promise<Outcome> =>
    run().catch((error: unknown) => {
      if (error instanceof SignInError) return outcomeOfSignIn(error.failure);
      const failure = failureOf(error, signal, clock.now());
      if (failure.status === 401) signIn?.forget();
      return outcomeOfCall(call, failure);
    });

  const post = async (conversation: string, payload: Payload, signal: AbortSignal): Promise<Outcome> => {
    if (signal.aborted) return NOT_STARTED;
    const serviceUrl = serviceUrlOf(config);
    const conversations = await callable(serviceUrl, signal);
    const activity = toActivity(payload);
    if (!TEAM_CHANNEL.test(conversation)) {
      const made = await conversations.createActivity(conversation, activity);
      const message = textAt(made, 'id');
      if (message === undefined) return UNNAMED;
      return { kind: 'sent', ref: { channel: conversation, message, conversation, serviceUrl } };
    }
    const { tenantId } = config;
    const made = await conversations.create({ tenantId, channelData: { channel: { id: conversation } }, activity });
    const thread = textAt(made, 'id');
    const message = textAt(made, 'activityId') ?? thread?.split(';messageid=')[1];
    if (thread === undefined || message === undefined) return UNNAMED;
    return { kind: 'sent', ref: { channel: conversation, message, conversation: thread, serviceUrl } };
  };

  const edit = async (ref: Ref, payload: Payload, signal: AbortSignal): Promise<Outcome> => {
    if (signal.aborted) return NOT_STARTED;
    const { conversation = '', message = '', serviceUrl } = ref;
    // The store may hold an address that is not Microsoft's any more: the token must not go there.
    const allowed = serviceUrlAllowed(serviceUrl, configuredOrigins(config)) ? serviceUrl : serviceUrlOf(config);
    const conversations = await callable(allowed.replace(/\/+$/, ''), signal);
    await conversations.updateActivity(conversation, message, toActivity(payload));
    return { kind: 'sent', ref };
  };

  const checkSignIn = async (): Promise<Health> => {
    try {
      await token(AbortSignal.timeout(HEALTH_TIMEOUT_MS));
      return { ok: true, detail: 'Signed in at Microsoft.' };
    } catch (error) {
      const outcome = outcomeOfSignIn(error instanceof SignInError ? error.failure : {});
      return { ok: false, detail: reasonOf(outcome) };
    }
  };

  return {
    async send({ id = '' }, payload, signal) {
      const conversation = id.trim();
      if (!PATH_SAFE.test(conversation)) return NO_ADDRESS;
      return inTurn(channelOf(conversation), () => attempt('send', signal, () => post(conversation, payload, signal)));
    },
    async update(ref, payload, signal) {
      const { conversation = '', message = '' } = ref;
      if (!PATH_SAFE.test(conversation) || !PATH_SAFE.test(message)) return NOTHING_TO_EDIT;
      return inTurn(channelOf(conversation), () => attempt('update', signal, () => edit(ref, payload, signal)));
    },
    health: onceAMinute(checkSignIn, () => clock.now().getTime()),
  };
}

const HEALTH_TIMEOUT_MS = 10_000;

/** A team's channel takes new threads; any other conversation takes messages as they come. */
const TEAM_CHANNEL = /^19:[^;]+@thread\.(tacv2|skype)$/;
/** Ids go into the path as they are. */
const PATH_SAFE = /^(?!\.*$)[\w:@.;=+-]{1,500}$/;

const NOT_STARTED: Outcome = { kind: 'retry', reason: 'The time was up before it was sent.' };
const NO_ADDRESS: Outcome = {
  kind: 'dead',
  unreachable: true,
  reason: 'The channel’s id is no Teams conversation (19:…@thread.tacv2).',
};
const NOTHING_TO_EDIT: Outcome = {
  kind: 'dead',
  gone: true,
  reason: 'Teams did not name the message that is to be edited.',
};

const channelOf = (conversation: string): string => conversation.split(';')[0] ?? conversation;

type Conversations = InstanceType<typeof import('@microsoft/teams.api').Client>['conversations'];
type Activity = NonNullable<Parameters<Conversations['create']>[0]['activity']>;

/** The payload is the wire's own JSON; the SDK passes it on as it is. */
const toActivity = (payload: Payload): Activity => payload as unknown as Activity;

function textAt(answer: unknown, key: string): string | undefined {
  const value = valueAt(answer, [key]);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The promise, or a rejection as soon as the signal ends it: MSAL takes no signal. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new SignInError({ aborted: true }));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
