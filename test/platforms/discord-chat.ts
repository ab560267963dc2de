import { afterAll, beforeAll, expect } from 'vitest';
import { type Chat, type ChatRequest, type Reply, replyMessage } from '../../src/core/chat.ts';
import { NOON } from '../builders.ts';

/** A chat that remembers what it was asked; tests say what it answers. */
export interface RecordingChat extends Chat {
  readonly requests: ChatRequest[];
  readonly typed: unknown[];
  answer: (request: ChatRequest) => Promise<Reply> | Reply;
  suggestions: () => Promise<readonly string[]> | readonly string[];
}

export const aReply = (title: string, audience: Reply['audience'] = 'person', over: object = {}): Reply => ({
  audience,
  message: { ...replyMessage({ title, at: NOON }), ...over },
});

export function recordingChat(): RecordingChat {
  const chat: RecordingChat = {
    requests: [],
    typed: [],
    answer: () => aReply('Fine'),
    suggestions: () => [],
    commands: [
      { name: 'help', description: 'What can be said', options: [] },
      {
        name: 'mute',
        description: `Hold messages back ${'x'.repeat(100)}`,
        options: [
          { name: 'for', description: 'How long', required: false, suggests: true, choices: [] },
          { name: 'what', description: 'What to mute', required: true, suggests: true, choices: [] },
          { name: 'everywhere', description: 'In all channels', required: false, suggests: false, choices: ['yes'] },
        ],
      },
    ],
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

/** Fails the file's tests when a promise was rejected and nobody saw it: in production that ends the process. */
export function noUnhandledRejections(): void {
  const unhandled: unknown[] = [];
  const remember = (reason: unknown) => void unhandled.push(reason);
  beforeAll(() => void process.on('unhandledRejection', remember).on('uncaughtException', remember));
  afterAll(() => {
    process.off('unhandledRejection', remember).off('uncaughtException', remember);
    expect(unhandled).toEqual([]);
  });
}
