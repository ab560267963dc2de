import type { Chat, ChatRequest, Reply } from '../../src/core/chat.ts';

/** The port that an inbound is handed: remembers what it is asked, and answers what the test says. */
export interface RecordingChat extends Chat {
  readonly requests: ChatRequest[];
  readonly typed: unknown[];
  answer: (request: ChatRequest) => Promise<Reply> | Reply;
  suggestions: () => Promise<readonly string[]> | readonly string[];
}

export function recordingChat(
  answer: RecordingChat['answer'],
  { commands = [] }: Partial<Pick<Chat, 'commands'>> = {},
): RecordingChat {
  const chat: RecordingChat = {
    commands,
    requests: [],
    typed: [],
    answer,
    suggestions: () => [],
    async handle(request) {
      chat.requests.push(request);
      return chat.answer(request);
    },
    async suggest(typed) {
      chat.typed.push(typed);
      return chat.suggestions();
    },
  };
  return chat;
}

/** What was rejected or thrown where nobody looks: in production that ends the process. */
export function watchRejections(): { readonly seen: readonly unknown[]; stop(): void } {
  const seen: unknown[] = [];
  const remember = (reason: unknown): void => void seen.push(reason);
  process.on('unhandledRejection', remember).on('uncaughtException', remember);
  return {
    seen,
    stop: () => void process.off('unhandledRejection', remember).off('uncaughtException', remember),
  };
}
