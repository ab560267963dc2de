import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { type Reply, replyMessage } from '../../src/core/chat.ts';
import { toSecret } from '../../src/core/secret.ts';
import type { Inbound } from '../../src/platforms/inbound.ts';
import { openSlackInbound } from '../../src/platforms/slack/inbound.ts';
import { NOON, rememberingLog, type TestClock, testClock } from '../builders.ts';
import { FAKE_APP_TOKEN, FAKE_SIGNING_SECRET, type SlackFake, startSlackFake } from '../fakes/slack.ts';
import { type SlackSocketFake, startSlackSocketFake } from '../fakes/slack-socket.ts';
import { type RecordingChat, recordingChat } from './recording-chat.ts';

export interface SlackHarness {
  readonly fake: SlackFake;
  readonly socket: SlackSocketFake;
  readonly inbound: Inbound;
  readonly chat: RecordingChat;
  readonly clock: TestClock;
  readonly log: ReturnType<typeof rememberingLog>;
  /** Where the inbound is mounted. */
  readonly url: string;
  /** Stops all; fails when the fake was surprised or a secret was logged. */
  close(): Promise<void>;
}

export const aReply = (over: Partial<Reply> = {}): Reply => ({
  audience: 'person',
  message: replyMessage({ title: 'Nothing is muted', emoji: '🔔', at: NOON }),
  ...over,
});

/** Who did it, where, and where its answer goes: what every request of Slack's says. */
export const doing = (fake: SlackFake, over: object = {}) => ({
  user: 'U0MONA',
  userName: 'mona',
  channel: 'C0123456789',
  trigger: 'trigger-1',
  responseUrl: fake.responseUrl(),
  ...over,
});

export async function startSlackInbound({
  http = true,
  socketMode = false,
  appToken = FAKE_APP_TOKEN,
}: {
  readonly http?: boolean;
  readonly socketMode?: boolean;
  readonly appToken?: string;
} = {}): Promise<SlackHarness> {
  const socket = await startSlackSocketFake();
  const fake = await startSlackFake({ socketUrl: socket.url });
  const chat = recordingChat(() => aReply());
  const clock = testClock();
  const log = rememberingLog();
  const inbound = await openSlackInbound(
    {
      botToken: toSecret(fake.token),
      apiUrl: fake.apiUrl,
      ...(http && { signingSecret: toSecret(FAKE_SIGNING_SECRET) }),
      ...(socketMode && { appToken: toSecret(appToken) }),
    },
    { chat, log, clock, newFaultId: () => 'fault_1' },
  );
  if (inbound === undefined) throw new Error('no inbound was opened');
  const server = await serve(inbound);

  return {
    ...{ fake, socket, inbound, chat, clock, log },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await inbound.stop();
      await new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      });
      await Promise.all([fake.close(), socket.close()]);
      const told = log.lines.join('\n');
      for (const secret of [fake.token, FAKE_APP_TOKEN, FAKE_SIGNING_SECRET, 'fakeresponsesecret', 'fake-ticket'])
        if (told.includes(secret)) throw new Error(`the log tells ${secret}:\n${told}`);
      fake.assertClean();
    },
  };
}

/** Mounted as the server mounts it: by path, before anything that reads bodies. */
function serve(inbound: Inbound): Promise<Server> {
  const web = express();
  web.use((request, response, next) => {
    if (inbound.paths.includes(request.path)) inbound.handle(request, response, next);
    else next();
  });
  web.use((_request, response) => void response.status(404).json({ error: { code: 'not_found' } }));
  return new Promise((done) => {
    const listening = web.listen(0, '127.0.0.1', () => done(listening));
  });
}
