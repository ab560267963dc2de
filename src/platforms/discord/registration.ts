import type { REST, Routes } from 'discord.js';
import type { ChatCommand } from '../../core/chat.ts';
import type { DiscordConfig } from '../../core/config.ts';
import { formatDuration } from '../../core/duration.ts';
import { reasonOf } from '../../core/outcome.ts';
import { valueAt } from '../../core/path.ts';
import type { Health } from '../../core/platform.ts';
import type { InboundContext } from '../inbound.ts';
import { discordCommands, isRegistered } from './commands.ts';
import { thrownOutcome } from './outcomes.ts';
import { PATIENT_MS, waitAfter } from './try-again.ts';
import { waysIn } from './ways-in.ts';

/** Makes Discord know the commands. */
export interface Registration {
  start(): void;
  health(): Health;
  stop(): void;
}

export interface RegistrationContext extends Pick<InboundContext, 'log' | 'clock'> {
  readonly rest: REST;
  readonly routes: typeof Routes;
  readonly config: DiscordConfig;
  readonly commands: readonly ChatCommand[];
}

/** 200 new commands a day are taken. */
const DAILY_LIMIT = 30034;
const HOUR_MS = 3_600_000;

/**
 * Replaces the commands of the application, all of them, and only when they differ: each start would else use up the 200
 * that Discord takes a day. What fails is tried again.
 */
export function createRegistration(context: RegistrationContext): Registration {
  const { config, rest, routes, commands, log, clock } = context;
  let health: Health = { ok: true, detail: 'The commands are being registered.' };
  let failures = 0;
  let stopped = false;
  let cancel = () => {};

  /** After a 401 the REST object forgets its token. */
  const ready = () => rest.setToken(config.botToken.reveal());

  async function run(): Promise<void> {
    try {
      const changed = await register();
      health = { ok: true, detail: 'The commands are registered.' };
      if (changed && !stopped) log.info('discord: the commands are registered');
    } catch (error) {
      failed(error);
    }
  }

  async function register(): Promise<boolean> {
    const application = await ready().get(routes.currentApplication());
    const own = valueAt(application, ['id']);
    const id = config.applicationId ?? (typeof own === 'string' ? own : undefined);
    if (id === undefined) throw new SyntaxError('Discord named no application.');
    for (const mistake of mistakesIn(application, config)) log.warn(`discord: ${mistake}`);
    const route =
      config.guildId === undefined
        ? routes.applicationCommands(id)
        : routes.applicationGuildCommands(id, config.guildId);
    const wanted = discordCommands(commands, config.guildId === undefined ? 'everywhere' : 'server');
    if (isRegistered(await ready().get(route), wanted)) return false;
    if (!stopped) await ready().put(route, { body: wanted });
    return true;
  }

  function failed(error: unknown): void {
    if (stopped) return;
    failures += 1;
    const { code, status } = error as { code?: unknown; status?: unknown };
    const least = code === DAILY_LIMIT ? HOUR_MS : status === 401 || status === 403 ? PATIENT_MS : 0;
    const waitMs = Math.max(least, waitAfter(failures));
    const reason = reasonOf(thrownOutcome(error, 'send'));
    const next = `next try in ${formatDuration(waitMs)}`;
    health = { ok: false, detail: `The commands could not be registered; ${next}. ${reason}` };
    log.warn('discord: the commands could not be registered', { reason, next });
    cancel = clock.after(waitMs, () => void run());
  }

  return {
    start: () => void run(),
    health: () => health,
    stop() {
      stopped = true;
      cancel();
    },
  };
}

/** Settings that Discord itself contradicts: with them nothing would arrive. */
function mistakesIn(application: unknown, config: DiscordConfig): readonly string[] {
  const { http, gateway } = waysIn(config);
  const mistakes: string[] = [];
  const id = valueAt(application, ['id']);
  if (config.applicationId !== undefined && id !== config.applicationId) {
    mistakes.push('platforms.discord.applicationId is not the application that the bot’s token belongs to.');
  }
  const key = valueAt(application, ['verify_key']);
  if (http && typeof key === 'string' && key.toLowerCase() !== config.publicKey?.toLowerCase()) {
    mistakes.push(
      'platforms.discord.publicKey is not the key of the bot’s application; copy it from “General Information”.',
    );
  }
  const endpoint = valueAt(application, ['interactions_endpoint_url']);
  if (gateway && !http && typeof endpoint === 'string' && endpoint !== '') {
    mistakes.push(
      'the application has an Interactions Endpoint URL, so Discord sends nothing through the gateway; empty it in the developer portal, or set platforms.discord.publicKey.',
    );
  }
  return mistakes;
}
