import { createHmac } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readBlueprint, SHIPPED_TEMPLATES } from '../../src/blueprint.ts';
import { ConfigError } from '../../src/core/errors.ts';
import { until } from '../until.ts';
import { startTestApp, type TestApp } from './app.ts';

/** What somebody writes for a sender that Bellhop does not know. */
const BILLING = {
  title: 'Billing',
  verifier: { scheme: 'hmac', headers: ['X-Billing-Signature'], prefix: 'sha256=' },
  events: { 'invoice.paid': 'It was paid.', 'invoice.failed': 'It could not be paid.' },
  requires: '{{payload.invoice.number}}',
  event: { from: '{{payload.kind}}', map: { PAID: 'invoice.paid', FAILED: 'invoice.failed' } },
  id: '{{payload.id}}',
  key: 'invoice:{{payload.invoice.number}}',
  state: '{{payload.kind}}',
  closes: ['paid'],
  severity: { from: '{{payload.kind}}', map: { FAILED: 'error' } },
  titles: {
    'invoice.paid': 'Invoice {{payload.invoice.number}} is paid',
    'invoice.failed': 'Invoice {{payload.invoice.number}} could not be paid',
  },
  labels: { customer: '{{payload.invoice.customer}}' },
  facts: { amount: { money: '{{payload.invoice.total}}', currency: '{{payload.invoice.currency}}' } },
};

const CONFIG = {
  sources: { billing: { type: 'billing', secret: 'bell-secret' } },
  channels: { screen: { platform: 'console' } },
  routes: [{ name: 'failed', match: { event: 'invoice.failed', customer: 'acme' }, to: 'screen' }],
};

const SIGNED = { scheme: 'hmac', headers: ['X-Sig'] };
const VERIFIER_MISTAKES: readonly (readonly [unknown, RegExp])[] = [
  [undefined, /:1:1: verifier: is missing; expected an object with a `scheme`$/],
  [{ scheme: 'hmca' }, /verifier\.scheme: is no way to prove a sender; expected hmac, token, bodyToken, /],
  [{ scheme: 'hmac' }, /verifier\.headers: is missing; expected a list$/],
  [
    { ...SIGNED, headers: ['X Sig'] },
    /verifier\.headers\.0: is no name of a header; expected one as in "X-Signature"$/,
  ],
  [
    { ...SIGNED, signed: '{body}{nonce}' },
    /verifier\.signed: holds a placeholder that is none of \{body\}, \{timestamp\}, /,
  ],
  [{ ...SIGNED, signed: '{method}' }, /verifier\.signed: does not hold \{body\}: the signature would not cover /],
  [
    { ...SIGNED, signed: '{timestamp}.{body}' },
    /verifier\.timestamp: is missing; expected the headers or the field that \{timestamp\} in `signed` comes from$/,
  ],
  [{ ...SIGNED, signed: '{id}.{body}' }, /verifier\.idHeaders: is missing; expected the headers that \{id\} in /],
  [
    { ...SIGNED, timestamp: {} },
    /verifier\.timestamp: says no place of the signed time; expected one of headers, field or bodyPath$/,
  ],
  [
    { ...SIGNED, separator: ',', timestamp: { field: 't', bodyPath: 'a.b' } },
    /verifier\.timestamp: says 2 places of the signed time; /,
  ],
  [{ ...SIGNED, timestamp: { field: 't' } }, /verifier\.separator: is missing; expected what stands between the time /],
  [
    { ...SIGNED, timestamp: { headers: ['X-Time'], tolerance: 'long' } },
    /verifier\.timestamp\.tolerance: is no duration from 1s to 1d; expected one as in "5m"$/,
  ],
  [
    { scheme: 'ecdsa', headers: ['X-Sig'], signed: '{url}{body}', timestamp: { headers: ['X-Time'] } },
    /verifier\.signed: holds a placeholder that is none of \{body\}, \{timestamp\}$/,
  ],
  [
    { scheme: 'anyOf', of: [{ scheme: 'bearer' }, { scheme: 'none' }] },
    /verifier\.of\.1\.scheme: is no way to prove a sender; expected hmac, token, bodyToken, queryToken, bearer, basic or urlToken$/,
  ],
  [
    { scheme: 'clientCertificate', subject: 'hooks' },
    /verifier\.subject: is no subject of a certificate; expected one as in "CN=hooks\.example\.com"$/,
  ],
];

let cleanup = async (): Promise<void> => {};
afterEach(() => cleanup());

