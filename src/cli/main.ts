#!/usr/bin/env node
import { CommanderError } from 'commander';
import { CommandError, ConfigError } from '../core/errors.ts';
import { program } from './program.ts';

// Whoever reads us may stop reading (`| head`), or the disk behind may be full: that ends no server.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
// Sockets of the platforms' clients may linger; once the last word is out there is nothing left to wait for.
process.stdout.write('', () => process.stderr.write('', () => process.exit()));

/** 0 good, 1 problem found, 2 wrong usage. Prints a sentence; a stack only for faults of Bellhop's own. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof CommandError) {
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return 1;
}
