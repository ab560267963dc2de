import type { PlatformName } from '../core/config.ts';
import type { Command } from './command.ts';
import { printOptions } from './options.ts';
import { printCommand } from './print.ts';

/** A command as this platform wants it typed, to be copied. */
export function written(command: Command, platform: PlatformName): string {
  if (platform === 'discord') return `/bellhop ${printOptions(command)}`;
  return `${platform === 'teams' ? '@Bellhop' : '/bellhop'} ${printCommand(command)}`;
}
