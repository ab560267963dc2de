import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { sourceTypes } from '../../src/blueprint.ts';
import { aHook, NOON } from '../builders.ts';
import { faultsOf } from './oracles.ts';
import { composeAll } from './pass-through.ts';

interface RealPayload {
  readonly name: string;
  readonly type: string;
  readonly event: string;
  readonly body: Buffer | object;
}

/** The faults of what would be sent, each with the payload's name, and how many events were looked at. */
function judge(payloads: readonly RealPayload[]): { readonly faults: readonly string[]; readonly events: number } {
  const events = payloads.flatMap(({ name, type, event, body }) => {
    const headers = { 'content-type': 'application/json', 'x-github-event': event };
    const reading = sourceTypes.get(type)?.read(aHook({ source: type, headers, body }), {});
    const read = reading?.kind === 'events' ? reading.events : [];
    return read.map((each, index) => ({
      name,
      event: { ...each, id: 'evt_1', hookId: 'hook_1', index, source: type, type },
    }));
  });
  const faults = events.flatMap(({ name, event }) => {
    const passed = composeAll({ ...event, receivedAt: NOON });
    return [...faultsOf(passed), ...passed.refused, passed.rendered.failure ?? []]
      .flat()
      .map((fault) => `${name}: ${fault}`);
  });
  return { faults, events: events.length };
}

test('GitHub’s own examples make good messages', () => {
  const examples: readonly { readonly name: string; readonly examples: readonly object[] }[] = createRequire(
    import.meta.url,
  )('@octokit/webhooks-examples');
  const { faults, events } = judge(
    examples.flatMap(({ name, examples }) =>
      examples.map((body, at) => ({ name: `${name} ${at}`, type: 'github', event: name, body })),
    ),
  );
  expect(faults).toEqual([]);
  expect(events).toBeGreaterThan(250);
});

const corpora = new URL('../../../shared/corpora/', import.meta.url);
const index = new URL('INDEX.json', corpora);

test.skipIf(!existsSync(index))('real payloads of many senders do (skipped where ../shared is absent)', () => {
  const entries: { file: string; source: string; event: string | null }[] = JSON.parse(readFileSync(index, 'utf8'));
  const { faults, events } = judge(
    entries.map(({ file, source, event }) => ({
      name: file,
      type: sourceTypes.has(source) ? source : 'generic',
      event: event ?? '',
      body: readFileSync(new URL(file, corpora)),
    })),
  );
  expect(faults).toEqual([]);
  expect(events).toBeGreaterThan(300);
});
