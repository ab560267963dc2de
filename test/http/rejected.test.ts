import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeFolder, startServer } from '../server.ts';
import { until } from '../until.ts';
import { type Sending, startTestApp, type TestApp } from './app.ts';

const config = (secret: string, type = 'generic') => ({
  sources: {
    bearer: { type: 'generic', secret },
    address: { type: 'generic', auth: { urlToken: secret } },
    team: { type, verify: 'none' },
  },
  channels: { screen: { platform: 'console', pace: false } },
  routes: [{ name: 'all', to: 'screen' }],
});
const BOUNDARY = 'X-BELL';
const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0x00, 0x01]);
const MULTIPART = Buffer.concat([
  Buffer.from(
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="title"\r\n\r\nA picture came\r\n--${BOUNDARY}\r\n`,
  ),
  Buffer.from('content-disposition: form-data; name="file"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n'),
  PICTURE,
  Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
]);
const right = { authorization: 'Bearer the-right-secret' };
const ofBytes = (bytes: number): string => {
  const frame = JSON.stringify({ title: 'It fits', filler: '' }).length;
  return JSON.stringify({ title: 'It fits', filler: 'x'.repeat(bytes - frame) });
};

let bellhop: TestApp;
beforeAll(async () => {
  bellhop = await startTestApp(config('the-wrong-secret'));
});
afterAll(() => bellhop.stop());

async function refusedOf(path: string, init: Sending) {
  const { status } = await bellhop.send(path, init);
  const [newest] = (await bellhop.api('/api/rejected?limit=1')).body.rejected;
  return { status, id: String(newest.id), kept: newest };
}
const takeIn = (id: string) => bellhop.api(`/api/rejected/${id}/replay`, { method: 'POST', body: {} });

describe('a refused hook', () => {
  it.each<[string, string, Sending, string]>([
    ['sent by GET', '/hooks/bearer?title=By+query', { headers: right }, 'By query'],
    [
      'with a secret in its address',
      '/hooks/address/the-right-secret',
      { body: { title: 'By address' } },
      'By address',
    ],
    [
      'in parts, with a file',
      '/hooks/bearer',
      { headers: { ...right, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }, body: MULTIPART },
      'A picture came',
    ],
    ['of exactly 64 KB', '/hooks/bearer', { headers: right, body: ofBytes(65_536) }, 'It fits'],
  ])('%s is taken in once its secret is mended, and once only', async (_how, path, init, title) => {
    const { status, id } = await refusedOf(path, init);
    expect(status).toBe(401);
    expect((await takeIn(id)).body.error.code).toBe('conflict');
    await bellhop.writeConfig(config('the-right-secret'));
    await bellhop.app.reload();
    const taken = await takeIn(id);
    expect(taken.body).toMatchObject({ status: 'accepted', events: 1 });
    const again = await takeIn(id);
    expect([again.status, again.body.error.message]).toEqual([
      409,
      `It was taken in already, as ${taken.body.id}; its events can be replayed.`,
    ]);
    expect((await bellhop.api(`/api/rejected/${id}`)).body.takenIn).toBe(taken.body.id);
    const { events } = (await bellhop.api(`/api/events?q=${encodeURIComponent(title)}`)).body;
    expect(events.map((event: { title: string }) => event.title)).toEqual([title]);
    const { audit } = (await bellhop.api(`/api/audit?subject=${id}`)).body;
    expect(audit).toMatchObject([{ action: 'replay' }]);
    await bellhop.writeConfig(config('the-wrong-secret'));
    await bellhop.app.reload();
  });

  it('is taken in once where two ask for it at the same time', async () => {
    const { id } = await refusedOf('/hooks/bearer', { headers: right, body: { title: 'Two ask' } });
    await bellhop.writeConfig(config('the-right-secret'));
    await bellhop.app.reload();
    const answers = await Promise.all([takeIn(id), takeIn(id), takeIn(id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await bellhop.api('/api/events?q=Two+ask')).body.events).toHaveLength(1);
    await bellhop.writeConfig(config('the-wrong-secret'));
    await bellhop.app.reload();
  });

  it('is shown with its size and no secret', async () => {
    const { kept, id } = await refusedOf('/hooks/address/tok-1?title=a&api_key=k-1&token=t-1', { body: { a: 1 } });
    expect(kept).toMatchObject({
      url: '/hooks/address/‹secret›?…',
      bodyBytes: 7,
    });
    expect((await bellhop.api(`/api/rejected/${id}`)).text).not.toMatch(/tok-1|k-1|t-1/);
  });

  it('over 64 KB cannot be taken in, and says so before anybody tries', async () => {
    const { kept, id } = await refusedOf('/hooks/bearer', { headers: right, body: ofBytes(65_537) });
    const why = 'What follows the first 64 KB of its body was not kept; only its sender can send this hook again.';
    expect([kept.whyNot, kept.bodyBytes]).toEqual([why, 65_537]);
    expect((await takeIn(id)).body.error.message).toBe(why);
  });

  it('that nobody knows is told as such', async () => {
    expect((await bellhop.api('/api/rejected/hook_none')).body.error.message).toBe(
      'There is no refused hook hook_none.',
    );
    expect((await takeIn('hook_none')).status).toBe(404);
  });
});

it('what could not be read is kept too, and read once its type is mended', async () => {
  const declared = (requires: string) => ({
    title: 'Team',
    verifier: { scheme: 'urlToken' },
    events: { 'bell.rung': 'It rang.' },
    requires,
    event: 'bell.rung',
    titles: { default: '{{payload.who}} rang' },
  });
  await mkdir(join(bellhop.folder, 'config', 'sources'));
  await bellhop.writeConfig(declared('{{payload.whom}}'), 'sources/team.json');
  await bellhop.writeConfig(config('the-wrong-secret', 'team'));
  await bellhop.app.reload();
  const { status, id, kept } = await refusedOf('/hooks/team', { body: { who: 'Mona' } });
  expect([status, kept.code, kept.reason]).toEqual([200, 'unreadable', 'The body is no document of Team.']);
  expect((await takeIn(id)).body).toMatchObject({ status: 'unreadable', events: 0 });
  await bellhop.writeConfig(declared('{{payload.who}}'), 'sources/team.json');
  await bellhop.app.reload();
  expect((await takeIn(id)).body).toMatchObject({ status: 'accepted', events: 1 });
  await until(() => bellhop.printed.some((text) => text.includes('Mona rang')), 'the message');
});

it('outlives a kill, with all that taking it in needs', async () => {
  const before = await startServer({ config: config('the-wrong-secret') });
  const query = '/hooks/bearer?title=After+a+kill';
  expect((await fetch(`${before.url}${query}`, { headers: right })).status).toBe(401);
  await before.stop('SIGKILL');
  const after = await startServer({ config: config('the-right-secret'), folder: before.folder });
  try {
    const { rejected } = await after.api<{ rejected: readonly { id: string }[] }>('/api/rejected');
    const [only] = rejected;
    expect(rejected).toHaveLength(1);
    const taken = await after.api(`/api/rejected/${only?.id}/replay`, { method: 'POST' });
    expect(taken).toMatchObject({ status: 'accepted', events: 1 });
  } finally {
    await after.stop('SIGTERM');
    await removeFolder(after.folder);
  }
}, 60_000);
