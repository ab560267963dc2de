import { describe, expect, test } from 'vitest';
import { sourceTypes } from '../../src/blueprint.ts';
import type { SourceEvent } from '../../src/core/event.ts';
import { aHook, NOON } from '../builders.ts';
import { corpora, hasCorpora, octokitExamples, type RealPayload } from './corpora.ts';
import { linkIn } from './link-in.ts';
import { faultsOf, tagsIn } from './oracles.ts';
import { composeAll } from './pass-through.ts';

/** Payloads that no type can read, with why. */
const UNREADABLE: Readonly<Record<string, string>> = {};

/** Payloads that are left out on purpose: confidential ones, jobs that have only begun, and what another event says too. */
const LEFT_OUT: readonly string[] = [
  'go-gitlab/systemhooks/repository_update.json',
  'go-gitlab/webhooks/build.json',
  'go-playground-webhooks/bitbucket/repo-commit-status-created.json',
  'go-playground-webhooks/github/check-run.json',
  'go-playground-webhooks/github/check-suite.json',
  'go-playground-webhooks/github/watch.json',
  'go-playground-webhooks/gitlab/build-event.json',
  'go-playground-webhooks/gitlab/confidential-comment-event.json',
  'go-playground-webhooks/gitlab/confidential-issue-event.json',
  'go-playground-webhooks/gitlab/job-event.json',
  'go-scm/github/release_created.json',
];

/** Senders of whose events Bellhop knows every one that real payloads bring. */
const ALL_LISTED: ReadonlySet<string> = new Set([
  'azuredevops',
  'bitbucket',
  'bitbucket-server',
  'dockerhub',
  'gitea',
  'gogs',
]);

/** What no title may show: a missing value, an object, or a piece that came out empty. */
const BROKEN_TITLE = /undefined|\[object|NaN|\(\)|\(,|, ?\)|: ?$|^:|^\s|\s$| {2}|: : |[#!](?!\d)[ ,:)]/;

describe.skipIf(!hasCorpora)('real payloads (skipped where ../shared is absent)', () => {
  const bySender = hasCorpora ? corpora() : new Map<string, readonly RealPayload[]>();

  test.each([...bySender])('of %s are read and make good messages', (sender, payloads) => {
    const { leftOut, unlisted } = judge(sender, payloads);
    expect(leftOut).toEqual(LEFT_OUT.filter((name) => payloads.some((payload) => payload.name === name)));
    if (ALL_LISTED.has(sender)) expect(unlisted).toEqual([]);
  });

  test('are of ten senders or more, and some hundreds', () => {
    expect(bySender.size).toBeGreaterThanOrEqual(10);
    expect([...bySender.values()].flat().length).toBeGreaterThan(500);
  });
});

test('GitHub’s own examples are read and make good messages', () => {
  const { events, leftOut } = judge('octokit’s GitHub', octokitExamples());
  expect(events).toBeGreaterThan(300);
  expect(leftOut.length).toBeLessThan(15);
});

interface Judged {
  readonly events: number;
  readonly leftOut: readonly string[];
  /** Those that go out by the default template. */
  readonly unlisted: readonly string[];
}

/** Looks at every payload of a sender and prints how many there were; what is wrong with one fails the test. */
function judge(sender: string, payloads: readonly RealPayload[]): Judged {
  const readings = payloads.map((payload) => ({ payload, reading: readingOf(payload) }));
  const events = readings.flatMap(({ payload, reading }) =>
    reading.kind === 'events' ? reading.events.map((event) => ({ payload, event })) : [],
  );
  const unreadable = readings.flatMap(({ payload: { name }, reading }) =>
    reading.kind === 'unreadable' ? [[name, reading.reason]] : [],
  );
  const leftOut = readings.flatMap(({ payload, reading }) => (reading.kind === 'ignored' ? [payload.name] : []));
  const unlisted = events.flatMap(({ event }) => (event.unlisted === true ? [event.event] : []));
  console.log(
    `${sender} (${payloads[0]?.type}): ${payloads.length} payloads, ${events.length} events (${unlisted.length} by the default template), ${leftOut.length} left out, ${unreadable.length} unreadable`,
  );
  expect(unreadable).toEqual(
    Object.entries(UNREADABLE).filter(([name]) => payloads.some((payload) => payload.name === name)),
  );
  expect(events.flatMap(({ payload, event }) => faultsIn(payload, event))).toEqual([]);
  return { events: events.length, leftOut, unlisted };
}

function readingOf({ type, headers, body }: RealPayload) {
  const reading = sourceTypes.get(type)?.read(aHook({ source: type, headers, body }), {});
  if (reading === undefined) throw new Error(`there is no type ${type}`);
  return reading;
}

function faultsIn({ name, type }: RealPayload, event: SourceEvent): readonly string[] {
  const link = linkIn(event.payload);
  const passed = composeAll({
    ...event,
    id: 'evt_1',
    hookId: 'hook_1',
    index: 0,
    source: type,
    type,
    receivedAt: NOON,
  });
  const faults = [
    ...(BROKEN_TITLE.test(event.title) || event.title.length < 5 ? [`the title is "${event.title}"`] : []),
    ...(event.url === undefined && link !== undefined ? [`there is no link, and the payload has ${link}`] : []),
    ...faultsOf(passed),
    ...tagsIn(passed),
    ...passed.refused,
    ...(passed.rendered.failure === undefined ? [] : [passed.rendered.failure]),
  ];
  return faults.map((fault) => `${name}: ${fault}`);
}
