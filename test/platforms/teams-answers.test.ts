import { afterEach, describe, expect, it } from 'vitest';
import type { ChatRequest, Reply, ReplyParts } from '../../src/core/chat.ts';
import { DONE, IN_YOUR_CHAT, WORKING } from '../../src/platforms/teams/answers.ts';
import { NOT_INSTALLED, NOT_NOW } from '../../src/platforms/teams/posts.ts';
import { anActivity, personalChat, TEAMS_BOT, TEAMS_CHANNEL } from '../fakes/teams.ts';
import { cardText, postActivity, pressed, saidBy, TEAMS_PERSON, teamsPerson } from '../fakes/teams-person.ts';
import { until } from '../until.ts';
import type { RecordingChat } from './recording-chat.ts';
import { type Door, openDoor, privately, publicly } from './teams-door.ts';

const CARD = { channel: TEAMS_CHANNEL, message: '1700000000042' };
const CHAT = personalChat(`29:${TEAMS_PERSON}`);
const THREAD = `${TEAMS_CHANNEL};messageid=${CARD.message}`;
const SECRET = { title: 'The secret of the house', body: [] };

let doors: Door[] = [];
afterEach(async () => {
  await Promise.all(doors.map((door) => door.close()));
  doors = [];
});

async function setup(answer?: RecordingChat['answer']) {
  const door = await openDoor(answer);
  doors.push(door);
  const { fake, baseUrl } = door;
  const bring = (over: Readonly<Record<string, unknown>>) =>
    postActivity(baseUrl, anActivity(fake, over), fake.signToken());
  return { ...door, bring, mona: teamsPerson({ fake, baseUrl }), alone: teamsPerson({ fake, baseUrl, alone: true }) };
}

const words = (value: string) => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value },
});

/** Resolves when it is told what to. */
function later() {
  let answer: (reply: Reply) => void = () => {};
  const reply = new Promise<Reply>((done) => {
    answer = done;
  });
  return { reply, answer };
}

