import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfigFile } from '../../src/config/config-file.ts';
import { ConfigError } from '../../src/core/errors.ts';
import { load } from './config-folder.ts';

/** What the loader says to it: undefined when it takes it. Anything but a `ConfigError` goes through. */
async function refused(content: string | object): Promise<string | undefined> {
  try {
    await load(content, { env: { FROM_OUTSIDE: 'hunter2-secret' } });
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

const SECTIONS = [
  'sources',
  'channels',
  'routes',
  'platforms',
  'mentions',
  'server',
  'delivery',
  'operators',
  'chatops',
];
const KEYS = [
  'type',
  'secret',
  'auth',
  'platform',
  'id',
  'webhookUrl',
  'to',
  'match',
  'any',
  'name',
  '__proto__',
  'is',
];
const LEAVES = [
  'github',
  'generic',
  'auto',
  'slack',
  'console',
  '5s',
  '${FROM_OUTSIDE}',
  '${NONE}',
  '${',
  '*',
  '',
  'https://a.example/x',
];

const leaf = fc.oneof(fc.constantFrom(...LEAVES), fc.string(), fc.double(), fc.boolean(), fc.constant(null));
const value = fc.letrec<{ readonly node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...KEYS), fc.string()), tie('node'), { maxKeys: 4 }),
  ),
})).node;

describe('whatever is written in', () => {
  it('loadConfig takes it or refuses it with a ConfigError: any JSON', async () => {
    await fc.assert(fc.asyncProperty(fc.jsonValue(), async (json) => void (await refused(JSON.stringify(json)))));
  });

  it('loadConfig takes it or refuses it with a ConfigError: what looks like a config', async () => {
    const config = fc.dictionary(
      fc.constantFrom(...SECTIONS),
      fc.oneof(value, fc.dictionary(fc.constantFrom('a', 'b'), value)),
    );
    await fc.assert(
      fc.asyncProperty(config, async (json) => {
        expect((await refused(JSON.stringify(json))) ?? '').not.toContain('hunter2-secret');
      }),
      { numRuns: 300 },
    );
  });

  it('loadConfig takes it or refuses it with a ConfigError: any text', async () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '//',
      '/*',
      '*/',
      'a',
      '1',
      '-',
      '\n',
      '${',
      '\u0000',
    );
    await fc.assert(fc.asyncProperty(fc.string({ unit: pieces }), async (text) => void (await refused(text))));
  });

  it.each([
    ['lists', '['.repeat(1_000_000)],
    ['objects', '{"a":'.repeat(1_000_000)],
    ['matches', `{"routes":[{"match":${'{"any":['.repeat(5_000)}${']}'.repeat(5_000)}}]}`],
  ])('a million nested %s are refused, not a stack overflow', (_, text) => {
    expect(parseConfigFile('config/bellhop.json', text).problems[0]?.message).toMatch(/^is nested too deeply/);
  });

  it('a text of 10 MB passes through', async () => {
    const long = 'x'.repeat(10_000_000);
    expect(await refused({ sources: { a: { type: 'github', secret: long } } })).toBeUndefined();
    expect((await refused({ sources: { a: { type: long, secret: '${'.repeat(100_000) } } }))?.length).toBeLessThan(
      1_000,
    );
  });

  it('no secret shows, wherever it is put', async () => {
    const secret = 'hunter2-secret-of-ordinary-length';
    const places = fc.constantFrom<object>(
      { sources: { a: secret } },
      { sources: { a: { type: secret } } },
      { sources: { a: { type: 'github', secret: { value: secret } } } },
      { sources: { a: { type: 'github', token: secret } } },
      { sources: { a: { type: 'github', verify: secret } } },
      { sources: { a: { type: 'generic', auth: secret } } },
      { sources: { a: { type: 'generic', auth: { basic: secret } } } },
      { sources: { a: { type: 'generic', auth: { hmac: { header: 'a b', algorithm: secret, signed: secret } } } } },
      { sources: { a: { type: 'github', secret: 'auto', allowFrom: [secret] } } },
      { channels: { a: secret } },
      { channels: { a: { platform: secret } } },
      { channels: { a: { platform: 'slack', id: secret } } },
      { channels: { a: { platform: 'discord', webhookUrl: secret } } },
      { channels: { a: { platform: 'teams', id: secret, webhookUrl: `https://x.webhook.office.com/${secret}` } } },
      { channels: { a: { platform: 'webhook', url: `http://example.com/${secret}`, secret: '' } } },
      { channels: { a: { platform: 'console', timeout: secret, pace: secret } } },
      { platforms: { slack: { botToken: { value: secret } }, discord: { token: secret }, teams: secret } },
      { server: { publicUrl: `https://mona:${secret}@example.com` } },
      { delivery: { keepSize: secret, retry: [secret] } },
      { routes: [{ to: secret, mention: [secret] }, secret] },
      { routes: [{ match: { source: secret, type: secret, severity: { atLeast: secret } }, to: 'a' }] },
      { operators: secret },
    );
    await fc.assert(
      fc.asyncProperty(places, async (json) => {
        const told = await refused(json);
        expect(told).toBeDefined();
        expect(told).not.toContain('hunter2');
      }),
      { numRuns: 200 },
    );
  });
});
