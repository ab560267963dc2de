import type { CommandStyle } from '../core/platform.ts';
import type { Command } from './command.ts';
import { printOptions } from './options.ts';
import { printCommand } from './print.ts';

/** A command as people type it on their platform, to be copied. */
export const written = (command: Command, { prefix, byOptions }: CommandStyle): string =>
  `${prefix} ${byOptions ? printOptions(command) : printCommand(command)}`;
