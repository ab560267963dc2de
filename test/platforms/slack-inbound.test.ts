import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toSecret } from '../../src/core/secret.ts';
import { openSlackInbound } from '../../src/platforms/slack/inbound.ts';
import { silentLog, testClock } from '../builders.ts';
import {
  blockActions,
  buttonAction,
  formOf,
  messageShortcut,
  postSigned,
  type SlackDoor,
  slackHttpDoor,
  slashCommand,
} from '../fakes/slack-requests.ts';
import { until } from '../until.ts';
import { watchRejections } from './recording-chat.ts';
import { aReply, doing as doneBy, type SlackHarness, startSlackInbound } from './slack-harness.ts';

let harness: SlackHarness;
let door: SlackDoor;
let rejections: ReturnType<typeof watchRejections>;

beforeEach(async () => {
  rejections = watchRejections();
  harness = await startSlackInbound();
  harness.inbound.start();
  door = slackHttpDoor(harness.fake, harness.url);
});

afterEach(async () => {
  await harness.close();
  rejections.stop();
  expect(rejections.seen).toEqual([]);
});

const eventsUrl = () => `${harness.url}/slack/events`;
const doing = (over: object = {}) => doneBy(harness.fake, over);

describe('what arrives', () => {
  it('a slash command, with who said it and where', async () => {
    harness.fake.zones.set('U0MONA', 'Europe/Berlin');

    const answer = await door.command('mute github for 2h');

    expect(harness.chat.requests).toEqual([
      {
        platform: 'slack',
        person: {
          platform: 'slack',
          id: 'U0MONA',
          name: 'mona',
          roles: [],
          zone: 'Europe/Berlin',
          inGroup: expect.any(Function),
        },
        place: 'C0123456789',
        input: { kind: 'text', text: 'mute github for 2h' },
      },
    ]);
    expect(answer).toMatchObject({
      audience: 'person',
      payload: { response_type: 'ephemeral', replace_original: false, text: '🔔 Nothing is muted' },
    });
  });

  it('a change is answered to the channel', async () => {
    harness.chat.answer = () => aReply({ audience: 'channel' });
    expect(await door.command('unmute #1')).toMatchObject({
      audience: 'channel',
      payload: { response_type: 'in_channel' },
    });
  });

  it('text as Slack escapes it', async () => {
    await door.command(
      'route alerts to <#C0999|war-room> because a &lt; b &amp;amp; <https://example.com/x?a=1&amp;b=2>',
    );
    expect(harness.chat.requests[0]?.input).toEqual({
      kind: 'text',
      text: 'route alerts to <#C0999> because a < b &amp; https://example.com/x?a=1&b=2',
    });
  });

  it('a button, with the message it stands under', async () => {
    await door.press('unmute:mute_1', { message: '1763726400.000120' });
    expect(harness.chat.requests[0]).toMatchObject({
      person: { id: 'U0MONA', name: 'mona' },
      place: 'C0123456789',
      on: { channel: 'C0123456789', message: '1763726400.000120' },
      input: { kind: 'press', id: 'unmute:mute_1' },
    });
  });

  it('a choice of a menu', async () => {
    await door.choose('mute:1h:evt_1');
    expect(harness.chat.requests[0]?.input).toEqual({ kind: 'press', id: 'mute:1h:evt_1' });
  });

  it('the message shortcut asks why', async () => {
    await door.why('1763726400.000130');
    expect(harness.chat.requests[0]).toMatchObject({
      place: 'C0123456789',
      on: { channel: 'C0123456789', message: '1763726400.000130' },
      input: { kind: 'text', text: 'why this' },
    });
  });

  it('a press on what only one person saw is about no message', async () => {
    const body = blockActions(doing(), '1763726400.000120', [buttonAction('why:evt_1')]);
    const { container } = body;
    await postSigned(eventsUrl(), formOf({ ...body, container: { ...container, is_ephemeral: true } }, 'interactive'));
    const request = await until(() => harness.chat.requests[0]);
    expect(request.on).toBeUndefined();
    expect(request.place).toBe('C0123456789');
  });

  it('a form with a charset', async () => {
    const { status } = await postSigned(eventsUrl(), formOf(slashCommand('status', doing()), 'command'), {
      headers: { 'content-type': 'Application/x-www-form-urlencoded; charset=utf-8' },
    });
    expect(status).toBe(200);
    await until(() => harness.chat.requests.length === 1);
  });

  it('the same deed twice is done once, until ten minutes are over', async () => {
    const same = doing();
    const send = () => postSigned(eventsUrl(), formOf(slashCommand('status', same), 'command'));
    await send();
    await until(() => harness.fake.answers(same.responseUrl).length === 1);
    for (const retry of ['1', '2'])
      expect(
        await postSigned(eventsUrl(), formOf(slashCommand('status', same), 'command'), {
          headers: { 'x-slack-retry-num': retry, 'x-slack-retry-reason': 'http_timeout' },
        }),
      ).toMatchObject({ status: 200, text: '' });
    expect(harness.chat.requests).toHaveLength(1);

    await harness.clock.advance(10 * 60_000);
    await send();
    await until(() => harness.chat.requests.length === 2);
    await until(() => harness.fake.answers(same.responseUrl).length === 2);
  });

  it('the answer to the URL check of the app’s settings', async () => {
    const { status, text } = await postSigned(
      eventsUrl(),
      JSON.stringify({ type: 'url_verification', challenge: '3eZbrw1a' }),
      { headers: { 'content-type': 'application/json' } },
    );
    expect([status, JSON.parse(text)]).toEqual([200, { challenge: '3eZbrw1a' }]);
  });
});

