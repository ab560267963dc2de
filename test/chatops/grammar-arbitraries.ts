import fc from 'fast-check';
import type { ChannelWord, Command, EndWord, MuteTarget, WhyAbout } from '../../src/chatops/command.ts';
import { LIST_TOPICS } from '../../src/chatops/command.ts';
import { CLAUSES, COMMANDS } from '../../src/chatops/grammar/keywords.ts';
import { reasonOf } from '../../src/chatops/tokens.ts';
import { SEVERITIES } from '../../src/core/severity.ts';

/** Text as people and machines write it: letters of all scripts, emoji, quotes, dashes, halves of characters. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom(...` "'“”„‘’«»\`\\-–—!:,#<>|/=*?@abz12\u00a0\u200b\u0000\n\ud83d`),
    maxLength: 20,
  }),
);

/** What a name can hold after reading: no controls, plain spaces, something to see. */
const name = fc
  .oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom('github', 'pull_request.*', 'chat-4', 'for', 'This', '#3', '12', 'evt_1', 'here'),
    },
    { weight: 2, arbitrary: anyText },
  )
  .map((text) => readable(text))
  .filter((text) => text.trim() !== '');

const readable = (text: string): string =>
  [...text]
    .map((char) => (/\s/.test(char) ? ' ' : char))
    .filter((char) => !/[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u.test(char))
    .join('');

const source = name.map((text) => text.replaceAll(':', '')).filter((text) => text.trim() !== '');
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const id = (prefix: string) => fc.stringMatching(/^[0-9a-z_-]{1,24}$/).map((rest) => `${prefix}_${rest}`);

const key = fc
  .oneof(
    fc.constantFrom('repo', 'author', 'env', 'source', 'event', 'state', '1', '__x', 'constructor'),
    fc.stringMatching(/^[A-Za-zäж_][\wñ./-]{0,8}$/),
  )
  .filter(
    (text) =>
      !/^(?:payload|headers|query)(?:\.|$)|^__proto__$|^severity$|^(?:source|type|event|state)$/i.test(text) ||
      ['source', 'event', 'state'].includes(text),
  )
  .filter((text) => !CLAUSES.some((clause) => clause === text.toLowerCase()));

const sign = fc.constantFrom('', '!');
const value = fc
  .tuple(sign, name)
  .filter(([negated, text]) => negated === '!' || !text.startsWith('!'))
  .map(([negated, text]) => negated + text);
const values = fc.uniqueArray(value, { minLength: 1, maxLength: 3 });
const severities = fc.uniqueArray(
  fc.tuple(sign, fc.constantFrom(...SEVERITIES, 'w*')).map((parts) => parts.join('')),
  { minLength: 1, maxLength: 2 },
);

const someWhere = fc
  .tuple(fc.uniqueArray(fc.tuple(key, values), { maxLength: 3, selector: ([one]) => one }), optional(severities))
  .map(([entries, severity]) =>
    Object.fromEntries(severity === undefined ? entries : [...entries, ['severity', severity]]),
  );

const ms = fc.oneof(
  fc.constantFrom(1, 1_000, 90 * 60_000, 3_600_000, 7 * 86_400_000, 3650 * 86_400_000),
  fc.integer({ min: 1, max: 3650 * 86_400_000 }),
);
const two = (max: number) => fc.integer({ min: 0, max }).map((number) => String(number).padStart(2, '0'));
const time = fc.tuple(two(23), two(59)).map((parts) => parts.join(':'));
const date = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const zone = fc.constantFrom('Europe/Berlin', 'america/new_york', 'UTC', 'UTC+2', '-03:30', 'Etc/GMT+5', 'CET');

const end: fc.Arbitrary<EndWord> = fc.oneof(
  ms.map((length) => ({ kind: 'for' as const, ms: length })),
  fc.record(
    { kind: fc.constant('clock' as const), time, zone },
    { requiredKeys: ['kind', 'time'], noNullPrototype: true },
  ),
  fc.record(
    { kind: fc.constant('date' as const), date, time, zone },
    { requiredKeys: ['kind', 'date'], noNullPrototype: true },
  ),
  fc.constantFrom({ kind: 'resolved' as const }, { kind: 'forever' as const }),
);

const channel: fc.Arbitrary<ChannelWord> = fc.oneof(
  fc.constant({ kind: 'here' as const }),
  name.map((text) => ({ kind: 'name' as const, name: text })),
  fc.stringMatching(/^[\w:.@-]{1,20}$/).map((text) => ({ kind: 'id' as const, id: text })),
);

const target: fc.Arbitrary<MuteTarget> = fc.oneof(
  fc.record(
    { kind: fc.constant('source' as const), source, event: name },
    { requiredKeys: ['kind', 'source'], noNullPrototype: true },
  ),
  name.map((text) => ({ kind: 'route' as const, route: text })),
  name.map((text) => ({ kind: 'key' as const, key: text })),
  fc.constant({ kind: 'this' as const }),
  id('evt').map((text) => ({ kind: 'event' as const, id: text })),
);

const because = anyText.map((text) => reasonOf(text)).filter((text) => text !== undefined);

const about: fc.Arbitrary<WhyAbout> = fc.oneof(
  fc.constant({ kind: 'this' as const }),
  fc.oneof(id('evt'), id('dlv')).map((text) => ({ kind: 'id' as const, id: text })),
  fc.webUrl({ withFragments: true, withQueryParameters: true }).map((link) => ({ kind: 'link' as const, link })),
  fc
    .record(
      { kind: fc.constant('match' as const), source, event: name, where: someWhere },
      { requiredKeys: ['kind', 'source', 'where'], noNullPrototype: true },
    )
    .filter((match) => !/^https?$/i.test(match.source)),
);

const number = fc.integer({ min: 1, max: 999_999_999 }).map((one) => ({ number: one }));

/** Every sort of command that can be typed. */
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.record(
    { name: fc.constant('help' as const), topic: fc.constantFrom(...COMMANDS) },
    { requiredKeys: ['name'], noNullPrototype: true },
  ),
  fc.record(
    { name: fc.constant('list' as const), what: fc.constantFrom(...LIST_TOPICS) },
    { requiredKeys: ['name'], noNullPrototype: true },
  ),
  fc.constantFrom<Command>({ name: 'status' }, { name: 'export' }),
  {
    weight: 6,
    arbitrary: fc
      .record(
        {
          name: fc.constant('mute' as const),
          target,
          where: someWhere,
          end,
          in: channel,
          everywhere: fc.boolean(),
          because,
        },
        { requiredKeys: ['name', 'where', 'everywhere'], noNullPrototype: true },
      )
      .filter((mute) => mute.target !== undefined || Object.keys(mute.where).length > 0)
      .filter((mute) => !(mute.everywhere && mute.in !== undefined)),
  },
  fc
    .oneof(
      number,
      id('mute').map((one) => ({ id: one })),
      fc.constant('all' as const),
    )
    .map((which) => ({ name: 'unmute' as const, which })),
  {
    weight: 4,
    arbitrary: fc.record(
      {
        name: fc.constant('route' as const),
        source,
        event: name,
        where: someWhere,
        to: channel,
        mode: fc.constantFrom('copy' as const, 'move' as const),
        forMs: ms,
        because,
      },
      { requiredKeys: ['name', 'source', 'where', 'to', 'mode'], noNullPrototype: true },
    ),
  },
  fc.oneof(number, name).map((which) => ({ name: 'unroute' as const, which })),
  { weight: 2, arbitrary: about.map((one) => ({ name: 'why' as const, about: one })) },
  fc.record(
    { name: fc.constant('recent' as const), count: fc.integer({ min: 1, max: 20 }), source: name },
    { requiredKeys: ['name'], noNullPrototype: true },
  ),
  fc.record(
    { name: fc.constant('replay' as const), event: id('evt'), to: channel, now: fc.constant(true) },
    { requiredKeys: ['name', 'event'], noNullPrototype: true },
  ),
  fc.record(
    {
      name: fc.constant('test' as const),
      type: name.map((text) => text.replaceAll('/', '')).filter((text) => text.trim() !== ''),
      sample: name,
      to: channel,
    },
    { requiredKeys: ['name', 'type'], noNullPrototype: true },
  ),
  id('evt').map((event) => ({ name: 'acknowledge' as const, event })),
  id('mute').map((mute) => ({ name: 'post' as const, mute })),
);