describe('a type that a user declared', () => {
  it('is taken up while Bellhop runs, verified, read, routed and posted', async () => {
    const app: TestApp = await startTestApp({ ...CONFIG, sources: {}, routes: [] });
    cleanup = () => app.stop();
    await mkdir(join(app.folder, 'config', 'sources'));
    await app.writeConfig(BILLING, 'sources/billing.json');
    await app.writeConfig(CONFIG);
    await until(() => app.app.runtime().sources.has('billing'), 'the new type');

    const body = JSON.stringify({
      id: 'e1',
      kind: 'FAILED',
      invoice: { number: 'R-7', customer: 'acme', total: 12.5, currency: 'EUR' },
    });
    const signature = createHmac('sha256', 'bell-secret').update(body).digest('hex');
    const send = (headers: Record<string, string>) => app.send('/hooks/billing', { body, headers });
    expect((await send({ 'x-billing-signature': 'sha256=00' })).status).toBe(401);
    expect((await send({ 'x-billing-signature': `sha256=${signature}` })).body).toMatchObject({ status: 'accepted' });
    expect((await send({ 'x-billing-signature': `sha256=${signature}` })).body).toMatchObject({ status: 'duplicate' });
    await until(() => app.printed.some((text) => text.includes('Invoice R-7 could not be paid')), 'the message');
    const { body: list } = await app.api('/api/events');
    expect(list.events).toMatchObject([{ type: 'billing', key: 'invoice:R-7', severity: 'error', state: 'failed' }]);
  });

  it('is one event when it is sent twice: by its id, or without one in the same words with the time it happened', async () => {
    const { id: _id, ...withoutId } = BILLING;
    const app: TestApp = await startTestApp({ ...CONFIG, sources: {}, routes: [] });
    cleanup = () => app.stop();
    await mkdir(join(app.folder, 'config', 'sources'));
    await app.writeConfig({ ...withoutId, at: '{{payload.time}}' }, 'sources/billing.json');
    await app.writeConfig({ ...CONFIG, sources: { billing: { type: 'billing', verify: 'none' } } });
    await until(() => app.app.runtime().sources.has('billing'), 'the new type');
    const send = async (document: object) => {
      const { body } = await app.send('/hooks/billing', { body: JSON.stringify(document) });
      return body.status;
    };
    const failed = { kind: 'FAILED', invoice: { number: 'R-7' } };
    // Without a time, the same words may be meant twice.
    expect([await send(failed), await send(failed)]).toEqual(['accepted', 'accepted']);
    const dated = { ...failed, time: '2025-11-21T12:00:00Z' };
    expect([await send(dated), await send(dated)]).toEqual(['accepted', 'duplicate']);
    expect(await send({ ...dated, attempt: 2 })).toBe('accepted');
  });

  it('may prove itself by a client certificate, without a secret, where the server asks for one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bellhop-own-'));
    cleanup = () => rm(folder, { recursive: true, force: true });
    await mkdir(join(folder, 'sources'));
    const verifier = { scheme: 'clientCertificate', subject: 'CN=billing.example.com' };
    await writeFile(join(folder, 'sources', 'billing.json'), JSON.stringify({ ...BILLING, verifier }));
    const read = (tls: object) => {
      const sources = { billing: { type: 'billing' } };
      return writeFile(join(folder, 'bellhop.json'), JSON.stringify({ ...CONFIG, sources, server: tls })).then(() =>
        readBlueprint({ config: folder, templates: SHIPPED_TEMPLATES }, {}),
      );
    };
    await expect(read({})).rejects.toThrow(
      'sources.billing.type: proves itself by a client certificate and needs server.tls.clientCa',
    );
    const { types } = await read({ tls: { cert: 'cert.pem', key: 'key.pem', clientCa: 'ca.pem' } });
    expect(types.get('billing')?.verifier).toEqual(verifier);
  });

  it.each<[string, object | string, RegExp]>([
    ['billing', { ...BILLING, event: undefined }, /sources\/billing\.json:1:1: event: is missing/],
    [
      'billing',
      { ...BILLING, titels: {} },
      /sources\/billing\.json:1:\d+: titels: is no setting here; did you mean "titles"/,
    ],
    ['billing', { ...BILLING, key: 'a {{#payload}} b' }, /sources\/billing\.json:1:\d+: key: /],
    ['billing', { ...BILLING, severity: 7 }, /severity: is no value; expected text such as/],
    ...VERIFIER_MISTAKES.map(([verifier, sentence]): [string, object, RegExp] => [
      'billing',
      { ...BILLING, verifier },
      sentence,
    ]),
    ['billing', '{ "title": ', /sources\/billing\.json:1:\d+: /],
    ['github', BILLING, /"github" is a type that comes with Bellhop; give the file another name/],
    ['Bill ing', BILLING, /"Bill ing" is no name for a type/],
  ])('%s with a mistake is refused with its place: %j', async (name, content, sentence) => {
    const folder = await mkdtemp(join(tmpdir(), 'bellhop-own-'));
    cleanup = () => rm(folder, { recursive: true, force: true });
    await mkdir(join(folder, 'sources'));
    await writeFile(join(folder, 'bellhop.json'), JSON.stringify({ ...CONFIG, sources: {} }));
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    await writeFile(join(folder, 'sources', `${name}.json`), text);
    const error: unknown = await readBlueprint({ config: folder, templates: SHIPPED_TEMPLATES }, {}).catch((e) => e);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).message.replaceAll(`${folder}/`, '')).toMatch(sentence);
  });
});
