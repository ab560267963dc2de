import type { PlatformName } from '../core/config.ts';
import type { Platform } from '../core/platform.ts';
import { consolePlatform } from './console/platform.ts';
import { discord } from './discord/platform.ts';
import { slack } from './slack/platform.ts';
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
