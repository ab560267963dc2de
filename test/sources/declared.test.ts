import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Declaration } from '../../src/sources/declared/declaration.ts';
import { declareSource } from '../../src/sources/declared/declare-source.ts';
import { forms } from '../../src/sources/declared/forms/index.ts';
import { declarationSchema } from '../../src/sources/declared/schema.ts';
import { templatesOf } from '../../src/sources/declared/templates-of.ts';
import type { Value } from '../../src/sources/declared/value.ts';
import { valueText } from '../../src/sources/declared/value-text.ts';
import { renderText } from '../../src/templates/text.ts';
import { aHook, NOON } from '../builders.ts';

const shown = (value: Value, payload: unknown) => valueText(value, { view: { payload }, renderText });

const FIRST: Value = { first: 'payload.tags', where: '{{found.0}}', is: 'env', take: '{{found.1}}' };
const SAID: Value = {
  say: 'Paid{{#amount}}: {{amount}}{{/amount}}{{#who}} by {{who}}{{/who}}',
  with: { amount: { money: '{{payload.m}}', currency: 'EUR' }, who: '{{payload.by}}' },
};
const LIST: Value = { list: 'payload.parts', as: '{{found.name}}', most: 2 };

describe('a declared value', () => {
  it.each<[string, Value, unknown, string | undefined]>([
    ['is rendered on one line', 'Order\n{{payload.id}}', { id: 7 }, 'Order 7'],
    ['is nothing when it is empty', '{{payload.id}}', {}, undefined],
    ['is nothing when its sender filled nothing in', '{{payload.a}}', { a: '*alertDuration*' }, undefined],
    ['knows the placeholders of others', '{{payload.a}}', { a: '$NAME' }, undefined],
    ['knows the year 1', '{{payload.a}}', { a: '0001-01-01T00:00:00Z' }, undefined],
    ['is the first that there is', ['{{payload.a}}', '{{payload.b}}', 'last'], { b: 2 }, '2'],
    ['is looked up in any case', { from: '{{payload.s}}', map: { down: 'DOWN!' } }, { s: 'Down' }, 'DOWN!'],
    ['is otherwise', { from: '{{payload.s}}', map: {}, otherwise: 'is {{payload.s}}' }, { s: 'x' }, 'is x'],
    ['is not in the map', { from: '{{payload.s}}', map: { a: 'b' } }, { s: 'constructor' }, undefined],
    ['is a time of seconds', { time: '{{payload.t}}' }, { t: 1763726400 }, '21 Nov, 12:00 UTC'],
    ['is a time of milliseconds', { time: '{{payload.t}}' }, { t: '1763726400000' }, '21 Nov, 12:00 UTC'],
    ['is a time as text', { time: '{{payload.t}}' }, { t: '2025-11-21T12:00:00Z' }, '21 Nov, 12:00 UTC'],
    ['is no time of a number that is none', { time: '{{payload.t}}' }, { t: 0 }, undefined],
    ['is no time in month 19', { time: '{{payload.t}}' }, { t: '2018-19-12T22:20:32.000Z' }, undefined],
    ['is a duration', { duration: '{{payload.d}}', unit: 's' }, { d: 754 }, '12 min 34 s'],
    ['is no duration', { duration: '{{payload.d}}', unit: 's' }, { d: 'long' }, undefined],
    ['is money', { money: '{{payload.m}}', currency: '{{payload.c}}' }, { m: '1234.5', c: 'EUR' }, '€1,234.50'],
    ['is money in cents', { money: '{{payload.m}}', currency: 'usd', minor: true }, { m: 1250 }, '$12.50'],
    ['is no money', { money: '{{payload.m}}', currency: 'USD' }, { m: 'much' }, undefined],
    [
      'is text out of HTML',
      { text: '{{payload.h}}' },
      { h: '<p>Hi <b>you</b></p><ul><li>one</li></ul>' },
      'Hi you\n\n• one',
    ],
    ['is cut', { cut: '{{payload.h}}', to: 7 }, { h: '2141bc0cdec4' }, '2141bc0'],
    [
      'is where an address lives',
      { origin: '{{payload.u}}' },
      { u: 'https://a.example:8443/b?c#d' },
      'https://a.example:8443',
    ],
    ['is the part after', { part: '{{payload.b}}', after: 'origin/' }, { b: 'origin/feat/bell' }, 'feat/bell'],
    ['is the part between', { part: '{{payload.b}}', after: '(', before: ')' }, { b: 'x (y) (z)' }, 'y'],
    ['has no such part', { part: '{{payload.b}}', after: 'origin/' }, { b: 'main' }, undefined],
    ['prints others by their names', SAID, { m: 12.5, by: 'Mona' }, 'Paid: €12.50 by Mona'],
    ['leaves out what has no value', SAID, { m: 'much' }, 'Paid'],
    ['is Markdown of HTML', { markdown: '{{payload.h}}', of: 'html' }, { h: '<p>a <b>b</b><br>*</p>' }, 'a **b**\n\\*'],
    ['is Markdown of what a template left open', { markdown: '{{payload.h}}', of: 'text' }, { h: '$NAME' }, undefined],
    [
      'is Markdown of an Atlassian document',
      { adf: 'payload.d' },
      { d: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: '1. a' }] }] } },
      '1\\. a',
    ],
    ['is there, be it null', { there: 'payload.a.b', take: 'yes' }, { a: { b: null } }, 'yes'],
    ['is not there', { there: 'payload.a.b', take: 'yes' }, { a: {} }, undefined],
    ['is no document', { adf: 'payload.d' }, { d: '<p>' }, undefined],
    ['lives nowhere', { origin: '{{payload.u}}' }, { u: 'mailto:a@b.example' }, undefined],
    [
      'took a while',
      { since: '{{payload.a}}', until: '{{payload.b}}' },
      { a: 1763726400, b: '2025-11-21T12:03:05Z' },
      '3 min 5 s',
    ],
    ['took no time', { since: '{{payload.a}}', until: '{{payload.b}}' }, { a: 1763726400, b: 1763726400 }, undefined],
    ['is found in a list', FIRST, { tags: [['os', 'BSD'], null, ['env', 'prod'], ['env', 'x']] }, 'prod'],
    ['is not in a list', FIRST, { tags: [['os', 'BSD']] }, undefined],
    ['is in no list', FIRST, { tags: { env: 'prod' } }, undefined],
    ['is a list', LIST, { parts: [{ name: 'api' }, {}, { name: 'web' }] }, 'api, web'],
    [
      'is the beginning of a list',
      LIST,
      { parts: [{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'd' }] },
      'a, b and 2 more',
    ],
    ['is an empty list', LIST, { parts: [] }, undefined],
  ])('%s', (_name, value, payload, expected) => {
    expect(shown(value, payload)).toBe(expected);
  });

  it('never throws, and is one line unless it says text', () => {
    const value = fc.letrec<{ value: Value }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<Value>('{{payload.a}}', '{{payload.a.b}} x', '{{#payload}}{{.}}{{/payload}}', '{{broken'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.record({ from: tie('value'), map: fc.dictionary(fc.string(), tie('value'), { maxKeys: 2 }) }),
        fc.record({ time: tie('value') }),
        fc.record({ duration: tie('value'), unit: fc.constantFrom('ms' as const, 's' as const) }),
        fc.record({ money: tie('value'), currency: tie('value') }),
        fc.record({ cut: tie('value'), to: fc.nat(20) }),
        fc.record({ part: tie('value'), after: fc.string(), before: fc.string() }),
        fc.record({ origin: tie('value') }),
        fc.record({
          say: fc.constantFrom('{{a}} {{payload.a}}', '{{#a}}'),
          with: fc.dictionary(fc.string(), tie('value')),
        }),
        fc.record({ since: tie('value'), until: tie('value') }),
        fc.record({ first: fc.constant('payload.a'), where: tie('value'), is: fc.constant('b'), take: tie('value') }),
        fc.record({ list: fc.constant('payload.a'), as: tie('value') }),
      ),
    })).value;
    fc.assert(
      fc.property(value, fc.anything(), (one, a) => {
        const text = shown(one, { a });
        expect(text === undefined || !/[\n\r]/.test(text)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

const ORDERS: Declaration = {
  type: 'orders',
  title: 'Orders',
  docs: 'https://example.com',
  setUp: 'Enter the address.',
  verifier: { scheme: 'bearer' },
  events: { 'order.paid': 'It was paid.', 'order.lost': 'It was lost.' },
  ignores: { 'order.seen': 'Nobody needs to know.' },
  each: 'payload.orders',
  requires: '{{item.id}}',
  event: 'order.{{item.state}}',
  id: '{{item.event}}',
  key: 'order:{{item.id}}',
  state: '{{item.state}}',
  closes: ['paid'],
  severity: { from: '{{item.state}}', map: { lost: 'critical' } },
  titles: { 'order.paid': 'Order {{item.id}} is paid', 'order.lost': 'Order {{item.id}} is lost' },
  url: '{{item.url}}',
  labels: { region: '{{item.region}}' },
  facts: { amount: { money: '{{item.amount}}', currency: 'EUR' } },
  at: '{{item.at}}',
};

const { type: _type, ...ORDERS_FILE } = ORDERS;

describe('the forms of a value', () => {
  it.each(Object.entries(forms))('%s: its example is accepted, and its name leads it', (name, { example }) => {
    expect(declarationSchema.parse({ ...ORDERS_FILE, url: example }).url).toEqual(example);
    expect(Object.keys(example)[0]).toBe(name);
  });

  it('are told apart by one key', () => {
    for (const { example } of Object.values(forms))
      expect(Object.keys(example).filter((key) => Object.hasOwn(forms, key))).toHaveLength(1);
  });

  it('are listed where something is none', () => {
    const result = declarationSchema.safeParse({ ...ORDERS_FILE, url: { href: 'x' } });
    expect(result.error?.issues.map(({ message }) => message)).toEqual([
      'is no value; expected text such as "{{payload.id}}", a list of values, or an object with from (map), say (with), time, duration (unit), since (until), money (currency), text, markdown (of), adf, cut (to), part (after), origin, there (take), first (where, is, take), list (as)',
    ]);
  });

  it('lead to each of their templates', () => {
    const url: Value = {
      from: '1',
      map: { a: { say: '2', with: { b: ['3', { first: 'payload.x', where: '4', is: 'x', take: '5' }] } } },
      otherwise: { part: { cut: '6', to: 1 }, after: 'x' },
    };
    const found = templatesOf({ ...ORDERS_FILE, url }).filter(({ path }) => path[0] === 'url');
    expect(found.map(({ path, template }) => `${template} ${path.join('.')}`)).toEqual([
      '1 url.from',
      '2 url.map.a.say',
      '3 url.map.a.with.b.0',
      '4 url.map.a.with.b.1.where',
      '5 url.map.a.with.b.1.take',
      '6 url.otherwise.part.cut',
    ]);
  });
});

const read = (body: unknown, declaration = ORDERS) => declareSource(declaration, renderText).read(aHook({ body }), {});

describe('a declared source', () => {
  it('makes an event of each element', () => {
    const reading = read({
      orders: [
        { id: 1, state: 'paid', event: 'e1', amount: 5, at: 1763726400, region: 'eu', url: 'https://shop.example/1' },
        { id: 2, state: 'lost', url: 'javascript:alert(1)' },
        { state: 'paid' },
        { id: 3, state: 'seen' },
        'nonsense',
      ],
    });
    expect(reading).toMatchObject({
      kind: 'events',
      events: [
        {
          event: 'order.paid',
          key: 'order:1',
          state: 'paid',
          closes: true,
          severity: 'info',
          title: 'Order 1 is paid',
          url: 'https://shop.example/1',
          labels: { region: 'eu' },
          facts: { amount: '€5.00', emoji: '✅', deliveryId: 'e1' },
          at: new Date('2025-11-21T12:00:00Z'),
        },
        { event: 'order.lost', key: 'order:2', severity: 'critical', facts: { emoji: '🚨' }, at: NOON },
      ],
    });
    if (reading.kind !== 'events') throw new Error('no events');
    expect(reading.events).toHaveLength(2);
    expect(reading.events[1]).not.toHaveProperty('url');
    expect(reading.events[1]).not.toHaveProperty('closes');
  });

  it('leaves out what it ignores, refuses what is none of its documents, and guesses at what is not listed', () => {
    expect(read({ orders: [{ id: 1, state: 'seen' }] })).toEqual({ kind: 'ignored', reason: 'Nobody needs to know.' });
    for (const body of [{}, { orders: [] }, { orders: 7 }, [], 'text', 'null', { orders: [{ state: 'paid' }] }])
      expect(read(body).kind).toBe('unreadable');
    expect(read({ orders: [{ id: 9, state: 'refunded', message: 'Money went back' }] })).toMatchObject({
      events: [{ event: 'order.refunded', unlisted: true, title: expect.stringContaining('Money went back') }],
    });
  });

  it('tells duplicates by the sender’s id', () => {
    const type = declareSource(ORDERS, renderText);
    const hook = aHook({ body: { orders: [{ id: 1, state: 'paid', event: 'e1' }] } });
    const reading = type.read(hook, {});
    const [event] = reading.kind === 'events' ? reading.events : [];
    expect(event && type.dedupeKey(hook, event)).toBe('e1');
  });
});
