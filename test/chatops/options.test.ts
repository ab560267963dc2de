import { describe, expect, it } from 'vitest';
import { GrammarError, parseCommand } from '../../src/chatops/grammar.ts';
import { CHAT_COMMANDS, commandFromOptions, printOptions } from '../../src/chatops/options.ts';

type Options = Readonly<Record<string, string>>;

describe('the commands that are registered', () => {
  it('are those of the grammar that people type', () => {
    const table = CHAT_COMMANDS.map(({ name, options }) => [
      name,
      ...options.map(({ name: option, required, suggests, choices }) =>
        [option, required ? '!' : '', suggests ? '…' : '', choices.length > 0 ? `=${choices.join('|')}` : ''].join(''),
      ),
    ]);
    expect(table.map((row) => row.join(' '))).toEqual([
      'help topic=help|list|status|mute|unmute|route|unroute|why|recent|replay|test|acknowledge|post|export',
      'list what=routes|mutes|sources|channels',
      'status',
      'mute what… where for… until in… everywhere=yes because',
      'unmute which!…',
      'route what!… to!… where for… mode=copy|move because',
      'unroute which!…',
      'why about…',
      'recent count source…',
      'replay event!… to… now=yes',
      'test sample!… to…',
      'export',
    ]);
  });

  it('keep to what Discord takes', () => {
    expect(CHAT_COMMANDS.length).toBeLessThanOrEqual(25);
    for (const { name, description, options } of CHAT_COMMANDS) {
      for (const named of [{ name, description }, ...options]) {
        expect(named.name).toMatch(/^[a-z]{1,32}$/);
        expect(named.description.length).toBeGreaterThan(0);
        expect(named.description.length, named.description).toBeLessThanOrEqual(100);
      }
      expect(options.length).toBeLessThanOrEqual(25);
      // Required ones first; suggestions and choices exclude each other.
      const required = options.map((option) => option.required);
      expect(required).toEqual([...required].sort((a, b) => Number(b) - Number(a)));
      expect(options.filter((option) => option.suggests && option.choices.length > 0)).toEqual([]);
      expect(new Set(options.map((option) => option.name)).size).toBe(options.length);
      for (const { choices } of options) expect(choices.length).toBeLessThanOrEqual(25);
    }
  });

  it('hold data only', () => {
    expect(JSON.parse(JSON.stringify(CHAT_COMMANDS))).toEqual(CHAT_COMMANDS);
  });
});

describe('options give the same command as a text', () => {
  it.each<readonly [name: string, options: Options, text: string]>([
    ['help', {}, 'help'],
    ['help', { topic: 'mute' }, 'help mute'],
    ['list', { what: 'mutes' }, 'list mutes'],
    ['status', {}, 'status'],
    ['mute', { what: 'github' }, 'mute github'],
    ['mute', { what: 'github:pull_request.*', for: '2 hours' }, 'mute github:pull_request.* for 2h'],
    [
      'mute',
      { what: 'route prod-alerts', until: '9:00 Europe/Berlin' },
      'mute route prod-alerts until 09:00 Europe/Berlin',
    ],
    ['mute', { what: 'key pr:acme/api#12', until: 'resolved' }, 'mute key pr:acme/api#12 until resolved'],
    ['mute', { what: 'this', until: 'forever', everywhere: 'yes' }, 'mute this forever everywhere'],
    ['mute', { where: 'env:dev author:–bot', in: '<#112233>' }, 'mute where env:dev author:-bot in <#112233>'],
    ['mute', { what: 'github', because: ' it’s "late\n for 2h ' }, 'mute github because it’s "late for 2h'],
    ['mute', { what: 'github', in: 'here', where: '', because: '  ' }, 'mute github in here'],
    ['unmute', { which: '#3' }, 'unmute #3'],
    ['unmute', { which: 'all' }, 'unmute all'],
    [
      'route',
      { what: 'alerts', to: 'war-room', where: 'env:prod', for: '2h', because: 'incident 42' },
      'route alerts where env:prod to war-room for 2h because incident 42',
    ],
    ['route', { what: 'alerts', to: '#ops', mode: 'move' }, 'route move alerts to ops'],
    ['route', { what: 'alerts', to: 'here', mode: 'copy' }, 'route alerts to here'],
    ['unroute', { which: 'chat-4' }, 'unroute chat-4'],
    ['why', {}, 'why'],
    ['why', { about: 'evt_1' }, 'why evt_1'],
    ['why', { about: 'https://discord.com/channels/1/2/3' }, 'why https://discord.com/channels/1/2/3'],
    ['why', { about: 'github pull_request.opened repo:acme/api' }, 'why github pull_request.opened repo:acme/api'],
    ['recent', { count: '5', source: 'github' }, 'recent 5 github'],
    ['replay', { event: 'evt_1', to: 'here', now: 'yes' }, 'replay evt_1 to here now'],
    ['test', { sample: 'github/push', to: 'ops' }, 'test github/push to ops'],
    ['export', {}, 'export'],
    // No subcommands, but printed for whoever asks how.
    ['acknowledge', { event: 'evt_1' }, 'acknowledge evt_1'],
    ['post', { mute: 'mute_1' }, 'post mute_1'],
  ])('%s %j', (name, options, text) => {
    expect(commandFromOptions(name, options)).toStrictEqual(parseCommand(text));
  });

  it('an option is one value: words of the grammar are names in it', () => {
    expect(commandFromOptions('route', { what: 'alerts', to: 'now' })).toStrictEqual(
      parseCommand('route alerts to "now"'),
    );
    expect(commandFromOptions('mute', { what: 'forever' })).toStrictEqual(parseCommand('mute "forever"'));
  });
});

