import { describe, expect, test } from 'vitest';
import type { Renderer } from '../../src/core/renderer.ts';
import type { Accepting, Store } from '../../src/core/store.ts';
import { type Arrived, createReceiver } from '../../src/pipeline/receive.ts';
import { compileRoutes } from '../../src/routing/router.ts';
import { buildRuntime } from '../../src/runtime.ts';
import { createSourceTypes } from '../../src/sources/index.ts';
import { rememberingLog, testClock, testIds } from '../builders.ts';
import { load } from '../config/config-folder.ts';
import { aSigner } from '../sources/self-signed.ts';
import {
  confirmation,
  notification,
  type SnsMessage,
  SUBSCRIBE_URL,
  signedBy,
  TOPIC,
  unsubscription,
} from '../sources/sns-messages.ts';

const signer = aSigner();
const stranger = aSigner();
const signed = (message: SnsMessage) => signedBy(signer.privateKey, message);

/** A receiver whose source is `aws-sns`, and what it fetched, stored and logged. */
async function world(
  source: object = { topics: [TOPIC] },
  confirm: () => Promise<Response> = async () => new Response(''),
) {
  const fetched: string[] = [];
  const stored: string[] = [];
  const clock = testClock();
  const fetch: typeof globalThis.fetch = async (url, init) => {
    if (String(url).endsWith('.pem')) return new Response(signer.pem);
    fetched.push(`${init?.redirect} ${String(url)}`);
    return confirm();
  };
  const log = rememberingLog();
  const { config } = await load(
    { sources: { aws: { type: 'aws-sns', ...source } } },
    { sourceTypes: ['aws-sns'], secretless: ['aws-sns'] },
  );
  const runtime = await buildRuntime({
    config,
    types: createSourceTypes({ renderText: (text) => text, fetch, clock }),
    router: compileRoutes([]).router,
    renderer: {} as Renderer,
    autoSecret: () => Promise.reject(new Error('none is made')),
    connect: () => Promise.reject(new Error('nothing is posted')),
  });
  const accept = async ({ hook, status, events }: Accepting) => {
    stored.push(...events.map(({ event }) => event.event));
    return { hookId: hook.id, status, events: events.map(({ event }) => event), muted: 0 };
  };
  const receiver = createReceiver({
    runtime: () => runtime,
    store: { accept } as unknown as Store,
    clock,
    newId: testIds(),
    metrics: { hook: () => {}, event: () => {}, muted: () => {} } as never,
    log,
    onAccepted: () => {},
  });
  const send = (message: unknown, headers: Record<string, string> = {}) => {
    const arrived: Arrived = {
      ...{ source: 'aws', method: 'POST', query: {}, from: '127.0.0.1' },
      headers: { 'content-type': 'text/plain; charset=UTF-8', ...headers },
      body: Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)),
    };
    return receiver.receive(arrived).catch((error: unknown) => error);
  };
  return { send, fetched, stored, clock, log };
}

