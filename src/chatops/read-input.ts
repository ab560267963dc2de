import type { ChatInput } from '../core/chat.ts';
import { CommandError } from '../core/errors.ts';
import { type PressedButton, readPress } from '../core/press.ts';
import type { Command, EndWord } from './command.ts';
import { parseCommand } from './grammar.ts';
import { commandFromOptions } from './options.ts';

/** Asks for the command that mutes what an event is about, to be changed and sent. */
export interface CustomMute {
  readonly name: 'custom-mute';
  readonly event: string;
}

/** What was said or pressed, as a command. Throws `CommandError` for what is none. */
export function readInput(input: ChatInput): Command | CustomMute {
  switch (input.kind) {
    case 'text':
      return parseCommand(asText(input.text));
    case 'options':
      return commandFromOptions(asText(input.command), asOptions(input.options));
    case 'press':
      return pressed(readPress(asText(input.id)));
    default:
      throw new CommandError('That was no command; say "help".');
  }
}

/** Front doors pass on what their platform sent: it need not be of the type it should be. */
function asText(said: unknown): string {
  if (typeof said === 'string') return said;
  throw new CommandError('That was no command; say "help".');
}

function asOptions(options: unknown): Readonly<Record<string, string>> {
  if (typeof options !== 'object' || options === null) return {};
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, asText(value)]));
}

const MUTE_ENDS: Readonly<Record<string, EndWord>> = {
  '1h': { kind: 'for', ms: 3_600_000 },
  '4h': { kind: 'for', ms: 4 * 3_600_000 },
  resolved: { kind: 'resolved' },
};

function pressed(press: PressedButton | undefined): Command | CustomMute {
  const [first = '', second = ''] = press?.parts ?? [];
  switch (press?.verb) {
    case 'mute':
      return pressedMute(first, second);
    case 'why':
      return { name: 'why', about: { kind: 'id', id: first } };
    case 'ack':
      return { name: 'acknowledge', event: first };
    case 'unmute':
      return { name: 'unmute', which: { id: first } };
    case 'post':
      return { name: 'post', mute: first };
    case 'unroute':
      return { name: 'unroute', which: first };
    case 'replay':
      return { name: 'replay', event: first, now: true };
    case 'export':
      return { name: 'export' };
    case undefined:
      throw new CommandError('This button is none that Bellhop knows; it may be of another version.');
  }
}

function pressedMute(length: string, event: string): Command | CustomMute {
  if (length === 'custom') return { name: 'custom-mute', event };
  const end = Object.hasOwn(MUTE_ENDS, length) ? MUTE_ENDS[length] : undefined;
  if (end === undefined) return pressed(undefined);
  return { name: 'mute', target: { kind: 'event', id: event }, where: {}, end, everywhere: false };
}
