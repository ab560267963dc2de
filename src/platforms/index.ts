import type { PlatformName, PlatformsConfig } from '../core/config.ts';
import type { CommandStyle, Platform } from '../core/platform.ts';
import { consolePlatform } from './console/platform.ts';
import { openDiscordInbound } from './discord/inbound.ts';
import { discord } from './discord/platform.ts';
import type { Inbound, InboundContext } from './inbound.ts';
import { openSlackInbound } from './slack/inbound.ts';
import { slack } from './slack/platform.ts';
import { openTeamsInbound } from './teams/inbound.ts';
import { teams } from './teams/platform.ts';
import { webhook } from './webhook/platform.ts';

/** Every platform by the name it has in the config. Loading this loads no platform's SDK. */
export const platforms: Readonly<Record<PlatformName, Platform>> = {
  slack,
  discord,
  teams,
  webhook,
  console: consolePlatform,
};

/** Where nobody can say one, commands are shown as most people type them. */
const USUAL: CommandStyle = { prefix: '/bellhop', byOptions: false };

export const commandStyle = (platform: PlatformName): CommandStyle => platforms[platform].commandStyle ?? USUAL;

export type ChatPlatform = keyof PlatformsConfig;

/** Where each platform with an account brings what people say; undefined where its settings leave that out. */
export const inbounds: Readonly<
  Record<ChatPlatform, (platforms: PlatformsConfig, context: InboundContext) => Promise<Inbound | undefined>>
> = {
  slack: async ({ slack: config }, context) => config && openSlackInbound(config, context),
  discord: async ({ discord: config }, context) => config && openDiscordInbound(config, context),
  teams: async ({ teams: config }, context) => config && openTeamsInbound(config, context),
};
