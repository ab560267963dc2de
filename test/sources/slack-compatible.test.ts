import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceEvent } from '../../src/core/event.ts';
import { moodOfColor } from '../../src/sources/slack-compatible/mood.ts';
import { slackCompatible } from '../../src/sources/slack-compatible/source.ts';
import { aHook } from '../builders.ts';

const reading = (body: unknown) =>
  slackCompatible.read(aHook({ headers: { 'content-type': 'application/json' }, body }), {});

function read(body: unknown): SourceEvent {
  const found = reading(body);
  const [event] = found.kind === 'events' ? found.events : [];
  if (event === undefined) throw new Error(`it read to ${JSON.stringify(found)}`);
  return event;
}

describe('the title', () => {
  it.each([
    [
      'the header',
      { text: 'for phones', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Down' } }] },
      'Down',
    ],
    ['the first line of the text', { text: '\n*Down* since noon\nmore' }, 'Down since noon'],
    ['the title of an attachment', { attachments: [{ pretext: 'Look', title: 'Down' }] }, 'Down'],
    ['the fallback', { attachments: [{ fallback: 'Down', text: 'a long story' }] }, 'Down'],
    ['the first section', { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*Down*\nmore' } }] }, 'Down'],
    ['a picture, where there is no word', { text: '\n🎉' }, '🎉'],
    ['without a call', { text: '<!channel>: :fire: down' }, 'down'],
    [
      'never empty',
      { text: 'Down', blocks: [{ type: 'header', text: { type: 'plain_text', text: ' \u0000\u200b' } }] },
      'Down',
    ],
    ['of one emoji', { text: ':fire: ok', icon_emoji: ':bell:' }, 'ok'],
  ])('is %s', (_name, body, title) => {
    expect(read(body).title).toBe(title);
  });
});

it('says in its body what the title does not say', () => {
  expect(read({ text: 'Down\nsince noon' }).facts.body).toBe('since noon');
  expect(read({ text: 'Down' }).facts.body).toBe('');
});

it('takes the colour before the emoji, and the worst colour of several', () => {
  expect(read({ text: ':white_check_mark: x', attachments: [{ color: 'good' }, { color: '#ff0000' }] }).state).toBe(
    'error',
  );
  expect(read({ text: ':fire: x', attachments: [{ color: 'good' }] }).severity).toBe('info');
  expect(read({ text: ':warning: x' }).severity).toBe('warning');
});

it.each([
  ['danger', 'bad'],
  ['#D00000', 'bad'],
  ['E01E5A', 'bad'],
  ['#daa038', 'warning'],
  ['#ffff00', 'warning'],
  ['#2eb886', 'good'],
  ['#36a64f', 'good'],
  ['#439FE0', undefined],
  ['#cccccc', undefined],
  ['#000000', undefined],
  ['red-ish', undefined],
  [undefined, undefined],
])('calls %s %s', (color, mood) => {
  expect(moodOfColor(color)).toBe(mood);
});

it('keeps the channel as a label', () => {
  expect(read({ text: 'x', channel: '#ops', username: 'cron' }).labels).toEqual({ channel: 'ops', sender: 'cron' });
});

it.each([[{}], [{ text: '' }], [{ blocks: [{ type: 'divider' }] }], [[1, 2]], ['text']])(
  'finds nothing in %j',
  (body) => {
    expect(reading(body).kind).toBe('unreadable');
  },
);

it('never throws, whatever stands where', () => {
  const anything = fc.anything({ maxDepth: 3 });
  const block = fc.record({
    type: fc.constantFrom('rich_text', 'context', 'table', 'actions'),
    elements: anything,
    rows: anything,
  });
  fc.assert(
    fc.property(fc.record({ text: anything, blocks: fc.array(block), attachments: fc.array(anything) }), (body) => {
      let json: string | undefined;
      try {
        json = JSON.stringify(body);
      } catch {
        return;
      }
      expect(['events', 'unreadable']).toContain(reading(JSON.parse(json)).kind);
    }),
    { numRuns: 300 },
  );
});
