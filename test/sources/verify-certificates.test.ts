import { type KeyObject, sign } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Hook } from '../../src/core/hook.ts';
import { toSecret } from '../../src/core/secret.ts';
import type { CustomVerifier, Verdict } from '../../src/core/source.ts';
import { createCertificates } from '../../src/sources/verifiers/certificates.ts';
import type { FetchTools } from '../../src/sources/verifiers/fetch-bytes.ts';
import { createPaypalVerifier } from '../../src/sources/verifiers/paypal.ts';
import { createSnsVerifier } from '../../src/sources/verifiers/sns.ts';
import { verifyHook } from '../../src/sources/verify.ts';
import { aHook, NOON, testClock } from '../builders.ts';
import { aSigner } from './self-signed.ts';

const signer = aSigner();
const stranger = aSigner();

interface Shelf {
  readonly asked: string[];
  readonly fetch: NonNullable<FetchTools['fetch']>;
}

/** Answers like a host with certificates, and writes down what it was asked for. */
function shelf(answer: (url: string) => Response | Promise<Response> = () => new Response(signer.pem)): Shelf {
  const asked: string[] = [];
  return {
    asked,
    fetch: async (url, options) => {
      asked.push(`${options?.redirect} ${String(url)}`);
      return answer(String(url));
    },
  };
}

const sha = { 1: 'sha1', 2: 'sha256' } as const;
const BAD = { ok: false, code: 'bad_signature' };
const BUSY = { ok: false, code: 'busy' };