describe('acknowledged, and nothing more', () => {
  const json = { 'content-type': 'application/json' };
  const payload = (value: unknown) => new URLSearchParams({ payload: JSON.stringify(value) }).toString();
  const open = { action_id: 'bellhop_open_1', type: 'button', url: 'https://example.com/' };

  it.each<readonly [string, () => string]>([
    ['a button that opens an address', () => payload(blockActions(doing(), '1.2', [open]))],
    [
      'a button of somebody else',
      () => payload(blockActions(doing(), '1.2', [{ action_id: 'x', value: 'why:evt_1' }])),
    ],
    ['a button without a value', () => payload(blockActions(doing(), '1.2', [{ action_id: 'bellhop_press_1' }]))],
    ['another shortcut', () => payload({ ...messageShortcut(doing(), '1.2'), callback_id: 'other' })],
    ['a global shortcut', () => payload({ ...messageShortcut(doing(), '1.2'), type: 'shortcut' })],
    ['a dialog', () => payload({ type: 'view_submission', user: { id: 'U0MONA' }, view: { id: 'V1' } })],
    ['suggestions', () => payload({ type: 'block_suggestion', user: { id: 'U0MONA' }, value: 'x' })],
    ['an event', () => JSON.stringify({ type: 'event_callback', event_id: 'E1', event: { type: 'message' } })],
    ['a sort that nobody knows', () => payload({ type: 'tomorrow' })],
    ['a command without a person', () => formOf({ ...slashCommand('status', doing()), user_id: '' }, 'command')],
    ['a command of no person', () => formOf({ ...slashCommand('status', doing()), user_id: '../U0' }, 'command')],
    ['a command that cannot be answered', () => formOf({ ...slashCommand('x', doing()), response_url: '' }, 'command')],
    ['a command with two people', () => `${formOf(slashCommand('status', doing()), 'command')}&user_id=U0EVE`],
    ['a check of the certificate', () => 'ssl_check=1&token=x'],
    ['a list', () => payload([])],
    ['null', () => payload(null)],
    ['a number', () => payload(7)],
    ['a JSON list', () => '[1]'],
    ['an empty form', () => 'a='],
    [
      'lists where objects belong',
      () => payload({ type: 'block_actions', user: [], actions: [[]], container: [], channel: [] }),
    ],
    ['objects where lists belong', () => payload({ ...blockActions(doing(), '1.2', []), actions: { 0: open } })],
    [
      'nulls everywhere',
      () => payload({ type: 'block_actions', user: null, actions: [null], container: null, team: null }),
    ],
    ['a prototype', () => '__proto__=x&constructor=y&command=%2Fbellhop'],
  ])('%s', async (_, write) => {
    const body = write();
    const answer = await postSigned(eventsUrl(), body, { headers: /^[{[]/.test(body) ? json : {} });
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(harness.chat.requests).toEqual([]);
    expect(harness.fake.calls).toEqual([]);
  });

  it.each([
    'https://evil.example/commands/1',
    'https://slack.com.evil.example/commands/1',
    'https://evilslack.com/commands/1',
    'http://hooks.slack.com/commands/1',
    'https://hooks.slack.com:8443/commands/1',
    'https://user:pass@hooks.slack.com/commands/1',
    'http://127.0.0.1:1/commands/1',
    'file:///etc/passwd',
    'hooks',
  ])('a command whose answer would go to %s', async (responseUrl) => {
    const body = formOf(slashCommand('status', doing({ responseUrl })), 'command');
    expect(await postSigned(eventsUrl(), body)).toMatchObject({ status: 200, text: '' });
    await until(() => harness.log.lines.some((line) => line.includes('refused a command')));
    expect(harness.chat.requests).toEqual([]);
  });
});

describe('refused, with nothing done and nothing said', () => {
  const now = () => Math.floor(Date.now() / 1_000);
  const body = () => formOf(slashCommand('mute github everywhere', doing()), 'command');
  const huge = () => `text=${'x'.repeat(1024 * 1024)}`;

  it.each<readonly [string, number, () => Promise<{ status: number; text: string }>]>([
    ['another secret', 401, () => postSigned(eventsUrl(), body(), { secret: 'another' })],
    ['no signature', 401, () => postSigned(eventsUrl(), body(), { headers: { 'x-slack-signature': undefined } })],
    ['an empty signature', 401, () => postSigned(eventsUrl(), body(), { headers: { 'x-slack-signature': 'v0=' } })],
    [
      'a signature without a version',
      401,
      () => postSigned(eventsUrl(), body(), { headers: { 'x-slack-signature': 'x' } }),
    ],
    ['no time', 401, () => postSigned(eventsUrl(), body(), { headers: { 'x-slack-request-timestamp': undefined } })],
    ['an old one', 401, () => postSigned(eventsUrl(), body(), { at: now() - 301 })],
    ['one of tomorrow', 401, () => postSigned(eventsUrl(), body(), { at: now() + 86_400 })],
    ['a time that is none', 401, () => postSigned(eventsUrl(), body(), { at: 'Infinity' })],
    ['a time in another form', 401, () => postSigned(eventsUrl(), body(), { at: `${now()}.0` })],
    ['another body than was signed', 401, () => postSigned(eventsUrl(), `${body()}&x=1`, { signedBody: body() })],
    ['an unsigned check of the certificate', 401, () => postSigned(eventsUrl(), 'ssl_check=1', { secret: 'another' })],
    ['a body over a megabyte', 413, () => postSigned(eventsUrl(), huge())],
    ['a body over a megabyte from anybody', 413, () => postSigned(eventsUrl(), huge(), { secret: 'another' })],
    [
      'a text that is no form',
      400,
      () => postSigned(eventsUrl(), 'status', { headers: { 'content-type': 'text/plain' } }),
    ],
    ['nothing', 400, () => postSigned(eventsUrl(), '', { headers: { 'content-type': 'application/json' } })],
    ['a payload that is no JSON', 400, () => postSigned(eventsUrl(), 'payload={"type":')],
  ])('%s: %i', async (_, status, post) => {
    expect(await post()).toMatchObject({ status, text: '' });
    expect(harness.chat.requests).toEqual([]);
    expect(harness.fake.calls).toEqual([]);
  });

  it('whoever knocks without posting is somebody else’s business', async () => {
    const response = await fetch(eventsUrl());
    expect([response.status, await response.json()]).toEqual([404, { error: { code: 'not_found' } }]);
  });
});

describe('who it is', () => {
  it('a time zone is asked for once an hour', async () => {
    harness.fake.zones.set('U0MONA', 'Asia/Tokyo');
    await door.command('status');
    harness.fake.zones.set('U0MONA', 'Europe/Oslo');
    await door.command('status');
    await harness.clock.advance(3_600_000);
    await door.command('status');
    expect(harness.chat.requests.map(({ person }) => person.zone)).toEqual(['Asia/Tokyo', 'Asia/Tokyo', 'Europe/Oslo']);
    expect(harness.fake.calls.filter(({ path }) => path === '/api/users.info')).toHaveLength(2);
  });

  it.each(['Mars/Olympus', '+02:00', ''])('the zone %j is none', async (zone) => {
    harness.fake.zones.set('U0MONA', zone);
    await door.command('status');
    expect(harness.chat.requests[0]?.person).not.toHaveProperty('zone');
  });

  it('nobody waits longer than a second for a time zone', async () => {
    harness.fake.scriptMethod('users.info', 'hang');
    const answer = door.command('status');
    await until(() => harness.fake.calls.some(({ path }) => path === '/api/users.info'));
    expect(harness.chat.requests).toEqual([]);
    await harness.clock.advance(1_000);
    await answer;
    expect(harness.chat.requests[0]?.person).not.toHaveProperty('zone');
  });

  it('a time zone that Slack does not tell is done without', async () => {
    harness.fake.scriptMethod('users.info', { body: { ok: false, error: 'missing_scope' } }, { status: 500 });
    await door.command('status');
    await door.command('status');
    await harness.clock.advance(60_000);
    await door.command('status');
    expect(harness.chat.requests.map(({ person }) => person.zone)).toEqual([undefined, undefined, undefined]);
    expect(harness.log.lines).toContainEqual(expect.stringContaining('missing_scope'));
  });

  it('a user group’s members are asked for once a minute', async () => {
    harness.fake.groups.set('S0ONCALL', ['U0EVE', 'U0MONA']);
    const asked: boolean[] = [];
    harness.chat.answer = async ({ person }) => {
      asked.push(await person.inGroup('S0ONCALL'));
      return aReply();
    };
    await door.command('status');
    harness.fake.groups.set('S0ONCALL', []);
    await door.command('status');
    await harness.clock.advance(60_000);
    await door.command('status');
    expect(asked).toEqual([true, true, false]);
  });

  it.each(['S0NOBODY', 'nonsense', '', 'U0MONA'])('nobody belongs to %j', async (group) => {
    const answered: boolean[] = [];
    harness.chat.answer = async ({ person }) => {
      answered.push(await person.inGroup(group));
      return aReply();
    };
    await door.command('status');
    expect(answered).toEqual([false]);
  });
});

describe('the answer', () => {
  it('that fails once comes again', async () => {
    harness.fake.scriptMethod('response_url', { status: 500, body: 'rollup_error' });
    const answer = door.command('status');
    await until(() => harness.fake.calls.some(({ path }) => path.startsWith('/commands/')));
    await until(async () => {
      await harness.clock.advance(1_000);
      return harness.fake.calls.filter(({ path }) => path.startsWith('/commands/')).length === 2;
    });
    expect((await answer).payload.text).toBe('🔔 Nothing is muted');
  });

  it('that is refused comes as words alone', async () => {
    harness.fake.scriptMethod('response_url', { status: 400, body: { ok: false, error: 'invalid_blocks' } });
    const { payload } = await door.command('status');
    expect(payload.blocks).toEqual([
      { type: 'section', text: { type: 'plain_text', text: '🔔 Nothing is muted', emoji: false } },
    ]);
    expect(payload.response_type).toBe('ephemeral');
  });

  it('whose time is over is only logged', async () => {
    harness.fake.scriptMethod('response_url', { status: 404, body: { ok: false, error: 'expired_url' } });
    await postSigned(eventsUrl(), formOf(slashCommand('status', doing()), 'command'));
    await until(() => harness.log.lines.some((line) => line.includes('expired_url')));
    expect(harness.fake.calls.filter(({ path }) => path.startsWith('/commands/'))).toHaveLength(1);
  });

  it('is given up after two tries of ten seconds', async () => {
    harness.fake.scriptMethod('response_url', 'hang', 'hang');
    await postSigned(eventsUrl(), formOf(slashCommand('status', doing()), 'command'));
    const sent = () => harness.fake.calls.filter(({ path }) => path.startsWith('/commands/')).length;
    await until(() => sent() === 1);
    await harness.clock.advance(9_999);
    expect(sent()).toBe(1);
    await until(async () => {
      await harness.clock.advance(1_000);
      return sent() === 2;
    });
    await until(async () => {
      await harness.clock.advance(10_000);
      return harness.log.lines.some((line) => line.includes('an answer did not arrive'));
    });
    expect(harness.log.lines.at(-1)).toContain('Slack did not answer in time');
  });

  it('of a chat that fails all the same is a private apology with an id', async () => {
    harness.chat.answer = () => {
      throw new Error('out of cheese');
    };
    const { audience, payload } = await door.command('status');
    expect(audience).toBe('person');
    expect(JSON.stringify(payload)).toContain('fault_1');
    expect(JSON.stringify(payload)).not.toContain('cheese');
    expect(harness.log.lines).toContainEqual(expect.stringMatching(/^error .*fault_1.*out of cheese/));
  });

  it('calls nobody, whatever is in it', async () => {
    const evil = '<!channel> <@U0EVE> @here <https://evil.example|x> *b*';
    harness.chat.answer = () => {
      const { message } = aReply();
      const body = [{ kind: 'paragraph' as const, children: [{ kind: 'text' as const, text: evil }] }];
      return aReply({ message: { ...message, title: evil, body } });
    };
    const { payload } = await door.command(evil);
    expect(String(payload.text)).not.toMatch(/<[!@h]/);
    expect(JSON.stringify(payload.blocks)).not.toContain('"mrkdwn"');
  });
});

describe('stopping', () => {
  it('waits for what is being answered', async () => {
    let finish = () => {};
    harness.chat.answer = () =>
      new Promise((done) => {
        finish = () => done(aReply());
      });
    const answer = door.command('status');
    await until(() => harness.chat.requests.length === 1);
    const stopped = harness.inbound.stop();
    finish();
    await stopped;
    expect((await answer).payload.text).toBe('🔔 Nothing is muted');
  });

  it('waits two seconds and no longer', async () => {
    harness.fake.scriptMethod('response_url', 'hang');
    await postSigned(eventsUrl(), formOf(slashCommand('status', doing()), 'command'));
    await until(() => harness.fake.calls.some(({ path }) => path.startsWith('/commands/')));
    let stopped = false;
    const stopping = harness.inbound.stop().then(() => {
      stopped = true;
    });
    await harness.clock.advance(1_999);
    expect(stopped).toBe(false);
    await harness.clock.advance(1);
    await stopping;
    await until(() => harness.log.lines.some((line) => line.includes('an answer did not arrive')));
  });
});

describe('what is opened', () => {
  const context = {
    chat: { commands: [], handle: async () => aReply(), suggest: async () => [] },
    newFaultId: () => 'f',
  };

  it('nothing without a signing secret and an app token', async () => {
    const settings = { botToken: toSecret('xoxb-1') };
    expect(await openSlackInbound(settings, { ...context, log: silentLog, clock: testClock() })).toBeUndefined();
  });

  it('one path, asking Slack nothing', async () => {
    expect(harness.inbound.paths).toEqual(['/slack/events']);
    expect(harness.inbound.health()).toEqual({ ok: true, detail: 'Commands are taken at /slack/events.' });
    expect(harness.fake.calls).toEqual([]);
  });
});