describe('said in a channel', () => {
  it('is answered in its thread when the answer is for everybody', async () => {
    const { mona, chat, fake } = await setup(() => publicly({ title: 'Muted alerts', emoji: '🔕' }));

    const seen = await mona.say('mute alerts for 2h because a < b');

    expect(seen).toMatchObject({ audience: 'channel', text: '🔕 Muted alerts', buttons: [] });
    expect(chat.requests[0]).toMatchObject({
      platform: 'teams',
      place: TEAMS_CHANNEL,
      person: { platform: 'teams', id: TEAMS_PERSON, name: 'Mona', zone: 'Europe/Berlin', roles: [] },
      input: { kind: 'text', text: 'mute alerts for 2h because a < b' },
    });
    expect(chat.requests[0]).not.toHaveProperty('on');
    expect(await chat.requests[0]?.person.inGroup('anybody')).toBe(false);
    expect(fake.posted().map(({ conversation }) => conversation)).toEqual([
      expect.stringMatching(`^${TEAMS_CHANNEL};messageid=17100`),
    ]);
    fake.assertClean();
  });

  it('is answered in their own chat when the answer is for them', async () => {
    const { mona, fake } = await setup(() => privately(SECRET));

    expect(await mona.say('why this')).toMatchObject({ audience: 'person', text: SECRET.title });
    expect(await mona.say('why this')).toMatchObject({ audience: 'person', text: SECRET.title });

    expect(fake.posted().map(({ conversation }) => conversation)).toEqual([CHAT, CHAT]);
    const made = fake.calls.filter(({ path }) => path.endsWith('/conversations'));
    expect(made.map(({ parsed }) => parsed)).toEqual([
      { tenantId: TEAMS_BOT.tenantId, isGroup: false, members: [{ id: `29:${TEAMS_PERSON}`, role: 'user' }] },
    ]);
    fake.assertClean();
  });

  it.each([
    ['never installed it', { status: 403, body: { error: { code: 'BotNotInConversationRoster' } } }, NOT_INSTALLED],
    ['blocked it', { status: 403, body: { error: { code: 'ConversationBlockedByUser' } } }, NOT_INSTALLED],
    ['cannot be written to for a while', { status: 429, headers: { 'retry-after': '60' } }, NOT_NOW],
  ])('shows nothing of a private answer to somebody who %s', async (_name, reply, sentence) => {
    const { mona, fake, log } = await setup(() => privately(SECRET));
    fake.script(reply);

    const seen = await mona.say('why this');

    expect(seen).toMatchObject({ audience: 'channel', text: sentence });
    expect(JSON.stringify(fake.posted())).not.toContain('secret');
    expect(log.lines).toContainEqual(
      expect.stringContaining('warn teams: an answer could not be given in private {"because":"'),
    );
    fake.assertClean();
  });

  it('makes the chat anew once it was closed to the bot', async () => {
    const { mona, fake } = await setup(() => privately(SECRET));
    await mona.say('why this');
    fake.script({ status: 403, body: { error: { code: 'ConversationBlockedByUser' } } });
    await mona.say('why this');
    await until(() => fake.posted().some(({ activity }) => cardText(activity) === NOT_INSTALLED), 'the sentence');

    expect(await mona.say('why this')).toMatchObject({ audience: 'person', text: SECRET.title });
    expect(fake.calls.filter(({ path }) => path.endsWith('/conversations'))).toHaveLength(2);
  });

  it('in the thread of a message is about that message', async () => {
    const { mona, chat } = await setup();
    expect(await mona.say('why', CARD)).toMatchObject({ audience: 'channel', place: { channel: TEAMS_CHANNEL } });
    expect(chat.requests[0]?.on).toEqual(CARD);
  });

  it('is passed over unless it names the bot, by its entity', async () => {
    const { bring, chat, fake } = await setup();
    const other = { type: 'mention', text: '<at>Bellhop</at>', mentioned: { id: '29:somebody', name: 'Bellhop' } };
    await bring({ entities: [] });
    await bring({ entities: [other] });
    await bring({ entities: [{ ...other, type: 'clientInfo' }] });
    expect(chat.requests).toEqual([]);
    expect(fake.messageCalls()).toEqual([]);
  });

  it('by nobody who has an object id is not done', async () => {
    const { bring, chat, log } = await setup();
    for (const aadObjectId of [undefined, '', 'x', 7, ['33333333-3333-4333-8333-333333333333']])
      await bring({ from: { id: '29:1', name: 'Mona', aadObjectId } });
    expect(chat.requests).toEqual([]);
    expect(log.lines.filter((line) => line.includes('names nobody by an Entra object id'))).toHaveLength(5);
  });

  it('and sent again is done once, for ten minutes', async () => {
    const { bring, chat, clock, fake } = await setup();
    await Promise.all([bring({}), bring({}), bring({})]);
    expect(chat.requests).toHaveLength(1);
    await clock.advance(10 * 60_000 - 1);
    await bring({});
    expect(chat.requests).toHaveLength(1);
    await clock.advance(1);
    await bring({});
    expect(chat.requests).toHaveLength(2);
    await bring({ conversation: { conversationType: 'channel', tenantId: TEAMS_BOT.tenantId, id: THREAD } });
    expect(chat.requests).toHaveLength(3);
    await until(() => fake.posted().length === 3, 'the answers');
  });

  it('is answered where the activity says, whichever way it ends', async () => {
    const { baseUrl, fake } = await setup();
    const serviceUrl = `${fake.settings.serviceUrl}/`;
    await postActivity(baseUrl, anActivity(fake, { serviceUrl }), fake.signToken({ serviceurl: serviceUrl }));
    await until(() => fake.posted().length === 1, 'the answer');
    expect(fake.messageCalls().map(({ path }) => path)).toEqual([
      `/teams/v3/conversations/${TEAMS_CHANNEL};messageid=1700000000100/activities`,
    ]);
  });

  it('is acknowledged before it is answered', async () => {
    const { reply, answer } = later();
    const { bring, fake } = await setup(() => reply);
    expect(await bring({})).toEqual({ status: 200, body: undefined });
    expect(fake.messageCalls()).toEqual([]);
    answer(publicly({ title: 'At last' }));
    await until(() => fake.posted().length === 1, 'the answer');
  });
});