describe('a command printed with options', () => {
  it.each([
    ['mute github for 2h because deploy', 'mute what:github for:2h because:deploy'],
    ['mute where env:dev until 09:00 UTC everywhere', 'mute where:env:dev until:09:00 UTC everywhere:yes'],
    ['mute route "a b" forever in <#C1>', 'mute what:route "a b" until:forever in:<#C1>'],
    [
      'route move alerts where env:prod to war-room for 2h',
      'route what:alerts to:war-room where:env:prod for:2h mode:move',
    ],
    ['unmute #3', 'unmute which:#3'],
    ['why this', 'why'],
    ['why github push repo:a', 'why about:github push repo:a'],
    ['recent 5', 'recent count:5'],
    ['replay evt_1 to here', 'replay event:evt_1 to:here'],
    ['test github/push', 'test sample:github/push'],
    ['help mute', 'help topic:mute'],
    ['status', 'status'],
  ])('%s', (text, printed) => {
    expect(printOptions(parseCommand(text))).toBe(printed);
  });
});

describe('options that cannot be read', () => {
  it.each<readonly [name: string, options: Options, message: string, example: string]>([
    [
      'mut',
      {},
      '"mut" is no command; did you mean "mute"? There are help, list, status, mute, unmute, route, unroute, why, recent, replay, test or export.',
      'help mute',
    ],
    ['unmute', {}, '"unmute" needs "which". Its number, or "all".', 'unmute #3'],
    [
      'route',
      { what: 'alerts' },
      '"route" needs "to". A channel, or "here".',
      'route alerts where env:prod to war-room for 2h because incident 42',
    ],
    [
      'mute',
      {},
      'Say what to mute: a source, "route" and its name, "key" and a key, "this", or "where" and conditions.',
      'mute github for 2h because deploy',
    ],
    [
      'mute',
      { what: 'github', for: '2x' },
      '"2x" is no duration; a number and one of ms, s, m, h, d, w were expected, such as 30m, 2h or 3d.',
      'mute github for 2h',
    ],
    [
      'mute',
      { what: 'github', for: '2h everywhere' },
      '"everywhere" was not expected here; "mute for" is complete without it.',
      'mute github for 2h',
    ],
    [
      'mute',
      { what: 'github', for: '1h', until: 'resolved' },
      'The end is said twice; once is enough.',
      'mute github for 2h because deploy',
    ],
    [
      'mute',
      { what: 'github', until: '09:00 Berlin', for: '' },
      '"Berlin" is no time zone; did you mean Europe/Berlin? Zones are written like Europe/Berlin or UTC+2.',
      'mute github until 09:00 Europe/Berlin',
    ],
    ['mute', { what: 'github', everywhere: 'no' }, '"no" was not expected here. Expected: yes.', 'mute github'],
    [
      'mute',
      { what: 'github', whre: 'env:dev' },
      '"mute" has no option "whre"; did you mean "where"?',
      'mute github for 2h because deploy',
    ],
    [
      'route',
      { what: 'alerts', to: 'here', mode: 'mov' },
      '"mov" was not expected here; did you mean "move"? Expected: copy or move.',
      'route move alerts to here',
    ],
    ['recent', { count: 'github' }, '"github" is no number from 1 to 20.', 'recent 5'],
    [
      'list',
      { what: 'mute' },
      '"mute" was not expected here; did you mean "mutes"? Expected: routes, mutes, sources or channels.',
      'list mutes',
    ],
    // One mistake is named; the example is without the other, too.
    [
      'mute',
      { what: 'github:', for: '2x' },
      '"github:" is half of a name; a source was expected, and right after its colon an event: github:pull_request.*',
      'mute github for 2h',
    ],
  ])('%s %j', (name, options, message, example) => {
    expect(refusal(name, options)).toEqual([message, example]);
    parseCommand(example);
  });

  it('too much of it is refused with its length', () => {
    expect(refusal('mute', { what: 'github', because: 'x'.repeat(3_000) })[0]).toBe(
      'That is 3,006 characters long; a command has at most 3,000.',
    );
  });

  it('names of prototypes are no commands and no options', () => {
    expect(refusal('__proto__', {})[0]).toMatch(/^"__proto__" is no command\./);
    expect(refusal('constructor', {})[0]).toMatch(/^"constructor" is no command\./);
    expect(refusal('mute', { toString: 'x' })[0]).toMatch(/^Say what to mute|has no option "toString"/);
  });
});

function refusal(name: string, options: Options): readonly [message: string, example: string] {
  try {
    commandFromOptions(name, options);
  } catch (error) {
    if (error instanceof GrammarError) return [error.message, error.example];
    throw error;
  }
  throw new Error('it was read');
}
