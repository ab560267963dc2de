import { replyMessage } from '../../core/chat.ts';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { Message } from '../../core/message.ts';
import { type Outcome, reasonOf } from '../../core/outcome.ts';
import { pause, withTimeLimit } from '../waits.ts';
import { composeActivity } from './compose.ts';
import { type Calling, type Connector, textAt, toActivity } from './connector.ts';
import { PATH_SAFE } from './conversation-id.ts';
import type { Asker } from './incoming.ts';
import { UNNAMED } from './outcomes.ts';

/** Answers as messages. What cannot be posted is logged; nothing here rejects. */
export interface Posts {
  /** Into the conversation where it was asked: the thread of a channel, a chat. Whoever is in it sees it. */
  reply(from: Asker, message: Message): Promise<void>;
  /**
   * To who asked and nobody else: a channel knows no private messages, so that it goes to their own chat with the bot. Where
   * that cannot be, the channel is told so in a sentence that says nothing of what was asked.
   */
  tell(from: Asker, message: Message): Promise<void>;
}

export interface PostsContext {
  readonly connector: Connector;
  readonly tenantId: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Ends what is being posted. */
  readonly stop: AbortSignal;
}

export const NOT_INSTALLED = 'I cannot write to you in private; add Bellhop as a personal app.';
export const NOT_NOW = 'I could not answer you in private; ask me again in a while.';

const TRY_MS = 10_000;
const PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;
/** How many people's chats are remembered; making one again gives the same one. */
const MOST_CHATS = 1_000;

export function createPosts({ connector, tenantId, clock, log, stop }: PostsContext): Posts {
  /** People's chats with the bot, by account: the one that was made first stands first. */
  const chats = new Map<string, string>();

  /** Again what was not taken and cannot have arrived; never what may have. */
  async function twice(call: (signal: AbortSignal) => Promise<Outcome>): Promise<Outcome> {
    const first = await limited(call);
    if (first.kind !== 'retry') return first;
    const { afterMs = PAUSE_MS } = first;
    if (afterMs > LONGEST_PAUSE_MS || stop.aborted) return first;
    await pause({ clock, ms: afterMs, stop });
    return stop.aborted ? first : limited(call);
  }

  const limited = (call: (signal: AbortSignal) => Promise<Outcome>): Promise<Outcome> =>
    withTimeLimit({ clock, ms: TRY_MS, stop }, call);

  function post(conversation: string, serviceUrl: string, message: Message): Promise<Outcome> {
    const activity = toActivity(composeActivity(message, { name: 'answer', platform: 'teams', id: conversation }));
    const send = async ({ conversations }: Calling): Promise<Outcome> => {
      const id = textAt(await conversations.createActivity(conversation, activity), 'id');
      return id === undefined ? UNNAMED : { kind: 'sent', ref: { channel: conversation, message: id } };
    };
    return twice((signal) => connector.call({ kind: 'send', conversation, serviceUrl }, signal, send));
  }

  /** Of somebody's chat with the bot; it is made where there is none. */
  async function chatWith({ account, serviceUrl }: Asker): Promise<Outcome> {
    const known = chats.get(account);
    if (known !== undefined) return { kind: 'sent', ref: { channel: known } };
    const make = async ({ conversations }: Calling): Promise<Outcome> => {
      const members = [{ id: account, role: 'user' as const }];
      const made = textAt(await conversations.create({ tenantId, isGroup: false, members }), 'id');
      return made === undefined || !PATH_SAFE.test(made) ? UNNAMED : { kind: 'sent', ref: { channel: made } };
    };
    // Making it again makes no second one: it may be repeated whatever happened.
    const made = await twice((signal) =>
      connector.call({ kind: 'update', conversation: account, serviceUrl }, signal, make),
    );
    if (made.kind === 'sent') remember(account, made.ref.channel ?? '');
    return made;
  }

  function remember(account: string, conversation: string): void {
    for (const oldest of chats.keys()) {
      if (chats.size < MOST_CHATS) break;
      chats.delete(oldest);
    }
    chats.set(account, conversation);
  }

  async function inPrivate(from: Asker, message: Message): Promise<Outcome> {
    const chat = await chatWith(from);
    if (chat.kind !== 'sent') return chat;
    const outcome = await post(chat.ref.channel ?? '', from.serviceUrl, message);
    if (isUnreachable(outcome)) chats.delete(from.account);
    return outcome;
  }

  async function reply(from: Asker, message: Message): Promise<void> {
    const outcome = await post(from.conversation, from.serviceUrl, message);
    if (outcome.kind !== 'sent') log.error('teams: an answer could not be posted', { because: reasonOf(outcome) });
  }

  return {
    reply,
    async tell(from, message) {
      if (from.alone) return reply(from, message);
      const outcome = await inPrivate(from, message);
      if (outcome.kind === 'sent') return;
      log.warn('teams: an answer could not be given in private', { because: reasonOf(outcome) });
      // It may have arrived: saying that it did not would be wrong as often as right.
      if (outcome.kind === 'ambiguous') return;
      const title = isUnreachable(outcome) ? NOT_INSTALLED : NOT_NOW;
      await reply(from, replyMessage({ title, at: clock.now() }));
    },
  };
}

/** Their chat with the bot is closed to it: it was never installed there, or was removed or blocked. */
const isUnreachable = (outcome: Outcome): boolean => outcome.kind === 'dead' && outcome.unreachable === true;