const OF_MUTE = [
  'where repo:acme/api author:–bot',
  "where title:“a b”,'c'",
  'for 2 hours',
  'FOR 1h30m',
  'until 09:00 Europe/Berlin',
  'until 2099-01-01',
  'until resolved',
  'forever',
  'in #ops',
  'in <#C0123|ops>',
  'everywhere',
];
const OF_ROUTE = ['where env:prod', 'for 1d', 'to here', 'to #war-room', 'copy'];

/** How commands begin, each with what may follow it. */
const BEGINNINGS: readonly (readonly [head: string, tails: readonly string[]])[] = [
  ['mute github', OF_MUTE],
  ['mute where env:dev', OF_MUTE],
  ['Mute github:pull_request.*', OF_MUTE],
  ['mute key pr:acme/api#12', OF_MUTE],
  ['mute route prod-alerts', OF_MUTE],
  ['mute this', OF_MUTE],
  ['route alerts to ops', OF_ROUTE],
  ['route move alerts', OF_ROUTE],
  ['unmute #3', []],
  ['why github push', ['repo:acme/api', 'where env:prod']],
  ['recent 5', ['github']],
  ['replay evt_1', ['to here', 'now']],
  ['test github/push', ['to ops']],
  ['list', ['mutes']],
];
const ENDINGS = ['', '', '', 'because it’s "late'];
const STRANGERS = ['where', 'for', 'until', '"', ':', '-', 'x', '2h', 'repo:', '<#', '—', 'everywere', '\u200b', ','];

/** The grammar's own words in an order of chance; most of it can be read. */
export const wordSoup = fc
  .constantFrom(...BEGINNINGS)
  .chain(([head, tails]) =>
    fc.tuple(
      fc.constant([head]),
      fc.shuffledSubarray([...tails], { maxLength: Math.min(2, tails.length) }),
      fc.oneof(
        { weight: 5, arbitrary: fc.constant([]) },
        fc.array(fc.constantFrom(...STRANGERS), { minLength: 1, maxLength: 3 }),
      ),
      tails === OF_MUTE || tails === OF_ROUTE ? fc.constantFrom(...ENDINGS).map((one) => [one]) : fc.constant([]),
      fc.constantFrom(' ', '  ', '\u00a0', ' \u200b', '\n'),
    ),
  )
  .map(([head, tails, strangers, ending, space]) => [...head, ...tails, ...strangers, ...ending].join(space));
