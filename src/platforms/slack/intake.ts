import type { App, ReceiverEvent } from '@slack/bolt';
import type { ChatRequest, Reply } from '../../core/chat.ts';
import type { SlackConfig } from '../../core/config.ts';
import { chatFault } from '../chat-fault.ts';
import type { InboundContext } from '../inbound.ts';
import { createSeenBefore } from '../seen-before.ts';
import { within } from '../waits.ts';
import type { Bot } from './bot.ts';
import { compose } from './compose.ts';
import { type Interaction, readInteraction } from './interaction.ts';
import { createPeople } from './people.ts';
import { mayRespondTo, respond } from './respond.ts';

/** Where all that Slack sends comes together, by HTTP and by socket. */
export interface Intake {
  /**
   * In the place of Bolt's `App`, of which receivers know this method only: the app would ask Slack who it is for each
   * payload, would fail at payloads of another shape, and would leave what nobody listens to without an answer.
   */
  readonly app: App;
  /** Waits for what is being answered, 2 s at most, and gives up the rest. */
  stop(): Promise<void>;
}

const STOP_MS = 2_000;

/** Acknowledges everything at once, hands what is asked of Bellhop to the chat, and sends its answer. */
export function createIntake(config: SlackConfig, bot: Bot, context: InboundContext): Intake {
  const { chat, log, clock } = context;
  const stopping = new AbortController();
  const stop = stopping.signal;
  const people = createPeople(bot, { clock, log, stop });
  const seen = createSeenBefore(clock);
  const answering = new Set<Promise<void>>();

  /** Never rejects: in a receiver that would end the process. */
  async function processEvent({ body, ack }: ReceiverEvent): Promise<void> {
    const asked = readInteraction(body);
    const again = asked !== undefined && seen.add(asked.trigger);
    try {
      await ack();
    } catch (error) {
      // Slack sends it again, by another connection.
      if (asked !== undefined && !again) seen.forget(asked.trigger);
      log.warn('slack: a payload could not be acknowledged', { error: String(error).slice(0, 200) });
      return;
    }
    if (asked === undefined || again || stop.aborted) return;
    if (!mayRespondTo(asked.responseUrl, config.apiUrl)) {
      log.warn('slack: refused a command whose answer would not go to Slack', { user: asked.user });
      return;
    }
    const answer: Promise<void> = answerTo(asked).finally(() => answering.delete(answer));
    answering.add(answer);
  }

  async function answerTo(asked: Interaction): Promise<void> {
    const payload = await replyTo(asked);
    const failure = await respond(asked.responseUrl, payload, { clock, stop });
    if (failure !== undefined) log.warn('slack: an answer did not arrive', { user: asked.user, error: failure });
  }

  async function replyTo(asked: Interaction): Promise<Readonly<Record<string, unknown>>> {
    try {
      return answerOf(await chat.handle(await requestOf(asked)));
    } catch (error) {
      return answerOf(chatFault('slack', error, context));
    }
  }

  async function requestOf({ user, userName, place, on, input }: Interaction): Promise<ChatRequest> {
    const zone = await people.zoneOf(user);
    return {
      platform: 'slack',
      person: {
        platform: 'slack',
        id: user,
        name: userName,
        roles: [],
        ...(zone !== undefined && { zone }),
        inGroup: (group) => people.inGroup(user, group),
      },
      ...(place !== undefined && { place }),
      ...(on !== undefined && { on }),
      input,
    };
  }

  return {
    app: { processEvent } satisfies Pick<App, 'processEvent'> as App,
    async stop() {
      await within(STOP_MS, Promise.all(answering), clock);
      stopping.abort();
    },
  };
}

/** `replace_original: false`: an answer to a button must not take the place of the message it stands under. */
const answerOf = ({ audience, message }: Reply): Readonly<Record<string, unknown>> => ({
  response_type: audience === 'channel' ? 'in_channel' : 'ephemeral',
  replace_original: false,
  ...compose(message),
});
