import { describe, expect, it } from 'vitest';
import type { Command, MuteCommand, RouteCommand } from '../../src/chatops/command.ts';
import { parseCommand } from '../../src/chatops/grammar.ts';

const HOUR = 3_600_000;

const mute = (over: Partial<MuteCommand> = {}): Command => ({ name: 'mute', where: {}, everywhere: false, ...over });
const github = { kind: 'source', source: 'github' } as const;
const muteGithub = (over: Partial<MuteCommand> = {}): Command => mute({ target: github, ...over });
const route = (over: Partial<RouteCommand> = {}): Command => ({
  name: 'route',
  source: 'alerts',
  where: {},
  to: { kind: 'here' },
  mode: 'copy',
  ...over,
});
const why = (
  source: string,
  over: { readonly event?: string; readonly where?: Record<string, string[]> } = {},
): Command => ({
  name: 'why',
  about: { kind: 'match', source, where: {}, ...over },
});

type Case = readonly [text: string, command: Command];

describe('short commands', () => {
  it.each<Case>([
    ['', { name: 'help' }],
    [' \n\u200b ', { name: 'help' }],
    ['help', { name: 'help' }],
    ['HELP Mute', { name: 'help', topic: 'mute' }],
    ['help ack', { name: 'help', topic: 'acknowledge' }],
    ['list', { name: 'list' }],
    ['List Mutes', { name: 'list', what: 'mutes' }],
    ['status', { name: 'status' }],
    ['export', { name: 'export' }],
    // Out of habit, where the platform wants no prefix.
    ['/bellhop status', { name: 'status' }],
    ['@Bellhop status', { name: 'status' }],
    ['bellhop', { name: 'help' }],
    ['unmute #3', { name: 'unmute', which: { number: 3 } }],
    ['unmute 03', { name: 'unmute', which: { number: 3 } }],
    ['unmute ALL', { name: 'unmute', which: 'all' }],
    ['unmute mute_01kah', { name: 'unmute', which: { id: 'mute_01kah' } }],
    ['unroute #4', { name: 'unroute', which: { number: 4 } }],
    ['unroute 4', { name: 'unroute', which: { number: 4 } }],
    ['unroute chat-4', { name: 'unroute', which: 'chat-4' }],
    ['unroute "4"', { name: 'unroute', which: '4' }],
    ['recent', { name: 'recent' }],
    ['recent 5', { name: 'recent', count: 5 }],
    ['recent github', { name: 'recent', source: 'github' }],
    ['recent 20 github', { name: 'recent', count: 20, source: 'github' }],
    ['recent github 1', { name: 'recent', count: 1, source: 'github' }],
    ['recent "5"', { name: 'recent', source: '5' }],
    ['replay evt_1', { name: 'replay', event: 'evt_1' }],
    ['replay evt_1 to ops now', { name: 'replay', event: 'evt_1', to: { kind: 'name', name: 'ops' }, now: true }],
    ['replay evt_1 now to here', { name: 'replay', event: 'evt_1', to: { kind: 'here' }, now: true }],
    ['test github', { name: 'test', type: 'github' }],
    [
      'test github/push~tag to #ops',
      { name: 'test', type: 'github', sample: 'push~tag', to: { kind: 'name', name: 'ops' } },
    ],
    ['ack evt_1', { name: 'acknowledge', event: 'evt_1' }],
    ['acknowledge evt_1', { name: 'acknowledge', event: 'evt_1' }],
    ['post mute_1', { name: 'post', mute: 'mute_1' }],
  ])('%j', (text, command) => {
    expect(parseCommand(text)).toStrictEqual(command);
  });
});

