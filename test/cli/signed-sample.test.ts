import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHIPPED_TEMPLATES, sourceTypes } from '../../src/blueprint.ts';
import { signedSample } from '../../src/cli/signed-sample.ts';
import { CommandError } from '../../src/core/errors.ts';
import { cannotSign } from '../../src/sources/sign.ts';
import { verifierOf } from '../../src/sources/verifier-of.ts';
import { loadSamples, type Sample } from '../../src/templates/samples.ts';
import { NOON } from '../builders.ts';
import { startTestApp, type TestApp } from '../http/app.ts';

const PUBLIC_URL = 'https://bellhop.example.com';
/** Base64, so that it is a key to every kind of verifier; with what an address must encode. */
const SECRET = 'whsec_Y29ycmVjdCBob3JzZSBiYXR0ZXJ5+/A=';

const all = [...sourceTypes.values()];
const signable = all.filter(({ verifier }) => cannotSign(verifier) === undefined);
const samples = await loadSamples([SHIPPED_TEMPLATES]);

const TIMED = { header: 'X-Sig', timestampHeader: 'X-Time' };
/** Every form of `auth` that Bellhop can sign for. */
const AUTH: Readonly<Record<string, object>> = {
  'auth-hmac': { hmac: { header: 'X-Sig', prefix: 'sha256=' } },
  'auth-hmac-time': { hmac: { ...TIMED, idHeader: 'X-Id', signed: '{id}.{timestamp}.{body}', key: 'whsec' } },
  'auth-hmac-field': { hmac: { header: 'X-Sig', timestampField: 't', prefix: 'v1=', timestampUnit: 'ms' } },
  'auth-hmac-url': { hmac: { ...TIMED, signed: '{method}{url}{timestamp}{body}', timestampUnit: 'iso' } },
  'auth-token': { token: { header: 'X-Token' } },
  'auth-body-token': { bodyToken: { path: 'auth.token' } },
  'auth-query-token': { queryToken: { name: 'access_token' } },
  'auth-bearer': { bearer: SECRET },
  'auth-basic': { basic: { user: 'mona', password: SECRET } },
  'auth-url-token': { urlToken: SECRET },
};

describe('a sample is sent as its real sender would', () => {
  let bellhop: TestApp;
  beforeAll(async () => {
    const ofTypes = signable.map(({ type, verifier }) => [
      type,
      { type, ...(verifier.scheme === 'none' ? { verify: 'none' } : { secret: SECRET }) },
    ]);
    const ofAuth = Object.entries(AUTH).map(([name, auth]) => [name, { type: 'generic', secret: SECRET, auth }]);
    bellhop = await startTestApp({
      server: { publicUrl: PUBLIC_URL },
      sources: Object.fromEntries([...ofTypes, ...ofAuth]),
      channels: { screen: { platform: 'console' } },
      routes: [],
    });
  });
  afterAll(() => bellhop.stop());

  /** What the server answers to it. */
  async function answerTo(name: string, sample: Sample, query: Readonly<Record<string, string>> = {}, at = NOON) {
    const { config, sources } = bellhop.app.runtime();
    const [source, settings] = [sources.get(name), config.sources[name]];
    if (source === undefined || settings === undefined) throw new Error(name);
    const proof = verifierOf(source.type, settings, PUBLIC_URL);
    const { port } = bellhop.app.address;
    const order = { source, proof, to: `http://127.0.0.1:${port}`, at };
    const { url, method, headers, body } = signedSample({
      ...order,
      sample: { ...sample, query: { ...sample.query, ...query } },
    });
    const sent = await fetch(url, { method, headers, ...(method === 'GET' ? {} : { body: new Uint8Array(body) }) });
    const text = await sent.text();
    // Twilio wants another answer than the usual one.
    const said = sent.ok && text.startsWith('<?xml') ? { status: 'accepted' } : JSON.parse(text);
    return said as { readonly status?: string; readonly error?: object };
  }

  it.each(signable.map(({ type }) => type))('every sample of %s is let in', async (type) => {
    const statuses: unknown[] = [];
    for (const sample of samples.filter((one) => one.type === type)) {
      const { status, error } = await answerTo(type, sample);
      expect(error, sample.name).toBeUndefined();
      statuses.push(status);
    }
    // Two samples may tell of the same thing, which is then a duplicate.
    expect(statuses[0]).toBe('accepted');
    expect(statuses.filter((status) => status !== 'accepted' && status !== 'duplicate')).toEqual([]);
  });

  it.each(signable.map(({ type }) => type))('a sample of %s may be sent twice', async (type) => {
    const [sample] = samples.filter((one) => one.type === type);
    if (sample === undefined) return;
    const times = [1, 2].map((second) => new Date(NOON.getTime() + second * 1_000));
    const statuses: unknown[] = [];
    for (const at of times) statuses.push((await answerTo(type, sample, {}, at)).status);
    expect(statuses).toEqual(['accepted', 'accepted']);
  });

  it.each(Object.keys(AUTH))('%s', async (name) => {
    const [sample] = samples.filter(({ type, method }) => type === 'alertmanager' && method === 'POST');
    if (sample === undefined) throw new Error('no sample');
    expect(await answerTo(name, sample)).toMatchObject({ status: 'accepted' });
    expect(await answerTo(name, sample, { q: 'a b+c/ü' })).toMatchObject({ status: 'accepted' });
  });

  it('a whole address is taken as it is written', () => {
    const source = bellhop.app.runtime().sources.get('pingdom');
    const [sample] = samples.filter(({ type }) => type === 'pingdom');
    if (source === undefined || sample === undefined) throw new Error('pingdom');
    const urlOf = (to: string) => {
      const config = bellhop.app.runtime().config.sources.pingdom;
      if (config === undefined) throw new Error('pingdom');
      return signedSample({ sample, source, proof: verifierOf(source.type, config), to, at: NOON }).url;
    };
    const token = encodeURIComponent(SECRET);
    expect(urlOf('http://localhost:1/hooks/other/t0ken?a=b%20c')).toBe('http://localhost:1/hooks/other/t0ken?a=b%20c');
    expect(urlOf('http://localhost:1/hooks/other')).toBe(`http://localhost:1/hooks/other/${token}`);
    expect(urlOf('http://localhost:1')).toBe(`http://localhost:1/hooks/pingdom/${token}`);
    expect(() => urlOf('localhost')).toThrow(CommandError);
  });

  it('what only its sender can sign is said in a sentence', () => {
    const [sample] = samples;
    const source = bellhop.app.runtime().sources.get('github');
    if (sample === undefined || source === undefined) throw new Error('github');
    const order = { sample, source, to: 'http://localhost:1', at: NOON };
    const subject = 'CN=hooks.example.com';
    expect(() =>
      signedSample({ ...order, proof: { verifier: { scheme: 'clientCertificate', subject }, secrets: [] } }),
    ).toThrow(
      'The sender shows a client certificate of CN=hooks.example.com, and Bellhop has none to show; curl takes one by --cert and --key.',
    );
    for (const { verifier } of all.filter((type) => !signable.includes(type)))
      expect(() => signedSample({ ...order, proof: { verifier, secrets: [] } })).toThrow(/only it has/);
  });
});
