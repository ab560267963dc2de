import type { DiscordConfig } from '../../core/config.ts';
import type { Inbound, InboundContext } from '../inbound.ts';
import { within } from '../waits.ts';
import { createAnswers } from './answers.ts';
import { createGateway } from './gateway.ts';
import { answerHttp } from './http-interactions.ts';
import { createInteractionCalls } from './interaction-calls.ts';
import { publicKeyOf } from './proof.ts';
import { createRegistration } from './registration.ts';
import { waysIn } from './ways-in.ts';

export const DISCORD_PATH = '/discord/interactions';

const TIMEOUT_MS = 15_000;
const STOP_MS = 2_000;

/**
 * What people type and press on Discord: by its posts to `/discord/interactions`, by the gateway, or both. Undefined when
 * the config leaves out both; rejects with a sentence when the public key is none.
 */
export async function openDiscordInbound(config: DiscordConfig, context: InboundContext): Promise<Inbound | undefined> {
  const ways = waysIn(config);
  if (!ways.http && !ways.gateway) return undefined;
  const key = config.publicKey === undefined ? undefined : publicKeyOf(config.publicKey);
  if (ways.http && key === undefined) throw new Error(BAD_KEY);

  const discord = await import('discord.js');
  const { log, clock, chat } = context;
  const rest = new discord.REST({
    version: '10',
    ...(config.apiUrl !== undefined && { api: config.apiUrl.replace(/\/+$/, '') }),
    // Whoever calls knows when to try again.
    retries: 0,
    rejectOnRateLimit: () => true,
    timeout: TIMEOUT_MS,
  });
  const shared = { rest, routes: discord.Routes, config, log, clock };
  const calls = createInteractionCalls(shared);
  const { guildId } = config;
  const answer = createAnswers({ ...context, calls, ...(guildId !== undefined && { guildId }) });
  const registration = createRegistration({ ...shared, commands: chat.commands });
  const gateway = ways.gateway ? createGateway({ discord, config, log, clock, onInteraction: fromGateway }) : undefined;
  const inFlight = new Set<Promise<void>>();

  async function answerCallback(payload: unknown): Promise<void> {
    const answered = await answer(payload);
    if (answered.kind === 'unreadable') log.warn('discord: an interaction could not be read');
    if (answered.kind !== 'answer' || answered.to === undefined) return;
    await calls.callback(answered.to, answered.response);
    await answered.after?.();
  }

  function fromGateway(payload: unknown): void {
    track(answerCallback(payload)).catch((error: unknown) => {
      log.error('discord: an interaction met a fault in Bellhop', { id: context.newFaultId(), error: String(error) });
    });
  }

  function track(work: Promise<void>): Promise<void> {
    const tracked = work.finally(() => inFlight.delete(tracked));
    inFlight.add(tracked);
    return tracked;
  }

  return {
    paths: ways.http ? [DISCORD_PATH] : [],
    handle(request, response, next) {
      if (key === undefined || request.method !== 'POST') return next();
      track(answerHttp(request, response, { key, answer, log, clock })).catch(next);
    },
    start() {
      registration.start();
      gateway?.start();
    },
    health() {
      const parts = [...(gateway === undefined ? [] : [gateway.health()]), registration.health()];
      return { ok: parts.every(({ ok }) => ok), detail: parts.map(({ detail }) => detail).join(' ') };
    },
    async stop() {
      registration.stop();
      await within(STOP_MS, Promise.allSettled([...inFlight, gateway?.stop()]), clock);
      rest.clearHandlerSweeper();
      rest.clearHashSweeper();
    },
  };
}

const BAD_KEY =
  'platforms.discord.publicKey is no public key; expected the 64 hexadecimal characters that the developer portal shows under “General Information”.';
