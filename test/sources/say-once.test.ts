import { expect, test } from 'vitest';
import { guessEvent } from '../../src/sources/guess.ts';
import { sayOnce } from '../../src/sources/say-once.ts';
import { aHook, NOON } from '../builders.ts';

const guess = (payload: unknown) => sayOnce(guessEvent(payload, aHook({ source: 'shop', at: NOON })));
const shown = (payload: unknown) => {
  const { stateText, details } = guess(payload).facts;
  return { stateText, details };
};

test('what the title says is not said again', () => {
  expect(shown({ title: 'Deploy of api failed', status: 'failed', application: 'api', actor: 'mona' })).toEqual({
    stateText: undefined,
    details: [{ name: 'Actor', value: 'mona' }],
  });
  expect(shown({ title: 'Deploy of api', status: 'failed' }).stateText).toBe('failed');
});

test('one and two characters stand in a title by chance', () => {
  expect(shown({ title: 'Disk 3 of 40 is full', disk: 3 }).details).toEqual([{ name: 'Disk', value: '3' }]);
});

test('five details at most, and a machine’s time as people write it', () => {
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`key${at}`, `value ${at}`]));
  expect(shown({ title: 'x y', ...many }).details).toHaveLength(5);
  expect(
    shown({ title: 'Backup', started: '2026-11-20T12:20:00+01:00', expires: '2031-01-02T00:00:00Z' }).details,
  ).toEqual([
    { name: 'Started', value: '20 Nov, 11:20 UTC' },
    { name: 'Expires', value: '2 Jan 2031' },
  ]);
});

test.each([
  [{ event: 'backup.failed', title: 'Backup of db-1' }, 'error', '🔴'],
  [{ title: '[Shop] [🔴 Down] refused' }, 'error', '🔴'],
  [{ title: 'Queue', status: 'degraded' }, 'warning', '🟡'],
  [{ title: 'Backup', status: 'ok' }, 'info', '✅'],
  [{ title: 'Backup', status: 'ok', severity: 'critical' }, 'critical', '🚨'],
  [{ event: 'landing.page', title: 'A page was landed on' }, 'info', '🔵'],
])('%j is %s and looks like %s', (payload, severity, emoji) => {
  const event = guess(payload);
  expect([event.severity, event.facts.emoji]).toEqual([severity, emoji]);
});

test('a long text is cut by its lines', () => {
  const { lines } = guess({ text: ['First', ...Array.from({ length: 40 }, (_, at) => `line ${at}`)].join('\n') }).facts;
  expect(lines).toHaveLength(11);
  expect((lines as readonly string[]).at(-1)).toBe('…');
});

test('no secret, no address of a machine, no long hash among the details', () => {
  const { details } = guess({
    title: 'Pushed',
    sign: 'kBmUwLrajnSpjC4u',
    hook: { access_token: 'abc', url: 'https://ci.example.com/hook' },
    avatar: 'https://example.com/a.png',
    delivery: '2ab4e3d3-b7a6-425e-92b1-5a9982c1269e',
    after: 'bb0748feaa336d841c251017e4e374c22d0c8a98',
    ok: true,
    by: 'mona',
  }).facts;
  expect(details).toEqual([
    { name: 'After', value: 'bb0748f' },
    { name: 'By', value: 'mona' },
  ]);
});

test('a title within the document takes its event along, and a person’s name and page are none of it', () => {
  const event = guess({
    eventKey: 'pr:comment:added',
    actor: { name: 'mona', url: 'https://example.com/users/mona', state: 'failed' },
    pullRequest: {
      title: 'Add a bell',
      url: 'https://api.example.com/pulls/2',
      html_url: 'https://example.com/pulls/2',
    },
  });
  expect([event.event, event.title, event.url, event.severity]).toEqual([
    'pr:comment:added',
    'pr:comment:added: Add a bell',
    'https://example.com/pulls/2',
    'info',
  ]);
  expect(event.facts.eventText).toBeUndefined();
});

test('the event may stand in a header of the sender’s own name', () => {
  const hook = aHook({ source: 'git', headers: { 'content-type': 'application/json', 'x-gitea-event': 'create' } });
  expect(guessEvent({ repository: { name: 'api' } }, hook)).toMatchObject({ event: 'create', title: 'create: api' });
});
