import { expect, test } from 'vitest';
import { plainMessage } from '../../src/templates/plain.ts';
import { anEvent, NOON } from '../builders.ts';
import { paragraph, text } from './rendering.ts';

test('the plain form is short literal text', () => {
  const event = anEvent({
    title: '**T**\n<!channel>',
    url: 'https://example.com/1',
    severity: 'critical',
    state: 'firing',
    labels: { repo: 'acme/api', tags: ['a', 'b'], empty: '', long: 'x'.repeat(500), d: '4', e: '5' },
    facts: { summary: 'What\nhappened' },
  });
  expect(plainMessage(event, 'A note.')).toEqual({
    title: '**T** <!channel>',
    emoji: '🚨',
    url: 'https://example.com/1',
    tone: 'critical',
    body: [paragraph('What happened')],
    fields: [
      { name: 'Severity', value: [text('critical')] },
      { name: 'State', value: [text('firing')] },
      { name: 'Repo', value: [text('acme/api')] },
      { name: 'Tags', value: [text('a, b')] },
      { name: 'Long', value: [text(`${'x'.repeat(99)}…`)] },
      { name: 'D', value: [text('4')] },
    ],
    buttons: [],
    context: [text('github · pull_request.opened')],
    mentions: [],
    actions: [],
    notes: ['A note.'],
    at: NOON,
    about: {
      eventId: 'evt_1',
      source: 'github',
      event: 'pull_request.opened',
      severity: 'critical',
      state: 'firing',
      labels: event.labels,
    },
  });
});

test('an event without words is called by its name, and a bad address is left out', () => {
  const message = plainMessage(anEvent({ title: ' \n', url: 'javascript:x' }));
  expect(message.title).toBe('pull_request.opened');
  expect(message.url).toBeUndefined();
});
