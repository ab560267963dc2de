import type { Clock } from '../../core/clock.ts';
import type { TeamsConfig } from '../../core/config.ts';
import { parseJson } from '../../core/parse-json.ts';
import { valueAt } from '../../core/path.ts';
import { answerOf, entraCode, failureOf } from './failures.ts';
import type { Failure } from './outcomes.ts';

/** Signing in failed; `failure` says how, without credentials. */
export class SignInError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super('Signing in at Microsoft failed.');
    this.name = 'SignInError';
    this.failure = failure;
  }
}

export interface SignIn {
  /** A bearer token, kept until shortly before it expires. Rejects with `SignInError` only. */
  token(): Promise<string>;
  /** The last token was refused: the next call asks for a new one. */
  forget(): void;
}

/** Signs in at `tokenUrl` with the client's credentials: for private clouds and tests, where MSAL accepts no such address. */
export function createSignIn(config: TeamsConfig & { readonly tokenUrl: string }, clock: Clock): SignIn {
  let kept: { readonly token: string; readonly until: number } | undefined;
  let asking: Promise<string> | undefined;

  const ask = async (): Promise<string> => {
    const { token, lifeMs } = await askForToken(config, clock);
    kept = { token, until: clock.now().getTime() + Math.max(0, lifeMs - EARLY_MS) };
    return token;
  };

  return {
    async token() {
      if (kept !== undefined && clock.now().getTime() < kept.until) return kept.token;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    forget() {
      kept = undefined;
    },
  };
}

const SCOPE = 'https://api.botframework.com/.default';
const TIMEOUT_MS = 10_000;
/** A token is renewed this long before it expires, so that none expires on its way. */
const EARLY_MS = 300_000;

async function askForToken(
  { tokenUrl, clientId, clientSecret }: TeamsConfig & { readonly tokenUrl: string },
  clock: Clock,
): Promise<{ readonly token: string; readonly lifeMs: number }> {
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret.reveal(),
    scope: SCOPE,
  };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(tokenUrl, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual', signal });
    body = parseJson(await response.text());
  } catch (error) {
    throw new SignInError({ ...failureOf(error, signal, clock.now()), aborted: false });
  }
  const token = valueAt(body, ['access_token']);
  if (response.ok && typeof token === 'string' && token !== '') {
    return { token, lifeMs: Number(valueAt(body, ['expires_in']) ?? 0) * 1_000 || 0 };
  }
  const retryAfter = response.headers.get('retry-after') ?? undefined;
  const failure = answerOf(response.ok ? 502 : response.status, {}, { retryAfter, now: clock.now() });
  const code = entraCode(valueAt(body, ['error_description'])) ?? namedError(valueAt(body, ['error']));
  throw new SignInError(code === undefined ? failure : { ...failure, code });
}

const namedError = (error: unknown): string | undefined =>
  typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? error : undefined;
