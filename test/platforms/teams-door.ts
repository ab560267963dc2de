import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, vi } from 'vitest';
import { type Reply, type ReplyParts, replyMessage } from '../../src/core/chat.ts';
import type { Inbound } from '../../src/platforms/inbound.ts';
import { openTeamsInbound } from '../../src/platforms/teams/inbound.ts';
import { NOON, rememberingLog, testClock } from '../builders.ts';
import { startTeamsFake } from '../fakes/teams.ts';
import { type RecordingChat, recordingChat, watchRejections } from './recording-chat.ts';

export const privately = (parts: Omit<ReplyParts, 'at'>): Reply => ({
  audience: 'person',
  message: replyMessage({ ...parts, at: NOON }),
});

export const publicly = (parts: Omit<ReplyParts, 'at'>): Reply => ({ ...privately(parts), audience: 'channel' });

/** The inbound of Teams in a bare server, with its fake. */
export async function openDoor(answer: RecordingChat['answer'] = () => publicly({ title: 'Heard' })) {
  // What the SDK would read from the environment: one of them turns its checks off.
  vi.stubEnv('DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS', 'true');
  vi.stubEnv('CLIENT_ID', 'another');
  vi.stubEnv('CLIENT_SECRET', 'another');
  const rejections = watchRejections();

  const fake = await startTeamsFake();
  const log = rememberingLog();
  const clock = testClock();
  const chat = recordingChat(answer);
  let faults = 0;
  const newFaultId = () => {
    faults += 1;
    return `fault_${faults}`;
  };
  const inbound: Inbound = await openTeamsInbound(fake.config, { chat, log, clock, newFaultId });
  inbound.start();
  const web = express();
  web.use((request, response, next) =>
    inbound.paths.includes(request.path) ? inbound.handle(request, response, next) : next(),
  );
  web.use(
    (_request, response) =>
      void response.status(404).json({ error: { code: 'not_found', message: 'Nothing is here.' } }),
  );
  const server: Server = await new Promise((done) => {
    const listening = web.listen(0, '127.0.0.1', () => done(listening));
  });
  return {
    fake,
    log,
    clock,
    chat,
    inbound,
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const stopped = inbound.stop();
      await clock.advance(2_000);
      await stopped;
      await Promise.all([fake.close(), new Promise((done) => server.close(done))]);
      rejections.stop();
      vi.unstubAllEnvs();
      expect(rejections.seen).toEqual([]);
      expect(log.lines.join('\n')).not.toMatch(/eyJ|bot~secret/);
    },
  };
}

export type Door = Awaited<ReturnType<typeof openDoor>>;
