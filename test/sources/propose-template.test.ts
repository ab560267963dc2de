import { expect, test } from 'vitest';
import type { HookEvent } from '../../src/core/event.ts';
import { guessEvent } from '../../src/sources/guess.ts';
import { proposeMap } from '../../src/sources/propose-map.ts';
import { proposeTemplate } from '../../src/sources/propose-template.ts';
import { sayOnce } from '../../src/sources/say-once.ts';
import { aHook, NOON } from '../builders.ts';

const eventOf = (payload: unknown): HookEvent => ({
  ...sayOnce(guessEvent(payload, aHook({ source: 'shop', at: NOON }))),
  ...{ id: 'evt_1', hookId: 'hook_1', index: 0, source: 'shop', type: 'generic', receivedAt: NOON },
});
const ORDER = {
  event: 'order.failed',
  order: {
    name: 'Bells for the lobby',
    state: 'failed',
    paidAt: '2026-11-21T11:59:00Z',
    total: '12.50 EUR',
    'ship to': 'Mona Lisa',
    'gift.note': 'Ring it',
    apiToken: 'abc',
    error: 'The card was refused',
    link: 'https://shop.example.com/orders/7',
  },
};

test('a template says what its event says, by the paths of the payload', () => {
  expect(proposeTemplate(eventOf(ORDER))).toEqual({
    file: 'generic/order.failed.mustache',
    text: `---
title: "order.failed: {{payload.order.name}}"
emoji: "{{facts.emoji}}"
tone: "{{facts.tone}}"
url: "{{payload.order.link}}"
fields:
  Total: "{{payload.order.total}}"
buttons:
  Open: "{{payload.order.link}}"
context: "{{source}}"
---
{{payload.order.error}}
`,
  });
});

test.each<[unknown, string]>([
  [{ title: 'Disk is full', status: 'open' }, 'title: "{{payload.title}}"'],
  [{ job: 'Nightly', state: 'failed' }, 'title: "{{source}}: {{payload.job}}{{#state}} ({{state}}){{/state}}"'],
  [{ 'the title': 'Disk is full' }, 'title: "{{title}}"'],
  [{ title: 'Cart &amp; <b>till</b> are down' }, 'title: "{{title}}"'],
  [{ title: 'Braces }} of {{payload}} are down' }, 'title: "{{title}}"'],
  [{ text: 'Disk is full\nsince noon' }, 'title: "{{title}}"'],
  ['just words', 'title: "{{title}}"'],
  [{ title: 'A "quoted" one \\ here' }, 'title: "{{payload.title}}"'],
])('%j has the line %s', (payload, line) => expect(proposeTemplate(eventOf(payload)).text.split('\n')).toContain(line));

test.each<[unknown, string]>([
  [{ title: 'Disk is full', description: 'On db-1' }, '{{payload.description}}'],
  [{ title: 'Disk is full', description: '<p>On db-1</p>' }, '{{{payload.description}}}'],
  [{ title: 'Disk is full', description: 'On db-1\nsince noon' }, '{{#facts.lines}}\n{{.}}\n\n{{/facts.lines}}'],
  [{ title: 'Disk is full' }, ''],
])('%j has the body %s', (payload, body) =>
  expect(proposeTemplate(eventOf(payload)).text.split('---\n')[2]?.trim()).toBe(body),
);

test('an event without a name goes by its source’s, and the map gives it that', () => {
  const event = eventOf({ alert_subject: 'Disk is full', host: 'db-1', severity: 'High', id: 'a7' });
  expect(proposeTemplate(event).file).toBe('generic/shop.mustache');
  expect(proposeMap(event)).toEqual({
    event: 'shop',
    title: '{{payload.alert_subject}}',
    severity: '{{payload.severity}}',
    labels: { host: '{{payload.host}}' },
  });
});

test('a map has the delivery’s id and the thing’s key, and no id that would drop the thing’s next event', () => {
  expect(proposeMap(eventOf({ ...ORDER, event_id: 'e1', order: { ...ORDER.order, id: 7 } }))).toMatchObject({
    event: '{{payload.event}}',
    id: '{{payload.event_id}}',
    key: 'order:{{payload.order.id}}',
    state: '{{payload.order.state}}',
  });
  expect(proposeMap(eventOf({ ...ORDER, order: { ...ORDER.order, id: 7 } })).id).toBeUndefined();
});
