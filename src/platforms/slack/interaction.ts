import type { ChatInput } from '../../core/chat.ts';
import { valueAt } from '../../core/path.ts';
import type { MessagePlace } from '../../core/platform.ts';
import { isRecord } from '../../core/record.ts';
import { MENU_PREFIX, PRESS_PREFIX, WHY_SHORTCUT } from './action-ids.ts';
import { commandText } from './command-text.ts';
import { oneLine } from './text.ts';

/** What somebody asked of Bellhop. Signed by Slack, or from its socket; the words are anybody's. */
export interface Interaction {
  readonly user: string;
  readonly userName: string;
  readonly place?: string;
  readonly on?: MessagePlace;
  readonly input: ChatInput;
  /** Where the answer goes: good for half an hour. */
  readonly responseUrl: string;
  /** The same however often Slack sends it. */
  readonly trigger: string;
}

const USER = /^[UW][A-Z0-9]{1,63}$/;
const CONVERSATION = /^[CDG][A-Z0-9]{1,63}$/;
const LONGEST_TRIGGER = 300;
const TIMESTAMP = /^\d{1,12}\.\d{1,9}$/;

/**
 * Reads a slash command, a press or the message shortcut; undefined for all else that Slack sends, and for what lacks a
 * person or a place to answer. https://docs.slack.dev/interactivity/handling-user-interaction#payloads
 */
export function readInteraction(body: unknown): Interaction | undefined {
  if (!isRecord(body)) return undefined;
  if (body.type === 'block_actions') return readPress(body);
  if (body.type === 'message_action') return readShortcut(body);
  return body.type === undefined && typeof body.command === 'string' ? readCommand(body) : undefined;
}

type Body = Readonly<Record<string, unknown>>;

function readCommand(body: Body): Interaction | undefined {
  return interaction(body, {
    user: textAt(body, 'user_id'),
    userName: textAt(body, 'user_name'),
    place: textAt(body, 'channel_id'),
    input: { kind: 'text', text: commandText(textAt(body, 'text')) },
  });
}

/** A button or a menu of ours; one that opens an address is none. */
function readPress(body: Body): Interaction | undefined {
  const actions = Array.isArray(body.actions) ? body.actions : [];
  const id = actions.map(pressedId).find((pressed) => pressed !== '');
  if (id === undefined) return undefined;
  const place = textAt(body, 'container', 'channel_id') || textAt(body, 'channel', 'id');
  // What only one person saw is not kept by Slack: nothing can be looked up by it.
  const seenByAll = valueAt(body, ['container', 'is_ephemeral']) !== true;
  return interaction(body, {
    user: textAt(body, 'user', 'id'),
    userName: textAt(body, 'user', 'username') || textAt(body, 'user', 'name'),
    place,
    message: seenByAll ? textAt(body, 'container', 'message_ts') : '',
    input: { kind: 'press', id },
  });
}

function pressedId(action: unknown): string {
  const of = textAt(action, 'action_id');
  if (of.startsWith(PRESS_PREFIX)) return textAt(action, 'value');
  return of.startsWith(MENU_PREFIX) ? textAt(action, 'selected_option', 'value') : '';
}

function readShortcut(body: Body): Interaction | undefined {
  if (body.callback_id !== WHY_SHORTCUT) return undefined;
  return interaction(body, {
    user: textAt(body, 'user', 'id'),
    userName: textAt(body, 'user', 'username') || textAt(body, 'user', 'name'),
    place: textAt(body, 'channel', 'id'),
    message: textAt(body, 'message', 'ts') || textAt(body, 'message_ts'),
    input: { kind: 'text', text: 'why this' },
  });
}

interface Said {
  readonly user: string;
  readonly userName: string;
  readonly place: string;
  readonly message?: string;
  readonly input: ChatInput;
}

function interaction(body: Body, { user, userName, place, message = '', input }: Said): Interaction | undefined {
  const responseUrl = textAt(body, 'response_url');
  if (!USER.test(user) || responseUrl === '') return undefined;
  const here = CONVERSATION.test(place) ? { place } : {};
  const on = CONVERSATION.test(place) && TIMESTAMP.test(message) ? { on: { channel: place, message } } : {};
  const trigger = (textAt(body, 'trigger_id') || responseUrl).slice(0, LONGEST_TRIGGER);
  return { user, userName: oneLine(userName, 80) || user, ...here, ...on, input, responseUrl, trigger };
}

/** The text there; empty where there is none. */
function textAt(value: unknown, ...path: readonly string[]): string {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : '';
}