describe('Amazon SNS', () => {
  const CERT = `https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-${'0a'.repeat(16)}.pem`;
  const notification = {
    Type: 'Notification',
    MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    TopicArn: 'arn:aws:sns:eu-west-1:123456789012:alarms',
    Subject: 'ALARM: "too many bells"',
    Message: '{"AlarmName":"bells","text":"ü\\n"}',
    Timestamp: '2026-11-21T11:59:30.000Z',
    SigningCertURL: CERT,
    UnsubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe',
  };
  const confirmation = {
    ...notification,
    Type: 'SubscriptionConfirmation',
    Subject: undefined,
    Token: '2336412f37fb687f5d51e6e241d09c80',
    SubscribeURL:
      'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37fb687f5d51e6e241d09c80',
  };
  type Message = Readonly<Record<string, unknown>>;

  /** Written as Amazon's documentation says, apart from the code that is tested. */
  function signed(message: Message, { version = 1 as 1 | 2, key = signer.privateKey as KeyObject } = {}): Message {
    const names = message.Type === 'Notification' ? ['Subject'] : ['SubscribeURL', 'Token'];
    const text = [...names, 'Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type']
      .sort()
      .filter((name) => message[name] !== undefined)
      .map((name) => `${name}\n${message[name]}\n`)
      .join('');
    const signature = sign(sha[version], Buffer.from(text), key).toString('base64');
    return { ...message, SignatureVersion: String(version), Signature: signature };
  }
  const hookOf = (message: unknown): Hook =>
    aHook({ headers: { 'content-type': 'text/plain; charset=UTF-8' }, body: message });
  const check = (message: unknown, verifier: CustomVerifier = createSnsVerifier(shelf()), now = NOON) =>
    verifyHook(hookOf(message), { verifier, secrets: [] }, now);

  test.each([1, 2] as const)('signature version %i, of all three kinds of message', async (version) => {
    for (const message of [notification, { ...notification, Subject: undefined }, confirmation]) {
      expect(await check(signed(message, { version }))).toEqual({ ok: true });
    }
    const unsubscribe = { ...confirmation, Type: 'UnsubscribeConfirmation' };
    expect(await check(signed(unsubscribe, { version }))).toEqual({ ok: true });
    expect(await check({ ...signed(notification), Subject: undefined })).toMatchObject(BAD);
  });

  test('China has hosts of its own', async () => {
    const SigningCertURL = CERT.replace('eu-west-1.amazonaws.com', 'cn-north-1.amazonaws.com.cn');
    expect(await check(signed({ ...notification, SigningCertURL }))).toEqual({ ok: true });
  });

  test('any signed field changed, left out or of another shape is refused', async () => {
    const good = signed(notification);
    for (const name of ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type', 'Signature'])
      for (const value of [`${good[name]} `, undefined, null, '', [good[name]], 7, {}])
        expect(await check({ ...good, [name]: value }), `${name}: ${JSON.stringify(value)}`).toMatchObject(BAD);
    for (const SignatureVersion of ['2', '3', '', 1, null, 'toString'])
      expect(await check({ ...good, SignatureVersion })).toMatchObject(BAD);
    expect(await check(signed(notification, { key: stranger.privateKey }))).toMatchObject(BAD);
  });

  test('what is no message of SNS is refused, and nothing is fetched for it', async () => {
    const hosts = shelf();
    for (const message of ['', 'x', '[]', 'null', '7', '{}', { Type: 'constructor' }, { Type: 'Notification' }])
      expect(await check(message, createSnsVerifier(hosts))).toMatchObject(BAD);
    expect(hosts.asked).toEqual([]);
  });

  test.each([
    'http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem',
    'https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-0a.pem',
    'https://evil.example/sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem',
    'https://sns.eu-west-1.amazonaws.com@evil.example/SimpleNotificationService-0a.pem',
    'https://mona@sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem',
    'https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-0a.pem',
    'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem?x=1',
    'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem#x',
    'https://sns.eu-west-1.amazonaws.com/../SimpleNotificationService-0a.pem/x',
    'https://sns.eu-west-1.amazonaws.com/mine/SimpleNotificationService-0a.pem',
    'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.txt',
    'https://sns.s3.amazonaws.com/SimpleNotificationService-0a.pem',
    'https://sns.s3-us-west-2.amazonaws.com/SimpleNotificationService-0a.pem',
    'https://xsns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem',
    'https://127.0.0.1/SimpleNotificationService-0a.pem',
    'file:///etc/passwd',
    '',
    'x'.repeat(10_000),
    undefined,
    7,
  ])('nothing is fetched from %s', async (SigningCertURL) => {
    const hosts = shelf();
    expect(await check(signed({ ...notification, SigningCertURL }), createSnsVerifier(hosts))).toMatchObject(BAD);
    expect(hosts.asked).toEqual([]);
  });

  test('stale and future', async () => {
    const at = (ms: number) => check(signed(notification), undefined, new Date(NOON.getTime() + ms));
    expect(await at(60 * 60_000)).toEqual({ ok: true });
    expect(await at(66 * 60_000)).toMatchObject({ code: 'stale_timestamp' });
    expect(await at(-66 * 60_000)).toMatchObject({ code: 'stale_timestamp' });
    expect(await check(signed({ ...notification, Timestamp: 'yesterday' }))).toMatchObject(BAD);
  });

  test('the certificate is fetched once, without following redirects, and then known at once', async () => {
    const hosts = shelf();
    const verifier = createSnsVerifier(hosts);
    expect(await Promise.all([check(signed(notification), verifier), check(signed(confirmation), verifier)])).toEqual([
      { ok: true },
      { ok: true },
    ]);
    const later = check(signed(notification, { version: 2 }), verifier);
    expect(later).not.toBeInstanceOf(Promise);
    expect(later).toEqual({ ok: true });
    expect(hosts.asked).toEqual([`error ${CERT}`]);
  });

  test('where there is no certificate the hook is refused; where it cannot be had now, the sender comes back', async () => {
    const answers: readonly (readonly [() => Response | Promise<Response>, object])[] = [
      [() => new Response('gone', { status: 404 }), BAD],
      [() => new Response('no certificate'), BAD],
      [() => new Response('x'.repeat(100_000) + signer.pem), BAD],
      [() => new Response('slow down', { status: 429 }), BUSY],
      [() => new Response('broken', { status: 503 }), BUSY],
      [() => Promise.reject(new Error('no network')), BUSY],
    ];
    for (const [answer, expected] of answers)
      expect(await check(signed(notification), createSnsVerifier(shelf(answer)))).toMatchObject(expected);
  });
});

describe('PayPal', () => {
  const CERT = 'https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-1d93a270';
  const WEBHOOK = '8PT597110X687430LKGECATA';
  const BODY = '{"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED","note":"ü"}\r\n';
  const [id, time] = ['69cd13f0-d67a-11e5-baa3-778b53f4ae55', '2026-11-21T11:59:30Z'];
  const headersFor = ({ webhook = WEBHOOK, body = BODY, at = time, key = signer.privateKey as KeyObject } = {}) => ({
    'paypal-transmission-id': id,
    'paypal-transmission-time': at,
    'paypal-cert-url': CERT,
    'paypal-auth-algo': 'SHA256withRSA',
    'paypal-transmission-sig': sign(
      'sha256',
      Buffer.from(`${id}|${at}|${webhook}|${crc32(Buffer.from(body))}`),
      key,
    ).toString('base64'),
  });
  const check = (
    headers: Record<string, string>,
    { body = BODY, secrets = ['OTHER', WEBHOOK], hosts = shelf() } = {},
  ): Verdict | Promise<Verdict> =>
    verifyHook(
      aHook({ headers, body }),
      { verifier: createPaypalVerifier(hosts), secrets: secrets.map(toSecret) },
      NOON,
    );

  test('live and sandbox', async () => {
    expect(await check(headersFor())).toEqual({ ok: true });
    const sandbox = CERT.replace('api.', 'api.sandbox.');
    expect(await check({ ...headersFor(), 'paypal-cert-url': sandbox })).toEqual({ ok: true });
  });

  test('tampered, missing, empty, of another webhook, another key, an empty secret', async () => {
    const good = headersFor();
    expect(await check(good, { body: BODY.trim() })).toMatchObject(BAD);
    for (const name of Object.keys(good) as (keyof typeof good)[]) {
      // Without a word about the algorithm, it is the one that is used.
      if (name !== 'paypal-auth-algo') expect(await check({ ...good, [name]: '' }), name).toMatchObject(BAD);
      if (name !== 'paypal-cert-url')
        expect(await check({ ...good, [name]: `${good[name]}0` }), name).toMatchObject(BAD);
    }
    expect(await check({})).toMatchObject(BAD);
    expect(await check(headersFor({ webhook: 'STRANGER' }))).toMatchObject(BAD);
    expect(await check(headersFor({ webhook: '' }), { secrets: [''] })).toMatchObject(BAD);
    expect(await check(headersFor({ key: stranger.privateKey }))).toMatchObject(BAD);
  });

  test('a retry three days later is in; a week before or after is not', async () => {
    expect(await check(headersFor({ at: '2026-11-18T12:00:00Z' }))).toEqual({ ok: true });
    for (const at of ['2026-11-14T12:00:00Z', '2026-11-28T12:00:00Z'])
      expect(await check(headersFor({ at }))).toMatchObject({ code: 'stale_timestamp' });
    expect(await check(headersFor({ at: '2018-19-12T22:20:32.000Z' }))).toMatchObject(BAD);
  });

  test.each([
    'http://api.paypal.com/v1/notifications/certs/CERT-1',
    'https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1',
    'https://evil.paypal.com/v1/notifications/certs/CERT-1',
    'https://api.paypal.com/v1/elsewhere/CERT-1',
    'https://api.paypal.com/v1/notifications/certs/CERT-1?to=https://evil.example',
    'https://api.paypal.com/v1/notifications/certs/../../CERT-1',
  ])('nothing is fetched from %s', async (url) => {
    const hosts = shelf();
    expect(await check({ ...headersFor(), 'paypal-cert-url': url }, { hosts })).toMatchObject(BAD);
    expect(hosts.asked).toEqual([]);
  });

  test('a refusal says neither the webhook’s id nor what was signed', async () => {
    const verdict = await check(headersFor({ webhook: 'STRANGER' }));
    expect(JSON.stringify(verdict)).not.toMatch(new RegExp(`${WEBHOOK}|${id}`));
  });
});

describe('certificates', () => {
  const at = (name: string) => `https://host.example/${name}`;

  test('a fetch that hangs ends by the clock, and its signal says so', async () => {
    const clock = testClock();
    let signal: AbortSignal | null | undefined;
    const certificates = createCertificates({
      clock,
      fetch: (_url, options) => {
        signal = options?.signal;
        return new Promise(() => {});
      },
    });
    const found = certificates.keyAt(at('slow'));
    await clock.advance(3_000);
    expect(await found).toEqual({ kind: 'unreachable' });
    expect(signal?.aborted).toBe(true);
  });

  test('are kept for a day, sixteen of them', async () => {
    const clock = testClock();
    const hosts = shelf();
    const certificates = createCertificates({ clock, fetch: hosts.fetch });
    for (let n = 0; n < 17; n++) expect(await certificates.keyAt(at(`${n}`))).toMatchObject({ kind: 'key' });
    expect(certificates.keyAt(at('16'))).not.toBeInstanceOf(Promise);
    expect(certificates.keyAt(at('0'))).toBeInstanceOf(Promise);
    await certificates.keyAt(at('0'));
    await clock.advance(24 * 3_600_000 + 1);
    expect(certificates.keyAt(at('16'))).toBeInstanceOf(Promise);
    await certificates.keyAt(at('16'));
    expect(hosts.asked).toHaveLength(19);
  });

  test('strangers who name many have four fetched at once and push nothing out', async () => {
    const held: ((response: Response) => void)[] = [];
    const hosts = shelf((url) =>
      url === at('own') ? new Response(signer.pem) : new Promise((resolve) => held.push(resolve)),
    );
    const certificates = createCertificates({ clock: testClock(), fetch: hosts.fetch });
    await certificates.keyAt(at('own'));
    const asked = Array.from({ length: 50 }, (_, n) => certificates.keyAt(at(`x${n}`)));
    expect(asked.filter((found) => found instanceof Promise)).toHaveLength(4);
    expect(asked.at(-1)).toEqual({ kind: 'unreachable' });
    for (const answer of held) answer(new Response('gone', { status: 404 }));
    expect(await asked[0]).toEqual({ kind: 'none' });
    expect(certificates.keyAt(at('own'))).toMatchObject({ kind: 'key' });
  });
});
