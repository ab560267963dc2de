import type { REST, Routes } from 'discord.js';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import { reasonOf } from '../../core/outcome.ts';
import type { Payload } from '../../core/platform.ts';
import { pause } from '../waits.ts';
import type { Envelope } from './interaction.ts';
import { thrownOutcome } from './outcomes.ts';

/** What is said to Discord about one interaction, by its own token. Each call is tried twice; failures are logged, never thrown. */
export interface InteractionCalls {
  /** The first answer to what came by the gateway. */
  callback(to: Envelope, response: Payload): Promise<void>;
  /** Puts the message in the place of “Bellhop is thinking…”. */
  editOriginal(to: Envelope, message: Payload): Promise<void>;
  followUp(to: Envelope, message: Payload): Promise<void>;
}

/** Of the three seconds that Discord waits for the first answer, Bellhop has used up to half. */
const CALLBACK_MS = 1_500;
const FOLLOW_UP_MS = 10_000;
/** Discord may not have read the first answer yet, and then knows no token. */
const PAUSE_MS = 1_000;

/** The interaction is over (too late), or was answered by the first try after all. */
const UNKNOWN_INTERACTION = 10062;
const ANSWERED_ALREADY = 40060;

export interface CallsContext {
  readonly rest: REST;
  readonly routes: typeof Routes;
  readonly log: Log;
  readonly clock: Clock;
}

export function createInteractionCalls({ rest, routes, log, clock }: CallsContext): InteractionCalls {
  async function twice(what: string, call: () => Promise<unknown>, pauseMs: number): Promise<void> {
    for (const last of [false, true]) {
      try {
        await call();
        return;
      } catch (error) {
        const { code } = error as { code?: unknown };
        if (code === ANSWERED_ALREADY) return;
        if (last || code === UNKNOWN_INTERACTION) {
          log.warn(`discord: ${what} did not get through`, { reason: reasonOf(thrownOutcome(error, 'send')) });
          return;
        }
      }
      if (pauseMs > 0) await pause({ clock, ms: pauseMs });
    }
  }

  /** The interaction's token is all they need: the bot's own would only be one more place to lose it. */
  const options = (body: Payload, ms: number) => ({ body, auth: false, signal: AbortSignal.timeout(ms) });

  return {
    callback: ({ id, token }, response) =>
      twice(
        'the answer to a command',
        () => rest.post(routes.interactionCallback(id, token), options(response, CALLBACK_MS)),
        0,
      ),
    editOriginal: ({ applicationId, token }, message) =>
      twice(
        'the late answer to a command',
        () => rest.patch(routes.webhookMessage(applicationId, token), options(message, FOLLOW_UP_MS)),
        PAUSE_MS,
      ),
    followUp: ({ applicationId, token }, message) =>
      twice(
        'the late answer to a command',
        () => rest.post(routes.webhook(applicationId, token), options(message, FOLLOW_UP_MS)),
        PAUSE_MS,
      ),
  };
}
