import type { Client, ClientOptions } from 'discord.js';
import type { DiscordConfig } from '../../core/config.ts';

export interface ConnectionEvents {
  interaction(payload: unknown): void;
  up(): void;
  /** It broke, and is being mended. */
  down(): void;
  trouble(reason: string): void;
  /** It is over, by Discord's code. */
  closed(code: number): void;
  /** It never came to be. */
  failed(error: unknown): void;
}

export interface GatewayConnection {
  close(): Promise<void>;
}

/** discord.js’ own type for the part of it that holds the sockets. */
type Sockets = Parameters<NonNullable<NonNullable<ClientOptions['ws']>['buildStrategy']>>[0];

/** Signs in once. What breaks afterwards is mended by discord.js, but for what only a person can mend. */
export function openGatewayConnection(
  discord: typeof import('discord.js'),
  { botToken, apiUrl }: DiscordConfig,
  events: ConnectionEvents,
): GatewayConnection {
  const { Client, Events, SimpleShardingStrategy } = discord;
  let sockets: Sockets | undefined;
  let isUp = false;

  const client = new Client({
    intents: [],
    allowedMentions: { parse: [] },
    // A timer that outlives the client; nothing is cached that would have to be swept.
    sweepers: { threads: { interval: 0, lifetime: 1 } },
    // Retries of its own, unlike the bot's: without them the first 500 or 429 ends the sign-in.
    rest: { version: '10', ...(apiUrl !== undefined && { api: apiUrl.replace(/\/+$/, '') }) },
    ws: {
      buildStrategy(manager) {
        sockets = manager;
        return new SimpleShardingStrategy(manager);
      },
    },
  });
  // Without a listener an error ends the process.
  client.on(Events.Error, ({ name }) => events.trouble(name));
  client.on(Events.Raw, (packet: { t?: unknown; d?: unknown }) => {
    if (packet.t === 'READY' || packet.t === 'RESUMED') {
      isUp = true;
      events.up();
    }
    if (packet.t !== 'INTERACTION_CREATE') return;
    // discord.js would go on to make its own objects of it; it has no use for them, and throws at shapes it does not know.
    packet.t = 'TAKEN';
    events.interaction(packet.d);
  });
  client.on(Events.ShardReconnecting, () => {
    isUp = false;
    events.down();
  });
  client.on(Events.ShardError, ({ message }) => events.trouble(message));
  // discord.js calls itself ready for ever after this.
  client.on(Events.ShardDisconnect, ({ code }) => {
    isUp = false;
    events.closed(code);
  });
  client.login(botToken.reveal()).catch((error: unknown) => events.failed(error));

  return {
    async close() {
      if (isUp) await client.destroy().catch(() => {});
      else freeze(client, sockets);
    },
  };
}

/**
 * Ends a client that has no open socket. `destroy` does not: a socket that is still connecting ends the process when it
 * fails afterwards, and a client in the pause before its next try connects all the same. Its next try waits for ever
 * instead, and the socket on its way is closed when it is open.
 */
function freeze(client: Client, sockets: Sockets | undefined): void {
  client.rest.clearHashSweeper();
  client.rest.clearHandlerSweeper();
  if (sockets === undefined) return;
  sockets.options.retrieveSessionInfo = () => new Promise(() => {});
  const destroy = (): void => void client.destroy().catch(() => {});
  const opening: { once(event: string, listener: () => void): unknown } = sockets;
  for (const event of ['hello', 'ready', 'resumed']) opening.once(event, destroy);
}
