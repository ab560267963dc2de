import type { ChatInput, ChatRequest } from '../../core/chat.ts';
import { valueAt } from '../../core/path.ts';
import type { MessagePlace } from '../../core/platform.ts';
import { entitiesOf, textAt } from './activity-fields.ts';
import { PRESS_VERB } from './card-actions.ts';
import { channelOf, inThread, PATH_SAFE, threadOf } from './conversation-id.ts';
import { personIn } from './person.ts';
import { mentionsIn, spokenText } from './spoken-text.ts';

/** Where an answer goes. */
export interface Asker {
  /** Of the bot's account of them (`29:…`); another one for every bot. */
  readonly account: string;
  /** The conversation it was asked in; in a team's channel with the thread. */
  readonly conversation: string;
  /** Nobody else is in that conversation. */
  readonly alone: boolean;
  readonly serviceUrl: string;
}

/** What an activity comes to. Signed by Microsoft, from one of our tenants; what it says is anybody's. */
export type Incoming =
  | {
      /** `said` is answered by messages, `pressed` waits for its answer. */
      readonly kind: 'said' | 'pressed';
      /** The same for the same activity, sent again. */
      readonly id: string;
      readonly from: Asker;
      readonly request: ChatRequest;
    }
  | {
      readonly kind: 'ignored';
      /** A button waits for an answer all the same. */
      readonly pressed: boolean;
      /** Said in the log; undefined for what everybody's chat is full of. */
      readonly because?: string;
    };

/**
 * Reads an activity: what was said to the bot, or a button of ours. Checks the shape of everything that is used and never
 * throws.
 */
export function readActivity(activity: unknown): Incoming {
  const type = textAt(activity, ['type']);
  const pressed = type === 'invoke' && textAt(activity, ['name']) === 'adaptiveCard/action';
  const ignored = (because?: string): Incoming => ({ kind: 'ignored', pressed, ...(because && { because }) });
  if (type === 'installationUpdate')
    return ignored(`it only says that the app was added or removed: ${textAt(activity, ['action']) ?? '?'}`);
  if (type !== 'message' && !pressed) return ignored();

  const where = whereIn(activity);
  if (where === undefined) return ignored('it does not say where it comes from');
  const input = pressed ? pressedIn(activity) : saidIn(activity, where.alone);
  if (input === undefined) return ignored(pressed ? 'it is no button of Bellhop' : undefined);
  const person = personIn(activity);
  if (person === undefined) return ignored('it names nobody by an Entra object id');

  const on = aboutIn(activity, where, input);
  const { id, account, conversation, alone, serviceUrl, place } = where;
  return {
    kind: pressed ? 'pressed' : 'said',
    id: `${conversation} ${id}`,
    from: { account, conversation, alone, serviceUrl },
    request: {
      platform: 'teams',
      person,
      input,
      ...(place !== undefined && { place }),
      ...(on !== undefined && { on }),
    },
  };
}

interface Where extends Asker {
  readonly id: string;
  /** What a channel's `id` in the config holds; absent in private. */
  readonly place?: string;
  /** The same in private, where it is no place. */
  readonly channel: string;
  /** The message that began the thread it stands in, where that is another one. */
  readonly root?: string;
}

function whereIn(activity: unknown): Where | undefined {
  const id = textAt(activity, ['id']);
  const account = textAt(activity, ['from', 'id']);
  const serviceUrl = textAt(activity, ['serviceUrl']);
  const written = textAt(activity, ['conversation', 'id']);
  if (id === undefined || account === undefined || serviceUrl === undefined || written === undefined) return undefined;
  const sort = textAt(activity, ['conversation', 'conversationType']);
  const base = channelOf(written);
  const teamChannel = textAt(activity, ['channelData', 'channel', 'id']);
  const inTeam = sort === 'channel' || (sort === undefined && teamChannel !== undefined);
  // Of a post that begins a thread the suffix may be missing, of a press the message with the button stands for it.
  const thread = threadOf(written) ?? textAt(activity, ['replyToId']) ?? id;
  const conversation = inTeam ? inThread(base, thread) : base;
  if (!PATH_SAFE.test(conversation)) return undefined;
  // Whatever does not say that it is private may have listeners.
  const alone = sort === 'personal';
  const channel = inTeam && teamChannel !== undefined ? channelOf(teamChannel) : base;
  return {
    ...{ id, account, conversation, alone, serviceUrl, channel },
    ...(!alone && { place: channel }),
    ...(inTeam && thread !== id && { root: thread }),
  };
}

/** The id of a `Press`, by Action.Execute. A card may also ask by itself (`automatic`): then nobody has pressed. */
function pressedIn(activity: unknown): ChatInput | undefined {
  if (valueAt(activity, ['value', 'trigger']) === 'automatic') return undefined;
  if (valueAt(activity, ['value', 'action', 'verb']) !== PRESS_VERB) return undefined;
  return pressOf(valueAt(activity, ['value', 'action', 'data', 'press']));
}

/** A text to the bot, or the id of a `Press` by Action.Submit; undefined for what is not for the bot. */
function saidIn(activity: unknown, alone: boolean): ChatInput | undefined {
  const press = pressOf(valueAt(activity, ['value', 'press']));
  if (press !== undefined) return press;
  const bot = textAt(activity, ['recipient', 'id']);
  const mentions = mentionsIn(activity);
  const addressed = alone || (bot !== undefined && mentions.some(({ id }) => id === bot));
  const text = valueAt(activity, ['text']);
  if (!addressed || typeof text !== 'string') return undefined;
  return { kind: 'text', text: spokenText(text, mentions, bot ?? '') };
}

const PRESS_CHARS = 200;

const pressOf = (id: unknown): ChatInput | undefined =>
  typeof id === 'string' && id !== '' && id.length <= PRESS_CHARS ? { kind: 'press', id } : undefined;

/** The message with the button, the one that is quoted, or the one that began the thread. */
function aboutIn(activity: unknown, { channel, root }: Where, input: ChatInput): MessagePlace | undefined {
  const [quoted] = entitiesOf(activity, 'quotedReply').map((entity) => textAt(entity, ['quotedReply', 'messageId']));
  const message = input.kind === 'press' ? (textAt(activity, ['replyToId']) ?? root) : (quoted ?? root);
  return message === undefined ? undefined : { channel, message };
}