describe('said elsewhere', () => {
  it('in their own chat needs no name, and everything stays there', async () => {
    const { alone, chat, fake } = await setup(() => privately(SECRET));
    expect(await alone.say('status')).toMatchObject({ audience: 'person', text: SECRET.title });
    expect(chat.requests[0]).not.toHaveProperty('place');
    expect(chat.requests[0]).toMatchObject({ input: { kind: 'text', text: 'status' }, person: { id: TEAMS_PERSON } });
    expect(fake.messageCalls().map(({ path }) => path)).toEqual([`/teams/v3/conversations/${CHAT}/activities`]);
  });

  it.each([
    [
      'a group chat',
      { conversationType: 'groupChat', isGroup: true, id: '19:group@thread.v2' },
      { place: '19:group@thread.v2', answeredIn: '19:group@thread.v2' },
    ],
    [
      'a conversation that does not say what it is',
      { id: '19:x@unq.gbl.spaces' },
      { place: '19:x@unq.gbl.spaces', answeredIn: '19:x@unq.gbl.spaces' },
    ],
  ])('in %s is not private', async (_name, conversation, { place, answeredIn }) => {
    const { bring, chat, fake } = await setup();
    const tenant = { id: TEAMS_BOT.tenantId };
    await bring({ conversation: { tenantId: tenant.id, ...conversation }, channelData: { tenant } });
    expect(chat.requests[0]?.place).toBe(place);
    await until(() => fake.posted().length === 1, 'the answer');
    expect(fake.posted()[0]?.conversation).toBe(answeredIn);
  });

  it('on a message that is quoted is about that one', async () => {
    const { bring, chat } = await setup();
    await bring({
      ...saidBy({ alone: true }, CHAT),
      text: '<quoted messageId="1700000000007"/> why',
      entities: [{ type: 'quotedReply', quotedReply: { messageId: '1700000000007' } }],
    });
    expect(chat.requests[0]).toMatchObject({
      input: { kind: 'text', text: 'why' },
      on: { channel: CHAT, message: '1700000000007' },
    });
  });

  it.each([
    [{ entities: [{ type: 'clientInfo', timezone: 'Asia/Tokyo' }] }, 'Asia/Tokyo'],
    [{ entities: [], localTimezone: 'America/New_York' }, 'America/New_York'],
    [{ entities: [{ type: 'clientInfo', timezone: 'Mars/Base' }], localTimezone: 'Asia/Tokyo' }, 'Asia/Tokyo'],
    [{ entities: [], localTimezone: '+05:30' }, undefined],
    [{ entities: [], localTimezone: ['Asia/Tokyo'] }, undefined],
    [{ entities: [], localTimezone: 'x'.repeat(10_000) }, undefined],
  ])('tells the zone of %j', async (over, zone) => {
    const { bring, chat } = await setup();
    await bring({ ...saidBy({ alone: true }, CHAT), text: 'status', ...over });
    expect(chat.requests[0]?.person.zone).toBe(zone);
  });
});

