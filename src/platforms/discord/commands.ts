import { isDeepStrictEqual } from 'node:util';
import type { ChatCommand, ChatOption } from '../../core/chat.ts';
import type { Payload } from '../../core/platform.ts';
import { isRecord } from '../../core/record.ts';
import { cutText } from '../cut.ts';
import { COMMAND_NAME, WHY_NAME } from './interaction.ts';
import { COMMANDS } from './limits.ts';

const TYPES = { chatInput: 1, message: 3 } as const;
const SUBCOMMAND = 1;
const STRING = 3;
/** Servers only, and only where the bot was added; commands of one server are that by themselves and may not say so. */
const SERVERS_ONLY = { contexts: [0], integration_types: [0] };

/**
 * What is registered: `/bellhop` with a subcommand for each command, and one on messages that asks why they came.
 * https://docs.discord.com/developers/interactions/application-commands#application-command-object
 */
export function discordCommands(commands: readonly ChatCommand[], scope: 'server' | 'everywhere'): readonly Payload[] {
  const where = scope === 'everywhere' ? SERVERS_ONLY : {};
  return [
    {
      type: TYPES.chatInput,
      name: COMMAND_NAME,
      description: 'Mute, re-route and ask about what Bellhop posts',
      options: commands.slice(0, COMMANDS.subcommands).map(({ name, description, options }) => ({
        type: SUBCOMMAND,
        name,
        description: described(description),
        options: requiredFirst(options).slice(0, COMMANDS.options).map(optionOf),
      })),
      ...where,
    },
    { type: TYPES.message, name: WHY_NAME, ...where },
  ];
}

/** Whether Discord has exactly these already. It adds ids and defaults, and leaves out what is false or empty. */
export function isRegistered(registered: unknown, wanted: readonly Payload[]): boolean {
  if (!Array.isArray(registered)) return false;
  return isDeepStrictEqual(registered.map(essence).sort(byName), wanted.map(essence).sort(byName));
}

const requiredFirst = (options: readonly ChatOption[]): readonly ChatOption[] => [
  ...options.filter(({ required }) => required),
  ...options.filter(({ required }) => !required),
];

function optionOf({ name, description, required, suggests, choices }: ChatOption): Payload {
  const few = choices.length > 0 && choices.length <= COMMANDS.choices;
  return {
    type: STRING,
    name,
    description: described(description),
    ...(required && { required }),
    // One excludes the other.
    ...(few && { choices: choices.map((value) => ({ name: value, value })) }),
    ...(!few && suggests && { autocomplete: true }),
  };
}

const described = (text: string): string => cutText(text, COMMANDS.description);

const SAID = ['type', 'name', 'description', 'options', 'choices', 'value', 'required', 'autocomplete'] as const;
const WHERE = ['contexts', 'integration_types'] as const;

function essence(command: unknown): Payload {
  const said = isRecord(command) ? command : {};
  const kept: Record<string, unknown> = {};
  for (const key of SAID) {
    const value = said[key];
    if (Array.isArray(value) && value.length > 0) kept[key] = value.map(essence);
    else if (!Array.isArray(value) && value !== undefined && value !== null && value !== false && value !== '')
      kept[key] = value;
  }
  // Only what is said everywhere names a place.
  for (const key of WHERE) if (Array.isArray(said[key])) kept[key] = [...said[key]].sort();
  return kept;
}

const byName = (a: Payload, b: Payload): number => `${a.type} ${a.name}`.localeCompare(`${b.type} ${b.name}`);
