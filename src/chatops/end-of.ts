import { CommandError } from '../core/errors.ts';
import type { MuteUntil } from '../pipeline/mutes.ts';
import { parseCommand } from './grammar.ts';
import { printCommand } from './print.ts';
import { resolveEnd } from './wall-clock.ts';

/** An end as it is typed after `until`: `09:00`, `2026-11-22 09:00 Europe/Berlin`, `resolved`. Throws `CommandError` for what is none. */
export function endOf(text: string, by: { readonly now: Date; readonly zone: string }): MuteUntil {
  const command = parseCommand(`mute this until ${text}`);
  if (command.name !== 'mute' || command.end === undefined) throw noEnd(text);
  const { end } = command;
  const nothingElse = { name: 'mute', target: { kind: 'this' }, where: {}, end, everywhere: false } as const;
  if (printCommand(command) !== printCommand(nothingElse)) throw noEnd(text);
  return resolveEnd(end, by);
}

const noEnd = (text: string): CommandError =>
  new CommandError(
    `"${text.slice(0, 80)}" is no end; expected one like 09:00, 2026-11-22 09:00, resolved or forever.`,
    2,
  );
