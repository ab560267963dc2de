import type { DiscordConfig } from '../../core/config.ts';
import { formatDuration } from '../../core/duration.ts';
import { reasonOf } from '../../core/outcome.ts';
import type { Health } from '../../core/platform.ts';
import type { InboundContext } from '../inbound.ts';
import { type GatewayConnection, openGatewayConnection } from './gateway-connection.ts';
import { thrownOutcome } from './outcomes.ts';
import { PATIENT_MS, waitAfter } from './try-again.ts';

/** Discord's own socket, opened from here. */
export interface Gateway {
  start(): void;
  health(): Health;
  stop(): Promise<void>;
}

export interface GatewayContext extends Pick<InboundContext, 'log' | 'clock'> {
  readonly discord: typeof import('discord.js');
  readonly config: DiscordConfig;
  /** Gets the interaction as it came; must not throw. */
  readonly onInteraction: (payload: unknown) => void;
}

/** After a connection that lasted so long, waits begin small again. */
const STEADY_MS = 10 * 60_000;
/** Closed for good until a person acts. https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const CLOSED: Readonly<Record<number, string>> = {
  4004: 'Discord does not accept the bot’s token',
  4010: 'Discord refuses the connection (its code 4010)',
  4011: 'the bot is on too many servers for one connection',
  4012: 'Discord no longer knows this version of its gateway',
  4013: 'Discord refuses the connection (its code 4013)',
  4014: 'Discord refuses the connection (its code 4014)',
};

/** discord.js mends a connection that breaks. What it gives up, it is given anew, after growing waits. */
export function createGateway({ discord, config, log, clock, onInteraction }: GatewayContext): Gateway {
  let connection: GatewayConnection | undefined;
  let health: Health = { ok: false, detail: 'The gateway is being connected.' };
  let steadySince: number | undefined;
  let failures = 0;
  /** Told once until it is up again: discord.js tries twice a second. */
  let troubled = false;
  let stopped = false;
  let cancel = () => {};

  function connect(): void {
    let over = false;
    const end = (reason: string, leastMs: number): void => {
      if (over) return;
      over = true;
      void opened.close();
      if (!stopped) again(reason, leastMs);
    };
    const opened = openGatewayConnection(discord, config, {
      interaction: (payload) => {
        if (!stopped && !over) onInteraction(payload);
      },
      up() {
        if (stopped || over) return;
        steadySince ??= clock.now().getTime();
        troubled = false;
        health = { ok: true, detail: 'The gateway is connected.' };
        log.info('discord: the gateway is connected');
      },
      down() {
        if (stopped || over) return;
        health = { ok: false, detail: 'The gateway is being connected again.' };
      },
      trouble(reason) {
        if (stopped || over || troubled) return;
        troubled = true;
        log.warn('discord: trouble with the gateway', { reason });
      },
      closed: (code) => end(CLOSED[code] ?? `Discord closed the connection (its code ${code})`, PATIENT_MS),
      failed: (error) => end(...loginFailure(error)),
    });
    connection = opened;
  }

  function again(reason: string, leastMs: number): void {
    const now = clock.now().getTime();
    failures = steadySince !== undefined && now - steadySince >= STEADY_MS ? 1 : failures + 1;
    steadySince = undefined;
    const waitMs = Math.max(leastMs, waitAfter(failures));
    const next = `next try in ${formatDuration(waitMs)}`;
    health = { ok: false, detail: `The gateway is not connected: ${reason}; ${next}.` };
    log.warn('discord: the gateway is not connected', { reason, next });
    cancel = clock.after(waitMs, connect);
  }

  return {
    start: connect,
    health: () => health,
    async stop() {
      stopped = true;
      cancel();
      await connection?.close();
    },
  };
}

function loginFailure(error: unknown): [reason: string, leastMs: number] {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (code === 'TokenInvalid' || message === 'Authentication failed') {
    return ['Discord does not accept the bot’s token', PATIENT_MS];
  }
  return [reasonOf(thrownOutcome(error, 'send')).replace(/\.$/, ''), 0];
}
