import { describe, expect, it } from 'vitest';
import { readBlueprint } from '../../src/blueprint.ts';
import { ConfigError } from '../../src/core/errors.ts';
import { aFolder } from './config-folder.ts';

/** What the config of these sources is refused with; empty for one that is good. */
async function mistakes(sources: object, own: Readonly<Record<string, object>> = {}): Promise<readonly string[]> {
  const files = Object.fromEntries(Object.entries(own).map(([type, file]) => [`sources/${type}.json`, file]));
  const config = await aFolder({
    'bellhop.json': { sources, channels: { screen: { platform: 'console' } } },
    ...files,
  });
  try {
    await readBlueprint({ config, templates: config }, {});
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, message }) => `${path.join('.')}: ${message}`);
  }
}

const OWN = {
  title: 'Calls',
  verifier: { scheme: 'hmac', headers: ['X-Zm-Signature'], prefix: 'v0=' },
  events: { 'meeting.started': 'It began.' },
  requires: '{{payload.event}}',
  event: '{{payload.event}}',
  titles: { default: 'Call' },
};

describe('a handshake in the config', () => {
  it('is for types whose events the user names, and for types of one’s own', async () => {
    expect(await mistakes({ files: { type: 'generic', secret: 'auto', handshake: 'dropbox' } })).toEqual([]);
    expect(await mistakes({ mail: { type: 'standard-webhooks', secret: 'x', handshake: 'graph' } })).toEqual([]);
    expect(await mistakes({ calls: { type: 'calls', secret: 'x', handshake: 'zoom' } }, { calls: OWN })).toEqual([]);
    expect(await mistakes({ hub: { type: 'github', secret: 'x', handshake: 'probe' } })).toEqual([
      expect.stringMatching(/^sources\.hub\.handshake: is not for type github, which knows its sender; expected /),
    ]);
  });

  it('needs the secret that it is answered with', async () => {
    const calls = { type: 'generic', auth: { bearer: 'x' }, handshake: 'zoom' };
    expect(await mistakes({ calls })).toEqual([
      'sources.calls.secret: is missing; the handshake zoom is answered with it',
    ]);
    expect(await mistakes({ calls: { ...calls, secret: 'y' } })).toEqual([]);
  });

  it('that brings the secret needs "auto", and a verifier', async () => {
    const message =
      'sources.tasks.secret: must be "auto" and be verified: by the handshake asana the sender brings the secret itself';
    const tasks = { type: 'generic', auth: { hmac: { header: 'X-Hook-Signature' } }, handshake: 'asana' };
    expect(await mistakes({ tasks: { ...tasks, secret: 'auto' } })).toEqual([]);
    expect(await mistakes({ tasks: { ...tasks, secret: 'mine' } })).toEqual([message]);
    expect(await mistakes({ tasks: { ...tasks, secret: 'auto', verify: 'none' } })).toEqual([message]);
  });

  it('of a type of one’s own stands in its file', async () => {
    const calls = { type: 'calls', auth: { bearer: 'x' } };
    expect(await mistakes({ calls }, { calls: { ...OWN, handshake: 'zoom' } })).toEqual([
      'sources.calls.secret: is missing; the handshake zoom is answered with it',
    ]);
    expect(await mistakes({}, { calls: { ...OWN, handshake: 'zoo' } })).toEqual([
      'handshake: is no handshake; expected asana, cloudevents, dropbox, event-grid, graph, meta, notion, probe, slack, woocommerce, zoom',
    ]);
  });
});
