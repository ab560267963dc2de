import { isDeepStrictEqual } from 'node:util';
import { revealed } from './connections.ts';
import type { Config } from './core/config.ts';
import type { Health } from './core/platform.ts';
import type { Inbound, InboundContext, InboundHandler } from './platforms/inbound.ts';
import { type ChatPlatform, inbounds } from './platforms/index.ts';

/** Where chats reach Bellhop, by the accounts of the config in force. */
export interface Inbounds {
  /** Opens what this config has and closes what it no longer has; what stays the same is kept. Never throws. */
  follow(config: Config): Promise<void>;
  /** Who answers at this path now. */
  handlerOf(path: string): InboundHandler | undefined;
  /** `slack-chat`, `discord-chat`, `teams-chat`: those that are open. */
  health(): Readonly<Record<string, Health>>;
  stop(): Promise<void>;
}

interface Open {
  readonly settings: unknown;
  readonly inbound: Inbound;
}

export function createInbounds(context: InboundContext): Inbounds {
  const { log } = context;
  const open = new Map<ChatPlatform, Open>();
  const failed = new Map<ChatPlatform, string>();

  async function close(name: ChatPlatform): Promise<void> {
    const known = open.get(name);
    open.delete(name);
    await known?.inbound.stop().catch((error: unknown) => {
      log.error('a chat connection did not close', { platform: name, error: String(error) });
    });
  }

  async function followOne(name: ChatPlatform, config: Config): Promise<void> {
    const settings = revealed(config.platforms[name]);
    if (open.has(name) && isDeepStrictEqual(open.get(name)?.settings, settings)) return;
    failed.delete(name);
    // Closed first: two gateway sessions of one bot would both answer.
    await close(name);
    try {
      const inbound = await inbounds[name](config.platforms, context);
      if (inbound === undefined) return;
      open.set(name, { settings, inbound });
      inbound.start();
    } catch (error) {
      failed.set(name, 'commands cannot be received; the log says why');
      log.error('commands cannot be received', { platform: name, error: String(error) });
    }
  }

  return {
    async follow(config) {
      await Promise.all(CHAT_PLATFORMS.map((name) => followOne(name, config)));
    },
    handlerOf(path) {
      for (const { inbound } of open.values()) if (inbound.paths.includes(path)) return inbound.handle;
      return undefined;
    },
    health() {
      const parts = [...open].map(([name, { inbound }]) => [`${name}-chat`, inbound.health()] as const);
      const broken = [...failed].map(([name, detail]) => [`${name}-chat`, { ok: false, detail }] as const);
      return Object.fromEntries([...parts, ...broken]);
    },
    async stop() {
      await Promise.all(CHAT_PLATFORMS.map(close));
    },
  };
}

const CHAT_PLATFORMS = Object.keys(inbounds) as readonly ChatPlatform[];