describe('a subscription to a topic of the source', () => {
  test('is confirmed at Amazon’s address, and told', async () => {
    const { send, fetched, stored } = await world();
    expect(await send(signed(confirmation))).toMatchObject({ status: 'accepted', events: 1 });
    expect(fetched).toEqual([`error ${SUBSCRIBE_URL}`]);
    expect(stored).toEqual(['subscription.confirmed']);
  });

  test('is not confirmed for a bad signature', async () => {
    const { send, fetched, stored } = await world();
    const forged = signedBy(stranger.privateKey, confirmation);
    expect(await send(forged)).toMatchObject({ code: 'bad_signature' });
    expect(await send({ ...signed(confirmation), Token: 'another' })).toMatchObject({ code: 'bad_signature' });
    expect(await send(confirmation)).toMatchObject({ code: 'bad_signature' });
    expect([fetched, stored]).toEqual([[], []]);
  });

  test.each([
    ['Amazon answers 403', async () => new Response('', { status: 403 }), 'Amazon answered 403'],
    ['Amazon answers 500', async () => new Response('', { status: 500 }), 'Amazon answered 500'],
    ['there is no network', () => Promise.reject(new Error('no network')), 'Amazon cannot be reached'],
  ])('SNS comes again where %s', async (_what, confirm, why) => {
    const { send, stored, log } = await world({ topics: [TOPIC] }, confirm);
    const reason = `The subscription to ${TOPIC} is not confirmed: ${why}.`;
    expect(await send(signed(confirmation))).toMatchObject({ code: 'busy', retryAfterSeconds: 5, message: reason });
    expect(stored).toEqual([]);
    expect(log.lines).toEqual([
      `warn a handshake was refused ${JSON.stringify({ source: 'aws', handshake: 'aws-sns', reason })}`,
    ]);
  });

  test('SNS comes again where Amazon does not answer in three seconds', async () => {
    const { send, clock } = await world({ topics: [TOPIC] }, () => new Promise(() => {}));
    const answer = send(signed(confirmation));
    for (let second = 0; second < 4; second++) await clock.advance(1_000);
    expect(await answer).toMatchObject({ code: 'busy', message: expect.stringContaining('within 3 s') });
  });

  test.each([
    'http://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription',
    SUBSCRIBE_URL.replace('https:', 'http:'),
    SUBSCRIBE_URL.replace('amazonaws.com', 'amazonaws.com.evil.example'),
    SUBSCRIBE_URL.replace('amazonaws.com', 'amazonaws.com@evil.example'),
    SUBSCRIBE_URL.replace('amazonaws.com', 'amazonaws.com:8443'),
    SUBSCRIBE_URL.replace('https://', 'https://mona:bell@'),
    SUBSCRIBE_URL.replace('sns.eu-west-1', 'sns.s3'),
    SUBSCRIBE_URL.replace('sns.eu-west-1', 'xsns.eu-west-1'),
    SUBSCRIBE_URL.replace('sns.eu-west-1.amazonaws.com', '169.254.169.254'),
    SUBSCRIBE_URL.replace('sns.eu-west-1.amazonaws.com', '[::1]'),
    SUBSCRIBE_URL.replace('/?', '/elsewhere?'),
    SUBSCRIBE_URL.replace('/?', '//evil.example/?'),
    SUBSCRIBE_URL.replace('ConfirmSubscription', 'Unsubscribe'),
    SUBSCRIBE_URL.replace('Token=2', 'Token=3'),
    SUBSCRIBE_URL.replace(':alarms', ':others'),
    `${SUBSCRIBE_URL}&Action=DeleteTopic`,
    `${SUBSCRIBE_URL}&X=1`,
    `${SUBSCRIBE_URL}#x`,
    'file:///etc/passwd',
    'x'.repeat(10_000),
    '',
  ])('is never confirmed at %s', async (SubscribeURL) => {
    const { send, fetched } = await world();
    expect(await send(signed({ ...confirmation, SubscribeURL }))).toMatchObject({ code: 'handshake_refused' });
    expect(fetched).toEqual([]);
  });

  test('that somebody ended is told as a warning, and its address never called', async () => {
    const { send, fetched, stored } = await world();
    expect(await send(signed(unsubscription))).toMatchObject({ status: 'accepted' });
    expect([fetched, stored]).toEqual([[], ['subscription.ended']]);
  });
});

describe('a topic that the source does not list', () => {
  const theirs = 'arn:aws:sns:eu-west-1:999988887777:alarms';

  test('is refused, whatever it says, and nothing is called', async () => {
    const { send, fetched, stored } = await world();
    for (const message of [notification, confirmation, unsubscription]) {
      expect(await send(signed({ ...message, TopicArn: theirs }))).toMatchObject({
        code: 'topic_not_allowed',
        message: `The topic ${theirs} is not in the source’s topics; if it is yours, add "${theirs}" there.`,
      });
    }
    expect([fetched, stored]).toEqual([[], []]);
  });

  test('is taken by a source that verifies nothing and lists none, but its subscription is not confirmed', async () => {
    const { send, fetched, stored } = await world({ verify: 'none' });
    expect(await send(notification)).toMatchObject({ status: 'accepted' });
    expect(await send(confirmation)).toMatchObject({ code: 'topic_not_allowed' });
    expect([fetched, stored]).toEqual([[], ['notification']]);
  });
});

describe('a notification', () => {
  test('is believed by its signed fields alone, however its headers read', async () => {
    const { send, stored } = await world();
    const headers = { 'x-amz-sns-message-type': 'SubscriptionConfirmation', 'x-amz-sns-topic-arn': 'arn:of:another' };
    expect(await send(signed(notification), headers)).toMatchObject({ status: 'accepted' });
    expect(stored).toEqual(['notification']);
  });

  test('without an envelope has no signature, and is refused', async () => {
    const { send } = await world();
    const alarm = { AlarmName: 'bells', NewStateValue: 'ALARM' };
    expect(await send(alarm)).toMatchObject({ code: 'bad_signature' });
    const open = await world({ auth: { basic: { user: 'sns', password: 'bell' } } });
    const authorization = `Basic ${Buffer.from('sns:bell').toString('base64')}`;
    expect(await open.send(alarm)).toMatchObject({ code: 'bad_signature' });
    expect(await open.send(alarm, { authorization })).toMatchObject({ status: 'accepted' });
    expect(open.stored).toEqual(['alarm.alarm']);
  });
});
