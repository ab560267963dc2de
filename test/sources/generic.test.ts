import { describe, expect, test } from 'vitest';
import type { GenericMap } from '../../src/core/config.ts';
import type { SourceEvent } from '../../src/core/event.ts';
import { toEventName } from '../../src/sources/event-name.ts';
import { createGeneric } from '../../src/sources/generic/source.ts';
import { oneLine } from '../../src/sources/one-line.ts';
import { aHook } from '../builders.ts';
import { sampleHooks, sourceTypes } from './sample-hooks.ts';

const generic = sourceTypes.get('generic');

function readAll(hook: Parameters<typeof aHook>[0], map?: Partial<GenericMap>): readonly SourceEvent[] {
  const options = map === undefined ? {} : { map: { labels: {}, ...map } };
  const reading = generic?.read(aHook({ source: 'shop', ...hook }), options);
  if (reading?.kind !== 'events') throw new Error(JSON.stringify(reading));
  return reading.events;
}

function readOne(body: unknown, map?: Partial<GenericMap>): SourceEvent {
  const [event] = readAll({ body }, map);
  if (event === undefined) throw new Error('none');
  return event;
}

describe('without a map', () => {
  test.each([
    [
      'deploy.json',
      {
        title: 'Deploy of api to production failed',
        severity: 'error',
        state: 'failed',
        url: 'https://deploy.example.com/api/311',
      },
    ],
    ['monitor~uptime-kuma.json', { title: '[Shop] [🔴 Down] connect ECONNREFUSED 192.0.2.7:443' }],
    [
      'hook~jenkins-xml.json',
      { title: 'generic: api-nightly (failure)', severity: 'error', url: 'https://ci.example.com/job/api-nightly/18/' },
    ],
    ['hook~text.json', { title: 'Disk usage on files-1 is at 91 %' }],
    ['com.example.invoice.created.json', { title: 'Invoice 2026-118 for Example GmbH' }],
    ['backup.failed~severity.json', { severity: 'critical', labels: { host: 'db-1' } }],
    ['hook~get.json', { title: 'Nightly import done', state: 'ok', severity: 'info' }],
  ])('%s', (file, expected) => {
    const sample = sampleHooks('generic').find((one) => one.file === file);
    const reading = sample && generic?.read(sample.hook, {});
    expect(reading?.kind === 'events' && reading.events[0]).toMatchObject(expected);
  });

  test('the title is the first line, the rest is text', () => {
    const { title, facts } = readOne({ text: 'First\r\nsecond\nthird' });
    expect([title, facts.text]).toEqual(['First', 'second\nthird']);
  });

  test('a long title is cut, and the whole is text', () => {
    const { title, facts } = readOne({ message: 'x'.repeat(10_000_000 / 20) });
    expect(title).toBe(`${'x'.repeat(149)}…`);
    expect(String(facts.text)).toHaveLength(4_000);
  });

  test('the shallow name wins over the deep one, and a placeholder is no title', () => {
    expect(readOne({ deep: { deeper: { title: 'no' } }, summary: 'yes' }).title).toBe('yes');
    expect(readOne({ title: '$TITLE', subject: '*alertName*', message: 'real' }).title).toBe('real');
  });

  test('no key, and no id from the body: two updates of one order are two events', () => {
    const event = readOne({ id: 7, event: 'order.updated', title: 'Order 7' });
    expect(event.key).toBeUndefined();
    expect(generic?.dedupeKey(aHook(), event)).toBeUndefined();
  });

  test('an id from a header tells duplicates', () => {
    const [event] = readAll({
      headers: { 'content-type': 'application/json', 'idempotency-key': 'abc' },
      body: { text: 'x' },
    });
    expect(event && generic?.dedupeKey(aHook(), event)).toBe('abc');
  });

  test.each([
    ['{}', 'shop: a hook without a title'],
    ['42', 'shop: 42'],
    ['true', 'shop: true'],
    ['[1,2]', 'shop: 2 items'],
    ['"Hi"', 'shop: Hi'],
  ])('%s still has a title: %s', (body, title) => {
    expect(readOne(body).title).toBe(title);
  });

  test.each(['null', '""'])('%s holds nothing', (body) => {
    expect(generic?.read(aHook({ body }), {}).kind).toBe('unreadable');
  });
});

