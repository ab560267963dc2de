import { createHash } from 'node:crypto';
import type { DiscordConfig } from '../../core/config.ts';
import type { Log } from '../../core/log.ts';
import { type Outcome, type Ref, reasonOf } from '../../core/outcome.ts';
import type { Health, Payload, SendOptions } from '../../core/platform.ts';
import { noIdOutcome, type Operation, thrownOutcome } from './outcomes.ts';

export interface DiscordBot {
  send(channelId: string, payload: Payload, options: SendOptions): Promise<Outcome>;
  update(ref: Ref, payload: Payload, options: SendOptions): Promise<Outcome>;
  health(): Promise<Health>;
  stop(): void;
}

/** A backstop: every attempt brings its own, shorter limit. */
const TIMEOUT_MS = 30_000;
const HEALTH_TIMEOUT_MS = 5_000;
/** A warning this often, long before the 10,000 refusals in ten minutes that get an address banned. */
const REFUSALS_PER_WARNING = 500;
/** A thread that nobody used for a while; opening it again is one call. */
const THREAD_ARCHIVED = 50083;

/** Discord's REST API as a bot. discord.js is loaded here and nowhere earlier: it costs 250 ms and 50 MB. */
export async function createBot({ botToken, apiUrl }: DiscordConfig, log: Log): Promise<DiscordBot> {
  const { REST, Routes } = await import('discord.js');
  const rest = new REST({
    version: '10',
    ...(apiUrl !== undefined && { api: apiUrl.replace(/\/+$/, '') }),
    // The lane owns waiting and trying again; with these two, every call is one request or an error that says how long to wait.
    retries: 0,
    rejectOnRateLimit: () => true,
    timeout: TIMEOUT_MS,
    invalidRequestWarningInterval: REFUSALS_PER_WARNING,
  });
  rest.on('invalidRequestWarning', ({ count }) => log.warn('Discord refuses many requests', { count }));

  /** After a 401 the REST object forgets its token, and a later call would fail without being sent. */
  const ready = () => rest.setToken(botToken.reveal());

  async function attempt(operation: Operation, channelId: string, call: () => Promise<unknown>): Promise<Outcome> {
    if (!isId(channelId)) {
      return { kind: 'dead', reason: 'The channel’s `id` is no Discord id: it is a number.', unreachable: true };
    }
    try {
      const { id } = ((await call()) ?? {}) as { id?: unknown };
      return typeof id === 'string' ? { kind: 'sent', ref: { channel: channelId, message: id } } : noIdOutcome;
    } catch (error) {
      return (error as { code?: unknown }).code === THREAD_ARCHIVED
        ? reopen(operation, channelId)
        : thrownOutcome(error, operation);
    }
  }

  async function reopen(operation: Operation, threadId: string): Promise<Outcome> {
    try {
      await ready().patch(Routes.channel(threadId), { body: { archived: false } });
      return { kind: 'retry', reason: 'The Discord thread was archived; it is open again.' };
    } catch (error) {
      return thrownOutcome(error, operation);
    }
  }

  return {
    send: (channelId, payload, { once, signal }) =>
      attempt('send', channelId, () => {
        const body = { ...payload, nonce: nonceOf(once), enforce_nonce: true };
        return ready().post(Routes.channelMessages(channelId), { body, signal });
      }),
    update: (ref, payload, { signal }) =>
      attempt('update', ref.channel ?? '', () =>
        ready().patch(Routes.channelMessage(ref.channel ?? '', ref.message ?? ''), { body: payload, signal }),
      ),
    async health() {
      try {
        const signal = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
        const { username } = (await ready().get(Routes.user(), { signal })) as { username?: unknown };
        return { ok: true, detail: `Signed in to Discord as ${String(username).slice(0, 64)}.` };
      } catch (error) {
        return { ok: false, detail: reasonOf(thrownOutcome(error, 'send')) };
      }
    },
    stop() {
      rest.clearHandlerSweeper();
      rest.clearHashSweeper();
    },
  };
}

/** The same for every try of one delivery; at most 25 characters fit. https://docs.discord.com/developers/resources/message#create-message */
export const nonceOf = (once: string): string => createHash('sha256').update(once).digest('base64url').slice(0, 24);

const isId = (text: string): boolean => /^\d{1,20}$/.test(text);
