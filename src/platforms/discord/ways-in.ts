import type { DiscordConfig } from '../../core/config.ts';

/** How what people do on Discord gets here. Discord itself uses one of them: whatever the developer portal says. */
export interface WaysIn {
  /** Discord posts to `/discord/interactions`; its signature needs the application's public key. */
  readonly http: boolean;
  /** Bellhop opens a socket to Discord; needs no public address. */
  readonly gateway: boolean;
}

/** By the config alone. The application's id is no condition: Discord tells it to whoever has the bot's token. */
export const waysIn = ({ publicKey, gateway }: DiscordConfig): WaysIn => ({
  http: publicKey !== undefined,
  gateway: gateway ?? publicKey === undefined,
});
