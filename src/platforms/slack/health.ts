import type { PlatformClient } from '../../core/platform.ts';
import { outcomeOfClientError } from './outcomes.ts';

type Health = Awaited<ReturnType<PlatformClient['health']>>;

const KEPT_MS = 60_000;

/** Asks Slack who the bot is, at most once a minute; `ask` throws as Slack's client does. `now` in milliseconds. */
export function createHealth(
  ask: () => Promise<object>,
  now: () => number = () => performance.now(),
): PlatformClient['health'] {
  let last: { readonly at: number; readonly answer: Promise<Health> } | undefined;
  return () => {
    if (last === undefined || now() - last.at >= KEPT_MS) last = { at: now(), answer: askOnce(ask) };
    return last.answer;
  };
}

async function askOnce(ask: () => Promise<object>): Promise<Health> {
  try {
    return healthOf(await ask());
  } catch (error) {
    const outcome = outcomeOfClientError(error, { op: 'update', channel: '' });
    return { ok: false, detail: outcome.kind === 'sent' ? '' : outcome.reason };
  }
}

function healthOf(answer: object): Health {
  const { user, team, response_metadata: meta } = answer as AuthTest;
  const scopes = meta?.scopes;
  if (scopes !== undefined && !scopes.includes('chat:write'))
    return { ok: false, detail: 'The Slack bot token lacks the scope chat:write: add it and install the app again.' };
  return { ok: true, detail: `Connected to Slack as ${user ?? 'the bot'}${team === undefined ? '' : ` in ${team}`}.` };
}

/** https://docs.slack.dev/reference/methods/auth.test; the scopes come in a header. */
interface AuthTest {
  readonly user?: string;
  readonly team?: string;
  readonly response_metadata?: { readonly scopes?: readonly string[] };
}