describe('a button', () => {
  it('is answered below the card, for who pressed it', async () => {
    const { mona, chat, fake } = await setup(() => privately({ title: 'You may not', emoji: '✋' }));
    expect(await mona.press('mute:1h:evt_1', CARD)).toEqual({
      audience: 'person',
      text: '✋ You may not',
      buttons: [],
    });
    expect(chat.requests[0]).toMatchObject({
      place: TEAMS_CHANNEL,
      on: CARD,
      input: { kind: 'press', id: 'mute:1h:evt_1' },
      person: { id: TEAMS_PERSON },
    });
    expect(fake.messageCalls()).toEqual([]);
  });

  it('that changes something is answered in the thread of its card', async () => {
    const { mona, fake } = await setup(() => publicly({ title: 'Muted by Mona' }));
    expect(await mona.press('mute:1h:evt_1', CARD)).toMatchObject({ audience: 'channel', text: 'Muted by Mona' });
    expect(fake.posted()[0]?.conversation).toBe(THREAD);
    fake.assertClean();
  });

  it.each<readonly [string, Omit<ReplyParts, 'at'>]>([
    ['long', { title: 'Why', body: [{ kind: 'code', text: 'x'.repeat(5_000) }] }],
    ['to be pressed', { title: 'This posts 7 messages', actions: [{ label: 'Post them', id: 'replay:evt_1' }] }],
  ])('whose answer is %s has it in their own chat', async (_name, parts) => {
    const { mona, fake, bring } = await setup(() => privately(parts));
    const seen = await mona.press('why:evt_1', CARD);
    expect(seen).toMatchObject({ audience: 'person', place: { channel: CHAT } });
    expect(seen.text).toContain(parts.title);
    expect(seen.buttons).toEqual(parts.actions ?? []);
    expect(fake.posted().map(({ conversation }) => conversation)).toEqual([CHAT]);

    const { body } = await bring({ ...saidBy({}, THREAD), ...pressed('why:evt_1', CARD.message), id: 'f:again' });
    expect(body?.value).toMatch(new RegExp(`^${parts.title}[^]*\n${IN_YOUR_CHAT}$`));
    expect(String(body?.value).length).toBeLessThan(700);
  });

  it('in their own chat says all of it there', async () => {
    const { alone, fake } = await setup(() =>
      privately({ title: 'Why', body: [{ kind: 'code', text: 'x'.repeat(5_000) }] }),
    );
    expect(await alone.press('why:evt_1', { channel: CHAT, message: CARD.message })).toMatchObject({
      audience: 'person',
      place: { channel: CHAT },
    });
    expect(fake.messageCalls()).toHaveLength(1);
  });

  it.each([
    ['person', CHAT],
    ['channel', THREAD],
  ] as const)('that takes long is answered first, and then for the %s', async (audience, conversation) => {
    const { reply, answer } = later();
    const { bring, clock, chat, fake } = await setup(() => reply);
    const first = bring({ ...saidBy({}, THREAD), ...pressed('why:evt_1', CARD.message) });
    await until(() => chat.requests.length === 1, 'the request');
    await clock.advance(2_999);
    const early = await Promise.race([first, new Promise((done) => setImmediate(() => done('still waiting')))]);
    expect(early).toBe('still waiting');
    await clock.advance(1);

    expect(await first).toEqual(words(WORKING));
    expect(fake.messageCalls()).toEqual([]);
    answer({ ...privately({ title: 'At last' }), audience });
    await until(() => fake.posted().length === 1, 'the answer');
    expect(fake.posted()[0]).toMatchObject({ conversation, activity: { summary: 'At last' } });
  });

  it('whose words look like markup means none of it', async () => {
    const { bring } = await setup(() => privately({ title: '[x](https://evil.example) <at>Bob</at> \u202E<b>' }));
    const { body } = await bring({ ...saidBy({}, THREAD), ...pressed('why:evt_1', CARD.message) });
    expect(body?.value).not.toMatch(/\]\(|<[a-z/]|\u202E/);
  });

  it('pressed once and sent twice is done once', async () => {
    const { bring, chat, fake } = await setup();
    const press = { ...saidBy({}, THREAD), ...pressed('ack:evt_1', CARD.message), id: 'f:1' };
    expect(await Promise.all([bring(press), bring(press)])).toEqual([words(DONE), words(DONE)]);
    expect(chat.requests).toHaveLength(1);
    await until(() => fake.posted().length === 1, 'the answer');
  });

  it('of the older sort comes as a message, and is answered like one', async () => {
    const { bring, chat, fake } = await setup();
    const value = { press: 'ack:evt_1' };
    expect(
      await bring({ ...saidBy({}, THREAD), text: undefined, entities: undefined, replyToId: CARD.message, value }),
    ).toEqual({ status: 200, body: undefined });
    expect(chat.requests[0]).toMatchObject({ input: { kind: 'press', id: 'ack:evt_1' }, on: CARD });
    await until(() => fake.posted().length === 1, 'the answer');
    expect(fake.posted()[0]?.conversation).toBe(THREAD);
  });

  it.each<readonly [string, unknown]>([
    ['none', undefined],
    ['a text', 'why:evt_1'],
    ['another verb', { action: { verb: 'approve', data: { press: 'why:evt_1' } } }],
    ['a verb in a list', { action: { verb: ['bellhop'], data: { press: 'why:evt_1' } } }],
    ['no data', { action: { verb: 'bellhop' } }],
    ['an id that is none', { action: { verb: 'bellhop', data: { press: { toString: 1 } } } }],
    ['an id without end', { action: { verb: 'bellhop', data: { press: 'x'.repeat(100_000) } } }],
    ['a card that asks by itself', { trigger: 'automatic', action: { verb: 'bellhop', data: { press: 'why:evt_1' } } }],
  ])('that is no button of ours is told so: %s', async (_name, value) => {
    const { bring, chat } = await setup();
    const answer = await bring({ ...saidBy({}, THREAD), ...pressed('', CARD.message), value });
    expect(answer).toEqual({
      status: 200,
      body: {
        statusCode: 400,
        type: 'application/vnd.microsoft.error',
        value: { code: 'BadRequest', message: 'Bellhop has no such button.' },
      },
    });
    expect(chat.requests).toEqual([]);
  });
});

