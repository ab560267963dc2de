import { describe, expect, it } from 'vitest';
import type { ChatRequest } from '../../src/core/chat.ts';
import { toSecret } from '../../src/core/secret.ts';
import { createIntake } from '../../src/platforms/slack/intake.ts';
import { keepAnswers } from '../../src/platforms/slack/kept-answers.ts';
import { rememberingLog, testClock } from '../builders.ts';
import { startSlackFake } from '../fakes/slack.ts';
import { slashCommand } from '../fakes/slack-requests.ts';
import { until } from '../until.ts';
import { aReply } from './slack-harness.ts';

describe('the intake', () => {
  it('does nothing that it could not acknowledge, and does it when it comes again', async () => {
    const fake = await startSlackFake();
    const log = rememberingLog();
    const requests: ChatRequest[] = [];
    const chat = {
      commands: [],
      suggest: async () => [],
      handle: async (request: ChatRequest) => {
        requests.push(request);
        return aReply();
      },
    };
    const bot = { call: async () => ({ ok: true }) };
    const { app, stop } = createIntake({ botToken: toSecret('xoxb-1'), apiUrl: fake.apiUrl }, bot, {
      ...{ chat, log, clock: testClock(), newFaultId: () => 'fault_1' },
    });
    const responseUrl = fake.responseUrl();
    const body = slashCommand('status', {
      ...{ user: 'U0MONA', userName: 'mona', channel: 'C0123456789', trigger: 'trigger-1', responseUrl },
    });

    await app.processEvent({ body, ack: () => Promise.reject(new Error('the connection is gone')) });
    await app.processEvent({ body, ack: async () => {} });
    await app.processEvent({ body, ack: async () => {} });

    await until(() => fake.answers(responseUrl).length === 1);
    await stop();
    expect(requests).toHaveLength(1);
    expect(log.lines).toEqual([expect.stringContaining('could not be acknowledged')]);
    await app.processEvent({ body: { ...body, trigger_id: 'trigger-2' }, ack: async () => {} });
    for (let turn = 0; turn < 5; turn++) await new Promise((done) => setImmediate(done));
    expect(requests).toHaveLength(1);
    fake.assertClean();
    await fake.close();
  });
});

describe('keepAnswers', () => {
  it('asks once for all who ask at the same time, and forgets the oldest', async () => {
    const asked: string[] = [];
    const answers = keepAnswers({
      ...{ clock: testClock(), keepMs: 1_000, nothingMs: 1_000, most: 2 },
      ask: async (key: string) => {
        asked.push(key);
        return key;
      },
    });
    await Promise.all([answers.of('a'), answers.of('a'), answers.of('b')]);
    await answers.of('c');
    await answers.of('b');
    await answers.of('a');
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });
});
