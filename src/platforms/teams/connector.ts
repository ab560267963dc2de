import type { Clock } from '../../core/clock.ts';
import type { TeamsConfig } from '../../core/config.ts';
import type { Log } from '../../core/log.ts';
import { type Outcome, reasonOf } from '../../core/outcome.ts';
import { valueAt } from '../../core/path.ts';
import type { Health, Payload } from '../../core/platform.ts';
import { channelOf } from './conversation-id.ts';
import { failureOf, failureOfMsal } from './failures.ts';
import { serviceUrlAllowed } from './guard.ts';
import { createTurns } from './in-turn.ts';
import { outcomeOfCall, outcomeOfSignIn } from './outcomes.ts';
import { configuredOrigins, createApp, loadSdk, serviceUrlOf } from './sdk.ts';
import { createSignIn, SignInError } from './sign-in.ts';

export type Conversations = InstanceType<typeof import('@microsoft/teams.api').Client>['conversations'];
type Activity = NonNullable<Parameters<Conversations['create']>[0]['activity']>;

export interface CallTo {
  readonly kind: 'send' | 'update';
  /** Calls on one conversation, whatever thread of it is meant, go one after the other. */
  readonly conversation: string;
  /** Undefined, and any address that is not Microsoft's, means the config's own: the token goes nowhere else. */
  readonly serviceUrl?: string | undefined;
}

/** What `run` gets for one call: the SDK's client, signed in, and the address it calls. */
export interface Calling {
  readonly conversations: Conversations;
  readonly serviceUrl: string;
}

/** The Bot Connector as one bot may use it. */
export interface Connector {
  /** One try, ended by `signal`; what goes wrong is an outcome without a token in it. Never rejects. */
  call(to: CallTo, signal: AbortSignal, run: (calling: Calling) => Promise<Outcome>): Promise<Outcome>;
  /** Whether Microsoft lets the bot sign in. */
  checkSignIn(): Promise<Health>;
}

export async function createConnector(config: TeamsConfig, log: Log, clock: Clock): Promise<Connector> {
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
  const callable = async (serviceUrl: string, signal: AbortSignal): Promise<Conversations> => {
    const http = app.api.http.clone({ token: await token(signal) });
    http.use({
      request: ({ config: request }) => ({ ...request, signal, maxRedirects: 0, maxContentLength: 1_000_000 }),
    });
    return new sdk.api.Client(serviceUrl, http).conversations;
  };

  const attempt: Connector['call'] = async ({ kind, serviceUrl: asked }, signal, run) => {
    if (signal.aborted) return NOT_STARTED;
    // What the store or an activity named may not be Microsoft's: the token must not go there.
    const allowed = serviceUrlAllowed(asked, configuredOrigins(config)) ? asked : serviceUrlOf(config);
    const serviceUrl = allowed.replace(/\/+$/, '');
    try {
      return await run({ conversations: await callable(serviceUrl, signal), serviceUrl });
    } catch (error) {
      if (error instanceof SignInError) return outcomeOfSignIn(error.failure);
      const failure = failureOf(error, signal, clock.now());
      if (failure.status === 401) signIn?.forget();
      return outcomeOfCall(kind, failure);
    }
  };

  return {
    call: (to, signal, run) => inTurn(channelOf(to.conversation), () => attempt(to, signal, run)),
    async checkSignIn() {
      try {
        await token(AbortSignal.timeout(HEALTH_TIMEOUT_MS));
        return { ok: true, detail: 'Signed in at Microsoft.' };
      } catch (error) {
        const outcome = outcomeOfSignIn(error instanceof SignInError ? error.failure : {});
        return { ok: false, detail: reasonOf(outcome) };
      }
    },
  };
}

/** The payload is the wire's own JSON; the SDK passes it on as it is. */
export const toActivity = (payload: Payload): Activity => payload as unknown as Activity;

/** A text in an answer of the Bot Connector; undefined where it has none. */
export function textAt(answer: unknown, key: string): string | undefined {
  const value = valueAt(answer, [key]);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const HEALTH_TIMEOUT_MS = 10_000;

const NOT_STARTED: Outcome = { kind: 'retry', reason: 'The time was up before it was sent.' };

/** The promise, or a rejection as soon as the signal ends it: MSAL takes no signal. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new SignInError({ aborted: true }));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
