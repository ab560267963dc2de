import { reasonOf } from '../../core/outcome.ts';
import type { Health } from '../../core/platform.ts';
import { outcomeOfClientError } from './outcomes.ts';

/** Asks Slack who the bot is and what it may do; `ask` throws as Slack's client does. */
export async function askHealth(ask: () => Promise<object>): Promise<Health> {
  try {
    return healthOf(await ask());
  } catch (error) {
    return { ok: false, detail: reasonOf(outcomeOfClientError(error, { op: 'update', channel: '' })) };
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
