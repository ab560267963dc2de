import type { ChatInput, ChatPerson, ChatRequest } from '../../core/chat.ts';
import { valueAt } from '../../core/path.ts';
import type { MessagePlace } from '../../core/platform.ts';
import { cutText } from '../cut.ts';
import { oneLine } from './escape.ts';
import { OPTION_VALUE } from './limits.ts';

/** What every interaction carries: where its answer goes. */
export interface Envelope {
  readonly id: string;
  /** Whoever has it may answer; good for 15 minutes. Never logged. */
  readonly token: string;
  readonly applicationId: string;
  /** The server it comes from; absent in private. */
  readonly guild?: string;
}

/** What Discord sent, read. */
export type Interaction =
  | { readonly kind: 'ping' }
  | (Envelope & { readonly kind: 'ask'; readonly request: ChatRequest })
  | (Envelope & { readonly kind: 'suggest'; readonly command: string; readonly option: string; readonly text: string })
  /** A sort of command or component that Bellhop has not, or one of an unknown shape. */
  | (Envelope & { readonly kind: 'unclear' });

/** As the commands are registered. */
export const COMMAND_NAME = 'bellhop';
export const WHY_NAME = 'Why this message?';

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object */
const TYPES = { ping: 1, command: 2, component: 3, autocomplete: 4 } as const;
const COMMAND_TYPES = { chatInput: 1, message: 3 } as const;
const SUBCOMMAND = 1;
const STRING_SELECT = 3;
/** Threads of announcements, public and private ones. https://docs.discord.com/developers/resources/channel#channel-object-channel-types */
const THREADS: readonly unknown[] = [10, 11, 12];

const NAME_MAX = 80;
const ROLES_MAX = 500;
const TOKEN_MAX = 2_000;

/** Checks the shape of everything that is used; undefined when it is no interaction. Never throws. */
export function readInteraction(payload: unknown): Interaction | undefined {
  const type = valueAt(payload, ['type']);
  if (type === TYPES.ping) return { kind: 'ping' };
  const envelope = envelopeOf(payload);
  if (envelope === undefined) return undefined;
  if (type === TYPES.autocomplete) return { ...envelope, kind: 'suggest', ...typedIn(payload) };
  const person = personIn(payload);
  const said = type === TYPES.command ? commandIn(payload) : type === TYPES.component ? pressIn(payload) : undefined;
  if (person === undefined || said === undefined) return { ...envelope, kind: 'unclear' };
  const place = envelope.guild === undefined ? undefined : placeIn(payload);
  return {
    ...envelope,
    kind: 'ask',
    request: { platform: 'discord', person, ...(place !== undefined && { place }), ...said },
  };
}

function envelopeOf(payload: unknown): Envelope | undefined {
  const id = idAt(payload, ['id']);
  const applicationId = idAt(payload, ['application_id']);
  const token = textAt(payload, ['token']);
  const guild = idAt(payload, ['guild_id']);
  if (id === undefined || applicationId === undefined || token === undefined) return undefined;
  if (token === '' || token.length > TOKEN_MAX) return undefined;
  return { id, token, applicationId, ...(guild !== undefined && { guild }) };
}

/** In a server `member`, in private `user`. */
function personIn(payload: unknown): ChatPerson | undefined {
  const user = valueAt(payload, ['member', 'user']) ?? valueAt(payload, ['user']);
  const id = idAt(user, ['id']);
  if (id === undefined) return undefined;
  const names = [textAt(payload, ['member', 'nick']), textAt(user, ['global_name']), textAt(user, ['username'])].map(
    (name) => oneLine(name ?? ''),
  );
  return {
    platform: 'discord',
    id,
    name: cutText(names.find((name) => name !== '') ?? id, NAME_MAX),
    roles: listAt(payload, ['member', 'roles']).slice(0, ROLES_MAX).filter(isId),
    // Discord has roles and no user groups.
    inGroup: async () => false,
  };
}

interface Said {
  readonly input: ChatInput;
  readonly on?: MessagePlace;
}

function commandIn(payload: unknown): Said | undefined {
  const type = valueAt(payload, ['data', 'type']) ?? COMMAND_TYPES.chatInput;
  const name = textAt(payload, ['data', 'name']);
  if (type === COMMAND_TYPES.message && name === WHY_NAME) {
    const target = idAt(payload, ['data', 'target_id']);
    const channel = idAt(payload, ['channel_id']);
    if (target === undefined || channel === undefined) return undefined;
    return { input: { kind: 'text', text: 'why this' }, on: { channel, message: target } };
  }
  if (type !== COMMAND_TYPES.chatInput || name !== COMMAND_NAME) return undefined;
  const { command, given } = subcommandIn(payload);
  if (command === undefined) return undefined;
  const options = given.flatMap((option) => {
    const key = textAt(option, ['name']);
    const value = valueAt(option, ['value']);
    if (key === undefined || !['string', 'number', 'boolean'].includes(typeof value)) return [];
    return [[key, String(value).slice(0, OPTION_VALUE)] as const];
  });
  return { input: { kind: 'options', command, options: Object.fromEntries(options) } };
}

function pressIn(payload: unknown): Said | undefined {
  const isMenu = valueAt(payload, ['data', 'component_type']) === STRING_SELECT;
  const id = textAt(payload, isMenu ? ['data', 'values', '0'] : ['data', 'custom_id']);
  const message = idAt(payload, ['message', 'id']);
  const channel = idAt(payload, ['message', 'channel_id']) ?? idAt(payload, ['channel_id']);
  if (id === undefined || message === undefined || channel === undefined) return undefined;
  return { input: { kind: 'press', id }, on: { channel, message } };
}

/** The option that is being typed; empty texts where it cannot be found. */
function typedIn(payload: unknown): { readonly command: string; readonly option: string; readonly text: string } {
  const { command = '', given } = subcommandIn(payload);
  const focused = given.find((option) => valueAt(option, ['focused']) === true);
  return {
    command,
    option: textAt(focused, ['name']) ?? '',
    text: (textAt(focused, ['value']) ?? '').slice(0, OPTION_VALUE),
  };
}

function subcommandIn(payload: unknown): { readonly command: string | undefined; readonly given: readonly unknown[] } {
  const [subcommand] = listAt(payload, ['data', 'options']);
  if (valueAt(subcommand, ['type']) !== SUBCOMMAND) return { command: undefined, given: [] };
  return { command: textAt(subcommand, ['name']), given: listAt(subcommand, ['options']).slice(0, 100) };
}

/** What is said in a thread belongs to the channel that the thread is in: that one stands in the config. */
function placeIn(payload: unknown): string | undefined {
  const parent = idAt(payload, ['channel', 'parent_id']);
  const inThread = THREADS.includes(valueAt(payload, ['channel', 'type']));
  return inThread && parent !== undefined ? parent : idAt(payload, ['channel_id']);
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^\d{1,20}$/.test(value);

function idAt(document: unknown, path: readonly string[]): string | undefined {
  const value = valueAt(document, path);
  return isId(value) ? value : undefined;
}

function textAt(document: unknown, path: readonly string[]): string | undefined {
  const value = valueAt(document, path);
  return typeof value === 'string' ? value : undefined;
}

function listAt(document: unknown, path: readonly string[]): readonly unknown[] {
  const value = valueAt(document, path);
  return Array.isArray(value) ? value : [];
}
