import { CommandError } from '../core/errors.ts';
import type { Command } from './command.ts';

/** A command that cannot be done as it was said; `example` is one that can. */
export class Refusal extends CommandError {
  readonly example: Command | undefined;

  constructor(message: string, example?: Command) {
    super(message);
    this.name = 'Refusal';
    this.example = example;
  }
}
