import { afterAll, beforeAll, expect } from 'vitest';
import { type Chat, type Reply, replyMessage } from '../../src/core/chat.ts';
import { NOON } from '../builders.ts';
import { type RecordingChat, recordingChat, watchRejections } from './recording-chat.ts';

export const aReply = (title: string, audience: Reply['audience'] = 'person', over: object = {}): Reply => ({
  audience,
  message: { ...replyMessage({ title, at: NOON }), ...over },
});

const COMMANDS: Chat['commands'] = [
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
];

export const discordChat = (): RecordingChat => recordingChat(() => aReply('Fine'), { commands: COMMANDS });

/** Fails the file's tests when a promise was rejected and nobody saw it: in production that ends the process. */
export function noUnhandledRejections(): void {
  let rejections: ReturnType<typeof watchRejections>;
  beforeAll(() => {
    rejections = watchRejections();
  });
  afterAll(() => {
    rejections.stop();
    expect(rejections.seen).toEqual([]);
  });
}