describe('mute: what', () => {
  it.each<Case>([
    ['mute github', muteGithub()],
    ['MUTE GitHub', mute({ target: { kind: 'source', source: 'GitHub' } })],
    ['mute github:pull_request.*', mute({ target: { kind: 'source', source: 'github', event: 'pull_request.*' } })],
    ['mute shop:"order paid"', mute({ target: { kind: 'source', source: 'shop', event: 'order paid' } })],
    ['mute route prod-alerts', mute({ target: { kind: 'route', route: 'prod-alerts' } })],
    ['mute key pr:acme/api#12', mute({ target: { kind: 'key', key: 'pr:acme/api#12' } })],
    ['mute key "alert: disk full"', mute({ target: { kind: 'key', key: 'alert: disk full' } })],
    ['mute this', mute({ target: { kind: 'this' } })],
    ['mute event evt_1', mute({ target: { kind: 'event', id: 'evt_1' } })],
    ['mute evt_1', mute({ target: { kind: 'event', id: 'evt_1' } })],
    // A word of the grammar, in quotes, is a name.
    ['mute "this"', mute({ target: { kind: 'source', source: 'this' } })],
    ['mute route "for" for 1h', mute({ target: { kind: 'route', route: 'for' }, end: { kind: 'for', ms: HOUR } })],
    ['mute where env:dev', mute({ where: { env: ['dev'] } })],
    ['mute for 1h where env:dev', mute({ where: { env: ['dev'] }, end: { kind: 'for', ms: HOUR } })],
  ])('%j', (text, command) => {
    expect(parseCommand(text)).toStrictEqual(command);
  });
});

describe('mute: where', () => {
  it.each<readonly [text: string, where: Record<string, string[]>]>([
    ['repo:acme/api', { repo: ['acme/api'] }],
    ['repo:acme/api author:-bot', { repo: ['acme/api'], author: ['!bot'] }],
    ['repo:a,b repo:c,a', { repo: ['a', 'b', 'c'] }],
    ['repo:a, for 1h', { repo: ['a'] }],
    ['author:!bot author:-*[bot]', { author: ['!bot', '!*[bot]'] }],
    ['author:-a,-b', { author: ['!a', '!b'] }],
    ['title:"a b",-\'c, d\'', { title: ['a b', '!c, d'] }],
    ['"title:a b"', { title: ['a b'] }],
    // In quotes a dash is a dash.
    ['title:"-v",-"-w",-"!x"', { title: ['-v', '!-w', '!!x'] }],
    ['title:"say \\"hi\\" \\\\o/"', { title: ['say "hi" \\o/'] }],
    ["who:o'brien who:'o'brien'", { who: ["o'brien"] }],
    ["who:'tis", { who: ["'tis"] }],
    ['url:https://acme.com:8080/x', { url: ['https://acme.com:8080/x'] }],
    [
      'Source:github SEVERITY:Critical,-INFO Env:prod',
      { source: ['github'], severity: ['critical', '!info'], Env: ['prod'] },
    ],
    ['severity:c*', { severity: ['c*'] }],
    ['service.name:api k8s/pod:x-*', { 'service.name': ['api'], 'k8s/pod': ['x-*'] }],
    // What clients make of quotes, dashes, spaces and links.
    [
      'title:“a b” who:‘c d’ x:„e f“ y:«g h» z:`i j`',
      { title: ['a b'], who: ['c d'], x: ['e f'], y: ['g h'], z: ['i j'] },
    ],
    ['author:–bot author:—cat author:−dog', { author: ['!bot', '!cat', '!dog'] }],
    ['repo:acme/\u200bapi\u00a0env:prod\u2003x:\ufeffy', { repo: ['acme/api'], env: ['prod'], x: ['y'] }],
    ['service:<http://acme.com|acme.com>', { service: ['acme.com'] }],
    ['url:<https://acme.com/a,b|look here>', { url: ['https://acme.com/a,b'] }],
  ])('%j', (text, where) => {
    expect(parseCommand(`mute github where ${text}`)).toMatchObject({ target: github, where });
  });

  it('knows nothing of prototypes', () => {
    const command = parseCommand('mute where constructor:x toString:y');
    expect(Object.entries((command as MuteCommand).where)).toEqual([
      ['constructor', ['x']],
      ['toString', ['y']],
    ]);
  });
});