describe('lists', () => {
  test('a list of objects is one event each, with ids of their own', () => {
    const events = readAll({
      headers: { 'content-type': 'application/json', 'webhook-id': 'm1' },
      body: [{ title: 'one' }, { title: 'two' }],
    });
    expect(events.map(({ title, facts }) => [title, facts.id])).toEqual([
      ['one', 'm1'],
      ['two', 'm1#1'],
    ]);
  });

  test('a very long one is one event; an empty one is none', () => {
    expect(readAll({ body: Array.from({ length: 51 }, () => ({ a: 1 })) })).toHaveLength(1);
    expect(generic?.read(aHook({ body: '[]' }), {}).kind).toBe('ignored');
  });
});

describe('with a map', () => {
  const map: GenericMap = {
    id: '{{payload.id}}',
    event: 'order.{{payload.type}}',
    title: 'Order {{payload.order.id}} is {{payload.status}}',
    key: 'order:{{payload.order.id}}',
    severity: '{{payload.level}}',
    state: '{{payload.status}}',
    url: '{{payload.order.url}}',
    labels: { region: '{{headers.x-region}}', shop: '{{query.shop}}', nothing: '{{payload.nothing}}' },
  };
  const body = {
    id: 9,
    type: 'paid',
    level: 'high',
    status: 'completed',
    order: { id: 7, url: 'https://shop.example.com/7' },
  };
  const hook = { headers: { 'content-type': 'application/json', 'x-region': 'eu' }, query: { shop: 'acme' }, body };

  test('says what everything is', () => {
    const [event] = readAll(hook, map);
    expect(event).toMatchObject({
      event: 'order.paid',
      key: 'order:7',
      state: 'completed',
      closes: true,
      severity: 'error',
      title: 'Order 7 is completed',
      url: 'https://shop.example.com/7',
    });
    expect(event?.labels).toEqual({ region: 'eu', shop: 'acme' });
    expect(event && generic?.dedupeKey(aHook(), event)).toBe('9');
  });

  test('what renders empty stays as it was guessed, and a severity nobody knows is info', () => {
    const event = readOne(
      { title: 'Guessed', status: 'open', url: 'https://example.com/' },
      { ...map, title: '{{payload.no}}', url: '{{payload.no}}', severity: 'purple', event: '' },
    );
    expect(event).toMatchObject({ title: 'Guessed', url: 'https://example.com/', severity: 'info', event: 'hook' });
  });

  test('text stays text: no markup is escaped, no line breaks out of a title, no script becomes a link', () => {
    const event = readOne(
      { a: 'x & <y>\n**z**', url: 'javascript:alert(1)' },
      { title: '{{payload.a}}', url: '{{payload.url}}', event: '../{{payload.a}}' },
    );
    expect(event.title).toBe('x & <y> **z**');
    expect(event.url).toBeUndefined();
    expect(event.event).toBe('x_y_z');
  });

  test('a template that fails is an empty value', () => {
    const failing = createGeneric(() => {
      throw new Error('unclosed section');
    });
    const reading = failing.read(aHook({ body: { title: 'Still here' } }), { map });
    expect(reading.kind === 'events' && reading.events[0]?.title).toBe('Still here');
  });
});

test.each([
  ['Order Created!', 'Order_Created'],
  ['../../etc/passwd', 'etc_passwd'],
  ['a..b', 'a.b'],
  ['com.example:x-y', 'com.example:x-y'],
  ['', undefined],
  ['…', undefined],
  [undefined, undefined],
  ['x'.repeat(500), 'x'.repeat(80)],
])('the event name of %j is %j', (written, name) => {
  expect(toEventName(written)).toBe(name);
});

test.each([
  [' a \n\t b ', 'a b'],
  ['a\u202eb\u0000c', 'ab c'],
  ['🛎️🛎️', '🛎️🛎️'],
  ['\ud83d', ''],
  ['é'.repeat(200), `${'é'.repeat(149)}…`],
])('%j on one line is %j', (text, line) => {
  expect(oneLine(text)).toBe(line);
});
