import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FAKE_APP_TOKEN } from '../fakes/slack.ts';
import { blockActions, slackHttpDoor, slackSocketDoor, slashCommand } from '../fakes/slack-requests.ts';
import { until } from '../until.ts';
import { watchRejections } from './recording-chat.ts';
import { aReply, doing as doneBy, type SlackHarness, startSlackInbound } from './slack-harness.ts';

let harness: SlackHarness;
let rejections: ReturnType<typeof watchRejections>;

beforeEach(async () => {
  rejections = watchRejections();
  harness = await startSlackInbound({ http: false, socketMode: true });
});

afterEach(async () => {
  await harness.close();
  // Rejections are told a turn later.
  await new Promise((done) => setImmediate(done));
  rejections.stop();
  expect(rejections.seen).toEqual([]);
});

const opens = () => harness.fake.calls.filter(({ path }) => path === '/api/apps.connections.open');
const connected = (made = 1) =>
  until(() => harness.inbound.health().ok && harness.socket.connections().made === made, `connection ${made}`);
const logged = (words: string) => until(() => harness.log.lines.some((line) => line.includes(words)), words);
const door = () => slackSocketDoor(harness.fake, harness.socket);
const doing = (over: object = {}) => doneBy(harness.fake, over);

describe('Socket Mode', () => {
  it('takes no path, and connects when it is started, with the app token', async () => {
    expect(harness.inbound.paths).toEqual([]);
    expect(harness.inbound.health()).toEqual({ ok: false, detail: 'Connecting to Slack.' });
    expect(harness.fake.calls).toEqual([]);

    harness.inbound.start();
    await connected();

    expect(harness.inbound.health()).toEqual({ ok: true, detail: 'Commands arrive by Socket Mode.' });
    expect(opens().map(({ headers }) => headers.authorization)).toEqual([`Bearer ${FAKE_APP_TOKEN}`]);
  });

  it('a command, a button, a menu and the shortcut', async () => {
    harness.inbound.start();
    await connected();
    harness.fake.zones.set('U0MONA', 'Europe/Berlin');
    harness.chat.answer = () => aReply({ audience: 'channel' });

    expect(await door().command('status &amp; more')).toMatchObject({ audience: 'channel' });
    await door().press('why:evt_1', { message: '1763726400.000120' });
    await door().choose('mute:4h:evt_1');
    await door().why('1763726400.000130');

    expect(harness.chat.requests.map(({ input }) => input)).toEqual([
      { kind: 'text', text: 'status & more' },
      { kind: 'press', id: 'why:evt_1' },
      { kind: 'press', id: 'mute:4h:evt_1' },
      { kind: 'text', text: 'why this' },
    ]);
    expect(harness.chat.requests[1]).toMatchObject({
      person: { id: 'U0MONA', zone: 'Europe/Berlin' },
      on: { channel: 'C0123456789', message: '1763726400.000120' },
    });
    expect(harness.socket.acks.map(({ payload }) => payload)).toEqual([{}, {}, {}, {}]);
    // The bot's own calls keep the bot's token.
    const asBot = harness.fake.calls.filter(({ path }) => path === '/api/users.info');
    expect(asBot.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${harness.fake.token}`]);
  });

  it('what Slack sends again by another envelope is done once', async () => {
    harness.inbound.start();
    await connected();
    const body = slashCommand('status', doing());
    harness.socket.push('slash_commands', body);
    harness.socket.push('slash_commands', body, { retry_attempt: 1, retry_reason: 'timeout' });
    await until(() => harness.socket.acks.length === 2);
    await until(() => harness.fake.answers(body.response_url).length === 1);
    expect(harness.chat.requests).toHaveLength(1);
  });

  it.each<readonly [string, string, unknown]>([
    ['an event', 'events_api', { type: 'event_callback', event: { type: 'message' } }],
    ['a sort that nobody knows', 'tomorrow', { type: 'tomorrow' }],
    ['a list', 'interactive', []],
    ['nothing', 'interactive', null],
    ['text', 'slash_commands', 'status'],
    ['nulls everywhere', 'interactive', { type: 'block_actions', user: null, actions: [null], container: null }],
    [
      'a button that opens an address',
      'interactive',
      { type: 'block_actions', actions: [{ action_id: 'bellhop_open_1' }] },
    ],
  ])('acknowledges %s, and nothing more', async (_, type, payload) => {
    harness.inbound.start();
    await connected();
    const id = harness.socket.push(type, payload);
    await until(() => harness.socket.acks.some(({ envelopeId }) => envelopeId === id));
    expect(harness.chat.requests).toEqual([]);
  });

  it.each([
    'null',
    '7',
    '"hello"',
    '{',
    '',
    '{"type":"events_api","envelope_id":"e1"}',
    '{"type":"events_api","payload":{"event":null}}',
  ])('lives on after the frame %j', async (frame) => {
    harness.inbound.start();
    await connected();
    harness.socket.pushRaw(frame);
    await door().command('status');
    expect(harness.chat.requests).toHaveLength(1);
    expect(harness.socket.connections().made).toBe(1);
  });

  it('answers pings', async () => {
    harness.inbound.start();
    await connected();
    await harness.socket.ping();
  });

  it('both ways at once, when both are set', async () => {
    await harness.close();
    harness = await startSlackInbound({ socketMode: true });
    expect(harness.inbound.paths).toEqual(['/slack/events']);
    harness.inbound.start();
    await connected();
    await door().command('status');
    await slackHttpDoor(harness.fake, harness.url).command('list');
    expect(harness.chat.requests.map(({ input }) => input)).toEqual([
      { kind: 'text', text: 'status' },
      { kind: 'text', text: 'list' },
    ]);
  });
});

describe('a connection that is lost', () => {
  it.each(['disconnect', 'terminate'] as const)('by %s is made anew after a second', async (end) => {
    harness.inbound.start();
    await connected();
    harness.socket[end]();
    await until(() => !harness.inbound.health().ok);
    expect(harness.inbound.health().detail).toBe('The connection to Slack was lost; a new one is made.');
    expect(opens()).toHaveLength(1);
    await harness.clock.advance(1_000);
    await connected(2);
    await door().command('status');
    expect(harness.chat.requests).toHaveLength(1);
  });

  it('while Slack is down comes back with it', async () => {
    harness.inbound.start();
    await connected();
    harness.fake.scriptMethod('apps.connections.open', { status: 500 }, 'reset', { status: 503, body: '<html>' });
    harness.socket.terminate();
    await until(() => !harness.inbound.health().ok);
    for (const [at, wait] of [1_000, 2_000, 4_000].entries()) {
      await harness.clock.advance(wait - 1);
      expect(opens()).toHaveLength(at + 1);
      await harness.clock.advance(1);
      await until(() => opens().length === at + 2);
      await logged(`"afterMs":${wait * 2}`);
    }
    await harness.clock.advance(8_000);
    await connected(2);
    expect(harness.inbound.health().ok).toBe(true);
  });

  it('after a minute of peace is a new beginning', async () => {
    harness.inbound.start();
    await connected();
    harness.socket.terminate();
    await until(() => !harness.inbound.health().ok);
    await harness.clock.advance(1_000);
    await connected(2);
    await harness.clock.advance(60_000);
    harness.socket.terminate();
    await until(() => !harness.inbound.health().ok);
    await harness.clock.advance(1_000);
    await connected(3);
  });

  it('in the middle of a command does it once, however often Slack sends it', async () => {
    harness.inbound.start();
    await connected();
    const body = blockActions(doing(), '1.2', [{ action_id: 'bellhop_press_1', value: 'why:evt_1' }]);
    harness.socket.push('interactive', body);
    harness.socket.push('interactive', body);
    harness.socket.terminate();
    await until(() => !harness.inbound.health().ok);
    await harness.clock.advance(1_000);
    await connected(2);
    harness.socket.push('interactive', body);
    await until(() => harness.fake.answers(body.response_url).length > 0);
    expect(harness.chat.requests).toHaveLength(1);
  });
});

describe('a connection that cannot be made', () => {
  const STRANGER = 'No connection to Slack: what answered does not answer as Slack does.';

  it.each([
    [
      { body: { ok: false, error: 'invalid_auth' } },
      'Slack does not accept the app token (invalid_auth): check platforms.slack.appToken, which needs the scope connections:write.',
    ],
    [{ body: { ok: false, error: 'internal_error' } }, 'No connection to Slack: Slack says internal_error.'],
    [{ status: 500 }, 'No connection to Slack: Slack, or a proxy on the way, answered with HTTP 500.'],
    ['reset' as const, 'No connection to Slack: Slack broke the connection before it answered.'],
    [{ body: '<html>' }, STRANGER],
    [{ body: { ok: true } }, STRANGER],
    [{ body: { ok: true, url: 'ws://127.0.0.1:1/' } }, 'Slack closed the connection before it said hello.'],
    [{ body: { ok: true, url: 'nonsense' } }, STRANGER],
  ])('after %j says why, and is tried again', async (reply, detail) => {
    harness.fake.scriptMethod('apps.connections.open', reply);
    harness.inbound.start();
    await logged('no commands arrive');
    expect(harness.inbound.health()).toEqual({ ok: false, detail });
    await harness.clock.advance(1_000);
    await connected();
  });

  it('waits as long as Slack says', async () => {
    harness.fake.scriptMethod('apps.connections.open', { status: 429, headers: { 'retry-after': '30' } });
    harness.inbound.start();
    await logged('"afterMs":30000');
    await harness.clock.advance(29_999);
    expect(opens()).toHaveLength(1);
    await harness.clock.advance(1);
    await connected();
  });

  it('waits longer each time, and a minute at most; the log is told once', async () => {
    harness.fake.scriptMethod('apps.connections.open', ...Array.from({ length: 9 }, () => ({ status: 500 })));
    harness.inbound.start();
    for (const wait of [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]) {
      await until(() => harness.log.lines.some((line) => line.includes(`"afterMs":${wait}`)));
      harness.log.lines.splice(
        0,
        harness.log.lines.length,
        ...harness.log.lines.filter((line) => line.startsWith('warn')),
      );
      await harness.clock.advance(wait);
    }
    await connected();
    expect(harness.log.lines.filter((line) => line.startsWith('warn'))).toHaveLength(1);
  });

  it('to a Slack that never says hello is given up after half a minute', async () => {
    harness.socket.greets = false;
    harness.inbound.start();
    await until(() => harness.socket.connections().open === 1);
    await harness.clock.advance(30_000);
    await logged('before it said hello');
    harness.socket.greets = true;
    await harness.clock.advance(1_000);
    await connected(2);
  });
});

describe('stopping', () => {
  it('closes the connection and makes no other', async () => {
    harness.inbound.start();
    await connected();
    await harness.inbound.stop();
    await until(() => harness.socket.connections().open === 0);
    await harness.clock.advance(600_000);
    expect(opens()).toHaveLength(1);
    expect(harness.inbound.health().ok).toBe(false);
  });

  it('ends the waiting for another try', async () => {
    harness.fake.scriptMethod('apps.connections.open', { status: 500 });
    harness.inbound.start();
    await logged('no commands arrive');
    await harness.inbound.stop();
    await harness.clock.advance(600_000);
    expect(opens()).toHaveLength(1);
  });

  it('while Slack is still asked leaves no connection behind', async () => {
    harness.inbound.start();
    await harness.inbound.stop();
    await until(() => harness.socket.connections().made === 1);
    await until(() => harness.socket.connections().open === 0);
    expect(harness.inbound.health().ok).toBe(false);
  });

  it('before it was started does nothing', async () => {
    await harness.inbound.stop();
    expect(harness.fake.calls).toEqual([]);
  });
});