describe('mute: until when', () => {
  it.each<readonly [text: string, end: MuteCommand['end']]>([
    ['for 2h', { kind: 'for', ms: 2 * HOUR }],
    ['for 2 h', { kind: 'for', ms: 2 * HOUR }],
    ['for 2 Hours', { kind: 'for', ms: 2 * HOUR }],
    ['for 90 min', { kind: 'for', ms: 1.5 * HOUR }],
    ['for 1h30m', { kind: 'for', ms: 1.5 * HOUR }],
    ['for 1h 30m', { kind: 'for', ms: 1.5 * HOUR }],
    ['for 1 hour 30 minutes', { kind: 'for', ms: 1.5 * HOUR }],
    ['for 1.5h', { kind: 'for', ms: 1.5 * HOUR }],
    ['for 1w', { kind: 'for', ms: 7 * 24 * HOUR }],
    ['for 3650d', { kind: 'for', ms: 3650 * 24 * HOUR }],
    ['until 09:00', { kind: 'clock', time: '09:00' }],
    ['until 9:00', { kind: 'clock', time: '09:00' }],
    ['until 9am', { kind: 'clock', time: '09:00' }],
    ['until 12am', { kind: 'clock', time: '00:00' }],
    ['until 12:30pm', { kind: 'clock', time: '12:30' }],
    ['until 9:30 PM Europe/Berlin', { kind: 'clock', time: '21:30', zone: 'Europe/Berlin' }],
    ['until 9 pm', { kind: 'clock', time: '21:00' }],
    ['until 23:59 UTC+2', { kind: 'clock', time: '23:59', zone: 'UTC+2' }],
    ['until 2026-11-22', { kind: 'date', date: '2026-11-22' }],
    ['until 2026-11-22 9:00', { kind: 'date', date: '2026-11-22', time: '09:00' }],
    ['until 2026-11-22T09:00', { kind: 'date', date: '2026-11-22', time: '09:00' }],
    [
      'until 2026–11–22 9pm America/New_York',
      { kind: 'date', date: '2026-11-22', time: '21:00', zone: 'America/New_York' },
    ],
    ['until 2026-11-22 Asia/Tokyo', { kind: 'date', date: '2026-11-22', zone: 'Asia/Tokyo' }],
    ['until Resolved', { kind: 'resolved' }],
    ['forever', { kind: 'forever' }],
    ['until forever', { kind: 'forever' }],
  ])('%j', (text, end) => {
    expect(parseCommand(`mute github ${text}`)).toStrictEqual(muteGithub({ ...(end && { end }) }));
    // Another clause after it is not taken for a unit or a zone.
    expect(parseCommand(`mute github ${text} everywhere`)).toStrictEqual(
      muteGithub({ ...(end && { end }), everywhere: true }),
    );
  });
});

describe('mute: where it holds, and why', () => {
  it.each<Case>([
    ['mute github in ops', muteGithub({ in: { kind: 'name', name: 'ops' } })],
    ['mute github in #ops', muteGithub({ in: { kind: 'name', name: 'ops' } })],
    ['mute github in here', muteGithub({ in: { kind: 'here' } })],
    ['mute github in "here"', muteGithub({ in: { kind: 'name', name: 'here' } })],
    ['mute github in <#C0123>', muteGithub({ in: { kind: 'id', id: 'C0123' } })],
    ['mute github in <#C0123|ops>', muteGithub({ in: { kind: 'id', id: 'C0123' } })],
    ['mute github in <#C0123|>', muteGithub({ in: { kind: 'id', id: 'C0123' } })],
    ['mute github in <#19:abc@thread.tacv2>', muteGithub({ in: { kind: 'id', id: '19:abc@thread.tacv2' } })],
    ['mute github Everywhere', muteGithub({ everywhere: true })],
    ['mute github because deploy', muteGithub({ because: 'deploy' })],
    ['mute github BECAUSE  it’s\u00a0\n "late —  for 2h', muteGithub({ because: 'it’s "late — for 2h' })],
    ['mute github because <@U1> said <!here> to', muteGithub({ because: '<@U1> said <!here> to' })],
    ['mute github because 👩‍🚀\u0000\u0007 went', muteGithub({ because: '👩‍🚀 went' })],
    ['mute\u200b github be\u200bcause a\u200bb', muteGithub({ because: 'a\u200bb' })],
  ])('%j', (text, command) => {
    expect(parseCommand(text)).toStrictEqual(command);
  });

  it('clauses come in any order, and because last', () => {
    const expected = muteGithub({
      where: { repo: ['a', 'b'] },
      end: { kind: 'for', ms: HOUR },
      in: { kind: 'name', name: 'ops' },
      because: 'of it',
    });
    expect(parseCommand('mute github where repo:a repo:b for 1h in ops because of it')).toStrictEqual(expected);
    expect(parseCommand('mute github in ops where repo:a for 1h where repo:b because of it')).toStrictEqual(expected);
  });
});

