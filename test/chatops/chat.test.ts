import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commandFromOptions } from '../../src/chatops/options.ts';
import type { ChatRequest, Reply } from '../../src/core/chat.ts';
import { inlineText, toPlainText } from '../../src/core/message.ts';
import { PRESS_VERBS } from '../../src/core/press.ts';
import { discord } from '../../src/platforms/discord/platform.ts';
import { slack } from '../../src/platforms/slack/platform.ts';
import { AN_ALERT, aPerson, aWorld, RITA, ROOT, readable, type World } from './world.ts';

const OPS = { name: 'ops', platform: 'slack', id: 'C0OPS00000' } as const;
const ONCALL = { name: 'oncall', platform: 'discord', id: '112233445566778899' } as const;

const textOf = ({ message }: Reply): string =>
  `${message.title}\n${toPlainText(message.body)}\n${inlineText(message.context)}`;

describe('whatever is said', () => {
  let world: World;
  beforeAll(async () => {
    world = await aWorld();
    await world.arrives();
    await world.arrives({ ...AN_ALERT });
  });
  afterAll(() => world.close());

  /** It answers, and the platforms can write the answer. */
  async function answered(request: unknown): Promise<Reply> {
    const reply = await world.chat.handle(request as ChatRequest);
    expect(reply.message.title).not.toBe('');
    expect(slack.check(slack.compose(reply.message, OPS), OPS)).toEqual([]);
    expect(discord.check(discord.compose(reply.message, ONCALL), ONCALL)).toEqual([]);
    return reply;
  }

  const base = { platform: 'slack', person: aPerson(), place: 'C0OPS00000' };
  const verbs = [...Object.keys(PRESS_VERBS), '__proto__', 'constructor', ''];

  it('answers any text', async () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .array(
          fc.constantFrom(
            ...['mute', 'unmute', 'why', 'route', 'replay', 'test', 'list', 'recent', 'github', 'alerts', 'here', 'to'],
            ...[
              'this',
              'for',
              '2h',
              'until',
              'resolved',
              'everywhere',
              '#1',
              'all',
              'where',
              'env:prod',
              'because',
              '<!channel>',
            ],
            ...['evt_x', 'mute_x', 'https://x.y', '*', 'key', 'in', '__proto__', '@everyone', '”', '"', '\u202e', '\0'],
          ),
          { maxLength: 8 },
        )
        .map((words) => words.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(nasty, fc.constantFrom(ROOT, RITA, aPerson()), async (text, person) => {
        await answered({ ...base, person, input: { kind: 'text', text } });
      }),
      { numRuns: 300 },
    );
    expect(world.log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('answers any button', async () => {
    const part = fc.oneof(
      fc.constantFrom('1h', 'resolved', 'custom', 'evt_1', '', 'x'.repeat(200)),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...verbs), fc.array(part, { maxLength: 3 }), async (verb, parts) => {
        await answered({ ...base, person: ROOT, input: { kind: 'press', id: [verb, ...parts].join(':') } });
      }),
      { numRuns: 200 },
    );
    expect(world.log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('answers what is of the wrong type, or not there', async () => {
    const odd = fc.oneof(fc.anything(), fc.constantFrom(undefined, null, 1, {}, [], '\ud800'));
    await fc.assert(
      fc.asyncProperty(odd, odd, odd, async (a, b, c) => {
        await answered({ ...base, input: { kind: 'text', text: a } });
        await answered({ ...base, input: { kind: 'press', id: a } });
        await answered({ ...base, input: { kind: 'options', command: b, options: c } });
        await answered({ ...base, input: { kind: 'options', command: 'mute', options: { what: a, because: b } } });
        await answered({ ...base, input: a });
        await answered({ ...base, place: a, on: b, input: { kind: 'text', text: 'why this' } });
        await answered({
          ...base,
          place: a,
          on: { channel: b, message: c },
          input: { kind: 'text', text: 'mute this' },
        });
        await answered({
          ...base,
          person: { platform: 'slack', id: a, name: b, roles: c, zone: a },
          input: { kind: 'text', text: 'list' },
        });
        await answered({ ...base, person: a, input: { kind: 'text', text: 'help' } });
        await answered(a);
      }),
      { numRuns: 40 },
    );
  });

  it('answers megabytes with a sentence', async () => {
    const reply = await answered({ ...base, input: { kind: 'text', text: `mute ${'a'.repeat(3_000_000)}` } });
    expect(textOf(reply)).toContain('3,000,005 characters long');
    expect(textOf(reply).length).toBeLessThan(500);
    await answered({ ...base, input: { kind: 'press', id: 'ack:'.padEnd(1_000_000, 'x') } });
  });

  it('suggests without throwing', async () => {
    const odd = fc.oneof(fc.string(), fc.constantFrom('mute', 'what', 'to', '__proto__', 'which', 'sample', ...verbs));
    await fc.assert(
      fc.asyncProperty(odd, odd, fc.anything(), async (command, option, text) => {
        const values = await world.chat.suggest({ command, option, text: text as string });
        expect(values.length).toBeLessThanOrEqual(25);
        for (const value of values) expect(value.length).toBeLessThanOrEqual(100);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a person', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  afterEach(() => world.close());

  it('is known by the platform’s id; the name is text to read', async () => {
    const name = '<!channel> *Root*\n\u202e@everyone U0ROOT';
    const reply = await world.say('mute github', { person: aPerson({ name }) });
    expect(reply.message.title).toBe('<!channel> *Root* @everyone U0ROOT muted github here for 1 h');
    const written = JSON.stringify(slack.compose(reply.message, OPS));
    expect(written).not.toContain('"type":"broadcast"');
    expect(world.overlay.read().mutes[0]?.by).toEqual({
      platform: 'slack',
      id: 'U1',
      name: '<!channel> *Root* @everyone U0ROOT',
    });
    // Neither name nor id of another platform gives a right.
    for (const person of [aPerson({ name: 'U0ROOT' }), aPerson({ id: 'slack:U0ROOT' }), aPerson({ id: 'u0root' })])
      expect((await world.say('mute github everywhere', { person })).audience).toBe('person');
    expect(world.overlay.read().mutes).toHaveLength(1);
  });

  it('whose name is empty is somebody', async () => {
    expect((await world.say('mute github', { person: aPerson({ name: ' \u200b ' }) })).message.title).toMatch(
      /^Somebody muted/,
    );
  });
});

describe('a fault', () => {
  it('is apologised for in private, with an id that the log has', async () => {
    const broken = async () => {
      throw new TypeError('cannot read secret of undefined');
    };
    const world = await aWorld({ context: { ready: broken } });
    const reply = await world.say('status');
    const [, id = ''] = /(fault_\w+)/.exec(textOf(reply)) ?? [];
    expect(readable(reply).replace(id, 'fault_…')).toMatchInlineSnapshot(`
      "(person) 💥 Sorry, that did not work: a fault in Bellhop
      Whoever runs Bellhop finds it in the log as fault_…."
    `);
    const errors = world.log.lines.filter((line) => line.startsWith('error'));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(`"fault":"${id}"`);
    expect(errors[0]).toContain('TypeError: cannot read secret of undefined');
    await world.close();
  });
});

/** Good values for options that a command needs. */
const ANY: Readonly<Record<string, string>> = {
  what: 'alerts',
  to: 'here',
  which: '#1',
  event: 'evt_1',
  sample: 'github',
};

describe('suggestions', () => {
  let world: World;
  beforeAll(async () => {
    world = await aWorld();
    await world.arrives({ ...AN_ALERT });
    await world.say('mute alerts for 2h');
    await world.say('mute github everywhere', { person: ROOT });
    await world.say('route alerts to war-room', { person: RITA });
  });
  afterAll(() => world.close());

  const suggested = (command: string, option: string, text = '') => world.chat.suggest({ command, option, text });

  it('begin with what was typed, then hold it', async () => {
    expect(await suggested('mute', 'in', 'o')).toEqual(['ops', 'oncall', 'war-room']);
    expect((await suggested('mute', 'what')).slice(0, 3)).toEqual(['this', 'github', 'alerts']);
    expect((await suggested('mute', 'what', 'github:pull_request.')).slice(0, 2)).toEqual([
      'github:pull_request.*',
      'github:pull_request.opened',
    ]);
    expect(await suggested('mute', 'what', 'route')).toEqual([
      'route chat-3',
      'route prod-alerts',
      'route prs',
      'route leftovers',
    ]);
    expect(await suggested('route', 'what', 'this')).toEqual([]);
    expect(await suggested('unmute', 'which')).toEqual(['#1', '#2', 'all']);
    expect(await suggested('unmute', 'which', 'git')).toEqual(['#2']);
    expect(await suggested('unroute', 'which', 'war')).toEqual(['#3']);
    expect(await suggested('mute', 'for')).toEqual(['30m', '1h', '2h', '4h', '8h', '1d']);
    expect(await suggested('recent', 'source', 'AL')).toEqual(['alerts']);
    expect(await suggested('replay', 'event', 'disk')).toHaveLength(1);
    expect((await suggested('test', 'sample', 'stripe'))[0]).toBe('stripe');
    expect(await suggested('help', 'topic', 'mu')).toEqual(['mute', 'unmute']);
    expect(await suggested('mute', 'nonsense')).toEqual([]);
  });

  it('are values that their commands take', async () => {
    for (const { name, options } of world.chat.commands) {
      for (const option of options.filter(({ suggests }) => suggests)) {
        const values = await suggested(name, option.name);
        expect(`${name} ${option.name}: ${values.length > 0}`).toBe(`${name} ${option.name}: true`);
        const needed = options
          .filter((other) => other.required || (name === 'mute' && other.name === 'what'))
          .map((other) => [other.name, ANY[other.name] ?? '']);
        for (const value of values) {
          const read = commandFromOptions(name, { ...Object.fromEntries(needed), [option.name]: value });
          expect(read.name).toBe(name);
        }
      }
    }
  });
});
