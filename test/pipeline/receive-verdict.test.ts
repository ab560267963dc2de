import { describe, expect, test } from 'vitest';
import { HookError } from '../../src/core/errors.ts';
import type { SourceType, Verdict } from '../../src/core/source.ts';
import type { Accepting, Store } from '../../src/core/store.ts';
import { type Arrived, createReceiver } from '../../src/pipeline/receive.ts';
import type { ActiveSource, Runtime } from '../../src/pipeline/runtime.ts';
import { silentLog, testClock, testIds } from '../builders.ts';

const arrived: Arrived = {
  ...{ source: 'alarms', method: 'POST', headers: {}, query: {}, body: Buffer.from('{}'), from: '127.0.0.1' },
};

function receiverWith(verify: ActiveSource['verify']) {
  const stored: string[] = [];
  const type = { type: 'alarms', read: () => ({ kind: 'ignored', reason: 'a test' }) } as unknown as SourceType;
  const source: ActiveSource = {
    ...{ name: 'alarms', type, options: {}, allows: () => true, verify },
    ...{ withoutToken: (hook) => hook, looksLike: () => undefined, maskProof: (request) => request },
  };
  const accept = async ({ hook, status }: Accepting) => {
    stored.push(hook.source);
    return { hookId: hook.id, status, events: [], muted: 0 };
  };
  const receiver = createReceiver({
    runtime: () => ({ sources: new Map([['alarms', source]]) }) as unknown as Runtime,
    store: { accept } as unknown as Store,
    clock: testClock(),
    newId: testIds(),
    metrics: { hook: () => {}, event: () => {}, muted: () => {} } as never,
    log: silentLog,
    onAccepted: () => {},
  });
  return { receiver, stored };
}

describe('the verdict on a hook', () => {
  test('that is there at once costs no turn: the store has the hook before the caller goes on', async () => {
    const { receiver, stored } = receiverWith(() => ({ ok: true }));
    const received = receiver.receive(arrived);
    expect(stored).toEqual(['alarms']);
    expect(await received).toMatchObject({ status: 'ignored' });
  });

  test('that comes later is waited for, and nothing is stored before', async () => {
    let decide = (_verdict: Verdict): void => {};
    const { receiver, stored } = receiverWith(() => new Promise((resolve) => (decide = resolve)));
    const received = receiver.receive(arrived);
    await new Promise((done) => setImmediate(done));
    expect(stored).toEqual([]);
    decide({ ok: true });
    expect(await received).toMatchObject({ status: 'ignored' });
    expect(stored).toEqual(['alarms']);
  });

  test.each([
    ['bad_signature', undefined],
    ['stale_timestamp', undefined],
    ['busy', 5],
  ] as const)('%s refuses, at once and later', async (code, retryAfterSeconds) => {
    const verdict: Verdict = { ok: false, code, reason: 'because' };
    for (const verify of [() => verdict, () => Promise.resolve(verdict)]) {
      const { receiver, stored } = receiverWith(verify);
      const refusal = await receiver.receive(arrived).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(HookError);
      expect(refusal).toMatchObject({ code, message: 'because', retryAfterSeconds });
      expect(stored).toEqual([]);
    }
  });

  test('hooks that wait for theirs are bounded in number', async () => {
    let decide = (_verdict: Verdict): void => {};
    const verdict = new Promise<Verdict>((resolve) => (decide = resolve));
    const { receiver } = receiverWith(() => verdict);
    const waiting = Array.from({ length: 2_000 }, () => receiver.receive(arrived));
    await expect(receiver.receive(arrived)).rejects.toMatchObject({ code: 'busy' });
    decide({ ok: true });
    await Promise.all(waiting);
    await expect(receiver.receive(arrived)).resolves.toMatchObject({ status: 'ignored' });
  });
});