describe('route', () => {
  it.each<Case>([
    ['route alerts to here', route()],
    ['route copy alerts to here', route()],
    ['route move alerts to here', route({ mode: 'move' })],
    ['route alerts to here move', route({ mode: 'move' })],
    ['route alerts move to here', route({ mode: 'move' })],
    ['route "move" to here', route({ source: 'move' })],
    [
      'route github:pull_request.* to <#C1|ops>',
      route({ source: 'github', event: 'pull_request.*', to: { kind: 'id', id: 'C1' } }),
    ],
    [
      'route alerts where env:prod to #war-room for 2h because incident 42',
      route({
        where: { env: ['prod'] },
        to: { kind: 'name', name: 'war-room' },
        forMs: 2 * HOUR,
        because: 'incident 42',
      }),
    ],
    ['route alerts for 1d to here where env:prod', route({ where: { env: ['prod'] }, forMs: 24 * HOUR })],
  ])('%j', (text, command) => {
    expect(parseCommand(text)).toStrictEqual(command);
  });
});

describe('why', () => {
  it.each<Case>([
    ['why', { name: 'why', about: { kind: 'this' } }],
    ['why This', { name: 'why', about: { kind: 'this' } }],
    ['why evt_1', { name: 'why', about: { kind: 'id', id: 'evt_1' } }],
    ['why dlv_1', { name: 'why', about: { kind: 'id', id: 'dlv_1' } }],
    [
      'why https://acme.slack.com/archives/C1/p2?a="b"',
      { name: 'why', about: { kind: 'link', link: 'https://acme.slack.com/archives/C1/p2?a="b"' } },
    ],
    [
      'why <https://acme.slack.com/archives/C1/p2>',
      { name: 'why', about: { kind: 'link', link: 'https://acme.slack.com/archives/C1/p2' } },
    ],
    [
      'why <https://acme.slack.com/x|this one>',
      { name: 'why', about: { kind: 'link', link: 'https://acme.slack.com/x' } },
    ],
    ['why <http://acme.com/x|acme.com/x>', { name: 'why', about: { kind: 'link', link: 'http://acme.com/x' } }],
    ['why "https://acme.com/a b"', { name: 'why', about: { kind: 'link', link: 'https://acme.com/a%20b' } }],
    ['why github', why('github')],
    ['why "this"', why('this')],
    ['why github push', why('github', { event: 'push' })],
    ['why github:push', why('github', { event: 'push' })],
    [
      'why github pull_request.opened repo:acme/api',
      why('github', { event: 'pull_request.opened', where: { repo: ['acme/api'] } }),
    ],
    ['why github repo:acme/api author:-bot', why('github', { where: { repo: ['acme/api'], author: ['!bot'] } })],
    ['why github push where repo:"a b"', why('github', { event: 'push', where: { repo: ['a b'] } })],
  ])('%j', (text, command) => {
    expect(parseCommand(text)).toStrictEqual(command);
  });
});
