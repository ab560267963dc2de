import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleHooks } from '../sources/sample-hooks.ts';
import { startTestApp, type TestApp } from './app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({
    sources: {
      twilio: { type: 'twilio', verify: 'none' },
      github: { type: 'github', secret: 'bell' },
      gitlab: { type: 'gitlab', verify: 'none' },
      argocd: { type: 'argocd', verify: 'none' },
    },
    channels: { screen: { platform: 'console' } },
    routes: [{ to: 'screen' }],
  });
});
afterAll(() => app.stop());

async function send(source: string, sample: { readonly type: string; readonly file: string }) {
  const found = sampleHooks(sample.type).find(({ file }) => file === sample.file);
  if (found === undefined) throw new Error(`there is no sample ${sample.file}`);
  const { headers, body } = found.hook;
  const { status, headers: answered, text } = await app.send(`/hooks/${source}`, { method: 'POST', headers, body });
  return { status, type: answered['content-type'], body: text };
}

const SILENCE = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

it('Twilio is told to say nothing to who wrote, also a second time, and hears the usual about a callback', async () => {
  const incoming = { type: 'twilio', file: 'message.received.json' };
  const silence = { status: 200, type: 'text/xml; charset=utf-8', body: SILENCE };
  expect(await send('twilio', incoming)).toEqual(silence);
  expect(await send('twilio', incoming)).toEqual(silence);
  const callback = await send('twilio', { type: 'twilio', file: 'message.failed.json' });
  expect(JSON.parse(callback.body)).toMatchObject({ status: 'accepted', events: 1 });
});

it('a hook at the wrong address is told where it may belong', async () => {
  const refused = await send('github', { type: 'gitlab', file: 'push.json' });
  expect(refused.status).toBe(401);
  expect(JSON.parse(refused.body).error).toEqual({
    code: 'bad_signature',
    message:
      'The header x-hub-signature-256 is missing. It looks like a hook of GitLab, and "github" has the type github.',
  });
  const unreadable = await send('gitlab', { type: 'github', file: 'star.created.json' });
  expect(JSON.parse(unreadable.body)).toMatchObject({
    status: 'unreadable',
    note: expect.stringMatching(/ It looks like a hook of GitHub, and "gitlab" has the type gitlab\.$/),
  });
});

it('Argo CD may send by GET with a body, which is its default', async () => {
  const [sample] = sampleHooks('argocd');
  if (sample === undefined) throw new Error('there is no sample');
  const { headers, body: document } = sample.hook;
  const { status, body } = await app.send('/hooks/argocd', {
    method: 'GET',
    headers: { ...headers, 'content-length': String(document.length) },
    body: document,
  });
  expect([status, body]).toEqual([200, expect.objectContaining({ status: 'accepted', events: 1 })]);
});
