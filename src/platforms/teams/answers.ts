import type { ChatRequest, Reply } from '../../core/chat.ts';
import { chatFault, stackOf } from '../chat-fault.ts';
import type { InboundContext } from '../inbound.ts';
import { createSeenBefore } from '../seen-before.ts';
import { within } from '../waits.ts';
import { type Asker, readActivity } from './incoming.ts';
import { plainWords } from './plain-words.ts';
import type { Posts } from './posts.ts';

/** What a button is answered at once. https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#response-format */
export interface InvokeAnswer {
  readonly statusCode: 200 | 400;
  readonly type: 'application/vnd.microsoft.activity.message' | 'application/vnd.microsoft.error';
  readonly value: string | { readonly code: string; readonly message: string };
}

export interface Answers {
  /** What Microsoft is told about an activity; undefined where it only wants to know that it arrived. Never rejects. */
  take(activity: unknown): Promise<InvokeAnswer | undefined>;
  /** Resolves when nothing is being answered. */
  settled(): Promise<void>;
}

export interface AnswersContext extends InboundContext {
  readonly posts: Posts;
}

/** How long a button waits: Teams gives up after ten seconds, people before. */
const WAIT_MS = 3_000;

export const WORKING = 'Working on it…';
export const DONE = 'Done.';
export const IN_YOUR_CHAT = 'The whole answer is in your chat with Bellhop.';

/** From an activity to its answer: messages are answered afterwards, buttons within `WAIT_MS` or else afterwards. */
export function createAnswers(context: AnswersContext): Answers {
  const { posts, clock, log } = context;
  const seen = createSeenBefore(clock);
  const inFlight = new Set<Promise<void>>();

  return {
    async take(activity) {
      const incoming = readActivity(activity);
      if (incoming.kind === 'ignored') {
        const { pressed, because } = incoming;
        if (because !== undefined) log.info('teams: an activity was not answered', { because });
        return pressed ? NO_SUCH_BUTTON : undefined;
      }
      const { kind, id, from, request } = incoming;
      if (seen.add(id)) return kind === 'pressed' ? words(DONE) : undefined;
      log.info('teams: received an activity', { input: request.input.kind, conversation: from.conversation });
      const handled = handle(request, context);
      if (kind === 'pressed') return pressed(from, handled);
      track(handled.then((reply) => post(from, reply)));
      return undefined;
    },
    async settled() {
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
  };

  async function pressed(from: Asker, handled: Promise<Reply>): Promise<InvokeAnswer> {
    // Waited for at a stop too: what it asks for is being done.
    track(handled.then(() => {}));
    const reply = await within(WAIT_MS, handled, clock);
    if (reply === undefined) {
      track(handled.then((late) => post(from, late)));
      return words(WORKING);
    }
    if (reply.audience === 'channel') {
      track(posts.reply(from, reply.message));
      return words(DONE);
    }
    const { text, whole } = plainWords(reply.message);
    if (whole) return words(text);
    track(posts.tell(from, reply.message));
    return words(`${text}\n${IN_YOUR_CHAT}`);
  }

  function post(from: Asker, { audience, message }: Reply): Promise<void> {
    return audience === 'channel' ? posts.reply(from, message) : posts.tell(from, message);
  }

  function track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => {
        const id = context.newFaultId();
        log.error('teams: an answer met a fault in Bellhop', { id, error: stackOf(error) });
      })
      .finally(() => inFlight.delete(tracked));
    inFlight.add(tracked);
  }
}

const words = (value: string): InvokeAnswer => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value,
});

const NO_SUCH_BUTTON: InvokeAnswer = {
  statusCode: 400,
  type: 'application/vnd.microsoft.error',
  value: { code: 'BadRequest', message: 'Bellhop has no such button.' },
};

async function handle(request: ChatRequest, context: AnswersContext): Promise<Reply> {
  try {
    return await context.chat.handle(request);
  } catch (error) {
    return chatFault('teams', error, context);
  }
}
