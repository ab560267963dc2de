import { type Chat, type ChatRequest, type Reply, replyMessage } from '../../core/chat.ts';
import type { Payload } from '../../core/platform.ts';
import { chatFault } from '../chat-fault.ts';
import { cutText } from '../cut.ts';
import type { InboundContext } from '../inbound.ts';
import { createSeenBefore } from '../seen-before.ts';
import { within } from '../waits.ts';
import { compose } from './compose.ts';
import { oneLine } from './escape.ts';
import { type Envelope, type Interaction, readInteraction } from './interaction.ts';
import type { InteractionCalls } from './interaction-calls.ts';
import { COMMANDS, FLAGS } from './limits.ts';

/** What to do about one interaction. */
export type Answered =
  | {
      readonly kind: 'answer';
      /** The first answer, due within three seconds of the interaction. */
      readonly response: Payload;
      /** Absent for Discord's own probe. */
      readonly to?: Envelope;
      /** To be called once the first answer is given; never rejects. */
      readonly after?: () => Promise<void>;
    }
  /** It came before, and has its answer. */
  | { readonly kind: 'seen' }
  | { readonly kind: 'unreadable' };

export interface AnswersContext extends InboundContext {
  readonly calls: InteractionCalls;
  /** The only server that is served; undefined means all where the bot was added. */
  readonly guildId?: string;
}

/** How long the chat may take before Discord is told that the answer comes later. */
const WAIT_MS = 1_500;
/** Later suggestions would not be shown. */
const SUGGEST_MS = 2_000;

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type */
const RESPONSES = { pong: 1, message: 4, later: 5, suggestions: 8 } as const;

/** What stands in the private place of an answer that everybody in the channel can see. */
export const POSTED_BELOW = 'Done: the answer is in the channel.';

/** From what Discord sent to what Discord is told, the same for both ways in. Never rejects. */
export function createAnswers(context: AnswersContext): (payload: unknown) => Promise<Answered> {
  const { chat, clock, guildId, calls } = context;
  const seen = createSeenBefore(clock);

  return async (payload) => {
    const interaction = readInteraction(payload);
    if (interaction === undefined) return { kind: 'unreadable' };
    if (interaction.kind === 'ping') return { kind: 'answer', response: { type: RESPONSES.pong } };
    const elsewhere = guildId !== undefined && interaction.guild !== undefined && interaction.guild !== guildId;
    if (interaction.kind === 'suggest') {
      const choices = elsewhere ? [] : await suggestions(interaction);
      return { kind: 'answer', to: interaction, response: { type: RESPONSES.suggestions, data: { choices } } };
    }
    if (seen.add(interaction.id)) return { kind: 'seen' };
    if (elsewhere) return refusal(interaction, 'Bellhop does not serve this server.');
    if (interaction.kind === 'unclear') return refusal(interaction, 'Bellhop has no such command or button.');
    return ask(interaction, interaction.request);
  };

  async function ask(to: Envelope, request: ChatRequest): Promise<Answered> {
    const handled = handle(request, context);
    const reply = await within(WAIT_MS, handled, clock);
    if (reply !== undefined) return { kind: 'answer', to, response: { type: RESPONSES.message, data: dataOf(reply) } };
    return {
      kind: 'answer',
      to,
      // Whether the answer is for everybody is not known yet; what began in private can still be said in public.
      response: { type: RESPONSES.later, data: { flags: FLAGS.ephemeral } },
      after: async () => {
        const { audience, payload } = await handled;
        if (audience === 'person') return calls.editOriginal(to, payload);
        // First: whatever is posted before would take the private place.
        await calls.editOriginal(to, { content: POSTED_BELOW, allowed_mentions: NOBODY });
        await calls.followUp(to, payload);
      },
    };
  }

  async function suggestions(typed: Extract<Interaction, { kind: 'suggest' }>): Promise<readonly Payload[]> {
    const { command, option, text } = typed;
    const values = await within(SUGGEST_MS, suggested(chat, { command, option, text }), clock);
    const fitting = (values ?? []).filter((value) => value.trim() !== '' && value.length <= COMMANDS.choiceText);
    return [...new Set(fitting)].slice(0, COMMANDS.choices).map((value) => ({
      name: cutText(oneLine(value), COMMANDS.choiceText) || value,
      value,
    }));
  }

  function refusal(to: Envelope, title: string): Answered {
    const message = replyMessage({ title, tone: 'warning', at: clock.now() });
    const data = dataOf(composed({ audience: 'person', message }));
    return { kind: 'answer', to, response: { type: RESPONSES.message, data } };
  }
}

/** A reply as Discord takes it. */
interface Composed {
  readonly audience: Reply['audience'];
  readonly payload: Payload;
}

const NOBODY = { parse: [] };

/** Nobody is notified by an answer, whatever it says. */
const composed = ({ audience, message }: Reply): Composed => ({
  audience,
  payload: { ...compose(message), allowed_mentions: NOBODY },
});

const dataOf = ({ audience, payload }: Composed): Payload =>
  audience === 'person' ? { ...payload, flags: Number(payload.flags ?? 0) | FLAGS.ephemeral } : payload;

async function handle(request: ChatRequest, context: AnswersContext): Promise<Composed> {
  try {
    return composed(await context.chat.handle(request));
  } catch (error) {
    return composed(chatFault('discord', error, context));
  }
}

async function suggested(chat: Chat, typed: Parameters<Chat['suggest']>[0]): Promise<readonly string[]> {
  try {
    return await chat.suggest(typed);
  } catch {
    return [];
  }
}