describe('an answer that does not get through', () => {
  const throttled = { status: 429, headers: { 'retry-after': '2' } };

  it('is tried once more after the wait that Teams names', async () => {
    const { bring, clock, fake } = await setup();
    fake.script(throttled);
    await bring({});
    await until(() => fake.messageCalls().length === 1, 'the first try');
    await settled();
    await clock.advance(1_999);
    expect(fake.messageCalls()).toHaveLength(1);
    await clock.advance(1);
    await until(() => fake.messageCalls().length === 2, 'the second try');
    fake.assertClean();
  });

  it.each([
    ['is given up after two tries', [{ status: 503, body: 'eyJhbGciOi' }, { status: 503 }], '503'],
    [
      'is not tried again where that would be refused',
      [{ status: 403 }],
      'The bot may not post in this channel (403).',
    ],
    ['is not said twice when it may have arrived', ['reset' as const], 'may or may not have arrived'],
  ])('%s', async (_name, replies, because) => {
    const { bring, clock, fake, log } = await setup();
    fake.script(...replies);
    await bring({});
    const failed = () => log.lines.find((line) => line.startsWith('error teams: an answer could not be posted'));
    await until(async () => {
      await clock.advance(100);
      return failed();
    }, 'the end of it');
    expect(failed()).toContain(because);
    expect(fake.messageCalls()).toHaveLength(replies.length);
    fake.assertClean();
  });

  it('for a sign-in that fails posts nothing', async () => {
    const { bring, clock, fake, log } = await setup();
    fake.scriptSignIn(
      { status: 401, body: { error: 'invalid_client' } },
      { status: 401, body: { error: 'invalid_client' } },
    );
    await bring({});
    await until(async () => {
      await clock.advance(100);
      return log.lines.some((line) => line.includes('Microsoft refused the bot’s sign-in'));
    }, 'the log');
    expect(fake.messageCalls()).toEqual([]);
  });

  it('is ended after ten seconds', async () => {
    const { bring, clock, fake, log } = await setup();
    fake.script('hang');
    await bring({});
    await until(() => fake.messageCalls().length === 1, 'the try');
    await clock.advance(10_000);
    await until(() => log.lines.some((line) => line.includes('did not answer in time')), 'the log');
  });
});

describe('stopping', () => {
  it('waits for what is being answered', async () => {
    const { reply, answer } = later();
    const { bring, fake, inbound } = await setup(() => reply);
    await bring({});
    const stopped = inbound.stop();
    answer(publicly({ title: 'At last' }));
    await stopped;
    expect(fake.posted()).toHaveLength(1);
  });

  it('for two seconds', async () => {
    const { bring, clock, chat, inbound, fake } = await setup(() => new Promise(() => {}));
    await bring({});
    expect(chat.requests).toHaveLength(1);
    let over = false;
    const stopped = inbound.stop().then(() => {
      over = true;
    });
    await clock.advance(1_999);
    expect(over).toBe(false);
    await clock.advance(1);
    await stopped;
    expect(fake.messageCalls()).toEqual([]);
  });
});

describe('whatever an activity holds, it is acknowledged', () => {
  const STRANGE: readonly unknown[] = [
    null,
    7,
    true,
    '',
    'x'.repeat(60_000),
    [],
    [[['19:x']]],
    {},
    { id: {} },
    { id: '../../../admin' },
    { toString: 'x', constructor: null },
    '<at>'.repeat(10_000),
    '&#1114112;&#xFFFFFF;&#0;&nbsp;',
    '\u0000\u202E\uD800',
  ];
  const FIELDS = ['type', 'id', 'name', 'from', 'recipient', 'text', 'entities', 'value', 'replyToId', 'localTimezone'];

  it.each([...FIELDS, 'conversationType', 'conversation', 'channel', 'mentioned', 'aadObjectId', 'timezone'])(
    'with anything as its %s',
    async (field) => {
      const { bring, fake, chat } = await setup();
      const answers: number[] = [];
      for (const [at, strange] of STRANGE.entries()) {
        for (const press of [false, true]) {
          const base = { id: `${field}-${at}-${press}`, ...(press ? pressed('why:evt_1', CARD.message) : {}) };
          const { status } = await bring({ ...base, ...strangeAt(field, strange) });
          answers.push(status);
        }
      }
      expect(new Set(answers)).toEqual(new Set([200]));
      const asked = (request: ChatRequest) => {
        expect(request.person.id).toBe(TEAMS_PERSON);
        if (request.place !== undefined) expect(request.place).toBeTypeOf('string');
        if (request.input.kind === 'text') expect(request.input.text.length).toBeLessThan(9_000);
      };
      chat.requests.forEach(asked);
      await settled();
      expect(fake.problems).toEqual([]);
    },
  );

  function strangeAt(field: string, strange: unknown): Readonly<Record<string, unknown>> {
    const tenantId = TEAMS_BOT.tenantId;
    const bot = `28:${TEAMS_BOT.clientId}`;
    switch (field) {
      case 'conversationType':
        return { conversation: { tenantId, id: THREAD, conversationType: strange } };
      case 'conversation':
        return { conversation: { tenantId, id: strange, conversationType: 'channel' } };
      case 'channel':
        return { channelData: { tenant: { id: tenantId }, channel: strange } };
      case 'mentioned':
        return {
          entities: [
            strange,
            { type: 'mention', text: strange, mentioned: strange },
            { type: 'mention', text: strange, mentioned: { id: bot } },
          ],
        };
      case 'aadObjectId':
        return { from: { id: '29:1', name: strange, aadObjectId: TEAMS_PERSON } };
      case 'timezone':
        return {
          entities: [
            { type: 'clientInfo', timezone: strange },
            { type: 'mention', text: '<at>Bellhop</at>', mentioned: { id: bot } },
          ],
        };
      default:
        return { [field]: strange };
    }
  }
});

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await new Promise((done) => setImmediate(done));
};
